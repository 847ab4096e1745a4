"""The form of a quiz, as the organiser fills it in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import Field, FieldList, Form, FormField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, StopValidation
from wtforms.widgets import TextInput

from app.core import clock
from app.core.numbers import whole
from app.quizzes.models import Quiz

TYPES = (
    ("", _l("任何题型")),
    ("single_choice", _l("单选题")),
    ("multiple_choice", _l("多选题")),
    ("true_false", _l("判断题")),
)
FEEDBACK = (
    ("after_close", _l("截止后公布答案")),
    ("after_attempt", _l("次数用完后公布答案")),
    ("score_only", _l("只公布得分")),
)
MULTIPLE = (
    ("all_or_nothing", _l("全对才得分")),
    ("part_when_too_few", _l("选不全得一半分，选错不得分")),
)

#: What a list says about a choice that is not in it, or not this organiser's.
NOT_OFFERED = _l("请从列表里选一个。")

#: Rules of one quiz; more would be a paper nobody can oversee.
MAX_RULES = 20


class Whole(Field):
    """A whole number from *low* to *high*; what was typed stays typed when it is none."""

    widget = TextInput()

    def __init__(self, low: int, high: int, message: Any, **given: Any) -> None:
        super().__init__(**given)
        self.low, self.high, self.message = low, high, message
        self.typed: str | None = None

    def process_data(self, value: int | str | None) -> None:
        """Take a number, or what was typed in another form."""
        if isinstance(value, str):
            self.process_formdata([value])
        else:
            self.data = value

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the typed number; full-width digits count."""
        self.typed = valuelist[0].strip()[:20] if valuelist else ""
        self.data = whole(self.typed)

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return "" if self.data is None else str(self.data)

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no whole number in the range."""
        if self.data is None or not self.low <= self.data <= self.high:
            raise StopValidation(str(self.message))


def time_of(typed: str) -> datetime | None:
    """Return the instant of a wall-clock time as browsers send it, None for what is none."""
    try:
        naive = datetime.fromisoformat(typed)
        return naive.replace(tzinfo=clock.zone()).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


class LocalTime(Field):
    """An instant, typed as wall-clock time in the organisation's zone; ``data`` is aware UTC."""

    widget = TextInput()

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.typed: str | None = None

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read ``2026-11-21T08:00``."""
        self.typed = valuelist[0].strip()[:20] if valuelist else ""
        self.data = time_of(self.typed)

    def _value(self) -> str:
        if self.typed is not None:
            return self.typed
        return clock.local(self.data).strftime("%Y-%m-%dT%H:%M") if self.data else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is no time."""
        if self.data is None:
            raise StopValidation(_("请选择日期和时间。"))


class Choice(Field):
    """One of the choices offered; what was sent stays, also when it is none of them."""

    widget = TextInput()

    def __init__(self, choices: Sequence[tuple[str, Any]] = (), **given: Any) -> None:
        super().__init__(**given)
        #: (value, label) pairs; a view may offer others before it asks whether the form is right.
        self.choices = list(choices)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        """Read the value sent."""
        self.data = valuelist[0][:80] if valuelist else ""

    def pre_validate(self, form: Any) -> None:
        """Refuse what is not offered."""
        if self.data not in {value for value, _label in self.choices}:
            raise StopValidation(str(NOT_OFFERED))


class RuleForm(Form):
    """One sentence of the blueprint: so many questions of this type and tag, worth so much each."""

    type = Choice(TYPES)
    tag = StringField(validators=[Length(max=60, message=_l("标签最多 60 个字。"))])
    count = Whole(1, 200, _l("题数要在 1 到 200 之间。"))
    marks = Whole(1, 100, _l("每题分值要在 1 到 100 之间。"))

    def typed(self) -> dict[str, Any]:
        """Return the values as they stand in the form, mistakes included."""
        return {
            "type": self.type.data,
            "tag": self.tag.data,
            "count": self.count.data or self.count.typed,
            "marks": self.marks.data or self.marks.typed,
        }


