"""What every exchange format shares: drafts, a reading, limits, and the refusal of a file."""

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from question_bank.problems import Problem, excerpt, sentence
from question_bank.question import Question

#: Largest file, in bytes.
MAX_BYTES = 20 * 1024 * 1024
#: Most rows with something in them, over all sheets.
MAX_ROWS = 5_000
#: Most columns of a sheet with something in them.
MAX_COLUMNS = 60
#: Most entries of a zip file.
MAX_PARTS = 2_000
#: Largest sum of a zip file's entries, in bytes.
MAX_UNPACKED = 200 * 1024 * 1024
#: Largest sum of a workbook's XML parts, in bytes; full sheets of questions reach 20 MB.
MAX_XML = 64 * 1024 * 1024
#: Most rows and cells of a workbook, or lines of a table, with nothing in them counted too.
MAX_ROW_MARKS = 200_000
MAX_CELL_MARKS = 500_000
#: Most that a zip file may grow when unpacked; sheets of questions reach 18.
MAX_RATIO = 100
#: Below this sum, in bytes, the ratio does not matter: it can do no harm.
RATIO_FREE = 10 * 1024 * 1024

#: What can become of a question, best first.
STATUSES = ("ready", "draft", "duplicate", "rejected")


class FileUnreadable(Exception):
    """A file that cannot be read at all; nothing of it is kept. ``str()`` is the Chinese reason."""

    def __init__(self, code: str, found: str | None = None, **params: Any) -> None:
        self.code = code
        self.params = params
        self.found = None if found is None else excerpt(found)
        super().__init__(self.message())

    def message(self, locale: str = "zh") -> str:
        """Return one sentence that says what was found and what to do; ``zh`` or ``en``."""
        return sentence(self.code, self.params, self.found, locale)


@dataclass(frozen=True)
class Draft:
    """One question of a file as far as it was understood."""

    #: The row: ``Sheet1!A5`` or ``line 12``.
    where: str
    #: One of STATUSES.
    status: str
    #: A key of question_bank.types; None when unclear.
    type: str | None
    stem: str
    options: tuple[str, ...] = ()
    #: As in Question; None unless it is known beyond doubt.
    answer: Any = None
    explanation: str = ""
    #: As in Question.
    marks: Any = 1
    difficulty: float | None = None
    tags: tuple[str, ...] = ()
    source: str = ""
    #: Everything noticed, warnings too; a ready question has warnings only.
    problems: tuple[Problem, ...] = ()
    #: The answer as it stood in the file, for a person to mend.
    answer_text: str = ""
    #: As in Question.
    details: Mapping[str, Any] = field(default_factory=dict)

    def question(self) -> Question:
        """Return it as a Question; a draft's type is ``""`` and its answer None when unclear."""
        return Question(
            type=self.type or "",
            stem=self.stem,
            options=self.options,
            answer=self.answer,
            explanation=self.explanation,
            marks=self.marks,
            difficulty=self.difficulty,
            tags=self.tags,
            source=self.source,
            details=self.details,
        )


@dataclass(frozen=True)
class Reading:
    """All that was understood of a file."""

    #: The name of a Format.
    format: str
    #: ``utf-8``, ``gb18030`` …; None where a format leaves no choice.
    encoding: str | None
    drafts: Sequence[Draft]
    #: What concerns the file or a sheet as a whole.
    problems: Sequence[Problem] = field(default_factory=tuple)
    #: Pictures that came along: name → bytes. Texts call them ``![…](name)``; a name is the
    #: SHA-256 of the bytes in hexadecimal with the ending of its kind, e.g. ``9f86….png``.
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """Return how many questions were found, and how many of each status."""
        by_status = Counter(draft.status for draft in self.drafts)
        return {"found": len(self.drafts), **{status: by_status[status] for status in STATUSES}}

    def all_problems(self) -> list[Problem]:
        """Return the problems of the file, then those of its questions in order."""
        return [*self.problems, *(p for draft in self.drafts for p in draft.problems)]


class Format(ABC):
    """A way to write questions down; one instance each stands in ``question_bank.formats``."""

    #: As on the command line.
    name: ClassVar[str]
    #: The ending of a written file, without the dot; empty where nothing can be written.
    ending: ClassVar[str] = ""

    def losses(self, question: Question) -> list[Problem]:
        """Return what of *question* this format cannot carry; ``where`` names the field.

        A question that cannot be written at all has the code ``cannot_carry_type``.
        """
        return []

    def write(self, questions: Sequence[Question], pictures: Mapping[str, bytes]) -> bytes:
        """Return a file with *questions*, less those that cannot be carried.

        :param pictures: name → bytes of every picture that the questions name.
        :raises NotImplementedError: where ``ending`` is empty.
        """
        raise NotImplementedError(self.name)

    @abstractmethod
    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether the content looks like this format; *name* only breaks ties."""

    @abstractmethod
    def read(self, data: bytes) -> Reading:
        """Return all that can be understood of *data*.

        :raises FileUnreadable: if nothing can.
        """


def report(
    reading: Reading, file: str, sha256: str, dry_run: bool, locale: str = "zh"
) -> dict[str, Any]:
    """Return the JSON object that ``flask bank import --json`` prints."""
    return {
        "file": file,
        "format": reading.format,
        "encoding": reading.encoding,
        "sha256": sha256,
        "dry_run": dry_run,
        "counts": reading.counts,
        "questions": [_question_json(draft, locale) for draft in reading.drafts],
        "problems": [problem_json(p, locale) for p in reading.all_problems()],
    }


def problem_json(problem: Problem, locale: str = "zh") -> dict[str, Any]:
    """Return a problem as the report shows it."""
    return {
        "where": problem.where,
        "code": problem.code,
        "message": problem.message(locale),
        "found": problem.found,
    }


def _question_json(draft: Draft, locale: str) -> Mapping[str, Any]:
    content = {**draft.question().to_json(), "type": draft.type}
    return {
        "where": draft.where,
        "status": draft.status,
        **content,
        "problems": [problem_json(p, locale) for p in draft.problems],
    }
