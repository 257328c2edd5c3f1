"""How likely the trial is to succeed over all that is not known of the products, and what it would be worth."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from repigment.evidence.parameters import value
from repigment.trials.report import assurance_charts as charts
from repigment.trials.report.blocks import Block, Cell, Details, Figures, Prose, Section, Table
from repigment.trials.report.reads import Trial
from repigment.trials.report.words import NONE, THIN, counted, number, quantity, shown, span, unit

Assured = Any  # one assurance: numbers by name, see the package that makes them
LEAST = 0.001  # a share below this is told as that
LEVEL = 1e-9  # a false alarm this near to alpha is alpha by construction
FINE = 0.1  # a share below this is told with a decimal
DRAWN = 3  # primary comparisons that are drawn; the others are in the table
LEAD = (
    "Power says how often a trial succeeds at one supposed effect. Assurance is its mean over all that the effect may "
    "be: the chance of success before anybody knows. It rests on a prior, not on evidence: here on {}, each one draw "
    "of what is not known, with the same virtual patients in all of them. ± is the Monte Carlo error, of worlds and of "
    "patients."
)
RESULTS = "Success is a significant benefit in the trial's own two-sided analysis at the {} level."


def section(trial: Trial, assured: Sequence[Assured]) -> Section:
    """The primary comparisons in sentences and charts, all of them in a table, and what small studies come to."""
    primary = [each for each in assured if each.more is not None]
    missing = _left_out(getattr(assured, "left_out", ()))
    if not len(assured):
        return Section("assurance", "Assurance", missing)
    worlds = max(each.worlds for each in assured)
    alpha = f"{100 * (1 - assured[0].confidence):g}{THIN}%"
    blocks: list[Block] = [Prose([LEAD.format(counted(worlds, "world")), RESULTS.format(alpha)])]
    blocks.append(Prose([_sentence(each) for each in primary] or ["No primary endpoint could be estimated."]))
    drawn = [_figures(each, f"assurance-{i}") for i, each in enumerate(primary[:DRAWN])]
    blocks += [block for pair in drawn for block in pair]
    notes = list(dict.fromkeys(f"{_pair(each)}: {note}" for each in primary for note in each.notes))
    if notes:
        blocks.append(Prose(["What limits these numbers", *notes], "misses"))
    blocks += missing
    blocks += [_table("Chance of success of the primary endpoint", [each for each in assured if each.primary])]
    others = [each for each in assured if not each.primary]
    if others:
        blocks.append(Details("Chance of success of all other endpoints", [_table("Other endpoints", others)]))
    looked = [each for each in primary if each.more.shrinkage.looks_good > 0]
    blocks += [Prose([REAL.format(*_real())]), _shrinkage(looked)] if looked else []
    return Section("assurance", "Assurance", blocks)


def _left_out(missing: Sequence[Any]) -> list[Block]:
    """What could not be said, and why, one sentence a reason."""
    said = list(dict.fromkeys(f"{each.reason[:1].upper()}{each.reason[1:]}." for each in missing))
    return [Prose(["Left out", *said], "misses")] if said else []


REAL = (
    "Small studies that look good disappoint later, because luck helped to choose them. A cord-blood cell product for "
    "atopic dermatitis reached EASI-50 in {} of patients at the higher dose in an early study of {}, and in {} against "
    "{} on placebo in the trial of {} that followed. Simulated from the prior of this trial, at these two sizes:"
)


def _real() -> tuple[str, ...]:
    """The real pair of studies; the identifier of the later one is NCT03269773."""
    early, late, placebo = (
        quantity(value(name), unit("fraction")) for name in ("easi50_early", "easi50_late", "easi50_late_placebo")
    )
    n1, n2 = (number(value(name), 0) for name in ("easi50_early_patients", "easi50_late_patients"))
    return early, n1, late, placebo, n2


def _pair(each: Assured) -> str:
    return f"{each.arm} against {each.versus}"


def percent(share: float, error: float | None = None) -> str:
    """A share in per cent, with its Monte Carlo error; a dash where it is not known.

    >>> percent(0.123, 0.02)
    '12 ± 2\u202f%'
    >>> percent(0.007, 0.004)
    '0.7 ± 0.4\u202f%'
    >>> percent(0.0002, 0.4)
    '<\u202f0.1\u202f%'
    """
    if 0 < share < LEAST:
        return f"<{THIN}{number(100 * LEAST, 1)}{THIN}%"
    digits = 1 if 0 < share < FINE else 0
    told = number(100 * share, digits)
    if told == NONE:
        return NONE
    return told + (f" ± {number(100 * error, digits)}" if error is not None else "") + f"{THIN}%"


def _sizes(n: Sequence[int]) -> str:
    """Patients of two arms.

    >>> _sizes((30, 30)), _sizes((60, 30))
    ('30 patients an arm', '60 and 30 patients')
    """
    return f"{number(n[0], 0)} patients an arm" if n[0] == n[1] else f"{number(n[0], 0)} and {number(n[1], 0)} patients"


def _sentence(each: Assured) -> Cell:
    """One primary comparison: assurance beside power, its upper bound, and what the wanted assurance takes."""
    of, more = unit(each.unit), each.more
    good = "of benefit" if each.mean >= 0 else "of harm"
    told = Markup(
        "<b>{}</b>, {} at week {}, {}: assurance <b>{}</b>. At the mean effect ({} {} {}) the power is {}, "
        "at {} ({}) it is {}, and with no effect at all {} of trials are significant, in either direction{}. There is "
        "benefit in {} of worlds, which no number of patients exceeds. "
    ).format(
        _pair(each),
        each.endpoint,
        f"{each.week:g}",
        _sizes(each.sizes),
        percent(each.assurance, each.assurance_error),
        shown(abs(each.mean), of),
        of.difference,
        good,
        percent(each.power_at_mean),
        f"{shown(each.stated, of)} {of.difference}",
        "stated" if each.stated_by == "--effect" else "exceeded by one world in twenty",
        percent(each.power_at_stated),
        f"{100 * each.false_alarm:.2g}{THIN}%",
        " (the level of its test)" if abs(each.false_alarm - (1 - each.confidence)) < LEVEL else "",
        percent(each.benefit_worlds, each.benefit_error),
    )
    wanted = percent(each.wanted)
    if each.needed:
        told += f"An assurance of {wanted} takes {_sizes(each.needed)}. "
    else:
        told += f"An assurance of {wanted} is out of reach: {each.reason}. "
    return told + _smallest(more.smallest, each.needed) + _worth(more)


def _smallest(found: Any, needed: Any) -> str:
    """What it takes if there is a benefit, where that is another number."""
    if found.n is None or found.n == needed:
        return ""
    alarm = f", and {percent(found.if_false)} if there is none" if found.if_false == found.if_false else ""
    return f"If there is a benefit, {_sizes(found.n)} find it with {percent(found.if_true)}{alarm}. "


def _worth(more: Any) -> str:
    if not more.value.before > 0:
        return ""
    worth = percent(more.value.share, more.value_error)
    return f"The trial is expected to narrow the 90{THIN}% interval of the effect by {worth}."


def _figures(each: Assured, key: str) -> list[Block]:
    drawn = [charts.curve(each, f"{key}-n"), charts.effects(each, f"{key}-effects")]
    if each.more.sensitivity:
        drawn.append(charts.influences(each, f"{key}-why"))
    return [Figures(drawn)]


def _table(caption: str, rows: Sequence[Assured]) -> Table:
    """One row a comparison, under its endpoint."""
    said: list[Sequence[Cell | None]] = []
    last = None
    for each in rows:
        name = (each.endpoint, each.week)
        head = None if name == last else Markup("<b>{}</b>, week {}").format(each.endpoint, f"{each.week:g}")
        last = name
        of = unit(each.unit)
        effect = f"{shown(each.mean, of)} ± {shown(each.mean_error, of)} {of.difference}"
        powers = percent(each.power_at_mean), f"{percent(each.power_at_stated)} ({shown(each.stated, of)})"
        said.append([head, _pair(each), str(each.worlds), effect, *powers, *_over(each)])
    heads = ["Endpoint", "Arms", "Worlds", "Mean benefit", "Power at it", "Power at a stated one", "Assurance"]
    heads += ["Worlds with benefit", f"Patients for {percent(rows[0].wanted)}" if rows else "Patients"]
    note = (
        "Benefit is positive where it is good for the patient. A stated one: what one world in twenty exceeds, unless "
        "another is stated. A dash: nothing that was drawn acts in these arms."
    )
    return Table(caption, heads, said, note=note, text=(1,))


def _over(each: Assured) -> tuple[str, str, str]:
    """What is said over several worlds: assurance, worlds with benefit, patients for the wanted assurance."""
    if each.worlds < 2:
        return NONE, NONE, NONE
    shares = ((each.assurance, each.assurance_error), (each.benefit_worlds, each.benefit_error))
    assured, benefit = (percent(*share) for share in shares)
    return assured, benefit, _sizes(each.needed) if each.needed else "none suffices"


def _shrinkage(rows: Sequence[Assured]) -> Table:
    """Small studies that look good, and the large trials after them."""
    said: list[Sequence[Cell | None]] = []
    for each in rows:
        found, of = each.more.shrinkage, unit(each.unit)
        (low, high), (least, most) = found.seen_range, found.later_range
        seen = f"{shown(found.seen, of)} ({span(low, high, of)})"
        later = f"{shown(found.later, of)} ({span(least, most, of)})"
        shares = percent(found.looks_good), percent(found.confirmed)
        said.append([f"{_pair(each)}, {each.endpoint}, {of.difference}", shares[0], seen, later, shares[1]])
    small, large = rows[0].more.shrinkage.small, rows[0].more.shrinkage.large
    heads = [
        "Comparison",
        "Small studies that look good",
        "What they show",
        "What the large trial shows",
        "Large trials significant again",
    ]
    note = (
        f"Small: {_sizes(small)}; large: {_sizes(large)}. Means with the range of nine in ten. To look good is to be "
        f"significant. The real pair: a review (early), NCT03269773 (later)."
    )
    return Table("What small studies that look good come to", heads, said, note=note)
