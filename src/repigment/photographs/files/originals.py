"""Photographs are read and never written: no result may take the place of one."""

import os
from collections.abc import Iterable
from pathlib import Path

from repigment.errors import RepigmentError
from repigment.photographs.files.limits import name_of


def spare(originals: Iterable[Path], folder: Path, names: Iterable[str]) -> None:
    """RepigmentError if one of the files called `names` in a `folder` is one of the `originals`.

    A link to it, or its name in other letters where a disk does not tell them apart, is the original as well.
    """
    results = [folder / name for name in names]
    written = {real(each) for each in results} | {_file(each) for each in results} - {None}
    for original in originals:
        if real(original) in written or _file(original) in written:
            raise RepigmentError(
                "a result would be written over the photograph itself",
                where=name_of(original),
                remedy="name another folder with --out",
            )


def real(path: Path) -> Path:
    """Where a path leads to, through links; a link that leads to itself is left as it is.

    >>> real(Path("/"))
    PosixPath('/')
    """
    return Path(os.path.realpath(path))


def _file(path: Path) -> tuple[int, int] | None:
    """What the disk calls a file, the same for all of its names; None where there is none."""
    try:
        about = path.stat()
    except OSError:
        return None
    return about.st_dev, about.st_ino
