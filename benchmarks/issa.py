"""The model against measured skin, people who had no part in calibrating it: `python benchmarks/issa.py`.

`--calibrate` prints instead the rows of the parameters and of evidence/groups.csv, from the other half of the people.
"""

import sys
from pathlib import Path

import numpy as np
from _timing import table

sys.path.insert(0, str(Path(__file__).parents[1]))
from _calibrate_skin import calibrate

from repigment.optics.colour import lab, xyz
from repigment.optics.fit import fit
from repigment.optics.groups import GROUPS, SITES
from repigment.optics.people import QUANTILES, ita_quantiles
from repigment.optics.tissue import Tissue, typical
from tests.optics.inverted import Inverted
from tests.optics.issa import (
    EXPOSED,
    INNER,
    NAMES,
    Issa,
    colours_missed,
    missing,
    read,
    thirty_a_class,
    tone,
)
from tests.optics.masked import BANDS, Masked

MODELS = {"five numbers": None, "two, medians": typical(), "two, textbook": Tissue(1.0, 1.0, 0.7)}
LEAST = 20  # spectra of which a share is told


def colours(issa: Issa) -> None:
    away = np.linalg.norm(lab(xyz(issa.reflectance)) - issa.lab, axis=1)
    print(f"{len(issa)} spectra: dE of own colours from 400 to 700 nm against the archive's")
    table(["median", "95 %", "most"], [[f"{x:.3f}" for x in np.quantile(away, (0.5, 0.95, 1))]])


def spectra(issa: Issa) -> None:
    """Root mean square residual by class of ITA; the first rows on 30 spectra a class, the last on all."""
    rows = []
    samples = {"30 a class": issa[thirty_a_class(issa, issa.ita)], "all": issa}
    for said, seen in samples.items():
        classes = tone(seen.ita)
        for name, tissue in MODELS.items():
            found = fit(seen.reflectance, tissue=tissue)
            colour, degrees = (np.median(each) for each in colours_missed(seen.reflectance, found.residual))
            medians = [f"{np.median(found.rmse[classes == each]):.4f}" for each in range(len(NAMES))]
            rows.append(
                [f"{name}, {said}", f"{np.median(found.rmse):.4f}", f"{colour:.2f}", f"{degrees:.2f}", *medians]
            )
    table(["free, spectra", "RMSE", "dE", "ITA", *NAMES], rows)


def groups(issa: Issa) -> None:
    """ITA measured and drawn, 5, 50 and 95 %."""
    rows = []
    for site, codes in zip(SITES, (EXPOSED, INNER), strict=True):
        at = issa.at(codes)
        for group in GROUPS:
            angles = at[at.group == group].ita
            measured, drawn = np.quantile(angles, QUANTILES), ita_quantiles(group, site)
            told = [" / ".join(f"{each:.0f}" for each in some) for some in (measured, drawn)]
            rows.append([group, site, str(len(angles)), *told])
    table(["group", "site", "spectra", "ITA measured", "drawn"], rows)


def camera(issa: Issa) -> None:
    """Correlation with the melanin of the whole spectrum, and its 95 % interval."""
    seen = Inverted(issa)
    rows = []
    for measure in seen.measures:
        ends = seen.interval(measure).T
        told = [f"{r:.3f} ({a:.3f}-{b:.3f})" for r, (a, b) in zip(seen.r(measure), ends, strict=True)]
        rows.append([measure, str(len(seen.truth)), *told])
    table(["measure", "people", "r between", "r of the change within"], rows)
    classes = tone(seen.ita)
    bands = [np.exp(np.quantile(seen.blood[classes == each], (0.05, 0.5, 0.95))) for each in range(len(NAMES))]
    print("Blood by camera, fold of that by spectrum: 5, 50, 95 %")
    table(NAMES, [[" / ".join(f"{x:.2f}" for x in band) for band in bands]])


def pixels(issa: Issa) -> None:
    """Intervals of single pixels of the maps where they are called valid, and how far off they are where not."""
    seen = Masked(issa)
    rows = []
    for band in BANDS:
        here = seen.at(band)
        told = [_held(seen, seen.held, here & seen.valid), _held(seen, seen.blood_held, here & seen.blood_valid)]
        sides = [seen.off[here & which] for which in (seen.valid, ~seen.valid)]
        off = [float(np.sqrt(np.mean(side**2))) for side in sides if len(side)]
        rows.append([band, str((here & seen.valid).sum()), *told, str((here & ~seen.valid).sum()), _joined(off)])
    table(["tone", "valid", "melanin held", "blood held", "invalid", "melanin off, um: valid / invalid"], rows)
    hidden = _held(seen, seen.blood_held, seen.valid & ~seen.blood_valid)
    worse = "{:.1f} ({:.1f}-{:.1f})".format(*seen.worse())
    print(f"Called invalid, melanin is {worse} times as far off. Where blood is withheld, {hidden} would hold.")


def _held(seen: Masked, held: np.ndarray, among: np.ndarray) -> str:
    return "{:.3f} ({:.3f}-{:.3f})".format(*seen.share(held, among)) if among.sum() >= LEAST else "-"


def _joined(known: list[float]) -> str:
    return " / ".join(f"{each:.2f}" for each in known)


def main() -> None:
    if reason := missing():
        print(reason)
        return
    everything = read()
    if "--calibrate" in sys.argv:
        calibrate(everything.kept())
        return
    colours(everything)
    kept = everything.kept()
    calibrating, held_out = kept.half
    for report, issa in ((spectra, held_out), (groups, held_out), (camera, kept)):
        print()
        report(issa)
    for said, issa in (("set the intervals", calibrating), ("had no part in it", held_out)):
        print(f"\nSingle pixels, people who {said}: share of 95 % intervals that hold what the spectrum says")
        pixels(issa)


if __name__ == "__main__":
    main()
