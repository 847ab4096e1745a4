"""The question types on offer, in reading order."""

from question_bank.types.base import QuestionType, UnknownType
from question_bank.types.multiple_choice import MultipleChoice
from question_bank.types.single_choice import SingleChoice
from question_bank.types.true_false import TrueFalse

TYPES: tuple[QuestionType, ...] = (SingleChoice(), MultipleChoice(), TrueFalse())

_BY_KEY = {kind.key: kind for kind in TYPES}
if len(_BY_KEY) != len(TYPES):
    raise RuntimeError("two question types share a key")


def by_key(key: str) -> QuestionType:
    """Return the type called *key*.

    :raises UnknownType: if there is none.
    """
    try:
        return _BY_KEY[key]
    except KeyError:
        raise UnknownType(key) from None


def is_offered(key: str | None) -> bool:
    """Tell whether questions of type *key* can be asked."""
    return key in _BY_KEY
