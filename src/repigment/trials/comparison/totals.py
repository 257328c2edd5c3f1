"""Hits and misses of all studies, by condition, use and status of the published results."""

from collections.abc import Iterator, Sequence
from itertools import chain

from repigment.trials.comparison.compared import Compared
from repigment.trials.report.agreement import ABSENT, CONTEXT, HIT, MISS, OPEN, Pair
from repigment.trials.report.blocks import Block, Cell, Counts, Prose, Section, Table
from repigment.trials.report.published import LEAD, ROLES
from repigment.trials.report.words import NONE, counted, number

VERDICTS = (HIT, OPEN, MISS, ABSENT, CONTEXT)
SEEN = {True: "read", False: "recalled"}
SHOWN = ((HIT, "hit"), (OPEN, "muted"), (MISS, "miss"))  # verdict and colour of the bars


def section(studies: Sequence[Compared]) -> Section:
    """A bar for validation and one for calibration, and the table by condition."""
    found = [pair for study in studies for pair in study.pairs]
    if not found:
        return Section("totals", "Totals", [Prose(["None of these studies names a published result."])])
    blocks: list[Block] = [Prose([LEAD])]
    for role in ("validation", "calibration"):
        counts = _counts([pair for pair in found if pair.row.role == role])
        if sum(counts.values()):
            total = counted(sum(counts[verdict] for verdict, _ in SHOWN), f"{role} result")
            blocks.append(Prose([f"Of {total}; {ROLES[role]}."]))
            blocks.append(Counts(f"{role} results", [(name, counts[name], ink) for name, ink in SHOWN if counts[name]]))
    return Section("totals", "Totals", [*blocks, _table(studies)])


def _counts(found: Sequence[Pair]) -> dict[str, int]:
    return {verdict: sum(pair.verdict == verdict for pair in found) for verdict in VERDICTS}


def _table(studies: Sequence[Compared]) -> Table:
    heads = ["Condition", "Used for", "Number was", *(verdict.capitalize() for verdict in VERDICTS)]
    names = list(dict.fromkeys(study.condition for study in studies))
    pairs = {name: [p for study in studies if study.condition == name for p in study.pairs] for name in names}
    rows = [row for name in names for row in _rows(name, pairs[name])]
    rows += _rows("all", [*chain.from_iterable(pairs.values())]) if len([n for n in names if pairs[n]]) > 1 else []
    note = "Recalled: nobody has looked the number up again. Context is shown, not judged."
    return Table("Published results by condition, use and status", heads, rows, note=note, text=(1, 2))


def _rows(condition: str, found: Sequence[Pair]) -> Iterator[list[Cell | None]]:
    head: str | None = condition
    for role in ROLES:
        for seen, read in SEEN.items():
            mine = [pair for pair in found if pair.row.role == role and pair.seen is seen]
            if mine:
                counts = _counts(mine)
                yield [head, role, read, *(number(counts[v], 0) if counts[v] else NONE for v in VERDICTS)]
                head = None
