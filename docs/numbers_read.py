"""Which numbers of the model a treatment or a condition asks for, read from the source that it runs."""

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from types import FunctionType
from typing import Any, TypeGuard

from repigment.conditions import conditions
from repigment.evidence.parameters import Parameter, parameters
from repigment.treatments import Treatment, treatments

HERE = ("repigment.treatments.", "repigment.conditions.", "repigment.skin.")  # rooms whose functions are read along
ASKING = ("value", "parameter")


def numbers_read(kind: type) -> list[Parameter]:
    """Parameters that the methods of a class ask for, with all that they call in the rooms below, by theme and name."""
    patterns = [re.compile(text) for code in reached(kind) for text in asked(code, kind)]
    others = {name for name in conditions() if name != getattr(kind, "name", "")}
    return [
        number
        for name, number in parameters().items()
        if any(pattern.fullmatch(name) for pattern in patterns) and name.rpartition(".")[2] not in others
    ]


def gives(kind: type[Treatment]) -> list[str]:
    """Names of other treatments that a treatment gives as a part of itself, by what its source calls."""
    names = {name for code in reached(kind) for name in calls(code)}
    return [name for name, other in treatments().items() if other.__name__ in names and other is not kind]


def calls(code: Any) -> set[str]:
    """Names that a function calls."""
    nodes = ast.walk(tree(code)) if isinstance(code, FunctionType) else ()
    return {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


@cache
def reached(kind: type) -> list[Any]:
    """Functions and classes, in the rooms of HERE, that the methods and fields of a class come to call."""
    found: list[Any] = []
    waiting: list[Any] = [kind]
    while waiting:
        each = waiting.pop()
        other = each in treatments().values() and each is not kind  # has a page of its own
        if each in found or other or not getattr(each, "__module__", "").startswith(HERE):
            continue
        found.append(each)
        if isinstance(each, type):
            waiting += [*methods(each), *named(fields(each), vars(sys.modules[each.__module__]))]
        else:
            waiting += named(tree(each), each.__globals__)
    return found


def methods(kind: type) -> Iterator[FunctionType]:
    """The functions that instances of a class run, those that they call by `super()` among them."""
    covered: set[str] = set()
    for base in kind.__mro__:
        if not base.__module__.startswith(HERE):
            continue
        own = {name: plain(each) for name, each in vars(base).items()}
        functions = {name: each for name, each in own.items() if written(each) and name not in covered}
        yield from functions.values()
        covered |= {name for name, each in functions.items() if f"super().{name}(" not in inspect.getsource(each)}


def written(attribute: Any) -> bool:
    """Whether an attribute is a function that stands in a file; those that dataclasses make do not."""
    if not isinstance(attribute, FunctionType) or attribute.__module__ not in sys.modules:
        return False
    return attribute.__code__.co_filename == sys.modules[attribute.__module__].__file__


def plain(attribute: Any) -> Any:
    """The function behind a property, a static method or a class method, or the attribute itself."""
    if isinstance(attribute, property):
        return attribute.fget
    return getattr(attribute, "__func__", getattr(attribute, "wrapped", attribute))


@cache
def tree(code: Any) -> ast.AST:
    """The syntax tree of a function or a class."""
    return ast.parse(textwrap.dedent(inspect.getsource(code)))


def fields(kind: type) -> ast.AST:
    """What stands in the body of a class, its own and inherited, beside its methods: fields and constants."""
    body: dict[str, ast.stmt] = {}
    for base in kind.__mro__:
        if base.__module__.startswith(HERE):
            definition = next(node for node in ast.walk(tree(base)) if isinstance(node, ast.ClassDef))
            for node in definition.body:
                if isinstance(node, ast.AnnAssign | ast.Assign):
                    body.setdefault(
                        ast.unparse(node.target if isinstance(node, ast.AnnAssign) else node.targets[0]), node
                    )
    return ast.Module(list(body.values()), [])


def named(code: ast.AST, known: dict[str, Any]) -> list[Any]:
    """Functions and classes of the rooms that a piece of code names."""
    names = {node.id for node in ast.walk(code) if isinstance(node, ast.Name)}
    return [known[name] for name in sorted(names) if isinstance(known.get(name), type) or written(known.get(name))]


def asked(code: Any, kind: type) -> Iterator[str]:
    """Names that a function or class asks for, as patterns: in `value(...)`, or written out as a text."""
    held = fields(code) if isinstance(code, type) else tree(code)
    for node in ast.walk(held):
        if isinstance(node, ast.Constant) and node.value in parameters():
            yield re.escape(str(node.value))
        elif isinstance(node, ast.Name):
            yield from map(re.escape, table(vars(sys.modules[code.__module__]).get(node.id)))
        elif asks(node):
            yield filled(node.args[0], kind, held)


def asks(node: ast.AST) -> TypeGuard[ast.Call]:
    """Whether this is `value(...)` or its like, with a name that is put together."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING):
        return False
    return isinstance(node.args[0], ast.JoinedStr)


def table(constant: Any) -> list[str]:
    """Parameters that a constant of a module names: the values of a mapping."""
    return [each for each in constant.values() if each in parameters()] if isinstance(constant, dict) else []


def filled(name: ast.expr, kind: type, around: ast.AST) -> str:
    """The pattern of an f-string: `self.name` as it is; a gap at the start is one of the texts that stand around it."""
    texts = [node.value for node in ast.walk(around) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    pattern = ""
    for part in getattr(name, "values", ()):
        if isinstance(part, ast.Constant):
            pattern += re.escape(str(part.value))
        elif ast.unparse(part).strip("f'\"{}") == "self.name":
            pattern += re.escape(str(getattr(kind, "name", "")))
        else:
            pattern += ".+" if pattern else f"({'|'.join(re.escape(text) for text in dict.fromkeys(texts))})"
    return pattern
