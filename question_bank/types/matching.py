"""Matching: each prompt on the left belongs to one text on the right."""

from question_bank.types.pairing import PairingType


class Matching(PairingType):
    """连线题: ``details["choices"]`` are the right side; some may belong to several or to none."""

    key = "matching"
    label = "连线题"
    target_name = "choices"
    max_targets = 20
