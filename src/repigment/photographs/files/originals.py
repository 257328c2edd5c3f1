"""Photographs are read and never written: no result may take the place of one."""

from collections.abc import Iterable
from pathlib import Path

from repigment.errors import RepigmentError


def spare(originals: Iterable[Path], folder: Path, names: Iterable[str]) -> None:
    """RepigmentError if one of the files called `names` in a `folder` is one of the `originals`."""
    written = {(folder / name).resolve() for name in names}
    for original in originals:
        if original.resolve() in written:
            raise RepigmentError(
                "a result would be written over the photograph itself",
                where=original.name,
                remedy="name another folder with --out",
            )
