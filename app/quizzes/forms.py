"""The JSON bodies of saving and handing in, decoded and checked in one step."""

from typing import Annotated, Any

import msgspec
from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from app.core.errors import Invalid, TooLarge
from app.quizzes.saving import MOST, Message

Slot = Annotated[int, msgspec.Meta(ge=1, le=1000)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]


class MessageBody(msgspec.Struct, forbid_unknown_fields=True):
    """One answer: ``{"slot": 1, "seq": 5, "mid": "<uuid>", "value": ["q7fz"]}``."""

    slot: Slot
    seq: Count
    value: Any
    mid: Annotated[str, msgspec.Meta(max_length=64)] = ""


class SaveBody(msgspec.Struct, forbid_unknown_fields=True):
    """A save: the device's lease and its answers."""

    epoch: Count
    messages: Annotated[list[MessageBody], msgspec.Meta(min_length=1, max_length=MOST)]

    def answers(self) -> list[Message]:
        """Return the answers as the service takes them."""
        return [Message(m.slot, m.seq, m.value, m.mid) for m in self.messages]


class SubmitBody(msgspec.Struct, forbid_unknown_fields=True):
    """A hand-in: the newest (epoch, seq) per slot that the device knows of."""

    manifest: dict[str, tuple[Count, Count]] = {}
    #: The device's lease; a device that says none is taken for the newest.
    epoch: Count | None = None

    def newest(self) -> dict[int, tuple[int, int]]:
        """Return the manifest by slot number.

        :raises Invalid: when a slot is no number.
        """
        if not all(slot.isdecimal() and len(slot) < 5 for slot in self.manifest):
            raise Invalid({"manifest": _("题号要是数字。")})
        return {int(slot): newest for slot, newest in self.manifest.items()}


_save = msgspec.json.Decoder(SaveBody)
_submit = msgspec.json.Decoder(SubmitBody)


def _body() -> bytes:
    try:
        return request.get_data()
    except RequestEntityTooLarge as large:
        raise TooLarge() from large


def parse_save() -> SaveBody:
    """Return the body of a save.

    :raises Invalid: naming where it is wrong; nothing is kept.
    :raises TooLarge: over the limit of the application.
    """
    try:
        return _save.decode(_body())
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise Invalid({"body": _("内容的格式不对：%(why)s", why=str(wrong)[:200])}) from wrong


def parse_submit() -> SubmitBody:
    """Return the body of a hand-in; an empty one has an empty manifest.

    :raises Invalid: naming where it is wrong.
    :raises TooLarge: over the limit of the application.
    """
    try:
        return _submit.decode(_body() or b"{}")
    except (msgspec.DecodeError, RecursionError) as wrong:
        raise Invalid({"body": _("内容的格式不对：%(why)s", why=str(wrong)[:200])}) from wrong
