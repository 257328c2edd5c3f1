"""A folder of photographs: one row each, failures as rows, and what is finished is kept."""

import csv
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from repigment.errors import RepigmentError
from repigment.photographs.measure import measure
from repigment.photographs.options import Options
from repigment.photographs.tables import COLUMNS, as_csv, row
from repigment.saving import save

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".bmp"})
MOST = 100_000  # photographs of a folder
HEAD = ("photograph", "status", "problem")
DIGITS = 12  # of the name that stands for a photograph whose own is not to be told
ALL = (*HEAD, *COLUMNS)
Tell = Callable[[int, int], None]
Rows = list[dict[str, str]]


def photographs(folder: Path) -> list[Path]:
    """The photographs of a folder and its folders, by name; RepigmentError if there are none, or too many."""
    if not folder.is_dir():
        raise RepigmentError("there is no such folder", where=folder.name, remedy="name a folder of photographs")
    found = sorted(_files(folder))
    if not found:
        raise RepigmentError("the folder holds no photographs", where=folder.name, allowed=", ".join(sorted(SUFFIXES)))
    if len(found) > MOST:
        raise RepigmentError(f"the folder holds {len(found)} photographs", where=folder.name, allowed=f"up to {MOST}")
    return found


def _files(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder):
        yield from (Path(place) / name for name in names if Path(name).suffix.lower() in SUFFIXES)


def measure_folder(
    folder: Path,
    out: Path,
    options: Options | None = None,
    *,
    anonymous: bool = False,
    resume: bool = False,
    tell: Tell | None = None,
) -> Rows:
    """Measure every photograph of `folder` and keep a row each in the CSV file `out`, which is whole at any time.

    A photograph that cannot be measured is a row with its problem. With `anonymous` a row names its photograph by the
    beginning of a digest of its bytes, otherwise by its path within the folder. With `resume` rows that `out` holds
    already stay; a photograph that has changed its name is a new one. RepigmentError for what holds for all of them.
    """
    paths = photographs(folder)
    known = {each["photograph"]: each for each in _kept(out)} if resume else {}
    rows: Rows = []
    for path in paths:
        name = _digest(path) if anonymous else path.relative_to(folder).as_posix()
        rows.append(known.get(name) or _row(path, name, options))
        if name not in known:
            save(as_csv(rows, ALL), out, "the table")
        if tell:
            tell(len(rows), len(paths))
    save(as_csv(rows, ALL), out, "the table")
    return rows


def _row(path: Path, name: str, options: Options | None) -> dict[str, str]:
    try:
        found = measure(path, options)
    except RepigmentError as error:
        return {"photograph": name, "status": "failed", "problem": str(error).replace(path.name, name)}
    status = "partly measured" if found.refusals else "measured"
    return {"photograph": name, "status": status if found.measures else "not measured", **row(found)}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:DIGITS]
    except OSError as error:
        raise RepigmentError(f"a photograph cannot be read: {error.strerror}", remedy="see who may read it") from error


def _kept(out: Path) -> Rows:
    """Rows of an earlier run; RepigmentError if the file is another table."""
    if not out.is_file():
        return []
    try:
        with out.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise RepigmentError("the table of the earlier run cannot be read", where=out.name) from error
    if tuple(reader.fieldnames or ()) != ALL:
        raise RepigmentError(
            "the file holds another table", where=out.name, remedy="leave out --resume, or name another file"
        )
    return rows
