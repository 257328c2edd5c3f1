"""How a patient's skin looks to light: pigments in absolute amounts, from the fields of the model."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value
from repigment.optics.tissue import Pigments
from repigment.patients.complexion import complexion
from repigment.patients.lesion import Lesion

ON_A_FACE = "face"  # the scale of the condition whose niche has vessels of its own


def appearance(shown: NDArray[np.floating], lesion: Lesion) -> Pigments:
    """Pigments (..., y, x) of maps (..., 4, y, x) as `engine.observe.shown` gives them, of a lesion's skin.

    Melanin is a multiple of the person's own; blood rises with redness, B = B_own (1 + rise x / (1 + x)).
    """
    epidermal, dermal, inflammation, niche = np.moveaxis(np.asarray(shown, float), -3, 0)
    bare, _ = complexion(lesion.person)
    red = reddening(inflammation, niche if lesion.condition.scale == ON_A_FACE else 0.0, lesion.person.sensitivity)
    return Pigments(bare.melanin * epidermal, bare.blood * (1 + value("blood_rise") * red), bare.melanin * dermal)


def reddening(inflammation: Any, niche: Any, sensitivity: float) -> Any:
    """Redness of skin (...) from 0 to 1: x / (1 + x), x = s N / N_half + F / F_half, as `scores.redness` grades it.

    >>> float(reddening(value("redness_half"), 0.0, 1.0))
    0.5
    """
    x = sensitivity * np.maximum(inflammation, 0) / value("redness_half") + np.maximum(niche, 0) / value(
        "redness_vessels"
    )
    return x / (1 + x)
