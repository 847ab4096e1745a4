"""The attempt page's form, as a browser without JavaScript sends it."""

from collections.abc import Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from app.quizzes.queries import Saved
from app.quizzes.saving import Message
from app.quizzes.shapes import Shape

TRUTH = {"true": True, "false": False}


def messages(form: MultiDict[str, str], shape: Shape, saved: Mapping[int, Saved]) -> list[Message]:
    """Return what the form answers differently from what is saved, as messages to save.

    Each goes one above the number the page was shown with, so a stale form overwrites nothing.
    """
    found = []
    for slot, question in enumerate(shape.questions, 1):
        value = _value(question.type, form.getlist(f"slot-{slot}"))
        held = saved.get(slot)
        if _same(value, held.value if held else None):
            continue
        found.append(Message(slot, _whole(form.get(f"seq-{slot}")) + 1, value))
    return found


def epoch(form: MultiDict[str, str]) -> int:
    """Return the device lease that the page was shown with; 0 when it says none."""
    return _whole(form.get("epoch"))


def _value(kind: str, chosen: list[str]) -> Any:
    if kind == "true_false":
        return TRUTH.get(chosen[0]) if chosen else None
    return chosen or None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, list) and isinstance(other, list):
        return sorted(one) == sorted(other)
    return one is other or (one is None and other == [])


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0
