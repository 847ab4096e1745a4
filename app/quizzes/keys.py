"""Attempt keys: 16 random bytes, 22 URL-safe characters in addresses."""

import base64
import binascii
import secrets

from app.core.errors import NotFound


def new() -> bytes:
    """Return a fresh key of 128 random bits."""
    return secrets.token_bytes(16)


def text(key: bytes) -> str:
    """Return *key* as addresses show it."""
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def parse(shown: str) -> bytes:
    """Return the key behind its 22 characters.

    :raises NotFound: for anything else, like for a key that nobody has.
    """
    if len(shown) != 22 or not shown.isascii():
        raise NotFound()
    try:
        key = base64.urlsafe_b64decode(shown + "==")
    except (binascii.Error, ValueError):
        raise NotFound() from None
    if text(key) != shown:
        raise NotFound()
    return key
