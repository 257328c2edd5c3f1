"""What is unsafe together: said with its weeks, and never forbidden."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from repigment.evidence.parameters import value
from repigment.treatments.base import Treatment
from repigment.treatments.programme import Programme, unfold

Interval = tuple[float, float]
BESIDE = (  # tags of two treatments given at one time, and why that is warned of
    ("light", "photosensitiser", "the skin burns at lower doses of light"),
    ("light", "immunosuppressant", "light on suppressed skin is held to raise the risk of skin cancer"),
    ("cells", "immunosuppressant", "what the cells do to immunity cannot be told from what the drug does"),
)


@dataclass(frozen=True)
class _Given:
    name: str
    tags: frozenset[str]
    times: tuple[Interval, ...]


def cautions(treatments: Sequence[Treatment], skin_type: int, last_week: float) -> list[str]:
    """A sentence for each pair that is unsafe together, with the weeks; empty if there is none.

    `skin_type` 1 to 6. Programmes are read as if every step lasted its longest.

    >>> from repigment.treatments.laser import Laser
    >>> cautions([Laser(device="picosecond", weeks=[8])], 5, 24)[0][:45]
    'laser in week 8 on skin type 5 without sunscr'
    """
    opened: list[Treatment] = []
    for treatment in treatments:
        opened += unfold(treatment, {}, last_week) if isinstance(treatment, Programme) else [treatment]
    given = _given(opened, last_week)
    return [*_peeled(given), *_tanned(given, skin_type), *_together(given), *_pregnant(given)]


def _given(treatments: Sequence[Treatment], last_week: float) -> list[_Given]:
    """What is given by name, with its tags, those of its preparation among them, and all its times in the study."""
    found: dict[tuple[str, frozenset[str]], list[Interval]] = {}
    for treatment in treatments:
        preparation = getattr(treatment, "preparation", None)
        tags = treatment.cautions | (preparation.cautions if preparation else frozenset())
        times = [(first, last) for first, last in treatment.timeline(last_week) if first <= last]
        found.setdefault((str(getattr(treatment, "give", "")), tags), []).extend(times)
    return [_Given(name, tags, _joined(times)) for (name, tags), times in found.items()]


def _joined(times: Sequence[Interval]) -> tuple[Interval, ...]:
    """Intervals in order, those that touch as one."""
    joined: list[Interval] = []
    for first, last in sorted(times):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def _having(given: Sequence[_Given], tag: str) -> list[_Given]:
    return [each for each in given if tag in each.tags]


def _peeled(given: Sequence[_Given]) -> Iterator[str]:
    """Peels and lasers on skin that a retinoid has thinned or soon will irritate."""
    gap = value("caution_retinoid")
    for session in [*_having(given, "peel"), *_having(given, "laser")]:
        for retinoid in _having(given, "retinoid"):
            weeks = [w for w, _ in session.times if any(a - gap < w < b + gap for a, b in retinoid.times)]
            if weeks:
                yield (
                    f"{session.name} in {_weeks(weeks)} within {gap:g} weeks of {retinoid.name}: "
                    "more burning, and more darkening afterwards."
                )


def _tanned(given: Sequence[_Given], skin_type: int) -> Iterator[str]:
    """Lasers and flash lamps on dark skin that may be tanned as well."""
    before = value("caution_tan")
    if skin_type < value("caution_skin_type"):
        return
    screened = [time for each in given if each.name == "sunscreen" for time in each.times]
    for session in _having(given, "laser"):
        weeks = [w for w, _ in session.times if not any(a <= max(0, w - before) and w <= b for a, b in screened)]
        if weeks:
            yield (
                f"{session.name} in {_weeks(weeks)} on skin type {skin_type} without sunscreen in the {before:g} weeks "
                "before: tanned dark skin takes up more heat."
            )


def _together(given: Sequence[_Given]) -> Iterator[str]:
    """Pairs that are warned of while both are given."""
    for one, other, why in BESIDE:
        for first in _having(given, one):
            for second in _having(given, other):
                yield from _beside(first, second, why)


def _pregnant(given: Sequence[_Given]) -> Iterator[str]:
    """What must not be given in pregnancy, or adds to the clotting of oestrogen, beside hormones."""
    for hormones in (each for each in given if each.name == "hormones"):
        for drug in _having(given, "pregnancy"):
            yield from _beside(drug, hormones, "not to be given if the hormones are those of a pregnancy")
        for drug in _having(given, "clotting"):
            yield from _beside(drug, hormones, "oestrogen raises the risk of thrombosis, and the drug may add to it")


def _beside(first: _Given, second: _Given, why: str) -> Iterator[str]:
    shared = [(max(a, c), min(b, d)) for a, b in first.times for c, d in second.times if max(a, c) <= min(b, d)]
    touching = [each for each in shared if each[0] < each[1] or _sessions(first) or _sessions(second)]
    if touching:
        if all(a == b for a, b in touching):
            when = _weeks([a for a, _ in touching])
        else:
            when = " and ".join(f"week {a:.3g} to {b:.3g}" for a, b in touching)
        yield f"{first.name} beside {second.name}, {when}: {why}."


def _sessions(given: _Given) -> bool:
    return all(first == last for first, last in given.times)


def _weeks(weeks: Sequence[float]) -> str:
    """Weeks in words.

    >>> _weeks([4.0]), _weeks([0.0, 4.0, 8.0])
    ('week 4', 'weeks 0, 4 and 8')
    """
    told = [f"{week:.3g}" for week in dict.fromkeys(weeks)]
    return f"week {told[0]}" if len(told) == 1 else f"weeks {', '.join(told[:-1])} and {told[-1]}"
