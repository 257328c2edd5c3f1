"""From maps of pigments to a few channels, fast: spectra are computed once, at the nodes of a table."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.interpolate import make_interp_spline

from repigment.errors import RepigmentError
from repigment.optics.instrument import Camera
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue

Floats = NDArray[np.floating]
Single = NDArray[np.float32]
COARSE = (8, 28, 56)  # spectra along dermal melanin, blood and epidermal melanin; one where a map is even
NODES = (32, 72, 220)  # nodes along them; between spectra they lie on cubic splines
LEAST = 1e-6  # a map whose values differ by less is even


def maps(pigments: Pigments) -> Pigments:
    """The pigments as float32 maps (rows, columns) of one shape; RepigmentError if they are no such maps.

    >>> maps(Pigments(np.ones((2, 3)), 0.02, 0.0)).blood.shape
    (2, 3)
    """
    try:
        melanin, blood, dermal = np.broadcast_arrays(*(np.asarray(each, np.float32) for each in pigments))
    except ValueError:
        shapes = ", ".join(str(np.shape(each)) for each in pigments)
        raise RepigmentError(f"maps of pigments of the shapes {shapes} do not belong together") from None
    if melanin.ndim != 2 or melanin.size == 0:
        raise RepigmentError(f"a picture needs maps of rows and columns, not of shape {melanin.shape}")
    for name, each in zip(("melanin", "blood", "dermal melanin"), (melanin, blood, dermal), strict=True):
        if not np.isfinite(each).all() or each.min() < 0:
            raise RepigmentError(f"the map of {name} holds values that are negative or no numbers", allowed="0 or more")
    return Pigments(melanin, blood, dermal)


class Lookup:
    """Channels of skin, each a weighted sum over the wavelengths of its spectrum: RGB of a camera, XYZ of an observer.

    `weights` is (31, channels), `gloss` the share of the surface's reflection that is seen. Spectra are computed
    within the values of the maps, evenly in the square root of each pigment; cubic splines through them give a finer
    table, which is read linearly. `benchmarks/render.py` shows the error.

    >>> from repigment.optics.colour import weights
    >>> Lookup(weights())(maps(Pigments(np.full((4, 5), 3.0), 0.02, 0.0))).shape
    (4, 5, 3)
    """

    def __init__(self, weights: ArrayLike, tissue: Tissue | None = None, gloss: float = 0.0) -> None:
        self.weights, self.tissue, self.seen_by = np.asarray(weights, float), tissue, Camera(gloss)

    def spectra(self, pigments: Pigments) -> Floats:
        """Channels (..., channels) straight from the spectra: exact and slow."""
        return np.asarray(spectrum(pigments, self.tissue, self.seen_by), float) @ self.weights

    def __call__(self, pigments: Pigments) -> Single:
        """Channels (rows, columns, channels), float32, of maps as `maps` gives them."""
        given = (pigments.dermal, pigments.blood, pigments.melanin)
        axes = [_Axis(np.asarray(each), *size) for each, *size in zip(given, COARSE, NODES, strict=True)]
        dermal, blood, melanin = np.meshgrid(*(axis.levels for axis in axes), indexing="ij")
        table = self.spectra(Pigments(melanin, blood, dermal))
        for i, axis in enumerate(axes):
            table = axis.finer(table, i)
        layers, rows, columns, channels = table.shape
        stacked = np.float32(table).reshape(layers * rows, columns, channels)  # one layer under the other
        depth, down, across = (axis.place() for axis in axes)
        if layers == 1:
            return _remap(stacked, across, down)
        below = np.minimum(np.floor(depth), np.float32(layers - 2))
        depth -= below
        down += below * np.float32(rows)
        upper, lower = _remap(stacked, across, down), _remap(stacked, across, down + np.float32(rows))
        lower -= upper
        lower *= depth[..., None]
        upper += lower
        return upper


class _Axis:
    """The nodes of one pigment."""

    def __init__(self, amount: Single, coarse: int, nodes: int) -> None:
        self.amount, self.first, last = amount, float(np.sqrt(amount.min())), float(np.sqrt(amount.max()))
        even = last - self.first < LEAST
        self.coarse = np.array([self.first]) if even else np.linspace(self.first, last, coarse)
        self.nodes = np.array([self.first]) if even else np.linspace(self.first, last, nodes)
        self.levels = self.coarse**2

    def finer(self, table: Floats, axis: int) -> Floats:
        """A table of the coarse levels as one of the nodes."""
        if len(self.nodes) == 1:
            return table
        return np.asarray(make_interp_spline(self.coarse, table, k=3, axis=axis)(self.nodes))

    def place(self) -> Single:
        """Where each amount lies among the nodes, 0 for the first."""
        if len(self.nodes) == 1:
            return np.zeros(self.amount.shape, np.float32)
        place: Single = np.sqrt(self.amount)
        place -= np.float32(self.first)
        place *= np.float32(1 / (self.nodes[1] - self.first))
        return place


def _remap(table: Single, across: Single, down: Single) -> Single:
    import cv2

    if table.shape[:2] == (1, 1):
        return np.broadcast_to(table[0, 0], (*across.shape, table.shape[2])).copy()
    found = cv2.remap(table, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(found, np.float32)
