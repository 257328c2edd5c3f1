"""How far melanin from a colour lies from the truth in people as they are: the person errors of photographs.csv.

People of all eight groups are drawn with `optics.people.draw`, seen by a camera without error, and told by the tables
of `photographs.pigments`. Run: python benchmarks/photograph_people.py
"""

import numpy as np

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.indices import erythema_index, melanin_index
from repigment.optics.instrument import Camera
from repigment.optics.people import draw
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue
from repigment.photographs.skin.pigments import OFFSET, looked_up, skin_indices, table, unlike

PEOPLE = 4000
FOLDS = (0.02, 0.2, 0.4, 0.6, 0.8, 1.5, 2.0)  # melanin of a lesion, own skin = 1
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
    indices(people, tissue)
    print(f"pigment_scattering_sd {np.log(tissue.scattering).std():.3f}")
    print(f"pigment_baseline_sd {np.log(tissue.baseline).std():.3f}")
    print(f"pigment_saturation_sd {np.std(tissue.saturation):.3f}")


def indices(people: Pigments, tissue: Tissue) -> None:
    """Print the errors of melanin and erythema index, and of what lesions differ from own skin in."""

    def told(melanin: float, blood: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
        light = spectrum(Pigments(melanin * people.melanin, blood * people.blood, people.dermal), tissue, Camera())
        found = looked_up(rgb_of_xyz(xyz(light)), table()).astype(float)
        true = np.array([melanin_index(light), erythema_index(light)])
        return np.array(skin_indices(found[:, 0], found[:, 1])), true

    own, true = told(1.0)
    off = own - true
    print(f"index_person_error {np.sqrt(np.mean(off[0] ** 2)):.2f} MI, {off[0].mean():+.2f} in the mean")
    design = np.column_stack([np.ones(PEOPLE), own[0] ** 2])
    floor, growing = np.sqrt(np.maximum(np.linalg.lstsq(design, off[1] ** 2, rcond=None)[0], 0))
    print(f"erythema_person_floor {floor:.2f} EI, {off[1].mean():+.2f} in the mean")
    print(f"erythema_person_error {growing:.3f} EI per MI")
    contrast, redness = [], []
    for fold in FOLDS:
        lesion, of_it = told(fold)
        wrong, size = (lesion - own) - (of_it - true), np.abs(lesion[0] - own[0])
        contrast.append(np.sqrt(np.mean((wrong[0] / size) ** 2)))
        redness.append(np.sqrt(np.mean((wrong[1] / size) ** 2)))
    print(f"contrast_person_error {max(contrast):.3f}: the most of", *(f"{one:.3f}" for one in contrast))
    print(f"redness_person_error {max(redness):.3f} EI per MI: the most of", *(f"{one:.3f}" for one in redness))
    red, of_it = told(1.0, 2.0)
    wrong = (red - own) - (of_it - true)
    print(f"redness_person_fold {np.sqrt(np.mean(wrong[1] ** 2) / np.mean((red - own)[1] ** 2)):.3f}")


if __name__ == "__main__":
    main()
