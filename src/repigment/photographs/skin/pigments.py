"""From colour to pigment: maps of epidermal melanin and of blood, how sure they are, and where they can be believed."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.indices import erythema_index, melanin_index
from repigment.optics.instrument import Camera
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue, typical
from repigment.photographs.colour.kept_tables import kept
from repigment.photographs.files.channels import least
from repigment.photographs.skin.half_way import HalfWay

Floats = NDArray[np.float64]
Map = NDArray[np.float32]
MELANINS, BLOODS = 121, 49  # nodes of the table of skin
NODES = (41, 33, 33)  # of the table of colours
ENDS = ((np.log(0.012), np.log(1.1)), (-0.25, 1.75), (-0.45, 1.35))  # of ln R, ln R/G, ln G/B of linear sRGB
OFFSET = 0.1  # um: melanin is spaced in ln(melanin + OFFSET)
LEAST = 1e-3  # light below which there is no colour
ROWS = 30_000  # numbers of a picture that are looked up at a time: as many as the processor keeps near
CHANNELS = (
    "melanin",
    "blood",
    "misfit",
    "m_R",
    "m_RG",
    "m_GB",
    "b_R",
    "b_RG",
    "b_GB",
    "melanin index",
    "erythema index",
)


@dataclass(frozen=True, eq=False)
class Maps:
    """By pixel (h, w): `melanin` in um of melanosome (Jacques 1998), `blood` as volume share of the dermis.

    `error` is the SD of melanin (um), `blood_error` that of ln blood, of one pixel by the noise of a camera and by what
    else differs between people; what the correction of a photograph leaves, which is the same all over it, is not in
    them. `valid` is where the colour is one that skin can have, at the exposure given, and nothing is burnt;
    `blood_valid` where blood can be told besides.
    """

    melanin: Map
    blood: Map
    error: Map
    blood_error: Map
    valid: NDArray[np.bool_]
    blood_valid: NDArray[np.bool_]

    @property
    def index(self) -> Map:
        """Melanin index (h, w), 100 (-log10 R650), of skin with this melanin and usual blood."""
        return index_of(self.melanin)


TO_RATIOS = np.array([[1.0, 0.0, 0.0], [1.0, -1.0, 0.0], [0.0, 1.0, -1.0]])  # of ln R, ln G, ln B


def ratios(rgb: ArrayLike) -> Floats:
    """ln R, ln R/G and ln G/B (..., 3) of linear sRGB (..., 3): exposure moves the first alone.

    >>> ratios(np.array([1.0, 1.0, 0.5])).round(3).tolist()
    [0.0, 0.0, 0.693]
    """
    return np.asarray(np.log(np.maximum(rgb, LEAST)) @ TO_RATIOS.T)


def _melanin_axis() -> Floats:
    return np.expm1(np.linspace(0, np.log1p(value("skin_melanin_most") / OFFSET), MELANINS)) * OFFSET


def _blood_axis() -> Floats:
    return np.geomspace(value("skin_blood_least"), value("skin_blood_most"), BLOODS)


def _colours(tissue: Tissue) -> Floats:
    """`ratios` (melanins, bloods, 3) of skin with that tissue, as a camera sees it."""
    return _read(Pigments(_melanin_axis()[:, None], _blood_axis()), tissue)[..., :3]


def _read(skin: Pigments, tissue: Tissue) -> Floats:
    """`ratios` of skin (..., 5), then its melanin and erythema index, as a camera sees it."""
    seen = spectrum(skin, tissue, Camera())
    indices = [index(seen)[..., None] for index in (melanin_index, erythema_index)]
    return np.concatenate([ratios(rgb_of_xyz(xyz(seen))), *indices], axis=-1)


def _unusual() -> list[Tissue]:
    """Tissue an SD of people away from the usual: in scattering, in absorption without pigment, in oxygen."""
    usual = typical()
    return [
        usual._replace(scattering=usual.scattering * np.exp(value("pigment_scattering_sd"))),
        usual._replace(baseline=usual.baseline * np.exp(value("pigment_baseline_sd"))),
        usual._replace(saturation=usual.saturation + value("pigment_saturation_sd")),
    ]


@cache
def unlike() -> Floats:
    """Covariance (3, 3) of `ratios` by which skin with the same pigment differs from person to person."""
    return kept("people", (3, 3), _unlike)


def _unlike() -> Floats:
    middle = _colours(typical())
    moved = np.stack([(_colours(tissue) - middle).reshape(-1, 3) for tissue in _unusual()])
    floor = value("pigment_misfit") ** 2 * np.eye(3)
    return np.einsum("tia,tib->ab", moved, moved) / moved.shape[1] + floor


@cache
def table() -> Map:
    """`_made`, kept from one run to the next."""
    return kept("pigments", (*NODES, len(CHANNELS)), _made).astype(np.float32)


def _made() -> Floats:
    """CHANNELS by colour (NODES + channels): misfit in spreads, slopes of ln(melanin + OFFSET) and of ln blood.

    The pigments that minimise (f(m, b) - r)' C^-1 (f(m, b) - r) for `ratios` r, C of `unlike`: the nearest node of a
    fine table of skin, then a Gauss-Newton step within it.
    """
    from scipy.spatial import cKDTree

    white = np.linalg.cholesky(np.linalg.inv(unlike()))  # r @ white has unit spread
    skin = _colours(typical()) @ white
    axes = [np.linspace(*ends, count) for ends, count in zip(ENDS, NODES, strict=True)]
    colours = np.stack(np.meshgrid(*axes, indexing="ij"), axis=-1).reshape(-1, 3)
    wanted = colours @ white
    _, nearest = cKDTree(skin.reshape(-1, 3)).query(wanted)
    row, column = np.unravel_index(nearest, skin.shape[:2])
    slope = np.stack([np.gradient(skin, axis=0)[row, column], np.gradient(skin, axis=1)[row, column]], axis=-1)
    metric = np.einsum("nca,ncb->nab", slope, slope)
    pull = np.linalg.solve(metric + 1e-9 * np.eye(2), np.swapaxes(slope, 1, 2))  # (n, 2, 3): of node numbers
    off = wanted - skin[row, column]
    step = np.clip(np.einsum("nac,nc->na", pull, off), -1, 1)
    place = np.clip(np.stack([row, column], -1) + step, 0, [MELANINS - 1, BLOODS - 1])
    misfit = np.linalg.norm(off - np.einsum("nca,na->nc", slope, place - np.stack([row, column], -1)), axis=-1)
    unit = np.log1p(value("skin_melanin_most") / OFFSET) / (MELANINS - 1)
    blood_unit = np.log(value("skin_blood_most") / value("skin_blood_least")) / (BLOODS - 1)
    slopes = [unit * pull[:, 0] @ white.T, blood_unit * pull[:, 1] @ white.T]
    melanin = np.expm1(place[:, 0] * unit) * OFFSET
    blood = value("skin_blood_least") * np.exp(place[:, 1] * blood_unit)
    indices = _indices(Pigments(melanin, blood), colours)
    found = np.concatenate([np.stack([melanin, blood, misfit], axis=-1), *slopes, indices], axis=-1)
    return found.reshape(*NODES, len(CHANNELS))


def _indices(skin: Pigments, wanted: Floats) -> Floats:
    """Melanin and erythema index (n, 2) of skin (n,) with the colour `wanted` (n, 3), as `ratios`.

    Both are of the spectrum, whatever made it. What a colour f + r has beyond that of usual tissue f tells of tissue,
    and of blood where there is less than the table has: t = J' (J J' + m^2)^-1 r, J what an SD of tissue and an e-fold
    of blood move in the colour, m what no pigment explains; t moves the indices.
    """
    usual = _read(skin, typical())
    others = [*(_read(skin, tissue) for tissue in _unusual()), _read(skin._replace(blood=skin.blood / np.e), typical())]
    moved = np.stack([other - usual for other in others], axis=-1)
    slope = moved[:, :3]
    spread = slope @ np.swapaxes(slope, 1, 2) + value("pigment_misfit") ** 2 * np.eye(3)
    away = np.swapaxes(slope, 1, 2) @ np.linalg.solve(spread, (wanted - usual[:, :3])[..., None])
    most = value("pigment_misfit_most")
    return usual[:, 3:] + (moved[:, 3:] @ np.clip(away, -most, most))[..., 0]


def looked_up(rgb: NDArray[np.floating], lattice: Map) -> Map:
    """Channels (n, c) of `lattice` (NODES + c) at corrected linear sRGB (n, 3), linear between nodes."""
    known = ratios(rgb).astype(np.float32)
    low = np.array([ends[0] for ends in ENDS], np.float32)
    step = np.array([(e[1] - e[0]) / (n - 1) for e, n in zip(ENDS, NODES, strict=True)], np.float32)
    place = np.clip((known - low) / step, 0, np.array(NODES, np.float32) - np.float32(1.001))
    corner = place.astype(np.int32)
    share = place - corner
    flat = lattice.reshape(-1, lattice.shape[-1])
    first = (corner[:, 0] * NODES[1] + corner[:, 1]) * NODES[2] + corner[:, 2]
    found = np.zeros((len(known), lattice.shape[-1]), np.float32)
    for across in range(8):
        bits = (across >> 2 & 1, across >> 1 & 1, across & 1)
        weight = np.ones(len(known), np.float32)
        for axis, bit in enumerate(bits):
            weight *= share[:, axis] if bit else 1 - share[:, axis]
        there = first + ((bits[0] * NODES[1] + bits[1]) * NODES[2] + bits[2])
        found += weight[:, None] * np.take(flat, there, axis=0)
    return found


def maps(rgb: Map, burnt: NDArray[np.bool_], noise: Floats) -> Maps:
    """Pigments by pixel of a corrected picture (h, w, 3) of linear sRGB, whose `burnt` (h, w) pixels say nothing.

    `noise` (3,) is the SD of the log light of each channel of a pixel by the camera.
    """
    from concurrent.futures import ThreadPoolExecutor

    full = table()
    spread = _spreads(full, TO_RATIOS @ np.diag(np.asarray(noise, float) ** 2) @ TO_RATIOS.T)
    lattice = np.concatenate([full[..., :3], spread], axis=-1)
    rows = np.array_split(rgb.reshape(-1, 3), max(1, rgb.size // ROWS))
    with ThreadPoolExecutor(2) as pool:
        found = np.concatenate(list(pool.map(lambda part: looked_up(part, lattice), rows)))
    melanin, blood, misfit, error, blood_error = np.moveaxis(found.reshape(*rgb.shape[:2], 5), -1, 0)
    most = value("skin_melanin_most")
    valid = ~burnt & (misfit < value("pigment_misfit_most")) & (melanin < 0.98 * most) & (least(rgb) > LEAST)
    clear = melanin < value("blood_melanin_most")
    return Maps(melanin, blood, error, blood_error, valid, valid & clear)


def _spreads(full: Map, noise: Floats) -> Map:
    """SD (NODES + 2) of melanin in um and of ln blood, sqrt(s' (N + (e + k misfit^2) C) s): noise N, slopes s.

    C is the covariance of `unlike`: a colour that no usual skin has is of somebody who differs more.
    """
    people = value("pigment_error_least") + value("pigment_error_misfit") * full[..., 2].astype(float) ** 2
    variances = []
    for slopes in (full[..., 3:6].astype(float), full[..., 6:9].astype(float)):
        by_noise, by_people = (np.einsum("...a,ab,...b->...", slopes, each, slopes) for each in (noise, unlike()))
        variances.append(by_noise + people * by_people)
    found = np.sqrt(np.stack(variances, axis=-1))
    found[..., 0] *= full[..., 0] + OFFSET
    return found.astype(np.float32)


@cache
def index_curve() -> tuple[Floats, Floats]:
    """Melanin (n,) in um and the melanin index (n,) of usual skin with it, as a camera sees it.

    >>> [len(each) for each in index_curve()] == [MELANINS, MELANINS]
    True
    """
    melanin = _melanin_axis()

    def made() -> Floats:
        return melanin_index(spectrum(Pigments(melanin, value("pigment_blood")), None, Camera()))

    return melanin, kept("index", melanin.shape, made)


def index_of(melanin: NDArray[np.floating]) -> Map:
    """Melanin index of skin with `melanin` (...) in um and usual blood.

    >>> bool((np.diff(index_of(np.array([1.0, 5.0, 20.0]))) > 0).all())
    True
    """
    known, index = index_curve()
    return np.interp(melanin, known, index).astype(np.float32)


def half_way(own: float, light: float = 0.0) -> HalfWay:
    """Where melanin is half way from own skin of melanin index `own`, `light` px being the smoothing of the picture.

    >>> bool(0.5 < half_way(30.0).plain(40.0) < 0.8)
    True
    """
    return HalfWay(own, *index_curve(), light)


def darkness(linear: Map) -> Map:
    """100 (-log10 of light) (h, w), the mean of red and green of linear sRGB: an index that exposure moves evenly.

    It stands for the melanin index where exposure and lamp are not known: differences of it are still right.

    >>> darkness(np.full((1, 1, 3), 0.1, np.float32)).round(3).tolist()
    [[100.0]]
    """
    light = np.maximum(linear[..., 0] * linear[..., 1], LEAST**2)
    return np.asarray(-50 * np.log10(light), np.float32)
