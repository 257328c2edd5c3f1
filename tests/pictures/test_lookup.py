"""The table of channels against the spectra that it stands for."""

import numpy as np
import pytest

from repigment.optics.colour import lab, weights
from repigment.optics.tissue import Pigments, Tissue
from repigment.pictures.lookup import Lookup, maps

RNG = np.random.default_rng(3)
SHAPE = (40, 50)


@pytest.mark.parametrize("dermal", [0.0, 2.0, "drawn"])
@pytest.mark.parametrize("tissue", [None, Tissue(0.8, 0.6, 0.6)])
def test_channels_are_those_of_the_spectra(dermal: float | str, tissue: Tissue | None) -> None:
    held = RNG.uniform(0, 8, SHAPE) if dermal == "drawn" else dermal
    pigments = maps(Pigments(RNG.uniform(0, 25, SHAPE), RNG.uniform(0.002, 0.08, SHAPE), held))
    lookup = Lookup(weights(), tissue)
    found, exact = lookup(pigments), lookup.spectra(pigments)
    assert np.linalg.norm(lab(found) - lab(exact), axis=-1).max() < 0.1


def test_even_skin_is_even() -> None:
    found = Lookup(weights())(maps(Pigments(np.full(SHAPE, 3.0), 0.02)))
    assert (found == found[0, 0]).all()
