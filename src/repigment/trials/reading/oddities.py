"""Values that TOML knows and no study can have: dates, infinite or enormous numbers, control characters."""

import math
from collections.abc import Iterator
from typing import Any

from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import Mistake, shown

DEEPEST = 12
LARGEST = 1e12
ENOUGH = 6


def oddities(data: Any) -> list[Mistake]:
    """The first mistakes of this kind in what was read.

    >>> oddities({"visits": [0, float("inf")]})[0].what
    'inf is not a finite number'
    """
    found: list[Mistake] = []
    for mistake in _search(data, ()):
        found.append(mistake)
        if len(found) == ENOUGH:
            break
    return found


def _search(value: Any, path: KeyPath) -> Iterator[Mistake]:
    if len(path) > DEEPEST:
        yield Mistake("lists or tables are nested too deeply", path[:2], f"{DEEPEST} levels")
    elif isinstance(value, dict):
        for key, entry in value.items():
            yield from _text(key, (*path, key))
            yield from _search(entry, (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from _search(entry, (*path, index))
    elif isinstance(value, str):
        yield from _text(value, path)
    elif isinstance(value, int | float):
        yield from _number(value, path)
    else:
        yield Mistake(f"{shown(value)} is a date or time", path, "numbers, texts, true or false", "give times in weeks")


def _text(value: str, path: KeyPath) -> Iterator[Mistake]:
    if any((ord(letter) < 32 and letter not in "\n\t\r") or ord(letter) == 127 for letter in value):
        place = tuple(key if isinstance(key, int) or key.isprintable() else "?" for key in path)
        yield Mistake("a text has control characters in it", place, "letters, digits, signs", "type the text again")


def _number(value: float, path: KeyPath) -> Iterator[Mistake]:
    if isinstance(value, float) and not math.isfinite(value):
        yield Mistake(f"{value} is not a finite number", path, "ordinary numbers")
    elif abs(value) > LARGEST:
        yield Mistake("the number is too large for anything in a study", path, f"at most {LARGEST:g}")
