"""The trial against published results: what was hit, what was missed."""

import math
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from repigment.trials.report.agreement import ABSENT, CONTEXT, HIT, MISS, OPEN, Pair, drawing, pairs, sentence
from repigment.trials.report.blocks import Block, Cell, Figures, Prose, Section, Table
from repigment.trials.report.chart import Chart
from repigment.trials.report.grounds import source
from repigment.trials.report.reads import Trial, confidence
from repigment.trials.report.words import NONE, counted, letters, number, quantity, shown, span

ROLES = {
    "calibration": "the model was set to these, so agreement shows little",
    "validation": "the model was not set to these",
    "context": "shown for orientation, not judged",
}
VERDICTS = ((HIT, "hit"), (OPEN, "undecided"), (MISS, "missed"))
LEAD = (
    "A hit: the simulated value lies within the published interval, widened by the Monte Carlo error. Where neither "
    "interval nor number of patients was found, only the Monte Carlo error counts. Undecided: too few virtual patients "
    "to tell. More virtual patients never make a hit easier."
)


def section(trial: Trial) -> Section:
    """Sums, misses in words, drawings and the table; a plain sentence when nothing is published."""
    found = pairs(trial)
    if not found:
        said = "The study names no published results, so nothing here was checked against patients."
        return Section("published", "Against published results", [Prose([said])])
    blocks: list[Block] = [Prose([*sums(found), LEAD]), *misses(found)]
    blocks.append(Figures(_drawings(found, confidence(trial.study)), size="medium"))
    blocks.append(table(found, confidence(trial.study)))
    return Section("published", "Against published results", blocks)


def sums(found: Sequence[Pair]) -> list[Cell]:
    """Hits of calibration and of validation, counted apart."""
    said: list[Cell] = []
    for role in ("validation", "calibration"):
        for seen, kind in ((True, ""), (False, " that nobody has looked up again (recalled)")):
            mine = [p for p in found if p.row.role == role and p.verdict != ABSENT and p.seen is seen]
            if mine:
                what = counted(len(mine), f"{role} result")
                said.append(Markup("Of {}{} <b>{}</b>.").format(what, kind, tally(mine)))
    return said


def tally(found: Sequence[Pair]) -> str:
    """`2 hit, 1 undecided, 3 missed`."""
    counts = [(sum(p.verdict == verdict for p in found), word) for verdict, word in VERDICTS]
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def misses(found: Sequence[Pair]) -> list[Block]:
    """Every miss in words, and every published result that was not simulated."""
    missed = [sentence(p) + _reference(p) for p in found if p.verdict == MISS]
    absent = [sentence(p) + _reference(p) for p in found if p.verdict == ABSENT]
    blocks: list[Block] = []
    if missed:
        blocks.append(Prose(["Where the model does not agree", *missed], "misses"))
    if absent:
        blocks.append(Prose(["Published, but not simulated at this arm, endpoint and week", *absent], "misses"))
    return blocks


def _reference(pair: Pair) -> str:
    note = getattr(pair.row, "note", "")
    return f" ({'; '.join(filter(None, [str(pair.row.role), note]))})."


def _drawings(found: Sequence[Pair], sure: str) -> list[Chart]:
    """One drawing a role, week and unit."""

    def group(pair: Pair) -> tuple[int, float, str]:
        return _turn(pair), pair.row.week, pair.measure.name

    seen = sorted((p for p in found if p.verdict != ABSENT and p.row.role != CONTEXT), key=group)
    drawn = []
    for i, ((_, week, name), members) in enumerate(groupby(seen, key=group)):
        mine = list(members)
        title = f"{str(mine[0].row.role).capitalize()}, week {week:g}, {name}"
        drawn.append(drawing(mine, f"published-{i}", title, f"◇ published, ● simulated, with {sure} intervals"))
    return drawn


def table(found: Sequence[Pair], sure: str, caption: str = "Published and simulated results") -> Table:
    """One row a published result, under its role."""
    sources = letters((str(pair.row.source), str(pair.row.identifier)) for pair in found)
    rows: list[list[Cell | None]] = []
    head: Cell | None = None
    for pair in sorted(found, key=_turn):
        role = str(pair.row.role)
        letter = sources[str(pair.row.source), str(pair.row.identifier)]
        rows.append([None if head == role else role, *_row(pair), letter])
        head = role
    told = "; ".join(f"{role}: {said}" for role, said in ROLES.items() if any(p.row.role == role for p in found))
    cited = Markup("; ").join(Markup("{}: {}").format(letter, source(*named)) for named, letter in sources.items())
    note = f"{told}. † Not printed: Wilson's interval, from the number of patients. Gap: simulated less published."
    heads = [
        "Used for",
        "Arm",
        "Endpoint",
        "Published",
        "n",
        f"Simulated ({sure})",
        "Gap",
        "Verdict",
        "Status",
        "Source",
    ]
    noted = Markup("{} Sources. {}.").format(note, cited)
    return Table(caption, heads, rows, note=noted, text=(1, 2, 7, 8, 9))


def _turn(pair: Pair) -> int:
    return [*ROLES].index(pair.row.role) if pair.row.role in ROLES else len(ROLES)


def _row(pair: Pair) -> list[Cell]:
    of, absent, printed = pair.measure, pair.verdict == ABSENT, all(map(math.isfinite, pair.published_span))
    ends = f" ({span(*pair.published_span, of)}{'†' if pair.from_n else ''})" if printed else ""
    return [
        str(pair.row.arm),
        Markup("{}, week {}{}").format(pair.row.endpoint, f"{pair.row.week:g}", _small(getattr(pair.row, "note", ""))),
        f"{quantity(pair.published, of)}{ends}",
        number(float(getattr(pair.row, "n", None) or float("nan")), 0),
        NONE if absent else f"{quantity(pair.simulated, of)} ({span(*pair.simulated_span, of)})",
        NONE if absent else shown(pair.simulated - pair.published, of),
        Markup('<b class="{}">{}</b>').format(pair.verdict.replace(" ", "-"), pair.verdict),
        str(pair.row.status).replace("_", " ").lower(),
    ]


def _small(text: str) -> Markup:
    return Markup("<small>{}</small>").format(text) if text else Markup("")
