"""The colours of a lesion and of own skin, and what they differ in, each with its interval."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.chromophores import FORMULA
from repigment.optics.colour import ita, lab, rgb_of_xyz, white, xyz_of_rgb
from repigment.optics.instrument import surface
from repigment.photographs.seen import Seen
from repigment.photographs.skin.pigments import looked_up, table

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
SIDES = 1.959964  # SDs of a 95 % interval
CONDITIONS = {
    "light": "D65",
    "observer": "2 degrees",
    "geometry": "camera without the surface's reflection",
    "melanin formula": FORMULA,
}  # what a colour and an amount of melanin mean here
BY_SPHERE = "ITA as a sphere reads it"
STEP = 0.01  # relative step of the differences that stand for slopes
COLOURS = ("L*", "a*", "b*", "ITA", BY_SPHERE, "melanin index", "erythema index", "melanin")
UNITS = ("-", "-", "-", "deg", "deg", "MI", "EI", "um")


@dataclass(frozen=True, slots=True)
class Measure:
    """One result: `low` to `high` is its 95 % interval, `basis` what it rests on."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    basis: str


def within(name: str, middle: float, sd: float, unit: str, basis: str, least: float = -np.inf) -> Measure:
    """A measure with a normal interval, cut at its `least` possible value.

    >>> within("area", 100.0, 1.0, "mm2", "card", 0.0).high
    101.959964
    """
    return Measure(name, middle, max(least, middle - SIDES * sd), middle + SIDES * sd, unit, basis)


def seen(rgb: Floats) -> Floats:
    """COLOURS (n, 8) of corrected linear sRGB (n, 3).

    A sphere counts the surface's reflection, which the camera does not see: XYZ + R_surface XYZ_white.

    >>> seen(np.array([[0.4, 0.24, 0.16]])).shape
    (1, 8)
    """
    colour = xyz_of_rgb(rgb)
    pigments = looked_up(rgb, table()).astype(float)
    angles = [ita(lab(each)) for each in (colour, colour + surface() * white())]
    return np.column_stack([lab(colour), *angles, pigments[:, -2:], pigments[:, 0]])


@dataclass(frozen=True)
class Place:
    """Mean colour of a place: corrected linear sRGB `rgb` (3,), and `draws` (k, 3), what it might be as well.

    `unsure` (3, 3) is the covariance of that mean by texture and noise.
    """

    rgb: Floats
    draws: Floats
    unsure: Floats

    def told(self) -> tuple[Floats, Floats]:
        """COLOURS (8,) of the mean, and of its draws (k, 8)."""
        found = seen(np.vstack([self.rgb, self.draws]))
        return found[0], found[1:]

    def texture(self, of: Callable[[Floats], Floats] = seen) -> Floats:
        """SD (m,) that texture and noise leave in what `of` makes of the mean: sqrt(g' C g), g by differences."""
        steps = STEP * np.maximum(self.rgb, STEP)
        ends = np.vstack([self.rgb + np.diag(steps), self.rgb - np.diag(steps)])
        found = of(ends)
        turned = found[:3] - found[3:]
        turned[:, 3:5] = (turned[:, 3:5] + 180) % 360 - 180
        slope = turned / (2 * steps[:, None])
        return np.sqrt(np.einsum("am,ab,bm->m", slope, self.unsure, slope))


def place(photo: Seen, mask: Mask) -> Place:
    """The mean light of a place (h, w) of the picture; what its file rounds off counts as texture.

    The mean needs no smoothing, which would mix it with what lies beside; texture is what noise does not hide.
    """
    mean = photo.light[mask].mean(axis=0, dtype=float)
    pixels = photo.corrected[mask].astype(float)
    patches = max(mask.sum() / value("texture_pixels"), 1.0)
    off = pixels - pixels.mean(axis=0)
    written = photo.photograph.linear[mask].mean(axis=0, dtype=float)
    lost = photo.correction.rounding(written, photo.photograph.steps)
    return Place(mean, rgb_of_xyz(photo.correction.drawn(mean)), off.T @ off / len(pixels) / patches + lost)


