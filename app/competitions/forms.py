"""The form of a new competition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.competitions.services import RoundDraft
from app.core.errors import Invalid, NotFound
from app.core.numbers import whole
from app.quizzes.models import Quiz


@dataclass(frozen=True)
class CompetitionForm:
    """What the organiser typed, as text."""

    title: str
    description: str
    first_quiz: str
    best_per_branch: str
    final_quiz: str

    @classmethod
    def empty(cls) -> "CompetitionForm":
        """Return the form as first shown."""
        return cls("", "", "", "2", "")

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "CompetitionForm":
        """Return the form as sent; nothing typed is lost, however wrong."""
        names = ("title", "description", "first_quiz", "best_per_branch", "final_quiz")
        return cls(*(given.get(name, "").strip()[:1000] for name in names))

    def rounds(self, find: Callable[[str], Quiz]) -> list[RoundDraft]:
        """Return the two rounds the form asks for; *find* loads a quiz by key.

        :raises Invalid: for a quiz that is not there or a number that is none.
        """
        fields, found = {}, {}
        for name in ("first_quiz", "final_quiz"):
            try:
                found[name] = find(getattr(self, name))
            except NotFound:
                fields[name] = _("请选择一个已发布的答题活动。")
        if whole(self.best_per_branch) is None:
            fields["best_per_branch"] = _("每个支部晋级人数要在 1 到 50 之间。")
        if fields:
            raise Invalid(fields)
        config = {"best_per_branch": int(self.best_per_branch)}
        return [
            RoundDraft("预赛", "best_per_branch", config, found["first_quiz"]),
            RoundDraft("决赛", "final", {}, found["final_quiz"]),
        ]
