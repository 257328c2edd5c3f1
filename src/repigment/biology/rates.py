"""What a process returns: how fast each field it touches gains, and at which rate it is lost."""

from typing import Any, NamedTuple, Protocol

from repigment.skin.exposure import Drive
from repigment.skin.fields import Field, Skin


class Rates(NamedTuple):
    """U' = gain - loss * U per field. Gains are never negative; what a field loses to itself stands in the loss."""

    gain: dict[Field, Any] = {}
    loss: dict[Field, Any] = {}


class Place(Protocol):
    """What a process may ask of the patch it happens in."""

    @property
    def follicles(self) -> Any:
        """Usable follicles per mm2 of each pixel."""

    @property
    def lesion(self) -> Any:
        """How lesional each pixel is, 0 to 1."""

    def neighbours(self, field: Any) -> Any:
        """Sum over the four neighbours of each pixel, mirrored at the edge."""

    def mean(self, field: Any) -> Any:
        """Mean over the patch."""

    @property
    def pixel_area(self) -> Any:
        """mm2."""


class Process(Protocol):
    """One process of the biology."""

    __name__: str

    def __call__(self, skin: Skin, p: Any, drive: Drive, place: Place) -> Rates:
        """Rates of the process, 1/d, in the state `skin` with parameters `p` on a day of `drive`."""