def person_error(melanin: float) -> float:
    """SD in um of melanin by what else differs between people: sqrt(floor^2 + (fold melanin)^2)."""
    return float(np.hypot(value("melanin_person_floor"), value("melanin_person_error") * melanin))


def index_errors(melanin_index: float) -> tuple[float, float]:
    """SDs of melanin and erythema index by what else differs between people: constant, and growing with pigment."""
    growing = value("erythema_person_error") * melanin_index
    return value("index_person_error"), float(np.hypot(value("erythema_person_floor"), growing))


def colours(of: str, here: Place, basis: str) -> list[Measure]:
    """L*, a*, b*, ITA by camera and by sphere, melanin index, erythema index and melanin of a place."""
    middle, draws = here.told()
    extra = here.texture()
    people = (*index_errors(float(middle[5])), person_error(float(middle[-1])))
    extra[5:] = np.hypot(extra[5:], people)
    off = draws - middle
    off[:, 3:5] = (off[:, 3:5] + 180) % 360 - 180
    sd = np.hypot(off.std(axis=0), extra)
    least = [0.0 if name in ("L*", "melanin") else -np.inf for name in COLOURS]
    rows = zip(COLOURS, middle, sd, UNITS, least, strict=True)
    return [within(f"{of} {name}", float(mid), float(s), unit, basis, low) for name, mid, s, unit, low in rows]


def differences(lesion: Place, own_skin: Place, basis: str, darker: bool) -> list[Measure]:
    """What a lesion differs from own skin in: melanin and erythema index, ITA, and its melanin in that of own skin.

    Both are drawn together, so that what shifts both does not widen the difference.
    """
    (one, ones), (other, others) = lesion.told(), own_skin.told()
    extra = np.hypot(lesion.texture(), own_skin.texture())
    gap, gaps = one - other, ones - others
    gap[3:5], gaps[:, 3:5] = (gap[3:5] + 180) % 360 - 180, (gaps[:, 3:5] + 180) % 360 - 180
    sd = np.hypot(gaps.std(axis=0), extra)
    # what else differs between people shifts both alike: nothing is left of it where the lesion is like own skin
    sd[5] = np.linalg.norm([sd[5], value("contrast_person_error") * gap[5], value("contrast_person_fold") * gap[6]])
    sd[6] = np.linalg.norm([sd[6], value("redness_person_error") * gap[5], value("redness_person_fold") * gap[6]])
    share, shares = one[-1] / max(other[-1], 1e-3), ones[:, -1] / np.maximum(others[:, -1], 1e-3)
    person = float(np.hypot(value("melanin_left_floor"), value("melanin_left_error") * abs(1 - share)))
    texture = float(np.hypot(lesion.texture()[-1], share * own_skin.texture()[-1]) / max(other[-1], 1e-3))
    spread = float(np.sqrt(shares.std() ** 2 + person**2 + texture**2))
    rows = [
        within(name, float(gap[at]), float(sd[at]), UNITS[at], basis)
        for name, at in (("contrast", 5), ("ITA difference", 3), ("redness", 6))
    ]
    return [*rows, within(left_name(darker), 100 * float(share), 100 * spread, "%", basis, 0.0)]


def left_name(darker: bool) -> str:
    """What a lesion's melanin, in per cent of own skin's, is called.

    >>> left_name(False)
    'melanin left'
    """
    return "melanin per cent of own skin" if darker else "melanin left"


def relative(lesion: Place, own_skin: Place) -> list[Measure]:
    """Contrast where exposure and lamp are not known: 100 log10 of the ratio of red light, which neither moves much."""

    def red(rgb: Floats) -> Floats:
        return 100 * np.log10(np.maximum(rgb[:, :1], 1e-4))

    ratio = float(red(own_skin.rgb[None])[0, 0] - red(lesion.rgb[None])[0, 0])
    extra = float(np.hypot(lesion.texture(red)[0], own_skin.texture(red)[0]))
    sd = float(np.hypot(ratio * value("relative_contrast_error"), extra))
    return [within("contrast", ratio, sd, "MI", "red light of lesion against own skin")]
