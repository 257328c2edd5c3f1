"""How far melanin from a colour lies from the truth in people as they are: the person errors of photographs.csv.

People of all eight groups are drawn with `optics.people.draw`, seen by a camera without error, and told by the tables
of `photographs.pigments`; melanin and erythema index besides in people of ISSA, the half that calibrates. Run:
python benchmarks/photograph_people.py
"""

import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.indices import erythema_index, melanin_index
from repigment.optics.instrument import Camera, surface
from repigment.optics.people import draw
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue
from repigment.photographs.skin.pigments import OFFSET, looked_up, table, unlike
from tests.optics.issa import EXPOSED, INNER, missing, read, two_sites

PEOPLE = 4000
FOLDS = (0.02, 0.2, 0.4, 0.6, 0.8, 1.5, 2.0)  # melanin of a lesion, own skin = 1
BLOODS = (0.5, 2.0, 3.0)  # blood of a lesion, own skin = 1
FAINT, CLEAR = 1.5, 2.0  # um of found melanin below and above which the floor and the fold are told


def main() -> None:
    people, tissue = draw(None, np.random.default_rng(0), count=PEOPLE)

    def told(fold: float) -> np.ndarray:
        lesion = Pigments(fold * people.melanin, people.blood, people.dermal)
        return looked_up(rgb_of_xyz(xyz(spectrum(lesion, tissue, Camera()))), table()).astype(float)

    own = told(1.0)
    found, true = own[:, 0], np.asarray(people.melanin)
    off = found - true
    print(f"melanin_person_error {np.sqrt(np.mean((off / found)[found > CLEAR] ** 2)):.3f}")
    print(f"melanin_person_floor {np.sqrt(np.mean(off[found < FAINT] ** 2)):.3f} um")
    each = [np.sqrt(np.mean((told(fold)[:, 0] / found - fold) ** 2)) / abs(1 - fold) for fold in FOLDS]
    print(f"melanin_left_error {max(each):.3f}: the most of", *(f"{one:.3f}" for one in each))
    slopes = own[:, 3:6]
    unusual = value("pigment_error_least") + value("pigment_error_misfit") * own[:, 2] ** 2
    sd = np.sqrt(unusual * np.einsum("na,ab,nb->n", slopes, unlike(), slopes)) * (found + OFFSET)
    print(f"Maps.error holds {np.mean(np.abs(off) < 1.96 * sd):.3f} of people")
    drawn(people, tissue)
    print(missing()) if missing() else measured()
    print(f"pigment_scattering_sd {np.log(tissue.scattering).std():.3f}")
    print(f"pigment_baseline_sd {np.log(tissue.baseline).std():.3f}")
    print(f"pigment_saturation_sd {np.std(tissue.saturation):.3f}")


def indices(light: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Melanin and erythema index (2, n) by the colour of spectra (n, 31) that a camera sees, and by the spectra."""
    told = looked_up(rgb_of_xyz(xyz(light)), table())[:, -2:].T.astype(float)
    return told, np.array([melanin_index(light), erythema_index(light)])


def own_skin(told: np.ndarray, true: np.ndarray) -> None:
    """Print the errors of the indices of own skin."""
    off = told - true
    print(f"index_person_error {np.sqrt(np.mean(off[0] ** 2)):.2f} MI, {off[0].mean():+.2f} in the mean")
    growing = slopes(off[1], told[:1])
    print(f"erythema_person_floor {growing[0]:.2f} EI, {off[1].mean():+.2f} in the mean")
    print(f"erythema_person_error {growing[1]:.3f} EI per MI")


def slopes(off: np.ndarray, by: np.ndarray) -> np.ndarray:
    """Roots (1 + k,) of the least-squares a0 + a1 x1^2 + ... of `off`^2 (n,), x being `by` (k, n)."""
    design = np.column_stack([np.ones(len(off)), *by**2])
    return np.sqrt(np.maximum(np.linalg.lstsq(design, off**2, rcond=None)[0], 0))


def drawn(people: Pigments, tissue: Tissue) -> None:
    """Print the errors of the indices in drawn people, and of what lesions differ from own skin in."""

    def told(melanin: float, blood: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        lesion = Pigments(melanin * people.melanin, blood * people.blood, people.dermal)
        return indices(spectrum(lesion, tissue, Camera()))

    def apart(melanin: float, blood: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        (lesion, of_it), (own, true) = told(melanin, blood), told(1.0)
        return lesion - own, (lesion - own) - (of_it - true)

    print("drawn people:")
    own_skin(*told(1.0))
    for name, at in (("contrast_person_error", 0), ("redness_person_error", 1)):
        each = [np.sqrt(np.mean((wrong[at] / gap[0]) ** 2)) for gap, wrong in map(apart, FOLDS)]
        print(f"{name} {max(each):.3f} per MI: the most of", *(f"{one:.3f}" for one in each))
    for name, at in (("contrast_person_fold", 0), ("redness_person_fold", 1)):
        redder = [apart(1.0, blood) for blood in BLOODS]
        each = [np.sqrt(np.mean(wrong[at] ** 2) / np.mean(gap[1] ** 2)) for gap, wrong in redder]
        print(f"{name} {max(each):.3f} per EI: the most of", *(f"{one:.3f}" for one in each))


def measured() -> None:
    """Print the errors of the indices in people of ISSA; of differences, between two sites of the same person."""
    calibrating, _ = read().kept().half
    here = calibrating.at(EXPOSED + INNER)
    told, true = indices(here.reflectance - surface())
    print(f"{len(here)} spectra of ISSA:")
    own_skin(told, true)
    one, other = two_sites(here).T
    gap, of_it = told[:, one] - told[:, other], true[:, one] - true[:, other]
    for name, at in (("contrast", 0), ("redness", 1)):
        floor, per_mi, per_ei = slopes(gap[at] - of_it[at], gap)
        print(f"{name}_person_error {per_mi:.3f} per MI, {name}_person_fold {per_ei:.3f} per EI; of sites {floor:.2f}")


if __name__ == "__main__":
    main()
