"""A photograph as it is stored, before anything is made of it."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.photographs.files.rounding import EXACT, Steps
from repigment.photographs.files.space import SRGB, Space
from repigment.photographs.refusal import Refusal

UNKNOWN_SPACE = Refusal(
    "colour",
    "the file says that its colours are of a kind that cannot be read.",
    "Save it with the profile sRGB, or as the camera wrote it.",
)

GREY = Refusal("colour", "the photograph is grey: it has no colour.", "Take it, or save it, in colour.")


@dataclass(frozen=True, eq=False)
class Pixels:
    """Levels (h, w, 3) of 8 or 16 bits as stored, the `seen` ones (h, w) or None for all, and what to make of them.

    `orientation` is that of EXIF, 1 to 8: 1 if nothing is to be turned; `steps` is what the file rounds off.
    """

    levels: NDArray[Any]
    seen: NDArray[np.bool_] | None = None
    orientation: int = 1
    space: Space = SRGB
    notes: tuple[str, ...] = ()
    refused: tuple[Refusal, ...] = ()
    steps: Steps = EXACT

    @property
    def top(self) -> int:
        """The highest level that can be stored."""
        return int(np.iinfo(self.levels.dtype).max)
