"""Names of boards and windows in the reader's language."""

from datetime import date, timedelta

from flask_babel import format_date
from flask_babel import gettext as _

from app.points import windows


def window_name(key: str, today: date) -> str:
    """Return the window's name, e.g. 本周, 2026年第46周, 11月20日, 累计."""
    kind = windows.kind_of(key) or "all"
    first = windows.first_day(key)
    if first is None:
        return str(_("累计"))
    if key == windows.key_for(kind, today):
        return str({"day": _("今天"), "week": _("本周"), "month": _("本月")}[kind])
    if kind == "week":
        return str(_("%(year)s年第%(week)s周", year=key[:4], week=int(key[6:])))
    if kind == "month":
        return str(format_date(first, _("y年M月")))
    return str(format_date(first, _("M月d日")))


def kinds() -> list[tuple[str, str]]:
    """Return the windows that boards offer as (word in the address, name)."""
    return [
        ("today", str(_("今天"))),
        ("week", str(_("本周"))),
        ("month", str(_("本月"))),
        ("all", str(_("累计"))),
    ]


def before(key: str) -> str | None:
    """Return the key of the window before; None for all time."""
    first, kind = windows.first_day(key), windows.kind_of(key)
    return windows.key_for(kind, first - timedelta(days=1)) if first and kind else None


def after(key: str, today: date) -> str | None:
    """Return the key of the window after; None for all time and for what lies ahead."""
    last, kind = windows.last_day(key), windows.kind_of(key)
    if last is None or kind is None or last >= today:
        return None
    return windows.key_for(kind, last + timedelta(days=1))