class QuizForm(Form):
    """Everything about a quiz that an organiser decides."""

    title = StringField(
        validators=[
            DataRequired(message=_l("请写一个标题。")),
            Length(max=120, message=_l("标题最多 120 个字。")),
        ]
    )
    description = TextAreaField(validators=[Length(max=1000, message=_l("说明最多 1000 个字。"))])
    branch = Choice()
    bank = Choice()
    rules = FieldList(FormField(RuleForm), max_entries=MAX_RULES)
    opens_at = LocalTime()
    closes_at = LocalTime()
    minutes = Whole(1, 240, _l("限时要在 1 到 240 分钟之间。"))
    attempts = Whole(1, 20, _l("次数要在 1 到 20 之间。"))
    pass_percent = Whole(0, 100, _l("及格线要在 0 到 100 之间。"))
    feedback = Choice(FEEDBACK)
    multiple_rule = Choice(MULTIPLE)

    def validate_closes_at(self, field: Field) -> None:
        """Refuse a window that closes before it opens."""
        if self.opens_at.data and field.data and field.data <= self.opens_at.data:
            raise StopValidation(_("结束时间要晚于开始时间。"))

    def validate_rules(self, field: Field) -> None:
        """Refuse a quiz without questions."""
        if not field.data:
            raise StopValidation(_("至少要有一条组卷规则。"))

    def blueprint(self) -> list[dict[str, Any]]:
        """Return the rules as the quiz stores them; empty type and tag mean any."""
        return [
            {
                "type": rule["type"] or None,
                "tag": (rule["tag"] or "").strip() or None,
                "count": rule["count"],
                "marks": rule["marks"],
            }
            for rule in self.rules.data
        ]

    def total_count(self) -> int:
        """Return how many questions the rules draw together, as far as they are numbers."""
        return sum(rule["count"] or 0 for rule in self.rules.data)

    def total_marks(self) -> int:
        """Return the marks of a full paper, as far as the rules are numbers."""
        return sum((rule["count"] or 0) * (rule["marks"] or 0) for rule in self.rules.data)

    def problems(self) -> dict[str, str]:
        """Return field name → sentence; a rule's field is ``rules-<n>-<name>``."""
        found: dict[str, str] = {}
        for name, errors in self.errors.items():
            if name == "rules":
                found.update(self._rule_problems(errors))
            elif errors:
                found[str(name)] = " ".join(str(one) for one in errors)
        return found

    def _rule_problems(self, errors: Any) -> dict[str, str]:
        found: dict[str, str] = {}
        for number, one in enumerate(errors):
            if not isinstance(one, dict):
                found["rules"] = str(one)
                continue
            for name, texts in one.items():
                words = _("第 %(n)s 条规则：%(text)s", n=number + 1, text=" ".join(map(str, texts)))
                found[f"rules-{number}-{name}"] = words
        return found

    def add_rule(self) -> None:
        """Add a rule to fill in, unless there are as many as there may be."""
        if len(self.rules.entries) < MAX_RULES:
            self.rules.append_entry({"type": "single_choice", "tag": "", "count": 5, "marks": 2})

    def fit_first(self, available: int) -> None:
        """Let the rule that a form begins with ask for no more than *available* questions."""
        untouched = [rule.form.typed() for rule in self.rules.entries] == [FIRST_RULE]
        if untouched and 0 < available < FIRST_RULE["count"]:
            self.rules.pop_entry()
            self.rules.append_entry(FIRST_RULE | {"count": available})

    def drop_rule(self, number: int) -> None:
        """Take rule *number*, from 0, away; an unknown number changes nothing."""
        kept = [rule.form.typed() for i, rule in enumerate(self.rules.entries) if i != number]
        while self.rules.entries:
            self.rules.pop_entry()
        for rule in kept:
            self.rules.append_entry(rule)


#: One rule that most banks can fill; a smaller bank makes it smaller as long as it is untouched.
FIRST_RULE: dict[str, Any] = {"type": "", "tag": "", "count": 10, "marks": 10}


def new_form(at: datetime) -> QuizForm:
    """Return the form of a new quiz with plausible values: from the next hour, for a week."""
    opens = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    rules = [dict(FIRST_RULE)]
    return QuizForm(
        data={
            "opens_at": opens,
            "closes_at": opens + timedelta(days=7),
            "minutes": 30,
            "attempts": 1,
            "pass_percent": 60,
            "rules": rules,
        }
    )


def form_of(quiz: Quiz) -> QuizForm:
    """Return the form filled with what *quiz* has."""
    return QuizForm(
        data={
            "title": quiz.title,
            "description": quiz.description,
            "branch": str(quiz.branch_id),
            "bank": str(quiz.bank_id),
            "rules": [
                {**rule, "type": rule["type"] or "", "tag": rule["tag"] or ""}
                for rule in quiz.blueprint
            ],
            "opens_at": quiz.opens_at,
            "closes_at": quiz.closes_at,
            "minutes": round(quiz.seconds_allowed / 60),
            "attempts": quiz.attempts_allowed,
            "pass_percent": quiz.pass_percent,
            "feedback": quiz.feedback,
            "multiple_rule": quiz.multiple_rule,
        }
    )


def sent_form(given: MultiDict[str, str]) -> QuizForm:
    """Return the form as sent; nothing typed is lost, however wrong."""
    return QuizForm(given)
