"""The question types in reading order, and which of them can be asked already."""

from question_bank.types.base import QuestionType, UnknownType
from question_bank.types.card import Card
from question_bank.types.case import Case
from question_bank.types.classify import Classify
from question_bank.types.fill_blank import FillBlank
from question_bank.types.hotspot import Hotspot
from question_bank.types.matching import Matching
from question_bank.types.multiple_choice import MultipleChoice
from question_bank.types.numeric import Numeric
from question_bank.types.ordering import Ordering
from question_bank.types.short_answer import ShortAnswer
from question_bank.types.single_choice import SingleChoice
from question_bank.types.true_false import TrueFalse

#: The types that a part of a case may have.
PART_TYPES: tuple[QuestionType, ...] = (
    SingleChoice(),
    MultipleChoice(),
    TrueFalse(),
    FillBlank(),
    Numeric(),
    Ordering(),
    Matching(),
    Classify(),
    Hotspot(),
    ShortAnswer(),
)
TYPES: tuple[QuestionType, ...] = (*PART_TYPES, Case(PART_TYPES), Card())

#: Keys of the types that pages can ask and authors can write, in reading order.
OFFERED = ("single_choice", "multiple_choice", "true_false")

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
    """Tell whether pages can ask questions of type *key*."""
    return key in OFFERED
