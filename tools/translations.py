"""Keeps the English catalogue in step with the texts: ``update`` or ``check``."""

import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "app" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
BABEL = Path(sys.executable).with_name("pybabel")
HEADER = ["--project=mingdeng", "--version=0", "--no-location", "--sort-output"]
#: Our layouts and macros live in folders with an underscore, which Babel skips by default.
SCAN = ["-F", "babel.cfg", "-k", "_l", "-k", "ngettext:1,2", "--ignore-dirs", ".*"]


def extract(target: Path) -> None:
    """Write the template catalogue of every text in code and templates."""
    subprocess.run(
        [BABEL, "-q", "extract", *SCAN, *HEADER, "-o", target, "."],
        cwd=ROOT,
        check=True,
    )


def catalogue(path: Path) -> Catalog:
    """Return the catalogue stored in *path*."""
    with path.open("rb") as file:
        return read_po(file, locale="en")


def update() -> int:
    """Add new texts to the English catalogue and drop unused ones."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        act = ["update", "--no-fuzzy-matching", "--ignore-obsolete"] if PO.exists() else ["init"]
        PO.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(
            [BABEL, "-q", *act, "--width=100", "-i", template, "-o", PO, "-l", "en"],
            cwd=ROOT,
            check=True,
        )
    return 0


def check() -> int:
    """Name every text without English, and every English that nothing uses; 1 if there are any."""
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "messages.pot"
        extract(template)
        wanted = {m.id for m in catalogue(template) if m.id}
    known = {m.id: m.string for m in catalogue(PO) if m.id}
    missing = [str(i) for i in wanted if not _translated(known.get(i))]
    unused = [str(i) for i in known if i not in wanted]
    for text in sorted(missing):
        print(f"no English: {text}")
    for text in sorted(unused):
        print(f"not used: {text}")
    return 1 if missing or unused else 0


def _translated(string: object) -> bool:
    return all(string) if isinstance(string, tuple) else bool(string)


if __name__ == "__main__":
    sys.exit({"update": update, "check": check}[sys.argv[1]]())
