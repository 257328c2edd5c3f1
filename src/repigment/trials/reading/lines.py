"""On which line of a TOML file a key stands."""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\- \"']+?)\s*\]\]?\s*(#.*)?$")
KEY = re.compile(r"^\s*([A-Za-z0-9_\-]+|\"[^\"]*\"|'[^']*')((?:\s*\.\s*[A-Za-z0-9_\-]+)*)\s*=")

KeyPath = tuple[str | int, ...]


class Lines:
    """The lines of a TOML text, to be asked where something stands. Rare layouts may go unfound, none is an error."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")

    def of(self, path: Sequence[str | int]) -> int | None:
        """The line (from 1) of the value at `path`, or of the nearest part of the file around it; None if not found.

        >>> Lines("[[arm]]" + chr(10) + "n = -3").of(("arm", 0, "n"))
        2
        """
        for length in range(len(path), 0, -1):
            start = self._found.get(tuple(path[:length]))
            if start is not None:
                return self._entry(start, path[length:])
        return None

    @cached_property
    def _found(self) -> dict[KeyPath, int]:
        return dict(self._places())

    def _places(self) -> Iterator[tuple[KeyPath, int]]:
        """Every header and key with the path that it stands for."""
        inside: KeyPath = ()
        counts: dict[KeyPath, int] = {}
        for number, line in enumerate(self._lines, 1):
            if header := HEADER.match(line):
                keys = [key.strip(" \"'") for key in header[2].split(".")]
                inside = _resolve(keys, counts, header[1] == "[[")
                yield inside, number
            elif key := KEY.match(line):
                parts = [part.strip(" \"'") for part in (key[1] + key[2]).split(".")]
                yield (*inside, *parts), number

    def _entry(self, start: int, rest: Sequence[str | int]) -> int:
        """The line of entry `rest[0]` of a list of { } that begins on line `start` and has one entry a line."""
        if not rest or not isinstance(rest[0], int) or not self._lines[start - 1].rstrip().endswith("["):
            return start
        seen = -1
        for number in range(start + 1, len(self._lines) + 1):
            line = self._lines[number - 1].strip()
            if line.startswith("]"):
                break
            seen += line.startswith("{")
            if seen == rest[0]:
                return number
        return start


def _resolve(keys: Sequence[str], counts: dict[KeyPath, int], entry: bool) -> KeyPath:
    """The path of a header: a name that is a list of tables means its latest entry."""
    path: KeyPath = ()
    for position, key in enumerate(keys):
        path = (*path, key)
        if entry and position == len(keys) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path
