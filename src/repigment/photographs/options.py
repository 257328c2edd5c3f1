"""What a user states about a photograph that is to be measured."""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.optics.people import skin_type_name
from repigment.optics.spectral import lights
from repigment.photographs.lengths.scale import MAKES, across_of, by_length, check
from repigment.pictures.sensors import sensors

Box = tuple[int, int, int, int]
SITES = ("forehead", "right malar", "left malar", "chin", "face")
SIDES = ("lighter", "darker")
RULER: Literal["ruler"] = "ruler"
SCALES = "x1,y1,x2,y2,mm, or ruler for one with millimetre marks in the picture"


@dataclass(frozen=True)
class Options:
    """All places are in pixels of the photograph as it is seen upright, before it is made smaller.

    `card` is a make, the mm across the six patches of a row, "auto" (used for colour if there is one, not for mm), or
    "none"; `card_corners` (x1, y1, ..., x4, y4) say where it lies. Without a card `mm_per_pixel` gives a scale, or
    `scale`: (x1, y1, x2, y2, mm), or "ruler" for one with millimetre marks in the picture. `camera` and `lamp` name
    what took it; `grey` (x, y, w, h, reflectance) is something grey in it, or `skin_type` that of the person.
    `reference_skin` (x, y, w, h) is own skin. `lesion` is "lighter" or "darker". Raises RepigmentError for what cannot
    be.

    >>> Options(site="chin").site
    'chin'
    """

    card: str = "auto"
    card_corners: tuple[float, ...] | None = None
    mm_per_pixel: float | None = None
    scale: tuple[float, ...] | Literal["ruler"] | None = None
    camera: str | None = None
    lamp: str | None = None
    grey: tuple[float, ...] | None = None
    skin_type: str | None = None
    reference_skin: tuple[float, ...] | None = None
    lesion: Literal["lighter", "darker"] | None = None
    site: str | None = None

    def __post_init__(self) -> None:
        if self.card not in ("auto", "none", *MAKES):
            across_of(self.card)
        if isinstance(self.scale, str) and self.scale != RULER:
            raise RepigmentError(f"a scale {self.scale!r} is not known", where="--scale", allowed=SCALES)
        for name, given, count in (
            ("--card-corners", self.card_corners, 8),
            ("--scale", None if self.scale == RULER else self.scale, 5),
            ("--grey", self.grey, 5),
            ("--reference-skin", self.reference_skin, 4),
        ):
            if given is not None:
                _check_numbers(given, count, name)
        if self.site is not None and self.site not in SITES:
            raise RepigmentError(f"{self.site!r} is no area of the face", where="--site", allowed=", ".join(SITES))
        if self.lesion is not None and self.lesion not in SIDES:
            raise RepigmentError(f"a lesion cannot be {self.lesion!r}", where="--lesion", allowed=", ".join(SIDES))
        if (self.camera is None) != (self.lamp is None):
            raise RepigmentError(
                "a camera is of use with its lamp only", where="--camera", remedy="give both --camera and --lamp"
            )
        self._check_names()
        self._check_amounts()

    def _check_names(self) -> None:
        """RepigmentError for a camera, a lamp or a skin type that is not known, whether it is used or not."""
        if self.camera is not None:
            _check_known(self.camera, sensors(), "camera", "--camera")
        if self.lamp is not None:
            _check_known(self.lamp, lights(), "lamp", "--lamp")
        if self.skin_type is not None:
            try:
                skin_type_name(self.skin_type)
            except RepigmentError as error:
                raise RepigmentError(error.what, where="--skin-type", allowed=error.allowed) from None

    def _check_amounts(self) -> None:
        """RepigmentError for a scale or a grey that cannot be, and for two scales."""
        if self.mm_per_pixel is not None:
            check(self.mm_per_pixel, "--mm-per-pixel")
            if self.scale is not None:
                raise RepigmentError(
                    "two scales were stated", where="--mm-per-pixel, --scale", remedy="leave one of them out"
                )
        if self.scale is not None and not isinstance(self.scale, str):
            here = by_length(points(self.scale[:4], 1.0), self.scale[4])
            check(here.mm_per_pixel(np.zeros(2)), "--scale")
        if self.grey is not None and not 0 < self.grey[4] <= 1:
            raise RepigmentError(
                f"a grey cannot reflect {self.grey[4]:g} of the light", where="--grey", allowed="above 0, at most 1"
            )
        for name, box in (("--grey", self.grey), ("--reference-skin", self.reference_skin)):
            if box is not None and not min(box[2], box[3]) > 0:
                raise RepigmentError(
                    f"a box of {box[2]:g} x {box[3]:g} pixels holds nothing", where=name, allowed="w and h above 0"
                )


def _check_numbers(given: tuple[float, ...], count: int, where: str) -> None:
    """RepigmentError for more or fewer numbers than `count`, and for one that is infinite or no number."""
    if len(given) != count:
        raise RepigmentError(f"{len(given)} numbers were given", where=where, allowed=f"{count} numbers")
    wrong = [each for each in given if not np.isfinite(each)]
    if wrong:
        raise RepigmentError(f"{wrong[0]} was given", where=where, allowed=f"{count} finite numbers")


def _check_known(name: str, known: Iterable[str], what: str, where: str) -> None:
    """RepigmentError for a `name` that is not among those `known`, with the nearest that is."""
    written = {each.casefold(): each for each in known}
    if name in written.values():
        return
    near = difflib.get_close_matches(name.casefold(), written, n=1)
    raise RepigmentError(
        f"no {what} is called {name!r}",
        where=where,
        allowed=", ".join(written.values()),
        remedy=f"did you mean {written[near[0]]!r}?" if near else "",
    )


def points(numbers: tuple[float, ...], factor: float) -> NDArray[np.float64]:
    """Points (n, 2) in pixels of a picture `factor` times smaller, from x1, y1, x2, y2, ... of the whole one.

    >>> points((1.0, 3.0), 2.0).tolist()
    [[0.25, 1.25]]
    """
    return (np.reshape(numbers, (-1, 2)) + 0.5) / factor - 0.5


def boxed(box: tuple[float, ...], factor: float, shape: tuple[int, int], where: str) -> Box:
    """A box (x, y, w, h) in pixels of a picture `factor` times smaller, which has `shape` (h, w).

    RepigmentError, for the option `where`, of a box that leaves the picture.

    >>> boxed((10.0, 4.0, 30.0, 20.0), 2.0, (50, 80), "--grey")
    (5, 2, 15, 10)
    """
    x, y, width, height = (float(each) / factor for each in box[:4])
    beyond = factor * max(-x, -y, x + width - shape[1], y + height - shape[0])
    left, top = int(np.floor(x)), int(np.floor(y))
    right, bottom = left + max(1, round(width)), top + max(1, round(height))
    left, top, right, bottom = max(left, 0), max(top, 0), min(right, shape[1]), min(bottom, shape[0])
    if right <= left or bottom <= top or beyond > factor:  # a pixel of the smaller picture is no matter
        raise RepigmentError(
            f"the box {','.join(f'{each:g}' for each in box[:4])} leaves the photograph",
            where=where,
            allowed=f"x + w at most {shape[1] * factor:.0f}, y + h at most {shape[0] * factor:.0f}, none below 0",
            remedy="read x,y,w,h off the whole photograph, in pixels, as it is seen upright",
        )
    return left, top, right - left, bottom - top
