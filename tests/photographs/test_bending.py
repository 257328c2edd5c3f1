import numpy as np
import pytest

from repigment.optics.colour import XYZ_OF_RGB, ita, lab, xyz
from repigment.optics.instrument import Camera
from repigment.optics.people import SKIN_TYPES, own
from repigment.optics.skin import spectrum
from repigment.photographs.colour.bending import STRAIGHT, bent, fitted, terms
from repigment.photographs.colour.library import member, people_bends, skin_matrices
from repigment.pictures.sensors import sensitivities, sensors

SKIN = np.stack([spectrum(own(name), None, Camera()) for name in SKIN_TYPES])
TRUE = ita(lab(xyz(SKIN)))


def test_terms_and_what_is_bent_rise_with_the_light() -> None:
    colour, bend = np.array([0.4, 0.2, 0.1]), STRAIGHT + 0.01
    assert terms(3 * colour) == pytest.approx(3 * terms(colour))
    assert bent(3 * colour, bend) == pytest.approx(3 * bent(colour, bend))


def test_a_colour_below_zero_has_no_root_but_stays() -> None:
    assert bent(np.array([0.3, 0.1, -0.01]), STRAIGHT) == pytest.approx([0.3, 0.1, -0.01])


def test_a_known_bend_is_found() -> None:
    rng = np.random.default_rng(3)
    colours, bend = rng.uniform(0.02, 0.7, (400, 3)), STRAIGHT + 0.05 * rng.standard_normal(STRAIGHT.shape)
    found = fitted(colours, terms(colours) @ bend, np.broadcast_to(np.eye(3), (400, 3, 3)))
    assert found == pytest.approx(bend, abs=2e-3)


@pytest.mark.parametrize("lamp", ["D65", "A", "FL11", "LED-B1"])
@pytest.mark.parametrize("camera", sensors())
def test_skin_of_all_types_is_truer_than_by_a_matrix(camera: str, lamp: str) -> None:
    """Of a camera and a lamp that are known; under incandescent light a matrix alone leaves up to 1.3 degrees."""
    weights = member(sensitivities(camera), lamp)[None]
    matrices = skin_matrices(weights)
    straight = SKIN @ weights[0] @ matrices[0] @ np.linalg.inv(XYZ_OF_RGB.T)
    bend = people_bends(weights, matrices)[0]
    off, without = (ita(lab(each @ XYZ_OF_RGB.T)) - TRUE for each in (bent(straight, bend), straight))
    assert np.abs(off).max() < 0.8
    assert np.abs(off).max() < max(np.abs(without).max(), 0.4)
