"""One concept a file, small functions, and a word about everything public."""

import ast
from collections.abc import Iterator

LINES_A_FILE = 300
LINES_A_FUNCTION = 50
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def definitions(tree: ast.Module) -> Iterator[tuple[ast.AST, Definition]]:
    """Every function and class that is not inside a function, with what holds it."""
    waiting: list[ast.Module | ast.ClassDef] = [tree]
    while waiting:
        holder = waiting.pop()
        for node in holder.body:
            if isinstance(node, Definition):
                yield holder, node
            if isinstance(node, ast.ClassDef):
                waiting.append(node)


def is_protocol(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(ast.unparse(base).startswith("Protocol") for base in node.bases)


def is_overload(node: Definition) -> bool:
    return any(ast.unparse(decorator).endswith("overload") for decorator in node.decorator_list)


def test_files_are_short(sources: dict[str, str]) -> None:
    long = {path: text.count("\n") for path, text in sources.items() if text.count("\n") >= LINES_A_FILE}
    assert long == {}, "a house with too few rooms"


def test_functions_are_short(trees: dict[str, ast.Module]) -> None:
    long = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LINES_A_FUNCTION
    ]
    assert long == []


def test_everything_public_says_what_it_is(trees: dict[str, ast.Module]) -> None:
    silent = [
        f"{path}:{node.lineno} {node.name}"
        for path, tree in trees.items()
        for holder, node in definitions(tree)
        if not node.name.startswith("_")
        and not is_protocol(holder)
        and not (isinstance(holder, ast.ClassDef) and holder.name.startswith("_"))
        and not is_overload(node)
        and not ast.get_docstring(node)
    ]
    assert silent == []


def test_every_module_says_what_it_holds(trees: dict[str, ast.Module]) -> None:
    assert [path for path, tree in trees.items() if not ast.get_docstring(tree)] == []
