"""Two photographs of one place, each measured, laid on each other and compared."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz
from repigment.photographs.comparing.compare import Comparison, compare
from repigment.photographs.comparing.draws import Kind
from repigment.photographs.comparing.scene import Visit
from repigment.photographs.comparing.skin import Floats
from repigment.photographs.comparing.texture import Mask
from repigment.photographs.files.limits import name_of
from repigment.photographs.measure import Measurement, Seen, measure
from repigment.photographs.options import RULER, Options
from repigment.photographs.skin import quality
from repigment.photographs.skin.pigments import looked_up, table

Tell = Callable[[int, int], None]
STEPS = 3
RULER_OPTION = "--scale ruler"
LEAST = 0.5  # um of melanin below which own skin is light whatever it has
AGAIN = "take it again, or state own skin"
BY_TYPE = "own skin of a stated type tells the exposure: a tan that comes or goes is not seen, nor own skin's change"
KINDS: dict[str | None, Kind] = {"lighter": "white", "darker": "dark"}


@dataclass(frozen=True, eq=False)
class Compared:
    """What each photograph gives by itself, what changed from the first to the second, and what is withheld and why."""

    before: Measurement
    after: Measurement
    change: Comparison
    withheld: tuple[str, ...] = ()


def compare_photographs(
    before: str | Path,
    after: str | Path,
    options: Options | None = None,
    tell: Tell | None = None,
    options_after: Options | None = None,
) -> Compared:
    """Measure two photographs and compare the lesion of the first; `tell` hears of each step done.

    `options` hold for both, unless `options_after` are given; a ruler that is to be looked for in the first is looked
    for in the second as well, unless that has another scale, and may be missing there. RepigmentError where one cannot
    be read or measured, is blurred, shows no lesion to compare, or does not lie on the other.
    """
    tell = tell or (lambda done, total: None)
    first = _sharp(measure(before, options), Path(before))
    side = first.lesion
    if side is None:
        raise _unseen(first, Path(before))
    tell(1, STEPS)
    later = _later(options, options_after)
    measured, notes = _second(after, later, asked=options_after is not None and options_after.scale == RULER)
    second = _sharp(measured, Path(after))
    tell(2, STEPS)
    trusted = _trusted(first) and _trusted(second)
    if trusted:
        _check_one_person(first, second)
    change = compare(visit(first, trusted), visit(second, trusted), KINDS[side])
    change = replace(change, notes=(*change.notes, *notes, *_other_side(second, side)))
    if _by_own_skin(first, options) or _by_own_skin(second, later):
        change = replace(change, own_change=None, notes=(*change.notes, BY_TYPE))
    tell(STEPS, STEPS)
    return Compared(first, second, change, _withheld(first, second))


def _later(options: Options | None, after: Options | None) -> Options | None:
    """The options of the second photograph: "ruler" is no place in the first, and holds for both."""
    if after is None or options is None:
        return after or options
    ruled = options.scale == RULER and after.scale is None and after.mm_per_pixel is None
    return replace(after, scale=RULER) if ruled else after


def _second(path: str | Path, options: Options | None, asked: bool) -> tuple[Measurement, tuple[str, ...]]:
    """The second photograph measured, and a note if it has no ruler: then the first tells lengths, unless `asked`."""
    try:
        return measure(path, options), ()
    except RepigmentError as error:
        if asked or options is None or options.scale != RULER or error.where != RULER_OPTION:
            raise
        note = f"in the second photograph {error.what}: lengths are those of the first"
        return measure(path, replace(options, scale=None)), (note,)


def _withheld(first: Measurement, second: Measurement) -> tuple[str, ...]:
    """Why colours cannot be believed, and in which photograph."""
    reasons = [{str(each): None for each in found.refusals if each.what == "colour"} for found in (first, second)]
    return tuple(
        f"{each} ({'both photographs' if each in reasons[0] and each in reasons[1] else which})"
        for which, here in zip(("the first photograph", "the second photograph"), reasons, strict=True)
        for each in here
        if which == "the first photograph" or each not in reasons[0]
    )


def _trusted(found: Measurement) -> bool:
    """Whether its colours can be believed, so that melanin is compared and not the red of the picture."""
    refused = any(each.what == "colour" for each in found.refusals)
    return found.seen is not None and found.seen.correction.trusted and not refused


def _check_one_person(first: Measurement, second: Measurement) -> None:
    """RepigmentError where own skin differs by more than sun may do in one person."""
    one, other = (each.get("own skin melanin") for each in (first, second))
    if one is None or other is None:
        return
    low, high = sorted(each.value + LEAST for each in (one, other))
    if high > value("compare_own_most") * low:
        raise RepigmentError(
            "the two photographs are hardly of one person: own skin has "
            f"{one.value:.1f} um of melanin in the first and {other.value:.1f} um in the second",
            remedy="check which files were named, or state own skin with --reference-skin and --reference-skin-after",
        )


def _other_side(second: Measurement, side: str) -> tuple[str, ...]:
    """A note where the second photograph shows lesions of the other direction."""
    if second.seen is None or second.lesion in (None, side) or all(each.doubtful for each in second.seen.lesions):
        return ()
    return (
        f"the first photograph has a {side} lesion and the second one stands out as {second.lesion}: check that both"
        " show one place; what is told is of the place of the first",
    )


def _by_own_skin(found: Measurement, options: Options | None) -> bool:
    """Whether its exposure is such that own skin looks like that of the stated type, so that it cannot differ."""
    return found.basis == "camera" and options is not None and options.grey is None


def _sharp(found: Measurement, path: Path) -> Measurement:
    """A measurement of which something was seen, sharp enough for an outline."""
    seen = found.seen
    if seen is None:
        raise _unseen(found, path)
    skin = seen.photograph.seen if seen.card is None else seen.photograph.seen & ~seen.card.mask(seen.photograph.shape)
    for each in quality.refusals(seen.photograph, skin, card=True):
        if each.what == "area":
            raise RepigmentError(f"it cannot be compared: {each.why}", where=name_of(path), remedy=each.remedy)
    return found


def _unseen(found: Measurement, path: Path) -> RepigmentError:
    reasons = " ".join(str(each) for each in found.refusals) or "no lesion stands out against the person's own skin."
    return RepigmentError(f"no lesion can be compared: {reasons}", where=name_of(path), remedy=AGAIN)


def visit(found: Measurement, trusted: bool) -> Visit:
    """A measured photograph as one of two to compare: by melanin where colour is trusted, else by red light.

    What the kind of skin does to melanin is the same at both visits and no error of a change; noise shows in own skin.
    """
    seen = found.seen
    assert seen is not None, "asked for only where something was seen"
    shape = seen.photograph.shape
    lesion = seen.whole
    mm = None if seen.scale is None else float(np.sqrt(np.median(seen.scale.areas(shape))))
    return Visit(
        linear=seen.photograph.linear,
        lesion=lesion,
        pigment=seen.maps.melanin if trusted else None,
        common=_common(seen, lesion) if trusted else None,
        valid=seen.usable & seen.maps.valid if trusted else seen.usable,
        mm=mm,
        mm_error=0.0 if seen.scale is None else seen.scale.error,
        calibrated=trusted,
    )


def _common(seen: Seen, lesion: Mask) -> Floats | None:
    """What the correction leaves open of all melanin alike: offsets and gains (draws, 2).

    Melanin of own skin and of the lesion by each matrix that might as well be right; a line between them.
    """
    usable = seen.usable & seen.maps.valid
    own = usable & (seen.own.mask if seen.own is not None and (usable & seen.own.mask).any() else ~lesion)
    if not own.any():
        return None
    level, off = _drawn(seen, own)
    slope = off / max(level, 1e-3)
    if (usable & lesion).any():
        other, wrong = _drawn(seen, usable & lesion)
        if abs(other - level) > value("compare_apart") * level:
            slope = (wrong - off) / (other - level)
    return np.stack([off - slope * level, 1 + slope], axis=1)


def _drawn(seen: Seen, where: Mask) -> tuple[float, Floats]:
    """Melanin of a place in um, and what the correction's draws (k,) make of it, about their mean."""
    rgb = seen.light[where].mean(axis=0, dtype=float)
    known = np.vstack([rgb, rgb_of_xyz(seen.correction.drawn(rgb))])
    melanin = looked_up(known, table())[:, 0].astype(float)
    return float(melanin[0]), melanin[1:] - melanin[1:].mean()
