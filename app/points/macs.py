"""What makes a ledger row tell-tale: an HMAC of the row, and the chain over all of them."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from flask import current_app

#: What a row's HMAC covers: everything but its id, which the database gives after the fact.
#: Reordered or swapped ids are found by the chain.
COVERED = (
    "member_id",
    "branch_id",
    "rule_version_id",
    "local_day",
    "asked",
    "amount",
    "outcome",
    "event_key",
    "source_kind",
    "source_key",
    "note",
    "reverses_id",
    "actor_id",
    "occurred_at",
    "created_at",
)

#: What the first link is chained to.
START = bytes(32)


def ledger_key() -> bytes:
    """Return the ledger key of the running application; it is never in the database."""
    return str(current_app.config["LEDGER_KEY"]).encode()


def entry_mac(key: bytes, row: Mapping[str, Any]) -> bytes:
    """Return the HMAC-SHA-256 over the covered columns of *row*, 32 bytes."""
    text = json.dumps([_plain(row[name]) for name in COVERED], ensure_ascii=True)
    return hmac.digest(key, text.encode(), hashlib.sha256)


def link(key: bytes, previous: bytes, seq: int, mac: bytes) -> bytes:
    """Return the chain's value after link *seq*, counted from 1, over a row's *mac*."""
    return hmac.digest(key, previous + seq.to_bytes(8, "big") + mac, hashlib.sha256)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    return value.isoformat() if isinstance(value, date) else value
