"""Tables that hang on code and numbers alone: made once a version, kept in the cache folder."""

from collections.abc import Callable
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import parameters, value
from repigment.saving import remembered

CODE = ("optics", "pictures", "photographs")
SPECTRA = "evidence.spectra"


@cache
def _written() -> str:
    """The code and the spectra that tables are made by."""
    folders = [("py", f"repigment.{room}") for room in CODE] + [("csv", f"repigment.{SPECTRA}")]
    found = [np.__version__]
    for kind, folder in folders:
        found += _texts(files(folder), kind)
    return "\n".join(found)


def _texts(folder: Traversable, kind: str) -> list[str]:
    """What files of a kind in a folder and in its rooms say, by name."""
    found: list[str] = []
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_dir():
            found += _texts(each, kind)
        elif each.name.endswith(kind):
            found.append(each.read_text("utf-8"))
    return found


def kept(name: str, shape: tuple[int, ...], make: Callable[[], NDArray[np.float64]]) -> NDArray[np.float64]:
    """The table called `name` of `shape` that `make` gives; made anew when code, spectra or any parameter changes."""
    numbers = ";".join(f"{each}={value(each)!r}" for each in parameters())
    size = int(np.prod(shape))
    return remembered(f"photograph-{name}", f"{numbers}\n{_written()}", size, make).reshape(shape)
