"""Columns of a list that fit the window without breaking a word."""

from collections.abc import Sequence

GAP = 2  # characters between columns


def fitted(rows: Sequence[Sequence[str]], order: Sequence[int], width: int) -> dict[int, int]:
    """Widths of the columns that fit into `width` characters, by place; which fit is tried in `order` of importance.

    A column is at least as wide as its longest word. What is left goes, character by character, to the column that
    would be the tallest. The first of `order` is always kept.

    >>> fitted([["1", "in our words", "10.1371/journal.pone.0060254"]], [0, 1, 2], 20)
    {0: 1, 1: 12}
    """
    columns = [[row[place] for row in rows] for place in range(len(rows[0]))]
    found: dict[int, int] = {}
    for place in order:
        least = max(len(word) for cell in columns[place] for word in cell.split() or [""])
        if found and sum(found.values()) + GAP * len(found) + least > width:
            break
        found[place] = least
    most = {place: max(map(len, columns[place])) for place in found}
    spare = width - sum(found.values()) - GAP * (len(found) - 1)
    while spare > 0 and (open_ := [place for place in found if found[place] < most[place]]):
        found[max(open_, key=lambda place: (most[place] / found[place], -place))] += 1
        spare -= 1
    return dict(sorted(found.items()))
