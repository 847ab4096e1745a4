"""Pictures that come along with questions: told by their content, named by their hash."""

import base64
import binascii
import hashlib
import re

_DATA = re.compile(r"data:image/[\w.+-]+;base64,([A-Za-z0-9+/=\s]+)$", re.IGNORECASE)


def ending_of(data: bytes) -> str | None:
    """Return png, jpg, gif or webp by the first bytes; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def inline_bytes(address: str) -> bytes | None:
    """Return the picture that stands in its own address (``data:image/png;base64,…``), if any."""
    found = _DATA.match(address)
    if not found:
        return None
    try:
        return base64.b64decode("".join(found[1].split()), validate=True)
    except binascii.Error:
        return None


class Pictures:
    """The pictures of one file, each once; ``named`` is what ``Reading.pictures`` wants."""

    def __init__(self) -> None:
        self.named: dict[str, bytes] = {}

    def add(self, data: bytes) -> str | None:
        """Return the name of a picture; None if it is none that can be shown."""
        ending = ending_of(data)
        if ending is None:
            return None
        name = f"{hashlib.sha256(data).hexdigest()}.{ending}"
        self.named[name] = data
        return name

    def inline(self, address: str) -> str | None:
        """Return the name of a picture that stands in its own address; None for other ones."""
        data = inline_bytes(address)
        return None if data is None else self.add(data)
