"""Templates: no inline script or style, fragments say their root, every text is translated."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
CJK = re.compile(r"[\u4e00-\u9fff]")
COMMENT = re.compile(r"\{#.*?#\}", re.S)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.S)
TRANSLATED = re.compile(r"\{%-?\s*trans\b.*?endtrans\s*-?%\}", re.S)
FORBIDDEN = re.compile(
    r"\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|hx-on|javascript:|js:|hx-vals\s*=\s*[\"']js|<style", re.I
)
SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>", re.I)


def test_no_inline_script_style_or_handler() -> None:
    wrong = []
    for path in TEMPLATES:
        text = COMMENT.sub("", path.read_text())
        if FORBIDDEN.search(text) or SCRIPT.search(text):
            wrong.append(str(path.relative_to(ROOT)))
    assert wrong == []


def test_fragments_open_with_root_and_needs() -> None:
    wrong = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if path.name.startswith("_")
        and not path.parent.name.startswith("_")
        and not re.match(r"\{#.*Needs:.*#\}", path.read_text().split("\n")[0])
    ]
    assert wrong == []


def test_every_text_goes_through_the_catalogue() -> None:
    wrong = []
    for path in TEMPLATES:
        text = COMMENT.sub("", path.read_text())
        bare = CODE.sub("", TRANSLATED.sub("", text))
        wrong += [
            f"{path.relative_to(ROOT)}: {m.group()}" for m in re.finditer(f"{CJK.pattern}+", bare)
        ]
    assert wrong == []
