"""The form of a rota: runs of days, as the organiser fills them in, and what they give."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from app.core.errors import Invalid
from app.core.numbers import whole
from app.organisation import rules
from app.organisation.models import Rota, Shift
from app.organisation.working import RotaDraft

#: Runs of one cycle, and days on end of one run.
MOST_RUNS, MOST_DAYS = 28, 28
#: Days that the calendar shows.
SHOWN_DAYS = 14


@dataclass(frozen=True)
class Run:
    """So many days on end of one shift, as typed; an empty shift is days off."""

    shift: str
    days: str


@dataclass(frozen=True)
class Day:
    """A day of the calendar; ``shift`` is empty on a day off."""

    date: date
    weekday: str
    label: str
    shift: str


@dataclass
class RotaForm:
    """What the organiser typed, as text."""

    name: str = ""
    code: str = ""
    anchor: str = ""
    seen: str = ""
    runs: list[Run] = field(default_factory=list)

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "RotaForm":
        """Return the form as sent; nothing typed is lost."""
        name, code, anchor, seen = (
            given.get(key, "") for key in ("name", "code", "anchor", "seen")
        )
        form = cls(name, code, anchor, seen)
        for n in range(MOST_RUNS):
            if f"days-{n}" not in given:
                break
            form.runs.append(Run(given.get(f"shift-{n}", ""), given[f"days-{n}"].strip()[:4]))
        return form

    @classmethod
    def of(cls, rota: Rota) -> "RotaForm":
        """Return the form of a stored rota."""
        runs = [Run(code or "", str(days)) for code, days in rules.runs(rota.cycle)]
        return cls(rota.name, rota.code, rota.anchor.isoformat(), "", runs)

    @classmethod
    def new(cls, shifts: Sequence[Shift], today: date) -> "RotaForm":
        """Return two days of every shift and two days off, from today."""
        runs = [*(Run(one.code, "2") for one in shifts[:6]), Run("", "2")]
        return cls(anchor=today.isoformat(), runs=runs)

    def add_run(self) -> None:
        """Add a run to fill in, unless there are as many as there may be."""
        if len(self.runs) < MOST_RUNS:
            self.runs.append(Run("", "1"))

    def drop_run(self, number: int) -> None:
        """Take run *number*, from 0, away; an unknown number changes nothing."""
        self.runs = [one for n, one in enumerate(self.runs) if n != number]

    def draft(self) -> RotaDraft:
        """Return what the form asks for.

        :raises Invalid: naming every field that is no day or no number.
        """
        fields: dict[str, Any] = {}
        cycle: list[str | None] = []
        for n, run in enumerate(self.runs):
            days = whole(run.days, 1000) or 0
            if not 1 <= days <= MOST_DAYS:
                fields[f"days-{n}"] = _("天数要在 1 到 %(n)s 之间。", n=MOST_DAYS)
            cycle += [run.shift or None] * min(days, MOST_DAYS)
        anchor = _day(self.anchor)
        if anchor is None:
            fields["anchor"] = _("请选择日期。")
        if fields or anchor is None:
            raise Invalid(fields)
        return RotaDraft(self.name, anchor, cycle)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2100 else None


def words(cycle: Sequence[str | None], names: Mapping[str, str]) -> str:
    """Return the cycle in words, e.g. 早班 2 天、休息 1 天；3 天一轮."""
    parts = [
        ngettext("%(what)s %(num)s 天", "%(what)s %(num)s 天", days, what=_called(code, names))
        for code, days in rules.runs(cycle)
    ]
    whole = len(cycle)
    again = ngettext("%(num)s 天一轮", "%(num)s 天一轮", whole)
    return str(_("%(parts)s；%(again)s", parts=_("、").join(parts), again=again))


def calendar(
    cycle: Sequence[str | None], anchor: date, names: Mapping[str, str], today: date
) -> list[Day]:
    """Return what the cycle gives in the next SHOWN_DAYS days, today first."""
    days = rules.days_from(cycle, anchor, today, SHOWN_DAYS)
    return [
        Day(
            day, format_date(day, "EEE"), _label(day, first=day == today), names.get(code or "", "")
        )
        for day, code in days
    ]


def preview(form: RotaForm, names: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return ``words`` and ``days`` of the form as typed; empty while it is not whole."""
    try:
        draft = form.draft()
    except Invalid:
        return {"words": "", "days": []}
    if not draft.cycle:
        return {"words": "", "days": []}
    return {
        "words": words(draft.cycle, names),
        "days": calendar(draft.cycle, draft.anchor, names, today),
    }


def _called(code: str | None, names: Mapping[str, str]) -> str:
    return names.get(code, code) if code else str(_("休息"))


def _label(day: date, *, first: bool) -> str:
    if first or day.day == 1:
        return str(format_date(day, _("M月d日")))
    return str(day.day)
