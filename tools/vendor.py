"""Fetches vendored front-end files, and builds the style bundle and the icon sprite from them.

``fetch`` downloads what ``vendor.toml`` names (needs npm), ``build`` writes ``static/css/app.css``
and ``static/icons.svg`` (needs nothing), ``check`` compares both with what is committed.
"""

import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENDOR = ROOT / "static" / "vendor"
MARK = ROOT / "static" / "img" / "mark.svg"
SPRITE = ROOT / "static" / "icons.svg"
BUNDLE = ROOT / "static" / "css" / "app.css"
#: What the bundle is made of, the weakest layer first.
LAYERS = (
    ("pico", VENDOR / "pico" / "pico.classless.min.css"),
    ("tokens", ROOT / "static" / "css" / "tokens.css"),
    ("base", ROOT / "static" / "css" / "base.css"),
)


@dataclass(frozen=True)
class Package:
    """One package of ``vendor.toml``: where its files come from and what they must be."""

    folder: str
    name: str
    version: str
    licence: str
    #: Of the package's archive, as its registry states it: ``sha512-`` and base64.
    integrity: str
    #: Paths inside the package; kept under their last name.
    files: tuple[str, ...]
    #: SHA-512 over the kept files in this order, hexadecimal.
    sha512: str

    def kept(self) -> list[Path]:
        """Return the places of the files in the project."""
        return [VENDOR / self.folder / Path(name).name for name in self.files]

    def digest(self) -> str:
        """Return the SHA-512 of the files that are in the project now."""
        return hashlib.sha512(b"".join(path.read_bytes() for path in self.kept())).hexdigest()


def packages() -> list[Package]:
    """Return the packages of ``vendor.toml``."""
    with (ROOT / "vendor.toml").open("rb") as file:
        table = tomllib.load(file)
    found = []
    for folder, fields in table.items():
        icons = [f"icons/{name}.svg" for name in fields.pop("icons", ())]
        files = (*fields.pop("files"), *icons)
        found.append(Package(folder=folder, files=files, **fields))
    return found


def fetch() -> int:
    """Download every package, verify it and keep its files; print hashes that have changed."""
    for package in packages():
        with tempfile.TemporaryDirectory() as folder:
            _unpack(package, Path(folder))
        if package.digest() != package.sha512:
            print(f'{package.folder}: sha512 = "{package.digest()}"')
    return build()


def _unpack(package: Package, folder: Path) -> None:
    wanted = f"{package.name}@{package.version}"
    ran = subprocess.run(
        ["npm", "pack", "--silent", "--json", wanted],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    report = json.loads(ran.stdout)
    archive = folder / (report[0]["filename"] if isinstance(report, list) else ran.stdout.strip())
    hashed = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{hashed}" != package.integrity:
        raise SystemExit(f"{wanted} is not what vendor.toml expects: sha512-{hashed}")
    with tarfile.open(archive) as tar:
        for name, target in zip(package.files, package.kept(), strict=True):
            content = tar.extractfile(f"package/{name}")
            if content is None:
                raise SystemExit(f"{wanted} has no {name}")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.read())


def bundle() -> str:
    """Return the one style sheet of every page: each source in its own cascade layer.

    Layers let a plain class of ours win over any selector of the base library.
    """
    head = f"@layer {','.join(name for name, _ in LAYERS)};\n"
    return head + "".join(f"@layer {name}{{{_compact(path)}}}\n" for name, path in LAYERS)


def _compact(path: Path) -> str:
    text = path.read_text().replace('@charset "UTF-8";', "")
    text = re.sub(r"/\*(?!!).*?\*/", "", text, flags=re.S)
    if path.is_relative_to(VENDOR):
        return text.strip()
    text = re.sub(r"\s+", " ", text)
    return re.sub(r" ?([{};,]) ?", r"\1", text).replace(";}", "}").strip()


def sprite() -> str:
    """Return the icon sprite. Opened as a picture it shows the mark, so it is the favicon too."""
    mark = re.sub(r">\s+<", "><", MARK.read_text().strip())
    mark = re.sub(r"<svg[^>]*>", '<symbol id="mingdeng" viewBox="0 0 64 64">', mark)
    symbols = [mark.replace("</svg>", "</symbol>")]
    lucide = next(package for package in packages() if package.folder == "lucide")
    for path in sorted(p for p in lucide.kept() if p.suffix == ".svg"):
        shapes = re.sub(r"<!--.*?-->|</?svg[^>]*>", "", path.read_text(), flags=re.S)
        shapes = re.sub(r"\s*\n\s*", "", shapes).replace(" />", "/>")
        symbols.append(f'<symbol id="{path.stem}" viewBox="0 0 24 24">{shapes}</symbol>')
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">\n'
        + "\n".join(symbols)
        + '\n<use href="#mingdeng"/>\n</svg>\n'
    )


#: Every file that ``build`` writes, and how.
BUILT: tuple[tuple[Path, Callable[[], str]], ...] = ((BUNDLE, bundle), (SPRITE, sprite))


def build() -> int:
    """Write the bundle and the sprite."""
    for path, make in BUILT:
        path.write_text(make())
    return 0


def check() -> int:
    """Name every built file that is older than its sources and every foreign change; 1 if any."""
    old = [path.name for path, make in BUILT if not path.exists() or path.read_text() != make()]
    changed = [package.folder for package in packages() if package.digest() != package.sha512]
    for name in (*old, *changed):
        print(f"not as it should be: {name}")
    return 1 if old or changed else 0


if __name__ == "__main__":
    sys.exit({"fetch": fetch, "build": build, "check": check}[sys.argv[1]]())
