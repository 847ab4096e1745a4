"""Options that are set off by bold type, colour or a line: a hint, never an answer."""

from question_bank.formats.paper.items import Item, Section
from question_bank.types.base import letter

#: Ways of setting off that authors mark right options with.
WAYS = ("colour", "highlight", "bold", "underline")


def note_emphasis(sections: list[Section]) -> None:
    """Put down set-off options as answers to be confirmed by a person.

    Only where every question of a section has exactly one in the same way, and no answer.
    """
    for section in sections:
        if not section.items or any(item.answer for item in section.items):
            continue
        for way in WAYS:
            marked = [_marked(item, way) for item in section.items]
            if all(one is not None for one in marked):
                for item, index in zip(section.items, marked, strict=True):
                    assert index is not None
                    item.fields["answer"] = [letter(index)]
                    item.say("answer_by_format", letter(index))
                break


def _marked(item: Item, way: str) -> int | None:
    found = [index for index, styles in item.styles.items() if way in styles]
    return found[0] if len(found) == 1 and len(item.options) > 1 else None
