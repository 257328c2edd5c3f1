"""What stands out against own skin and is no lesion all the same: of no skin's colour, or cut off beside a card."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.photographs.colour.skin_colours import can_be_skin
from repigment.photographs.skin.lesion import Lesion

Mask = NDArray[np.bool_]


@dataclass
class Sieve:
    """Lets lesions through, and keeps in mind how many pixels the largest of what it held back has.

    `light` (h, w, 3) is the picture, `clipped` (h, w) what lies at an end of its range, `beside` (h, w) what lies
    beside a card. `cut` is of places there that come in from the picture's edge, `unlike` of those of another colour.
    """

    light: NDArray[np.float32]
    clipped: Mask
    beside: Mask
    cut: int = 0
    unlike: int = 0

    def passes(self, lesion: Lesion) -> bool:
        """Whether it has a colour that skin can have, and does not come in from the picture's edge beside a card.

        Of what is too dark or too bright for the file, no colour is known.
        """
        size = int(lesion.mask.sum())
        if not size:
            return False
        known = lesion.of(self.clipped).mean() <= value("lesion_clipped")
        if known and not can_be_skin(np.median(lesion.of(self.light), axis=0)):
            self.unlike = max(self.unlike, size)
            return False
        if lesion.cut and lesion.of(self.beside).any():
            self.cut = max(self.cut, size)
            return False
        return True
