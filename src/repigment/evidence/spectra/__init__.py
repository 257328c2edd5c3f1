"""Quantities that were measured by wavelength: one file each, with unit, source and status in its first lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.evidence.parameters import STATUSES

SAID = ("unit", "source", "status")
SUFFIX = ".csv"


@dataclass(frozen=True, slots=True)
class Spectra:
    """Named curves over `wavelengths` in nm, with their unit, source and status."""

    wavelengths: NDArray[np.float64]
    curves: Mapping[str, NDArray[np.float64]]
    unit: str
    source: str
    status: str


def named_spectra() -> tuple[str, ...]:
    """Names of all files of spectra.

    >>> "haemoglobin" in named_spectra()
    True
    """
    found = (entry.name for entry in files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in found if name.endswith(SUFFIX)))


@cache
def spectra(name: str) -> Spectra:
    """The curves of one file; RepigmentError if there is none of that name.

    >>> spectra("lights").status
    'measured'
    """
    if name not in named_spectra():
        raise RepigmentError(f"no spectra are called {name!r}", allowed=", ".join(named_spectra()))
    lines = (files(__name__) / f"{name}{SUFFIX}").read_text("utf-8").splitlines()
    said = dict(line.removeprefix("# ").split(": ", 1) for line in lines if line.startswith("#"))
    if set(said) != set(SAID) or said["status"] not in STATUSES:
        raise ValueError(f"the spectra {name} must say {', '.join(SAID)}, and one of the known statuses")
    heading, *rows = (line.split(",") for line in lines if not line.startswith("#"))
    columns = np.array(rows, float).T
    return Spectra(columns[0], MappingProxyType(dict(zip(heading[1:], columns[1:], strict=True))), **said)
