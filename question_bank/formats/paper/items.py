"""Questions of a paper while they are being gathered."""

from dataclasses import dataclass, field

from question_bank.formats.paper.keys import Key
from question_bank.formats.paper.lines import Line
from question_bank.problems import Problem


@dataclass
class Item:
    """One question's lines, by what they are."""

    where: str
    number: int | None
    stem: list[str] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    #: Field → its lines: answer, explanation, source, difficulty, marks, tags, type.
    fields: dict[str, list[str]] = field(default_factory=dict)
    #: Field → where it began.
    places: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    tags: tuple[str, ...] = ()
    hidden: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    #: How each option, and the stem, is set off.
    styles: dict[int, frozenset[str]] = field(default_factory=dict)
    #: Letters of the options so far were without a point.
    faint: bool = False
    #: The number after this one's is missing.
    gap: bool = False
    #: Where in the file's order it stands.
    order: int = 0

    @property
    def answer(self) -> str:
        """The answer as labelled, "" without."""
        return "\n".join(self.fields.get("answer", ())).strip()

    def say(self, code: str, found: str | None = None, where: str = "", **params: object) -> None:
        """Note a problem once."""
        if all(problem.code != code for problem in self.problems):
            self.problems.append(Problem(where or self.where, code, params, found))


@dataclass
class Section:
    """Questions under one heading."""

    kind: str | None = None
    number: int | None = None
    marks: str = ""
    blank_marks: str = ""
    #: How its questions are numbered; None before the first.
    style: str | None = None
    last: int = 0
    items: list[Item] = field(default_factory=list)
    #: Whether its questions have numbers at all.
    numbered: bool = True
    key: Key | None = None


@dataclass
class Paper:
    """A paper taken apart."""

    sections: list[Section] = field(default_factory=list)
    keys: list[Key] = field(default_factory=list)
    #: Lines that belong to no question.
    left_out: list[Line] = field(default_factory=list)
