"""Classifying: each item belongs to one of a few groups."""

from question_bank.types.pairing import PairingType


class Classify(PairingType):
    """归类题: ``details["groups"]`` are the names of the groups; one may stay empty."""

    key = "classify"
    label = "归类题"
    target_name = "groups"
    max_targets = 8
