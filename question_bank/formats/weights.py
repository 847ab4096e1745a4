"""What percentages at answers say about which of them are right."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

#: How far weights that were rounded may be from what they mean, in percent.
_ROUNDED = Decimal("1")


@dataclass(frozen=True)
class Weighed:
    """Which options are right; ``code`` says why that cannot be told."""

    right: tuple[int, ...] = ()
    code: str = ""


def one_right(shares: Sequence[Decimal]) -> Weighed:
    """Return the only option that earns something, if it earns all."""
    right = [i for i, share in enumerate(shares) if share > 0]
    if not right:
        return Weighed(code="no_right_marked")
    whole = len(right) == 1 and shares[right[0]] == 100
    return Weighed(tuple(right)) if whole else Weighed(code="weights_not_carried")


def several_right(shares: Sequence[Decimal]) -> Weighed:
    """Return the options that earn something, if they share all of it equally."""
    right = [i for i, share in enumerate(shares) if share > 0]
    if not right:
        return Weighed(code="no_right_marked")
    equal = all(abs(shares[i] - shares[right[0]]) <= _ROUNDED / 10 for i in right)
    total = sum((shares[i] for i in right), Decimal(0))
    whole = abs(total - 100) <= _ROUNDED
    return Weighed(tuple(right)) if equal and whole else Weighed(code="weights_not_carried")


def named(shares: Sequence[Decimal]) -> str:
    """Return weights for a report: ``50 %, -25 %``."""
    return ", ".join(f"{share.normalize():f} %" for share in shares)
