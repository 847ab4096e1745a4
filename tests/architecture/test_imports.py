"""Imports point down: the levels of pyproject.toml hold, and none stands inside a function."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LEVELS = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["architecture"]["levels"]
HEIGHT = {name: height for height, row in enumerate(LEVELS) for name in row}
PRIVATE = {"views", "forms", "cli", "api"}


def modules() -> Iterator[tuple[Path, str]]:
    for package in ("app", "question_bank"):
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, ".".join(path.relative_to(ROOT).with_suffix("").parts)


def package_of(module: str) -> str:
    return max(
        (n for n in HEIGHT if module == n or module.startswith(n + ".")), key=len, default=""
    )


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def ours(name: str) -> bool:
    return name.split(".")[0] in ("app", "question_bank")


def test_imports_point_down() -> None:
    wrong = []
    for path, module in modules():
        here = package_of(module)
        for name in filter(ours, imported(ast.parse(path.read_text()))):
            there = package_of(name)
            if there == "app" and name.startswith("app.") and here != "app":
                # ``from app import x`` names a package below; the name itself is judged next.
                wrong.append(f"{module} imports {name}")
            if there and there != here and HEIGHT[there] >= HEIGHT[here]:
                wrong.append(f"{module} imports {name}, which is not below it")
    assert wrong == []


def test_views_forms_and_commands_stay_inside_their_feature() -> None:
    wrong = []
    for path, module in modules():
        here = package_of(module)
        for name in filter(ours, imported(ast.parse(path.read_text()))):
            there = package_of(name)
            inside = name.removeprefix(there + ".").split(".")[0]
            if there.startswith("app.") and there != here and here != "app" and inside in PRIVATE:
                wrong.append(f"{module} imports {name}")
    assert wrong == []


def test_question_bank_is_pure() -> None:
    banned = {"flask", "sqlalchemy", "app", "time", "datetime.datetime.now"}
    wrong = [
        f"{module} imports {name}"
        for path, module in modules()
        if module.startswith("question_bank")
        for name in imported(ast.parse(path.read_text()))
        if name.split(".")[0] in banned
    ]
    assert wrong == []


def test_no_import_inside_a_function() -> None:
    wrong = []
    for path, module in modules():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
                wrong += [f"{module}:{n.lineno}" for n in inner]
    assert wrong == []


def test_only_pages_reads_htmx_headers() -> None:
    allowed = {"app.core.pages", "app.core.answers"}
    wrong = [m for p, m in modules() if "HX-" in p.read_text() and m not in allowed]
    assert wrong == []


def test_only_units_of_work_commit() -> None:
    wrong = [
        module
        for path, module in modules()
        if ".commit()" in path.read_text() and module != "app.core.db"
    ]
    assert wrong == []


def test_only_the_clock_reads_the_time() -> None:
    signs = ("datetime.now(", "utcnow(", "time.time(", "date.today(")
    wrong = [
        module
        for path, module in modules()
        if any(sign in path.read_text() for sign in signs) and module != "app.core.clock"
    ]
    assert wrong == []
