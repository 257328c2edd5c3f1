"""Mistakes in a study: what, where, what is allowed, what to do; told together in one message."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repigment.errors import RepigmentError
from repigment.trials.reading.lines import KeyPath, Lines

MOST_TOLD = 5
MOST_FOUND = 50  # of a file that is something else altogether
MOST_SHOWN = 40  # characters
ENTRIES = {  # what one entry of a list is called
    "arm": "arm",
    "treatments": "treatment",
    "endpoint": "endpoint",
    "comparison": "comparison",
    "published": "source",
    "results": "published result",
}


@dataclass(frozen=True)
class Mistake:
    """One mistake; `path` leads from the top of the study to the value, as ("arm", 0, "n")."""

    what: str
    path: KeyPath = ()
    allowed: str = ""
    remedy: str = ""


class StudyError(RepigmentError):
    """The mistakes of a study. `where` is its file or name, `data` what was read, `text` the file's lines."""

    def __init__(self, mistakes: Sequence[Mistake], data: Any, where: str = "", text: str = "") -> None:
        self.mistakes = tuple(mistakes)
        lines = Lines(text)
        if len(mistakes) == 1:
            only = mistakes[0]
            super().__init__(
                only.what, where=_where(only, data, where, lines), allowed=only.allowed, remedy=only.remedy
            )
        else:
            super().__init__(_together(mistakes, data, where, lines))


def _together(mistakes: Sequence[Mistake], data: Any, where: str, lines: Lines) -> str:
    """Several mistakes as a numbered list in the order of the file, the first few in full."""
    ordered = sorted(mistakes, key=lambda each: lines.of(each.path) or 0)
    several = f"{len(ordered)}" if len(ordered) < MOST_FOUND else f"at least {MOST_FOUND}"
    told = [f"{where or 'the study'} has {several} mistakes:"]
    for number, each in enumerate(ordered[:MOST_TOLD], 1):
        place = _where(each, data, "", lines)
        told.append(f"  {number}. {RepigmentError(each.what, where=place, allowed=each.allowed, remedy=each.remedy)}")
    if len(ordered) > MOST_TOLD:
        told.append("  The others are told when these are mended.")
    return "\n".join(told)


def _where(mistake: Mistake, data: Any, where: str, lines: Lines) -> str:
    line = lines.of(mistake.path)
    parts = [where, f"line {line}" if line else "", place(mistake.path, data)]
    return ", ".join(part for part in parts if part)


def place(path: KeyPath, data: Any) -> str:
    """A path in words; arms go by their names, entries of lists are counted from 1.

    >>> place(("arm", 0, "n"), {"arm": [{"name": "sham"}]})
    "arm 'sham' > n"
    """
    words: list[str] = []
    parent = ""
    for key in path:
        data = _inside(data, key)
        if isinstance(key, int):
            words[-1:] = [_entry(parent, key, data)]
        elif key != "[key]":
            words.append(shorten(key))
            parent = key
    return " > ".join(words)


def _inside(data: Any, key: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(key)
    known = isinstance(data, Sequence) and isinstance(key, int) and key < len(data)
    return data[key] if known and not isinstance(data, str) else None


def _entry(parent: str, index: int, data: Any) -> str:
    """One entry of a list, told by its name where it has one."""
    entry = data if isinstance(data, Mapping) else {}
    if parent == "arm" and isinstance(entry.get("name"), str):
        return f"arm '{shorten(entry['name'])}'"
    told = [str(entry[key]) for key in ("give", "score", "endpoint") if isinstance(entry.get(key), str)]
    if parent in ("endpoint", "results") and type(entry.get("week")) is int:
        told.append(f"week {entry['week']}")
    name = ENTRIES.get(parent, f"{shorten(parent)}, entry")
    return f"{name} {index + 1}" + (f" ({shorten(', '.join(told))})" if told else "")


def shorten(text: str) -> str:
    """Text on one line, cut where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= MOST_SHOWN else line[: MOST_SHOWN - 1] + "…"


def shown(value: Any) -> str:
    """A value as the study writes it, cut where it is long.

    >>> shown(True), shown("many"), shown([1, 2])
    ('true', '"many"', '[1, 2]')
    """
    return shorten(json.dumps(value, ensure_ascii=False, default=str))
