"""What a study may leave unsaid, filled in."""

import re
import tomllib
from functools import cache
from typing import Any

from repigment.optics.groups import GROUPS
from repigment.optics.people import type_shares
from repigment.trials.protocol.scores import measures
from repigment.trials.reading.library import assumptions


def complete(data: dict[str, Any], name: str) -> None:
    """Fill in, in place, what was read: name, title, assumed numbers, the control arm, units of published results.

    Nothing that the study says is changed, and nothing is judged here.
    """
    data.setdefault("name", re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-")[:80] or "study")
    data.setdefault("title", data["name"])
    for section, assumed in _assumed().items():
        said = data.get(section, None if section == "population" else {})
        if isinstance(said, dict) and section != "condition":
            data[section] = {**assumed, **said}
    _complete_condition(data.get("population"))
    _complete_skin(data.get("population"))
    _complete_latitude(data.get("population"))
    _complete_analysis(data)
    for source in _list(data.get("published")):
        for result in _list(source.get("results") if isinstance(source, dict) else None):
            _complete_unit(result)


@cache
def _assumed() -> dict[str, dict[str, Any]]:
    return tomllib.loads(assumptions())


def _complete_condition(population: Any) -> None:
    """What is assumed of the patients of one condition only: where they have it, and how much."""
    if isinstance(population, dict) and isinstance(population.get("condition"), str):
        for key, assumed in _assumed()["condition"].get(population["condition"].casefold(), {}).items():
            population.setdefault(key, assumed)


def _complete_skin(population: Any) -> None:
    """The skin types of a measured group, where the study names one and says nothing of types."""
    if isinstance(population, dict) and population.get("group") in [*GROUPS]:
        population.setdefault("skin_types", dict(type_shares(population["group"])))


def _complete_latitude(population: Any) -> None:
    """One number means that everybody lives there."""
    if isinstance(population, dict) and type(population.get("latitude")) in (int, float):
        population["latitude"] = {"mean": population["latitude"]}


def _complete_analysis(data: dict[str, Any]) -> None:
    """The control is the first arm; at a second randomisation, the first arm of that."""
    withdrawal = data.get("withdrawal")
    names = _names(withdrawal) if isinstance(withdrawal, dict) else _names(data)
    analysis = data.setdefault("analysis", {})
    if isinstance(analysis, dict):
        nobody = "?"  # never seen: without a named arm the study is refused for that
        data["analysis"] = {"control": names[0] if names else nobody, **analysis}
    if isinstance(withdrawal, dict) and names:
        control = data["analysis"].get("control") if isinstance(data["analysis"], dict) else None
        data.setdefault("comparison", [{"arms": [name, control]} for name in names if name != control])


def _names(data: dict[str, Any]) -> list[str]:
    return [arm["name"] for arm in _list(data.get("arm")) if isinstance(arm, dict) and isinstance(arm.get("name"), str)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _complete_unit(row: Any) -> None:
    if isinstance(row, dict) and isinstance(row.get("endpoint"), str) and row["endpoint"] in measures():
        row.setdefault("unit", measures()[row["endpoint"]].unit)
