"""The keys of a study file, told by the models that read it."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from repigment.treatments import treatments
from repigment.trials.analysis.endpoints import MEASURES
from repigment.trials.reading.library import assumptions
from repigment.trials.reading.schema import node_at, range_at

Path = tuple[str | int, ...]
SECTIONS: tuple[tuple[str, Path], ...] = (
    ("At the top", ()),
    ("[population]", ("population",)),
    ("age", ("population", "age")),
    ("latitude", ("population", "latitude")),
    ("duration", ("population", "duration")),
    ("areas, one entry a region", ("population", "areas", "face")),
    ("[[arm]]", ("arm", 0)),
    ("[withdrawal]", ("withdrawal",)),
    ("[[endpoint]]", ("endpoint", 0)),
    ("[[comparison]]", ("comparison", 0)),
    ("[analysis]", ("analysis",)),
    ("[dropout]", ("dropout",)),
    ("[[published]]", ("published", 0)),
    ("[uncertainty]", ("uncertainty",)),
    ("[simulation]", ("simulation",)),
)

FILLED = {  # by what stands elsewhere in the study
    ("name",): "name of the file",
    ("title",): "the name",
    ("analysis",): "see below",
    ("uncertainty",): "see below",
    ("simulation",): "see below",
    ("analysis", "control"): "the first arm",
    ("comparison",): "every arm against the control",
    ("published", 0, "unit"): "the endpoint's",
}


@dataclass(frozen=True)
class Key:
    """A key of a table: its name, what may stand there, and what is taken if it is left out."""

    name: str
    kind: str
    allowed: str
    default: str


@dataclass(frozen=True)
class Table:
    """A table of the study file: its heading, what it is, its keys."""

    heading: str
    meaning: str
    keys: tuple[Key, ...]


def section(heading: str, path: Path) -> Table:
    """The table at a path."""
    node = node_at(path)
    required = set(node.get("required", ()))
    keys = tuple(key(name, (*path, name), name in required) for name in node.get("properties", {}))
    return Table(heading, prose(node.get("description", "")) if path else "", keys)


def prose(docstring: str) -> str:
    """A docstring as flowing text, without its examples."""
    return "\n\n".join(" ".join(part.split()) for part in docstring.split(">>>")[0].split("\n\n")).strip()


def key(name: str, path: Path, required: bool) -> Key:
    """One key. What the file of assumptions says counts as what is taken if the key is left out."""
    node = node_at(path)
    default = assumed(path) if len(path) <= 2 else None  # a table that is given is taken as it is
    taken = FILLED.get(path) or (written(default) if default is not None else "")
    if not taken:
        taken = "must be given" if required else written(node.get("default"))
    if name == "lot":  # reading the study puts in place of a file what it says
        return Key(name, "text or table", "file of a lot, from where the study is, or what it says", taken)
    return Key(name, kind(node), range_at(path), taken)


def assumed(path: Path) -> Any:
    """What is taken at this path when a study says nothing there; None if it must say something."""
    found: Any = tomllib.loads(assumptions())
    for step in path:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def kind(node: dict[str, Any]) -> str:
    """What may stand there, in words."""
    if "const" in node:
        return written(node["const"])
    if "enum" in node:
        return ", ".join(written(each) for each in node["enum"])
    if node.get("type") == "array":
        items: dict[str, Any] = node.get("items") or next(iter(node.get("prefixItems", [])), {})
        inner = "tables" if {"$ref", "oneOf", "discriminator"} & set(items) else kind(items)
        return f"list of {inner}{'s' if inner.endswith('number') else ''}"
    names = {"string": "text", "number": "number", "integer": "whole number", "boolean": "true or false"}
    return names.get(str(node.get("type")), "table")


def written(value: Any) -> str:
    """A value as TOML."""
    if value is None or value == "" or value == []:
        return "none"
    if isinstance(value, dict):
        return "see below"
    if isinstance(value, list):
        return "[" + ", ".join(written(each) for each in value) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else f"{value:g}"


def sections() -> list[Table]:
    """All tables but those of treatments."""
    return [section(heading, path) for heading, path in SECTIONS]


def given() -> Iterator[Table]:
    """A table for each treatment that an arm may be given."""
    for name, model in treatments().items():
        schema = model.model_json_schema(by_alias=True)
        keys = []
        for called, node in schema["properties"].items():
            if called == "give":
                continue
            real = next((each for each in node.get("anyOf", ()) if each.get("type") != "null"), node)
            default = "must be given" if called in schema.get("required", ()) else written(node.get("default"))
            keys.append(Key(called, kind(real), bounds(real), default))
        yield Table(f'give = "{name}"', prose(schema.get("description", "")), tuple(keys))


def bounds(node: dict[str, Any]) -> str:
    """The range of a number, or of the numbers of a list."""
    inner = node.get("items", {}) if node.get("type") == "array" else node
    low, high = inner.get("minimum"), inner.get("maximum")
    return f"{low:g} to {high:g}" if low is not None and high is not None else ""


def context() -> dict[str, Any]:
    """What the template of the page is filled with."""
    scores = [(name, measure.unit) for name, measure in MEASURES.items()]
    return {"sections": sections(), "treatments": list(given()), "scores": scores, "assumed": assumptions().strip()}
