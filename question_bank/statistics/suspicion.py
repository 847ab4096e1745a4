"""What an author should look at first: a key that is probably wrong, a leak, dead options."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from question_bank.statistics.items import ItemAnalysis, OptionAnalysis
from question_bank.statistics.sheets import MIN_RESPONSES

#: A facility from here on tells nobody apart.
TOO_EASY = 0.95
#: A discriminative efficiency below this is called dubious (Moodle's bound), in per cent.
DUBIOUS = 15.0
#: An option that fewer choose than this share is dead weight.
NOBODY = 0.02
#: A facility that rises by this much between two windows suggests that the question is out.
LEAK = 0.25
#: A correlation of n responses strays by about 1/√n; so many times that is no chance.
STRAYS = 2.0


@dataclass(frozen=True)
class Suspicion:
    """One reason to look at an item; the gravest come first in a list."""

    item: int
    #: wrong_key, leaked, negative, dubious, too_easy or dead_option; stable.
    code: str
    #: The option meant, None where none is.
    option: int | None = None
    #: The figure that gave rise to it.
    figure: float | None = None


_GRAVITY = ("wrong_key", "leaked", "negative", "dubious", "too_easy", "dead_option")


def suspicions(now: ItemAnalysis, before: ItemAnalysis | None = None) -> list[Suspicion]:
    """Return what is suspicious about an item, gravest first; nothing under MIN_RESPONSES.

    :param before: the same item over earlier first attempts, for the leak.
    """
    if now.responses < MIN_RESPONSES:
        return []
    found = [*_wrong_key(now), *_leaked(now, before), *_weak(now)]
    found += [
        Suspicion(now.item, "dead_option", option.index, option.share)
        for option in now.options
        if option.index is not None and not option.right and option.share < NOBODY
    ]
    return sorted(found, key=lambda one: (_GRAVITY.index(one.code), one.option or 0))


def _wrong_key(now: ItemAnalysis) -> list[Suspicion]:
    """Return the distractors that go better with the rest than the one key does."""
    keyed = [_strength(option) for option in now.options if option.right]
    if len(keyed) != 1:
        return []
    return [
        Suspicion(now.item, "wrong_key", option.index, option.correlation)
        for option in now.options
        if option.index is not None
        and not option.right
        and option.count > 1
        and _strength(option) > max(0.0, keyed[0]) + _noise(now)
    ]


def _noise(now: ItemAnalysis) -> float:
    return STRAYS / math.sqrt(now.responses)


def _strength(option: OptionAnalysis) -> float:
    return -1.0 if option.correlation is None else option.correlation


def _leaked(now: ItemAnalysis, before: ItemAnalysis | None) -> list[Suspicion]:
    if before is None or before.responses < MIN_RESPONSES:
        return []
    rise = now.facility - before.facility
    return [Suspicion(now.item, "leaked", None, rise)] if rise >= LEAK else []


def _weak(now: ItemAnalysis) -> Sequence[Suspicion]:
    if now.facility >= TOO_EASY:
        return [Suspicion(now.item, "too_easy", None, now.facility)]
    if now.discrimination is not None and now.discrimination < -100 * _noise(now):
        return [Suspicion(now.item, "negative", None, now.discrimination)]
    if now.efficiency is not None and now.efficiency < DUBIOUS:
        return [Suspicion(now.item, "dubious", None, now.efficiency)]
    return []
