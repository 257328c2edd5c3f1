"""A face from in front: its shapes and its shading, on places across (-1 to 1) and down (0 hairline to 1 chin)."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Single = NDArray[np.float32]
HAIR = (0.020, 0.013, 0.010)  # linear sRGB of brows, lashes and hair
EYE, BROW, NOSE, MOUTH = 0.46, 0.375, 0.655, 0.815  # heights
APART = 0.40  # of the middle of an eye from the middle of the face
SOFT = (  # centre across (both sides), height, half axes, share of the light that is taken
    (0.00, 0.70, 0.10, 0.012, 0.16),  # under the nose
    (0.075, 0.672, 0.045, 0.012, 0.50),  # nostrils
    (0.155, 0.645, 0.022, 0.030, 0.16),  # wings of the nose
    (0.11, 0.50, 0.045, 0.10, 0.12),  # sides of the nose
    (0.00, 0.61, 0.055, 0.040, -0.07),  # its tip
    (0.00, 0.49, 0.035, 0.10, -0.05),  # its ridge
    (0.24, 0.43, 0.10, 0.035, 0.14),  # sockets
    (0.40, 0.495, 0.17, 0.018, 0.08),  # under the eyes
    (0.00, 0.872, 0.15, 0.016, 0.15),  # under the lower lip
    (0.00, 0.93, 0.14, 0.035, -0.03),  # chin
    (0.52, 0.56, 0.20, 0.09, -0.04),  # cheeks
    (0.00, 0.18, 0.45, 0.12, -0.03),  # forehead
    (0.00, 0.735, 0.025, 0.028, 0.06),  # groove over the lip
)


class Canvas(NamedTuple):
    """Places of a picture (rows, columns): `across` and `down` on the face."""

    across: Single
    down: Single

    @property
    def pixel(self) -> float:
        """How far down the face one pixel is."""
        return float(self.down[1, 0] - self.down[0, 0])

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows."""
        return self.down.shape[1], self.down.shape[0]

    def span(self, width: float) -> tuple[float, float]:
        """Width and height in mm of a picture that is `width` mm wide."""
        return width, width * self.size[1] / self.size[0]


def canvas(width: int, margins: tuple[float, float, float]) -> Canvas:
    """A picture `width` pixels wide of a face with margins at each side, above and below, in heights of the face."""
    side, above, below = margins
    pixel = (1 + 2 * side) / width
    rows = round((1 + above + below) / pixel)
    down = ((np.arange(rows) + 0.5) * pixel - above).astype(np.float32)
    across = (((np.arange(width) + 0.5) * pixel - side) * 2 - 1).astype(np.float32)
    return Canvas(*np.broadcast_arrays(across[None, :], down[:, None]))


def within(level: Single, place: Canvas, soft: float = 1.0) -> Single:
    """1 where `level`, in heights of the face, is above 0, passing over `soft` pixels to 0."""
    return np.clip(level / np.float32(place.pixel * soft) + np.float32(0.5), 0, 1)


def ellipse(place: Canvas, x: float, y: float, half: float, tall: float) -> Single:
    """About how far inside of an ellipse places lie, in heights of the face; half axes across and down."""
    root = np.hypot((place.across - np.float32(x)) / np.float32(half), (place.down - np.float32(y)) / np.float32(tall))
    return (1 - root) * np.float32(min(half / 2, tall))


def hair(place: Canvas) -> Single:
    """Where hair, combed back, is behind the face, 0 to 1."""
    return within(np.minimum(ellipse(place, 0, 0.41, 1.0, 0.52), np.float32(0.6) - place.down), place, 3)


def ears(place: Canvas) -> Single:
    """Where the ears are, 0 to 1."""
    return within(ellipse(place._replace(across=np.abs(place.across)), 0.92, 0.52, 0.10, 0.115), place, 2)


def neck(place: Canvas) -> Single:
    """Where the neck is, 0 to 1."""
    half = np.float32(0.44) + np.float32(0.9) * np.clip(place.down - np.float32(1.0), 0, 1) ** 2 * np.float32(4)
    return within(np.minimum((half - np.abs(place.across)) / 2, place.down - np.float32(0.7)), place, 2)


def lips(place: Canvas) -> tuple[Single, Single]:
    """Where the lips are, and the line between them, 0 to 1."""
    x = np.abs(place.across) / np.float32(0.27)
    taper = np.clip(1 - x**2, 0, 1)
    line = MOUTH + np.float32(0.004) * np.cos(x * np.float32(3)) - np.float32(0.004) * x**2
    bow = np.float32(0.028) * taper**0.7 * (1 - np.float32(0.25) * np.exp(-((x / np.float32(0.16)) ** 2)))
    upper = np.minimum(place.down - (line - bow), line - place.down)
    lower = np.minimum(line + np.float32(0.040) * taper**0.6 - place.down, place.down - line)
    inside = np.where(x < 1, np.maximum(upper, lower), -1)
    between = np.float32(0.0022) * taper**0.3 - np.abs(place.down - line)
    return within(inside, place, 4), within(np.where(x < 1, between, -1), place, 2)


def brows(place: Canvas) -> Single:
    """Where the brows are, 0 to 1."""
    x = (np.abs(place.across) - np.float32(0.17)) / np.float32(0.46)
    middle = BROW - np.float32(0.030) * np.sin(np.clip(x, 0, 1) * np.float32(2.3)) + np.float32(0.012)
    thick = np.float32(0.0135) * np.clip(1.15 - x, 0, 1) ** 0.6 * np.clip(x * 8, 0, 1) ** 0.5
    inside = np.where((x > 0) & (x < 1.12), thick - np.abs(place.down - middle), -1)
    return within(inside, place, max(2.0, 0.008 / place.pixel))


def lashes(place: Canvas) -> tuple[Single, Single]:
    """Where closed eyes have their lashes, and the fold of the lid above, 0 to 1."""
    x = (np.abs(place.across) - np.float32(APART)) / np.float32(0.185)
    open_ = np.clip(1 - x**2, 0, 1)
    lid = EYE + np.float32(0.019) * open_
    line = np.float32(0.0042) * open_**0.35 - np.abs(place.down - lid)
    fringe = np.minimum(np.float32(0.012) * open_**0.5 - (place.down - lid), place.down - lid)
    fringe -= np.float32(0.004) * (1 + np.sin(np.float32(55) * x + np.float32(9) * x * (place.down - lid) / 0.01))
    fold = np.float32(0.0022) * open_**0.3 - np.abs(place.down - (EYE - np.float32(0.020) * open_))
    outside = np.abs(x) >= 1
    drawn = np.where(outside, -1, np.maximum(line, fringe))
    return within(drawn, place, 2), within(np.where(outside, -1, fold), place, 4)


def shading(place: Canvas) -> Single:
    """Light (rows, columns) that a face gets in a soft light from above: about 1, less at its sides."""
    x = np.abs(place.across)
    light = (
        1 - np.float32(0.22) * (x / np.float32(0.92)) ** 4 - np.float32(0.10) * np.clip(place.down - 0.55, 0, 1) ** 2
    )
    for across, down, half, tall, share in SOFT:
        far = ((x - np.float32(across)) / np.float32(half)) ** 2 + (
            (place.down - np.float32(down)) / np.float32(tall)
        ) ** 2
        light *= 1 - np.float32(share) * np.exp(-far)
    return light
