"""Two photographs of one place, each measured, laid on each other and compared."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from repigment.errors import RepigmentError
from repigment.photographs.compare import Comparison, compare
from repigment.photographs.compare_draws import Kind
from repigment.photographs.compare_scene import Visit
from repigment.photographs.measure import Measurement, measure
from repigment.photographs.options import Options

Tell = Callable[[int, int], None]
STEPS = 3
AGAIN = "take it again, or state own skin"
KINDS: dict[str | None, Kind] = {"lighter": "white", "darker": "dark"}


@dataclass(frozen=True, eq=False)
class Compared:
    """What each photograph gives by itself, and what changed from the first to the second."""

    before: Measurement
    after: Measurement
    change: Comparison

    @property
    def measured_in_melanin(self) -> bool:
        """Whether the colours of both can be trusted, so that melanin was compared and not the red of the picture."""
        return _trusted(self.before) and _trusted(self.after)


def compare_photographs(
    before: str | Path, after: str | Path, options: Options | None = None, tell: Tell | None = None
) -> Compared:
    """Measure two photographs and compare the lesion of the first; `tell` hears of each step done.

    RepigmentError where one cannot be read or measured, shows no lesion to compare, or does not lie on the other.
    """
    tell = tell or (lambda done, total: None)
    first = measure(before, options)
    side = first.lesion
    if first.seen is None or side is None:
        raise _unseen(first, Path(before))
    tell(1, STEPS)
    second = measure(after, options)
    if second.seen is None:
        raise _unseen(second, Path(after))
    tell(2, STEPS)
    trusted = _trusted(first) and _trusted(second)
    change = compare(visit(first, trusted), visit(second, trusted), KINDS[side])
    tell(STEPS, STEPS)
    return Compared(first, second, change)


def _trusted(found: Measurement) -> bool:
    return found.seen is not None and found.seen.correction.trusted


def _unseen(found: Measurement, path: Path) -> RepigmentError:
    reasons = " ".join(str(each) for each in found.refusals) or "no lesion stands out against the person's own skin."
    return RepigmentError(f"no lesion can be compared: {reasons}", where=path.name, remedy=AGAIN)


def visit(found: Measurement, trusted: bool) -> Visit:
    """A measured photograph as one of two to compare: by melanin where colour is trusted, else by red light."""
    seen = found.seen
    assert seen is not None, "asked for only where something was seen"
    shape = seen.photograph.shape
    lesion = np.zeros(shape, bool)
    for each in seen.lesions:
        lesion |= each.mask
    mm = None if seen.scale is None else float(np.sqrt(np.median(seen.scale.areas(shape))))
    return Visit(
        linear=seen.photograph.linear,
        lesion=lesion,
        pigment=seen.maps.melanin if trusted else None,
        error=seen.maps.error if trusted else 0.0,
        valid=seen.usable & seen.maps.valid if trusted else seen.usable,
        mm=mm,
        mm_error=0.0 if seen.scale is None else seen.scale.error,
        calibrated=trusted,
    )
