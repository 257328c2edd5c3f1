"""The page of the cell product says what the code does."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from repigment.cells.chart import draw
from repigment.cells.expansion import expand
from repigment.cells.limits import Limit, all_limits
from repigment.cells.lot import Lot
from repigment.cells.lot_file import table_of
from repigment.cells.numbers import ranged
from repigment.cells.sources import SOURCES
from repigment.evidence.parameters import parameters

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "cells.md").read_text("utf-8")


def row(limit: Limit) -> str:
    sources = "" if limit.sources == ("all",) else f" ({', '.join(limit.sources)})"
    when = f", if `{limit.when.replace('!=', ' is not ').replace('=', ' is ')}`" if limit.when else ""
    said = limit.said + (f" ({limit.note})" if limit.note else "")
    return f"| {limit.item}{sources} | {said}{when} | {limit.need} | {limit.cited} | {limit.status} |"


def keys(table: type[BaseModel]) -> set[str]:
    found: set[str] = set()
    for name, field in table.model_fields.items():
        within = table_of(field.annotation)
        found |= keys(within) if within else {name}
    return found


def test_every_limit_is_on_the_page() -> None:
    section = PAGE[PAGE.index("### Whose limits") : PAGE.index("## LOT.toml")]
    assert [line for line in section.splitlines() if line.startswith("| ")][1:] == [
        row(limit) for limit in all_limits()
    ]


def test_every_key_is_on_the_page() -> None:
    section = PAGE[PAGE.index("## LOT.toml") : PAGE.index("### Codes")]
    assert {key for key in keys(Lot) if f"`{key}`" not in section} == set()
    known = keys(Lot) | {"cord", "marrow", "fat", "name", "source"}
    tables = re.compile(r"\[|2024-01-31")
    assert {key for key in re.findall(r"`([^`]+)`", section) if not tables.match(key)} <= known


@pytest.mark.parametrize("source", SOURCES)
def test_doses_on_the_page(source: str) -> None:
    doses = expand(source, 5, 5e5).middle("doses", 5)  # type: ignore[arg-type]
    assert f"| {source} | {ranged(*doses)} |" in PAGE


def test_the_picture_is_what_the_code_draws() -> None:
    kept = (DOCS / "pictures" / "expansion.svg").read_text("utf-8")
    made = draw(expand("cord", 5, 5e5), draws=4000, seed=1, amount=None)
    words = re.compile(r">([^<>\n]+)</text>")
    assert words.findall(kept) == words.findall(made), (
        "repigment lot expand --out DIR; copy expansion.svg to docs/pictures"
    )


def test_parameters_on_the_page_exist() -> None:
    assert set(re.findall(r"`(lot_\w+)`", PAGE)) == {n for n in parameters() if n.startswith("lot_")}


def test_the_example_on_the_page_runs() -> None:
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    told: dict[str, object] = {}
    exec(code, told)
    assert "release.passes(release.check(lot))  # True" in code and "potency.of(lot).immune  # 1.0" in code
