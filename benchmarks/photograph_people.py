"""How far melanin from a colour lies from the truth in people as they are: the person errors of photographs.csv.

People of all eight groups are drawn with `optics.people.draw`, seen by a camera without error, and told by the tables
of `photographs.pigments`. Run: python benchmarks/photograph_people.py
"""

import numpy as np

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz, xyz
from repigment.optics.instrument import Camera
from repigment.optics.people import draw
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments
from repigment.photographs.skin.pigments import OFFSET, looked_up, table, unlike

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
    print(f"pigment_scattering_sd {np.log(tissue.scattering).std():.3f}")
    print(f"pigment_baseline_sd {np.log(tissue.baseline).std():.3f}")
    print(f"pigment_saturation_sd {np.std(tissue.saturation):.3f}")


if __name__ == "__main__":
    main()
