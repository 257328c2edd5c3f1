"""What the result rests on: the parameters that nobody measured, by name."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from repigment.evidence.parameters import STATUSES, Parameter, parameters
from repigment.trials.report.blocks import Block, Cell, Counts, Details, Prose, Section, Table
from repigment.trials.report.reads import Trial
from repigment.trials.report.words import MINUS, capital, counted

COLOURS = {"measured": "hit", "derived": "arm-1", "fitted": "arm-5", "assumed": "arm-2", "prior": "miss"}
MEANINGS = {
    "measured": "read from a measurement",
    "derived": "arithmetic on measurements",
    "fitted": "chosen so that a known behaviour comes out",
    "assumed": "a modelling choice without a measurement",
    "prior": "not known; drawn where the table of draws names it, else held",
}


def section(trial: Trial) -> Section:
    """Counts by status, then the priors, then the assumed and the others folded away."""
    known = list(trial.assumptions)
    if not known:
        return Section("grounds", "What the result rests on", [Prose(["The results name no parameters."])])
    priors, assumed, others = (
        [each for each in known if each.status == "prior"],
        [each for each in known if each.status == "assumed"],
        [each for each in known if each.status not in ("prior", "assumed")],
    )
    blocks: list[Block] = [Prose(_lead(known)), Counts("Parameters by status", _counts(known))]
    if priors:
        blocks.append(_table("Priors: what is not known about the cells", priors))
    if len(trial.draws):
        blocks.append(_drawn(trial))
    if assumed:
        name = f"{counted(len(assumed), 'assumed parameter')}, by name"
        blocks.append(Details(name, [_table("Assumed: a modelling choice without a measurement", assumed)]))
    if others:
        kinds = {each.status for each in others}
        kind = kinds.pop() if len(kinds) == 1 else "other"
        name = f"{counted(len(others), f'{kind} parameter')}, by name"
        blocks.append(Details(name, [_table(f"{capital(kind)} parameters", others)]))
    return Section("grounds", "What the result rests on", blocks)


def _drawn(trial: Trial) -> Table:
    """What the worlds suppose of each parameter that nobody knows: its middle and its extremes over the draws."""
    names = [name for name in trial.draws.columns if name != "world" and trial.draws[name].nunique() > 1]
    known = parameters()
    rows: list[list[Cell | None]] = []
    for name in names:
        drawn = trial.draws[name]
        meaning = known[name].meaning if name in known else ""
        low, middle, high = (_plain(float(each)) for each in (drawn.min(), drawn.median(), drawn.max()))
        rows.append([Markup("<code>{}</code>").format(name), meaning, low, middle, high])
    note = (
        f"{counted(len(trial.draws), 'draw')}, in pairs of opposite luck. A strength of -1 harms and 1 is the full "
        "effect; together the strengths are centred on no effect."
    )
    heads = ["Name", "Meaning", "Lowest", "Middle", "Highest"]
    return Table("What was drawn of the cells", heads, rows, note=note.replace("-1", f"{MINUS}1"), text=(0, 1))


def _counts(known: Sequence[Parameter]) -> list[tuple[str, int, str]]:
    count = Counter(each.status for each in known)
    order = [*STATUSES, *(status for status in count if status not in STATUSES)]
    return [(status, count[status], COLOURS.get(status, "arm-0")) for status in order if count[status]]


def _lead(known: Sequence[Parameter]) -> list[Cell]:
    parts = [Markup("<b>{}</b> {}").format(count, status) for status, count, _ in _counts(known)]
    told = [f"{status}: {MEANINGS[status]}" for status, _, _ in _counts(known) if status in MEANINGS]
    weak = not any(each.status in ("measured", "derived") for each in known)
    what = "that no measurement stands behind act in this trial" if weak else "act in this trial"
    head = Markup("{} {}: ").format(counted(len(known), "parameter"), what)
    return [head + Markup(", ").join(parts) + ".", capital(f"{'; '.join(told)}.") if told else ""]


def _table(caption: str, known: Sequence[Parameter]) -> Table:
    """One row a parameter, under its theme."""
    rows: list[list[Cell | None]] = []
    for theme, group in groupby(sorted(known, key=lambda each: each.theme), key=lambda each: each.theme):
        head: Cell | None = theme.replace("_", " ")
        for each in group:
            rows.append([head, *_row(each)])
            head = None
    heads = ["Theme", "Name", "Meaning", "Value", "Range", "Unit", "Status", "Source"]
    return Table(caption, heads, rows, text=(1, 2, 5, 6, 7))


def _row(each: Parameter) -> list[Cell]:
    return [
        Markup("<code>{}</code>").format(each.name),
        each.meaning,
        _plain(each.value),
        f"{_plain(each.low)} to {_plain(each.high)}",
        "" if each.unit == "-" else each.unit,
        each.status,
        source(each.source, each.identifier),
    ]


def _plain(value: float) -> str:
    return f"{value:.4g}".replace("-", MINUS)


def source(text: str, identifier: str) -> Cell:
    """A source with its identifier; a DOI becomes a link, which is followed only when clicked."""
    parts = [part.strip() for part in str(identifier or "").split(";") if part.strip()]
    linked = [
        Markup('<a href="https://doi.org/{0}">doi:{0}</a>').format(part) if part.startswith("10.") else part
        for part in parts
    ]
    return Markup("; ").join([str(text), *linked]) if linked else str(text)
