"""Numbers are complete, asked for by names that exist, and every one of them does something."""

import ast
import dataclasses
import math
import re

import pytest

from repigment.evidence.parameters import STATUSES, Parameter, parameters

WITHOUT_SOURCE = {"assumed", "switch", "forcing", "prior"}
ASKING = {"value", "parameter"}
ABOUT_NUMBERS = {"repigment/biology/notation.py", "repigment/trials/grounds.py"}  # they name numbers, not use them
EVIDENCE = "repigment.evidence.parameters"


@pytest.fixture(params=list(parameters().values()), ids=lambda parameter: parameter.name)
def number(request: pytest.FixtureRequest) -> Parameter:
    found: Parameter = request.param
    return found


def test_a_number_is_complete(number: Parameter) -> None:
    assert math.isfinite(number.low) and math.isfinite(number.high)
    assert number.low <= number.value <= number.high, "value outside of its own range"
    assert number.unit, "no unit (`-` if it has none)"
    assert number.meaning, "no meaning"
    assert number.status in STATUSES
    assert number.source or number.status in WITHOUT_SOURCE, f"{number.status}, but where does it come from?"


def asked(tree: ast.Module) -> list[re.Pattern[str]]:
    """Names that the code hands to `value` or `parameter`; the gaps of an f-string stand for anything."""
    patterns: list[re.Pattern[str]] = []
    if not any(isinstance(node, ast.ImportFrom) and node.module == EVIDENCE for node in ast.walk(tree)):
        return patterns
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ASKING and node.args:
            patterns += pattern(node.args[0])
    return patterns


def pattern(name: ast.expr) -> list[re.Pattern[str]]:
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return [re.compile(re.escape(name.value))]
    if isinstance(name, ast.JoinedStr):
        parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in name.values]
        return [re.compile("".join(parts))]
    return []


def read_by_equations(trees: dict[str, ast.Module]) -> set[str]:
    """Attributes of the parameters `p` in biology and engine: `p.k_K`."""
    return {
        node.attr
        for path, tree in trees.items()
        if path.startswith(("repigment/biology/", "repigment/engine/"))
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "p"
    }


def written_out(trees: dict[str, ast.Module]) -> set[str]:
    """Every text that stands in the code: names in tables and mappings."""
    return {
        node.value
        for path, tree in trees.items()
        if path not in ABOUT_NUMBERS
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_names_that_are_asked_for_exist(trees: dict[str, ast.Module]) -> None:
    unknown = [
        f"{path}: {name.pattern}"
        for path, tree in trees.items()
        for name in asked(tree)
        if not any(map(name.fullmatch, parameters()))
    ]
    assert unknown == []
    of_rows = {field.name for field in dataclasses.fields(Parameter)}
    assert read_by_equations(trees) - of_rows - {*parameters()} == set()


def test_every_number_is_used(trees: dict[str, ast.Module]) -> None:
    known = read_by_equations(trees) | written_out(trees)
    names = [name for tree in trees.values() for name in asked(tree)]
    idle = [each for each in parameters() if each not in known and not any(name.fullmatch(each) for name in names)]
    assert idle == [], "numbers that nothing asks for"


@pytest.mark.parametrize(
    ("source", "matches", "leaves"),
    [('value("mu")', "mu", "mu2"), ('value(f"phi.{n}")', "phi.3", "phi_s"), ('parameter(f"{a}_sd")', "res_sd", "sd")],
)
def test_names_are_found_in_code(source: str, matches: str, leaves: str) -> None:
    (name,) = asked(ast.parse(f"from {EVIDENCE} import value, parameter\n{source}"))
    assert name.fullmatch(matches) and not name.fullmatch(leaves)
