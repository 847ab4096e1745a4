"""From the texts of a row to a draft: read the answer, check the type, say what is wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from question_bank.formats import kinds, meta, options, stems, written
from question_bank.formats.answers import (
    AnswerCell,
    Answered,
    are_truth_options,
    is_strong_truth,
    read_choice,
    read_truth,
    take_apart,
)
from question_bank.formats.base import Draft
from question_bank.formats.raw import Raw
from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types import by_key
from question_bank.types.base import letter


@dataclass(frozen=True)
class Evidence:
    """What the table as a whole tells about each row."""

    #: Codes of types, as far as they are certain.
    codes: Mapping[str, str] = field(default_factory=dict)
    #: Whether the stems' brackets hold the answers throughout.
    bracketed: bool = False


#: Problems that leave it open which option the answer means.
_DOUBT = frozenset(
    {
        "answer_by_format",
        "answer_has_more_text",
        "answer_list_unclear",
        "answers_differ",
        "answer_in_stem_differs",
        "cell_is_date",
        "cell_superscript",
        "group_broken",
        "number_skipped",
        "numbering_unclear",
        "option_empty",
        "option_holds_another",
        "option_letter_mismatch",
        "options_identical",
        "options_not_split",
        "row_too_long",
        "text_not_placed",
        "true_false_with_options",
    }
)

#: What may be stated of a row whose answer is letters or a word for true or false.
_BY_LETTERS = frozenset(
    {"single_choice", "multiple_choice", "true_false", kinds.ANY_CHOICE, kinds.FREE_CHOICE}
)


def declared(raw: Raw, evidence: Evidence) -> str | None:
    """Return the type that the row or its heading states: as ``kinds.kind_of``, None if unclear."""
    if not raw.type_text:
        return raw.heading
    return evidence.codes.get(raw.type_text) or kinds.kind_of(raw.type_text)


def tidy_options(raw: Raw) -> tuple[Raw, list[Problem]]:
    """Return the row with its options freed of letters and empty ends, and what is wrong there."""
    given = list(raw.options)
    while given and not given[-1]:
        given.pop()
    clean, wrong = options.without_letters(given)
    found: list[Problem] = []
    if wrong is not None:
        place = raw.place(f"options.{wrong}")
        found.append(Problem(place, "option_letter_mismatch", {}, excerpt(given[wrong])))
    inner = options.swallowed(clean)
    if inner is not None:
        params = {"letter": letter(inner)}
        place = raw.place(f"options.{inner}")
        found.append(Problem(place, "option_holds_another", params, excerpt(clean[inner])))
    return replace(raw, options=tuple(clean)), found


def understood(raw: Raw, kind: str | None) -> tuple[str | None, Answered]:
    """Return type and answer of a row of stated type *kind*; the type is None when unclear."""
    if raw.right is not None:
        return _by_marks(raw, kind)
    truth = kind == "true_false" or (kind is None and are_truth_options(raw.options, strong=True))
    if kind is None and not raw.options and is_strong_truth(raw.answer):
        truth = True
    if truth:
        return "true_false", _required(raw, read_truth(raw.answer, raw.options))
    if not raw.options and kind in (None, kinds.ANY_CHOICE):
        return None, _required(raw, Answered(code="answer_not_understood"))
    answered = _required(raw, read_choice(raw.answer, raw.options))
    return _choice_kind(kind, answered.indexes), answered


def _required(raw: Raw, answered: Answered) -> Answered:
    return answered if raw.answer else Answered(code="answer_missing")


def _by_marks(raw: Raw, kind: str | None) -> tuple[str | None, Answered]:
    right = raw.right or ()
    answered = Answered(right) if right else Answered(code="answer_missing")
    strong = are_truth_options(raw.options, strong=kind is None)
    if strong and kind in (None, "true_false") and len(right) == 1:
        return "true_false", read_truth(letter(right[0]), raw.options)
    return _choice_kind(kind, answered.indexes), answered


def _choice_kind(kind: str | None, indexes: Sequence[int] | None) -> str | None:
    if kind == kinds.FREE_CHOICE:
        return "multiple_choice"
    if kind not in (None, kinds.ANY_CHOICE):
        return kind
    if not indexes:
        return None
    return "single_choice" if len(indexes) == 1 else "multiple_choice"


def draft_of(raw: Raw, evidence: Evidence) -> Draft:
    """Return what became of a row."""
    if not raw.stem:
        problem = Problem(raw.place("stem"), "stem_missing")
        return _draft(raw, "rejected", None, None, [*raw.problems, problem])
    raw, found = tidy_options(raw)
    found = [*raw.problems, *found]
    stated = declared(raw, evidence)
    if stated in written.WRITTEN:
        return _written(raw, stated, found)
    cell = take_apart(raw.answer)
    raw = replace(raw, answer=cell.text, explanation=raw.explanation or cell.explanation)
    found += _rest_problems(raw, cell)
    if raw.type_text and stated is None:
        found.append(Problem(raw.place("type"), "type_unknown", {}, excerpt(raw.type_text)))
        return _draft(raw, "draft", None, None, found)
    if stated and stated not in _BY_LETTERS:
        return _draft(raw, "draft", stated, None, [*found, _not_supported(raw, stated)])
    return _checked(raw, stated, evidence, found)


def _not_supported(raw: Raw, stated: str) -> Problem:
    return Problem(raw.place("type"), "type_not_supported", {}, excerpt(raw.type_text or stated))


def _written(raw: Raw, kind: str, found: list[Problem]) -> Draft:
    """Return what became of a row whose answer is in words."""
    answer = written.read_written(raw, kind)
    if answer is None:
        found = [*found, _not_supported(raw, kind)]
    content, more = meta.content(raw, kind, answer)
    found += more
    if answer is not None:
        found += _own_problems(content, raw, found)
    ready = all(problem.is_warning for problem in found)
    if any(problem.code in _DOUBT for problem in found):
        answer = None
    return _draft(raw, "ready" if ready else "draft", kind, answer, found)


def _rest_problems(raw: Raw, cell: AnswerCell) -> list[Problem]:
    if not cell.rest:
        return []
    code = "answer_has_more_text" if cell.doubtful else "answer_text_moved"
    return [Problem(raw.place("answer"), code, {}, excerpt(cell.rest))]


def _checked(raw: Raw, stated: str | None, evidence: Evidence, found: list[Problem]) -> Draft:
    kind, answered = understood(raw, stated)
    answer, trouble = _answer(raw, kind, stated, answered)
    found = found + trouble
    if kind == "true_false" and are_truth_options(raw.options):
        raw = replace(raw, options=())
    if answer is not None:
        stem, notes = stems.without_answer(raw.stem, answer, len(raw.options), evidence.bracketed)
        raw = replace(raw, stem=stem)
        found += [replace(note, where=raw.place("stem")) for note in notes]
    content, more = meta.content(raw, kind or "", answer)
    found += more
    if kind is not None:
        found += _own_problems(content, raw, found)
    ready = all(problem.is_warning for problem in found) and answer is not None
    if any(problem.code in _DOUBT for problem in found):
        answer = None
    return _draft(raw, "ready" if ready else "draft", kind, answer, found)


def _answer(
    raw: Raw, kind: str | None, stated: str | None, answered: Answered
) -> tuple[Any, list[Problem]]:
    """Return the answer if it is beyond doubt, else None, and the problems."""
    place, text = raw.place("answer"), excerpt(raw.answer) or None
    if answered.code:
        problems = [Problem(place, answered.code, answered.params, text)]
        if kind is None:
            problems.append(Problem(raw.place("type"), "type_unclear"))
        return None, problems
    if answered.truth is not None:
        return [answered.truth], []
    indexes = list(answered.indexes or ())
    if kind == "true_false":
        return None, [Problem(place, "right_count_wrong", {"count": len(indexes)})]
    code = _count_problem(kind, stated, len(indexes), raw.stem)
    if code:
        params = {"count": len(indexes)}
        return None, [Problem(place, code, params, text)]
    if answered.lookalike:
        letters = "".join(letter(i) for i in indexes)
        return indexes, [Problem(place, "lookalike_answer", {}, letters)]
    return indexes, []


def _count_problem(kind: str | None, stated: str | None, count: int, stem: str) -> str | None:
    """Return the code for an answer whose number of options contradicts what is stated."""
    if kind == "single_choice" and count > 1:
        return "single_with_many"
    said = stated if stated in ("multiple_choice", kinds.FREE_CHOICE) else kinds.stem_kind(stem)
    if said == "multiple_choice" and count == 1:
        return "multiple_with_one"
    if stated in (None, kinds.ANY_CHOICE) and said == "single_choice" and count > 1:
        return "single_with_many"
    return "type_unclear" if kind is None else None


def _own_problems(content: Question, raw: Raw, known: Sequence[Problem]) -> list[Problem]:
    """Return what the type itself objects to, placed, less what is said already."""
    kind = by_key(content.type)
    codes = {problem.code for problem in known}
    silent = codes & {"marks_out_of_range"}
    if content.answer is None:
        silent |= {"answer_missing"}
    return [
        replace(problem, where=raw.place(problem.where))
        for problem in kind.problems(content)
        if problem.code not in silent
    ]


def _draft(
    raw: Raw, status: str, kind: str | None, answer: Any, problems: Sequence[Problem]
) -> Draft:
    content, _ = meta.content(raw, kind or "", answer)
    return Draft(
        where=raw.where,
        status=status,
        type=kind,
        stem=content.stem,
        options=content.options,
        answer=answer,
        explanation=content.explanation,
        marks=content.marks,
        difficulty=content.difficulty,
        tags=content.tags,
        source=content.source,
        problems=tuple(problems),
        answer_text=raw.answer,
    )
