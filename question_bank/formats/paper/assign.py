"""Answers from a list at the end, handed to their questions as far as there is no doubt."""

from collections import Counter
from collections.abc import Iterator, Sequence

from question_bank.formats.paper.items import Item, Paper, Section
from question_bank.formats.paper.keys import Key
from question_bank.problems import Problem, excerpt
from question_bank.question import fold

#: What stands for the same answer in a list and at the question.
_SAME = str.maketrans("✓✔✗✘", "√√××")


def assign(paper: Paper) -> list[Problem]:
    """Give the questions their answers; return what is left over or cannot be told."""
    problems: list[Problem] = []
    for section in paper.sections:
        if section.key:
            problems += _give(section.items, section.key)
    for key, items in _matched(paper):
        if items is None:
            count = len(key.answers)
            problems.append(Problem(key.where, "answer_list_unclear", {"count": count}))
        else:
            problems += _give(items, key)
    return problems


def _matched(paper: Paper) -> Iterator[tuple[Key, list[Item] | None]]:
    """Yield each list with the questions that it numbers; None where that is in doubt."""
    sections = paper.sections
    headed = [key for key in paper.keys if key.kind or key.number]
    if not headed:
        items = [item for section in sections for item in section.items]
        numbers = [item.number for item in items]
        clear = len(sections) == 1 or len(set(numbers)) == len(numbers)
        for key in paper.keys:
            yield key, items if clear and len(paper.keys) == 1 else None
        return
    in_step = len(headed) == len(sections) == len(paper.keys) and all(
        _fits(key, section) for key, section in zip(headed, sections, strict=True)
    )
    for place, key in enumerate(paper.keys):
        fitting = [section for section in sections if _fits(key, section)]
        if in_step:
            yield key, sections[place].items
        elif (key.kind or key.number) and len(fitting) == 1 and _is_alone(key, headed):
            yield key, fitting[0].items
        else:
            yield key, None


def _fits(key: Key, section: Section) -> bool:
    if key.kind and section.kind:
        same_number = key.number is None or section.number is None or key.number == section.number
        return key.kind == section.kind and same_number
    return key.number is not None and key.number == section.number


def _is_alone(key: Key, others: Sequence[Key]) -> bool:
    return sum((key.kind, key.number) == (other.kind, other.number) for other in others) == 1


def _give(items: Sequence[Item], key: Key) -> list[Problem]:
    counts = Counter(item.number for item in items)
    left = sorted(set(key.answers) - set(counts))
    for item in items:
        if item.number is None or item.number not in key.answers:
            continue
        answer, where = key.answers[item.number]
        if counts[item.number] > 1 or item.number in key.doubtful:
            item.say("answer_list_unclear", None, where, count=1)
        elif item.answer and _plain(item.answer) != _plain(answer):
            item.say("answers_differ", excerpt(answer), where)
        elif not item.answer:
            item.fields["answer"] = [answer]
            item.places["answer"] = where
            if (item.gap or item.number + 1 in left) and len(item.stem) > 1:
                # The next question may stand in this one's text, under an unread number.
                item.say("number_skipped", None, item.where, number=item.number + 1)
    if not left:
        return []
    found = excerpt("、".join(map(str, left)))
    return [Problem(key.where, "answers_left_over", {"count": len(left)}, found)]


def _plain(answer: str) -> str:
    return fold(answer).upper().translate(_SAME).strip("。. ")
