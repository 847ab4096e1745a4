"""The style sheet stays small, knows no foreign host, and every colour of it can be read."""

import gzip
import re

import pytest

from tools import vendor

TOKENS = (vendor.ROOT / "static" / "css" / "tokens.css").read_text()
BASE = (vendor.ROOT / "static" / "css" / "base.css").read_text()
KIB = 1024

#: Text colour, ground: at least 4.5 to 1 (WCAG 2.2, 1.4.3).
TEXTS = [
    *[(text, ground) for text in ("ink", "ink-soft", "ink-muted", "red-text", "amber-text")
      for ground in ("paper", "surface", "sunken")],
    *[(f"{hue}-text", f"{hue}-soft") for hue in ("red", "amber", "green", "orange", "blue")],
    ("accent-text", "accent-soft"), ("ink", "amber-soft"), ("ink-soft", "amber-soft"),
    ("lamp-ink", "lamp-card"), ("lamp-soft", "lamp-card"), ("lamp-amber", "lamp-card"),
]  # fmt: skip
#: Edges of controls: at least 3 to 1 (1.4.11).
EDGES = [("line-strong", "surface"), ("line-strong", "paper"), ("red", "paper"), ("ink", "paper")]


def colours(theme: str) -> dict[str, str]:
    """Return the tokens of a theme that are plain hexadecimal colours."""
    found = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    light = dict(found.findall(TOKENS.split("@media")[0]))
    if theme == "light":
        return light
    return light | dict(found.findall(TOKENS.split('[data-theme="dark"]')[1].split("}")[0]))


def luminance(colour: str) -> float:
    """Return the relative luminance of WCAG 2.2, 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_text_can_be_read(theme: str) -> None:
    have = colours(theme)
    pairs = [(*pair, 4.5) for pair in TEXTS] + [(*pair, 3.0) for pair in EDGES]
    weak = {
        f"{a} on {b}": round(contrast(have[a], have[b]), 2)
        for a, b, least in pairs
        if contrast(have[a], have[b]) < least
    }
    assert weak == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_white_on_the_action_red_can_be_read(theme: str) -> None:
    assert contrast("#ffffff", colours(theme)["red"]) >= 4.5


def test_both_ways_to_the_dark_theme_are_the_same() -> None:
    values = [
        re.sub(r"\s+", " ", block.split("}")[0])
        for block in re.split(
            r':root:not\(\[data-theme="light"\]\) \{|\[data-theme="dark"\] \{', TOKENS
        )[1:]
    ]
    assert len(values) == 2
    assert values[0] == values[1]


def test_rules_use_tokens_that_exist() -> None:
    have = set(re.findall(r"(--[a-z0-9-]+):", TOKENS + BASE))
    assert set(re.findall(r"var\((--[a-z0-9-]+)", BASE)) - have == set()


def test_the_first_view_is_light() -> None:
    def weight(path: str) -> int:
        return len(gzip.compress((vendor.ROOT / "static" / path).read_bytes(), 9))

    assert weight("css/app.css") <= 22 * KIB
    assert weight("js/ui.js") + weight("vendor/htmx/htmx.min.js") <= 17 * KIB
    assert weight("icons.svg") <= 8 * KIB


def test_nothing_comes_from_another_host() -> None:
    assert re.findall(r"(?:@import|url\()[^;)]*", TOKENS + BASE) == []
