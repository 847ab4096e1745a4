"""Goal 12: what a phone downloads, gzipped, with nothing kept; icons and scripts included."""

import gzip
import re

from bench import member
from bench.report import Line
from bench.world import Phone, World

KB = 1024
#: What a browser fetches by itself when it shows the page; the touch icon it fetches only to pin.
_LOADED = re.compile(r'<(?:script|img|source|video|use)\b[^>]*?(?:src|href)="(/[^"#]+)')
_LINKED = re.compile(r'<link rel="(?:stylesheet|icon|manifest|preload)"[^>]*?href="(/[^"#]+)')


def assets_of(html: str) -> list[str]:
    """Return the addresses that a page makes a browser fetch, each once, in order."""
    return list(dict.fromkeys(_LINKED.findall(html) + _LOADED.findall(html)))


def zipped(data: bytes) -> int:
    """Return the bytes on the wire behind a proxy that compresses as usual."""
    return len(gzip.compress(data, 6))


def weigh(phone: Phone, path: str) -> tuple[int, int, int]:
    """Return (bytes gzipped, of these JavaScript, requests) of a first view of *path*."""
    html = phone.ask("GET", path)[2]
    total, scripts, addresses = zipped(html), 0, assets_of(html.decode())
    for address in addresses:
        size = zipped(phone.ask("GET", address)[2])
        total += size
        scripts += size if ".js?" in address else 0
    return total, scripts, 1 + len(addresses)


def save_bytes(sitting: member.Sitting, slot: int) -> tuple[int, int]:
    """Return the bytes (received with their headers, body sent) of one answer saved."""
    message = {"slot": slot, "seq": 1, "mid": "3f0c2b52-6b0e-4a55-a2f3-4cf0de4f1c11"}
    body = {"epoch": 1, "messages": [message | {"value": sitting.answers[slot]}]}
    path = f"/api/v1/attempts/{sitting.key}/answers"
    _, headers, data = sitting.phone.ask("PUT", path, body)
    head = sum(len(k) + len(v) + 4 for k, v in headers.items()) + len("HTTP/1.1 200 OK\r\n\r\n")
    return head + len(data), len(str(body))


def weight(world: World) -> list[Line]:
    """Weigh the pages a phone opens most, and one answer."""
    phone = world.phones(1)[0]
    sitting = member.sit_down(world, phone)
    pages = [
        ("open quiz", f"/attempts/{sitting.key}", 47),
        ("today", "/", 60),
        ("branches' board", "/boards", 60),
        ("members' board", member.BOARD, 60),
    ]
    lines = []
    for name, path, most in pages:
        total, scripts, asked = weigh(phone, path)
        ok = total <= most * KB and scripts <= 25 * KB and asked <= 6
        measured = f"{total / KB:.1f} kB, JS {scripts / KB:.1f}, {asked} requests"
        lines.append(Line(12, f"{name}, first view", measured, f"<= {most} kB, JS 25, 6", ok))
    received, sent = save_bytes(sitting, 1)
    told = f"{received} B received, {sent} B body sent"
    return [*lines, Line(12, "one answered question", told, "<= 1 kB", received <= KB)]
