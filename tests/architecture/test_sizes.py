"""Small files, small functions, a sentence at the top, and every type written down."""

import ast

from tests.architecture.test_imports import modules

FUNCTION = 40
MODULE = 300


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_functions_are_short() -> None:
    long = []
    for path, module in modules():
        for node in functions(ast.parse(path.read_text())):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                long.append(f"{module}.{node.name}: {length} lines")
    assert long == []


def test_modules_are_short() -> None:
    long = {m: n for p, m in modules() if (n := p.read_text().count("\n")) > MODULE}
    assert long == {}


def test_every_module_opens_with_a_sentence() -> None:
    silent = [m for p, m in modules() if not ast.get_docstring(ast.parse(p.read_text()))]
    assert silent == []


def test_every_function_says_what_it_returns() -> None:
    untyped = [
        f"{module}.{node.name}"
        for path, module in modules()
        for node in functions(ast.parse(path.read_text()))
        if node.returns is None
    ]
    assert untyped == []
