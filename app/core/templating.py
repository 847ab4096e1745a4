"""What templates may call: times, numbers, safe Markdown and the navigation."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from app.core import clock, markdown
from question_bank.problems import place


def init_app(app: Flask) -> None:
    """Add filters; undefined names stay silent only in ``is defined`` tests."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    filters: dict[str, Callable[..., Any]] = {
        "markdown": markdown.to_html,
        "inline_markdown": markdown.inline_html,
        "moment": moment,
        "clock_time": clock_time,
        "iso": clock.iso,
        "duration": duration,
        "stopwatch": stopwatch,
        "tenths": tenths,
        "sentences": sentences,
        "place": place_name,
    }
    app.jinja_env.filters.update(filters)


def moment(at: datetime) -> str:
    """Return a time in the organisation's zone: today's as 今天 14:30, others as 11月21日 14:30."""
    there, here = clock.local(at), clock.local(clock.now())
    days = (there.date() - here.date()).days
    time = there.strftime("%H:%M")
    near = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}
    if days in near:
        return f"{near[days]} {time}"
    # The patterns themselves are translated: an English reader has the day before the month.
    pattern = _("M月d日") if there.year == here.year else _("y年M月d日")
    return f"{format_date(there.date(), pattern)} {time}"


def clock_time(at: datetime) -> str:
    """Return the organisation's wall-clock time, e.g. ``14:30``."""
    return clock.local(at).strftime("%H:%M")


def duration(seconds: int) -> str:
    """Return a length of time in words, e.g. 20 分钟 or 1 小时 30 分钟; below two minutes in 秒."""
    if seconds < 120:
        return str(_("%(n)s 秒", n=seconds))
    hours, minutes = divmod(round(seconds / 60), 60)
    if not hours:
        return str(_("%(n)s 分钟", n=minutes))
    if not minutes:
        return str(_("%(n)s 小时", n=hours))
    return str(_("%(h)s 小时 %(m)s 分钟", h=hours, m=minutes))


def stopwatch(seconds: int) -> str:
    """Return a length of time to the second, for results that it decides: 785 → ``13:05``."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def tenths(value: int) -> str:
    """Return tenths of a mark as a number: 860 → ``86``, 865 → ``86.5``."""
    whole, rest = divmod(value, 10)
    return f"{whole}.{rest}" if rest else str(whole)


def place_name(where: str) -> str:
    """Return a place in a file in the reader's language: ``line 12`` is 第 12 行."""
    return place(where, str(get_locale() or "zh"))


def sentences(given: object) -> str:
    """Return one sentence as it is, and several joined; a lazy text is one, though it iterates."""
    return " ".join(map(str, given)) if isinstance(given, list | tuple) else str(given)
