"""Vendored files are what vendor.toml says, and what is built from them is up to date."""

import re

import pytest

from tools import vendor

PACKAGES = vendor.packages()
ICON = re.compile(
    r"""(?:\bicon\(\s*|\bicon=|'icon':\s*|"icon":\s*|empty_state\(\s*)["']([a-z0-9-]+)["']"""
)


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.folder)
def test_vendored_files_are_unchanged(package: vendor.Package) -> None:
    assert package.digest() == package.sha512


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.folder)
def test_vendored_files_bring_their_licence(package: vendor.Package) -> None:
    assert any(path.name.startswith("LICENSE") for path in package.kept())


def test_nothing_else_is_vendored() -> None:
    listed = {path for package in PACKAGES for path in package.kept()}
    assert {path for path in vendor.VENDOR.rglob("*") if path.is_file()} == listed


@pytest.mark.parametrize(("path", "make"), vendor.BUILT, ids=lambda x: getattr(x, "name", ""))
def test_built_files_are_up_to_date(path, make) -> None:
    assert path.read_text() == make(), "run: python tools/vendor.py build"


def test_every_icon_that_a_page_names_is_in_the_sprite() -> None:
    have = set(re.findall(r'<symbol id="([^"]+)"', vendor.SPRITE.read_text()))
    sources = [
        *(vendor.ROOT / "templates").rglob("*.html"),
        *(vendor.ROOT / "app").rglob("*.py"),
    ]
    named = {name: path.name for path in sources for name in ICON.findall(path.read_text())}
    assert {name: where for name, where in named.items() if name not in have} == {}
