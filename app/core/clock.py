"""One clock for the whole product: aware UTC, and the organisation's days."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flask import current_app


def now() -> datetime:
    """Return the server's time, aware UTC. The only place that reads the wall clock."""
    return datetime.now(UTC)


def zone() -> ZoneInfo:
    """Return the organisation's time zone (``MINGDENG_TIMEZONE``)."""
    return ZoneInfo(current_app.config["TIMEZONE"])


def local(at: datetime) -> datetime:
    """Return *at* in the organisation's time zone."""
    return at.astimezone(zone())


def local_day(at: datetime) -> date:
    """Return the organisation's calendar day that *at* falls on."""
    return local(at).date()


def start_of_day(day: date) -> datetime:
    """Return the first instant of *day* in the organisation's zone, as aware UTC."""
    return datetime.combine(day, time.min, tzinfo=zone()).astimezone(UTC)


def end_of_day(day: date) -> datetime:
    """Return the first instant after *day* (limits are half-open), as aware UTC."""
    return start_of_day(day + timedelta(days=1))


def iso(at: datetime) -> str:
    """Return *at* as ISO 8601 in UTC with milliseconds and ``Z``, for the JSON interface."""
    text = at.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
