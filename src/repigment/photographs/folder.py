"""A folder of photographs: one row each, failures as rows, and what is finished is kept."""

import csv
import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from repigment.errors import RepigmentError
from repigment.photographs.annotate import annotate
from repigment.photographs.files.limits import contents
from repigment.photographs.files.originals import real, spare
from repigment.photographs.measure import measure
from repigment.photographs.options import Options
from repigment.photographs.tables import COLUMNS, as_csv, row
from repigment.saving import save

SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff", ".heic", ".heif", ".webp", ".bmp", ".gif"})
MOST = 100_000  # photographs of a folder
HEAD = ("photograph", "status", "problem", "made from")
DIGITS = 12  # of the name that stands for a photograph whose own is not to be told
TABLE, ANNOTATED, FAILED = "measures.csv", "annotated", "failed"
SAVED = 50  # photographs after which the table is kept
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
    for place, _, names in os.walk(folder):  # which does not follow links to folders
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
    """Measure every photograph of `folder`: a row each in `out`/measures.csv, a picture each in `out`/annotated.

    A photograph that cannot be measured is a row with its problem. With `anonymous` a row names its photograph by the
    beginning of a digest of its bytes, otherwise by its path within the folder. With `resume` finished rows stay, as
    long as photograph and options are the same; the table is kept whole every SAVED photographs and at the end.
    RepigmentError for what holds for all of them.
    """
    table, paths = out / TABLE, _originals(folder, out)
    known = {each["photograph"]: each for each in _kept(table)} if resume else {}
    rows: Rows = []
    try:
        for path in paths:
            name = f"photograph {len(rows) + 1}" if anonymous else path.relative_to(folder).as_posix()
            try:
                digest = hashlib.sha256(contents(path)).hexdigest()
            except RepigmentError as error:
                rows.append(_failed(path, name, error))
            else:
                made_from = hashlib.sha256(f"{digest} {options!r}".encode()).hexdigest()[:DIGITS]
                name = digest[:DIGITS] if anonymous else name
                old = known.get(name, {})
                same = old.get("made from") == made_from and old.get("status") != FAILED
                rows.append(old if same else {**_row(path, name, options, out), "made from": made_from})
            if len(rows) % SAVED == 0:
                save(as_csv(rows, ALL), table, "the table")
            if tell:
                tell(len(rows), len(paths))
    finally:
        if rows:
            save(as_csv(rows, ALL), table, "the table")
    return rows


def _originals(folder: Path, out: Path) -> list[Path]:
    """The photographs of `folder` without the annotated pictures of `out`.

    RepigmentError if none is left, or if a file of an earlier run is one of them under another name.
    """
    made = out / ANNOTATED
    inside = real(made)
    paths = [path for path in photographs(folder) if not real(path).is_relative_to(inside)]
    if not paths:
        raise RepigmentError(
            "the folder holds no photographs but annotated pictures of --out",
            where=folder.name,
            remedy="name the folder of the photographs themselves, or another --out",
        )
    spare(paths, out, [TABLE, *(str(each.relative_to(out)) for each in _files(made))])
    return paths


def _failed(path: Path, name: str, error: Exception) -> dict[str, str]:
    """The row of a photograph that could not be read or measured; it is called `name` in it."""
    told = str(error) if isinstance(error, RepigmentError) else f"it cannot be measured ({type(error).__name__})"
    return {"photograph": name, "status": FAILED, "problem": told.replace(path.name, name)}


def _row(path: Path, name: str, options: Options | None, out: Path) -> dict[str, str]:
    """The photograph's row; whatever is wrong with it is its own problem, not that of the others."""
    import cv2

    try:
        found = measure(path, options)
        if found.seen is not None:
            save(annotate(found), out / ANNOTATED / f"{name}.png", "the annotated picture")
    except (RepigmentError, cv2.error, MemoryError, ArithmeticError, ValueError) as error:
        return _failed(path, name, error)
    status = "partly measured" if found.refusals else "measured"
    return {"photograph": name, "status": status if found.measures else "not measured", **row(found)}


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
