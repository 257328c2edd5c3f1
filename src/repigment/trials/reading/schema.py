"""What the models allow at a place of a study: names of keys, and the range of a value in words."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from repigment.trials.study import Study

Node = dict[str, Any]


@cache
def _schema() -> Node:
    return Study.model_json_schema(by_alias=True)


def _resolve(node: Node) -> Node:
    """Follow references, and the one real choice of something that may be left out."""
    while True:
        if "$ref" in node:
            node = {**_schema()["$defs"][node["$ref"].rsplit("/", 1)[-1]], **_beside(node)}
        elif len(node.get("allOf", ())) == 1:
            node = {**node["allOf"][0], **_beside(node)}
        elif "anyOf" in node:
            real = [each for each in node["anyOf"] if each.get("type") != "null"]
            node = {**real[0], **_beside(node)} if real else {}
        else:
            return node


def _beside(node: Node) -> Node:
    return {key: value for key, value in node.items() if key not in ("$ref", "allOf", "anyOf")}


def node_at(path: Sequence[str | int]) -> Node:
    """The schema of the value at a path; empty if the models know no such place."""
    node = _resolve(_schema())
    for key in path:
        node = _resolve(_step(node, key))
    return node


def _step(node: Node, key: str | int) -> Node:
    if isinstance(key, int):
        items = node.get("prefixItems", [])
        found = items[key] if key < len(items) else node.get("items", {})
    elif "oneOf" in node:
        found = {"$ref": node["discriminator"]["mapping"].get(key, "")} if "discriminator" in node else {}
        found = found if found.get("$ref") else {}
    elif key == "[key]":
        found = node
    else:
        found = node.get("properties", {}).get(key, node.get("additionalProperties", {}))
    return found if isinstance(found, dict) else {}


def keys_at(path: Sequence[str | int]) -> list[str]:
    """Names of the keys that a table at this path may have.

    >>> keys_at(("dropout",))
    ['per_year']
    """
    return list(node_at(path).get("properties", {}))


def home_of(path: Sequence[str | int], key: str) -> str | None:
    """The list inside the table at this path whose entries have such a key.

    >>> home_of((), "score")
    'endpoint'
    """
    for name, child in node_at(path).get("properties", {}).items():
        if key in _resolve(_resolve(child).get("items", {})).get("properties", {}):
            return str(name)
    return None


def range_at(path: Sequence[str | int]) -> str:
    """The admissible range of the number, or the length of the list or text, at a path, in words.

    >>> range_at(("arm", 0, "n"))
    '1 to 100000 patients'
    """
    node = node_at(path)
    unit = node.get("description", "") if "properties" not in node else ""
    for pairs, of in (
        (
            (
                ("minimum", ""),
                ("exclusiveMinimum", "above "),
                ("maximum", ""),
                ("exclusiveMaximum", "below "),
            ),
            unit,
        ),
        ((("minItems", ""), ("maxItems", "")), "entries"),
        ((("minProperties", ""), ("maxProperties", "")), "entries"),
        ((("minLength", ""), ("maxLength", "")), "characters"),
    ):
        found = [(key, f"{word}{node[key]:g}") for key, word in pairs if key in node]
        if found:
            return _words(found, of)
    return ""


def _words(found: Sequence[tuple[str, str]], unit: str) -> str:
    lowest = [text for key, text in found if "min" in key.lower()]
    highest = [text for key, text in found if "max" in key.lower()]
    if lowest and highest:
        text = lowest[0] if lowest == highest else f"{lowest[0]} to {highest[0]}"
    else:
        text = f"at least {lowest[0]}" if lowest else f"at most {highest[0]}"
    return f"{text} {unit}".strip()
