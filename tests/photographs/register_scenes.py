"""Made skin with relief, pores, hairs, freckles and a lesion, photographed twice: stand-ins whose truth is known."""

from dataclasses import dataclass, field
from functools import cache

import cv2
import numpy as np
from numpy.typing import NDArray

MELANIN = np.array([0.42, 0.72, 1.05], np.float32)  # loss of log-RGB for one unit of melanin; own skin has one
BLOOD = np.array([0.05, 0.35, 0.2], np.float32)
BARE = np.array([0.72, 0.55, 0.47], np.float32)  # linear RGB of skin without melanin
Map = NDArray[np.float32]
Mask = NDArray[np.bool_]
SHAPE = (560, 740)
MARGIN = 220


@dataclass(frozen=True)
class Shot:
    """How AFTER is taken: angle in degrees, size, shift in px, tilt, gain of light, red and blue, noise, JPEG."""

    turn: float = 0.0
    size: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    tilt: tuple[float, float] = (0.0, 0.0)  # change of size across the picture, in x and y
    exposure: float = 1.0
    red: float = 1.0
    blue: float = 1.0
    noise: float = 0.006
    jpeg: int | None = 80
    slope: float = 0.0  # light falls by this share across the picture


@dataclass
class Skin:
    """A piece of skin larger than the photographs, without its lesion."""

    seed: int
    shape: tuple[int, int] = SHAPE
    relief: Map = field(init=False)
    melanin: Map = field(init=False)
    blood: Map = field(init=False)
    hair: Map = field(init=False)

    def __post_init__(self) -> None:
        rng = np.random.default_rng(self.seed)
        rows, columns = self.shape[0] + 2 * MARGIN, self.shape[1] + 2 * MARGIN
        whole = (rows, columns)
        lines = sum(_ridges(rng, whole, size) for size in (5, 8, 13))
        self.relief = np.asarray(0.025 * lines + 0.012 * _cloud(rng, whole, 2.5) + 0.05 * _cloud(rng, whole, 60))
        pores = np.zeros(whole, np.float32)
        at = rng.integers(0, [rows, columns], (rows * columns // 900, 2))
        pores[at[:, 0], at[:, 1]] = rng.uniform(5, 25, len(at))
        self.relief -= 0.05 * cv2.GaussianBlur(pores, (0, 0), 1.8)
        self.melanin = 1 + 0.03 * _cloud(rng, whole, 40) + 0.02 * _cloud(rng, whole, 6)
        for x, y in rng.integers(0, [columns, rows], (25, 2)):
            cv2.circle(self.melanin, (int(x), int(y)), int(rng.integers(2, 6)), float(rng.uniform(1.2, 1.6)), -1)
        self.melanin = cv2.GaussianBlur(self.melanin, (0, 0), 1.2)
        self.blood = 0.3 + 0.08 * _cloud(rng, whole, 25)
        self.hair = np.zeros(whole, np.float32)
        for _ in range(40):
            x, y, angle, length = (
                rng.uniform(0, columns),
                rng.uniform(0, rows),
                rng.uniform(0, 0.8),
                rng.uniform(40, 120),
            )
            end = (round(x + length * np.cos(angle)), round(y + length * np.sin(angle)))
            cv2.line(self.hair, (round(x), round(y)), end, 0.5, 1, cv2.LINE_AA)

    def photograph(self, melanin_factor: Map, shot: Shot, rng: np.random.Generator) -> tuple[Map, NDArray[np.float64]]:
        """Linear RGB as read from the file, and the transform (3, 3) from its pixels to the still ones."""
        melanin = self.melanin * melanin_factor
        logs = np.log(BARE) - melanin[..., None] * MELANIN - self.blood[..., None] * BLOOD
        light = np.exp(logs + (self.relief - self.hair)[..., None]).astype(np.float32)
        view = _view(shot, self.shape)  # from the still photograph to this one
        back = np.array([[1, 0, -MARGIN], [0, 1, -MARGIN], [0, 0, 1.0]])
        size = (self.shape[1], self.shape[0])
        seen = cv2.warpPerspective(light, view @ back, size, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REFLECT)
        across = np.linspace(1 + shot.slope / 2, 1 - shot.slope / 2, size[0], dtype=np.float32)[None, :, None]
        seen = seen * across * np.array([shot.red, 1, shot.blue], np.float32) * shot.exposure
        seen = cv2.GaussianBlur(seen, (0, 0), 0.7)
        seen += shot.noise * np.sqrt(np.maximum(seen, 0.01)) * rng.standard_normal(seen.shape)
        return develop(seen, shot.jpeg), np.linalg.inv(view)


@cache
def skin_of(seed: int) -> Skin:
    """The piece of skin of this number."""
    return Skin(seed)


def develop(linear: Map, jpeg: int | None) -> Map:
    """Through the sRGB curve, 8 bits and JPEG, and back."""
    clipped = np.clip(linear, 0, 1)
    encoded = np.where(clipped <= 0.0031308, 12.92 * clipped, 1.055 * clipped ** (1 / 2.4) - 0.055)
    bits = np.rint(255 * encoded).astype(np.uint8)
    if jpeg is not None:
        _, data = cv2.imencode(".jpg", bits[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, jpeg])
        bits = np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[..., ::-1]
    seen = bits.astype(np.float32) / 255
    return np.asarray(np.where(seen <= 0.04045, seen / 12.92, ((seen + 0.055) / 1.055) ** 2.4), np.float32)


def blob(
    shape: tuple[int, int], centre: tuple[float, float], radius: float, seed: int, rough: float = 0.18
) -> NDArray[np.float64]:
    """Distance in px to a wavy outline, positive inside, on the large piece of skin."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0 : shape[0] + 2 * MARGIN, 0 : shape[1] + 2 * MARGIN].astype(float)
    dx, dy = x - MARGIN - centre[0], y - MARGIN - centre[1]
    angle = np.arctan2(dy, dx)
    waves = sum(rng.normal(0, rough / n) * np.cos(n * angle + rng.uniform(0, 6.3)) for n in range(2, 7))
    return np.asarray(radius * (1 + waves) - np.hypot(dx, dy))


def soft(distance: NDArray[np.float64], edge: float = 3.0) -> Map:
    """Membership 0..1 of a lesion with an edge of this many px."""
    return np.asarray(1 / (1 + np.exp(-distance / edge)), np.float32)


def window(whole: NDArray[np.generic]) -> NDArray[np.generic]:
    """The part of a large map that the still photograph shows."""
    return whole[MARGIN:-MARGIN, MARGIN:-MARGIN]


def outlined(linear: Map, dark: bool, depth: float) -> Mask:
    """A plain outline: the largest piece more than half of `depth` (of log red) lighter or darker than the median."""
    index = cv2.GaussianBlur(-np.log(np.clip(linear[..., 0], 0.002, None)), (0, 0), 3)
    index -= np.median(index)
    mask = (index > depth / 2) if dark else (index < -depth / 2)
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((7, 7), np.uint8))
    count, pieces, about, _ = cv2.connectedComponentsWithStats(opened)
    return np.asarray(pieces == 1 + about[1:, cv2.CC_STAT_AREA].argmax() if count > 1 else opened, bool)


def _view(shot: Shot, shape: tuple[int, int]) -> NDArray[np.float64]:
    rows, columns = shape
    middle = np.array([[1, 0, -columns / 2], [0, 1, -rows / 2], [0, 0, 1.0]])
    a = np.radians(shot.turn)
    c, s = shot.size * np.cos(a), shot.size * np.sin(a)
    turned = np.array([[c, -s, shot.shift[0]], [s, c, shot.shift[1]], [0, 0, 1.0]])
    tilted = np.array([[1, 0, 0], [0, 1, 0], [shot.tilt[0] / columns, shot.tilt[1] / rows, 1.0]])
    return np.asarray(np.linalg.inv(middle) @ tilted @ turned @ middle)


def _cloud(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Map:
    """Smooth noise of spread 1."""
    cloud = cv2.GaussianBlur(rng.standard_normal(shape).astype(np.float32), (0, 0), size)
    return np.asarray(cloud / cloud.std(), np.float32)


def _ridges(rng: np.random.Generator, shape: tuple[int, int], size: float) -> Map:
    """Furrows: dark lines where smooth noise crosses zero."""
    return np.asarray(-np.exp(-((_cloud(rng, shape, size) / 0.25) ** 2)) + 0.25, np.float32)
