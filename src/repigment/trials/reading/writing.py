"""A study's values as TOML text."""

import json
import re
from collections.abc import Mapping
from typing import Any

BARE = re.compile(r"[A-Za-z0-9_-]+")


def write(table: Mapping[str, Any], path: str = "") -> str:
    """TOML of nested mappings, lists and scalars.

    >>> print(write({"title": "A", "arm": [{"n": 2}]}), end="")
    title = "A"
    <BLANKLINE>
    [[arm]]
    n = 2
    """
    lines = [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not _headed(value)]
    for key, value in table.items():
        if _headed(value):
            name = path + _key(key)
            many = isinstance(value, list)
            for entry in value if many else [value]:
                head = f"\n[[{name}]]" if many else f"\n[{name}]"
                lines += [head, write(entry, f"{name}.").rstrip("\n")]
    return "\n".join(lines) + "\n"


def _headed(value: Any) -> bool:
    """Whether a value stands under a header: tables with text or tables in them, and lists of such."""
    if isinstance(value, list):
        return bool(value) and all(isinstance(entry, Mapping) and "give" not in entry for entry in value)
    return isinstance(value, Mapping) and not all(isinstance(entry, int | float) for entry in value.values())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else json.dumps(key)


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value).lower() if isinstance(value, bool) else repr(value)
