"""A folder of photographs: one row each, failures as rows, and what is finished is kept."""

import csv
import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from repigment.errors import RepigmentError
from repigment.evidence.parameters import digest, value
from repigment.photographs.annotate import annotate
from repigment.photographs.files.formats import EVERY_SUFFIX
from repigment.photographs.files.limits import contents, name_of, plain, refused
from repigment.photographs.files.originals import real, spare
from repigment.photographs.files.reading import unpacked
from repigment.photographs.measure import measured
from repigment.photographs.options import Options
from repigment.photographs.tables import COLUMNS, as_csv, row
from repigment.saving import save

MOST = 100_000  # photographs of a folder
HEAD = ("photograph", "status", "problem", "made from")
DIGITS = 12  # of the name that stands for a photograph whose own is not to be told
TABLE, ANNOTATED = "measures.csv", "annotated"
FAILED, NONE = "failed", "not measured"  # of what a row can say of its photograph
SAVED = 50  # photographs after which the table is kept
ALL = (*HEAD, *COLUMNS)
Tell = Callable[[int, int], None]
Rows = list[dict[str, str]]


class Found(NamedTuple):
    """Photographs of a folder and its folders by name, and among them the folders that may not be read, with why."""

    paths: list[Path]
    unread: dict[Path, RepigmentError]


def photographs(folder: Path) -> Found:
    """What a folder and its folders hold; RepigmentError if there are no photographs, or too many."""
    if not folder.is_dir():
        raise RepigmentError("there is no such folder", where=name_of(folder), remedy="name a folder of photographs")
    unread: dict[Path, RepigmentError] = {}

    def note(error: OSError) -> None:
        path = Path(os.fsdecode(error.filename or folder))
        unread[path] = refused(error, name_of(path))

    found = sorted([*_files(folder, note), *unread])
    if folder in unread:
        raise unread[folder]
    if not found:
        suffixes = ", ".join(sorted(EVERY_SUFFIX))
        raise RepigmentError("the folder holds no photographs", where=name_of(folder), allowed=suffixes)
    if len(found) > MOST:
        told = f"the folder holds {len(found)} photographs"
        raise RepigmentError(told, where=name_of(folder), allowed=f"up to {MOST}")
    return Found(found, unread)


def _files(folder: Path, note: Callable[[OSError], None] | None = None) -> Iterator[Path]:
    for place, _, names in os.walk(folder, onerror=note):  # which does not follow links to folders
        yield from (Path(place) / name for name in names if Path(name).suffix.lower() in EVERY_SUFFIX)


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

    A photograph that cannot be measured, and a folder that may not be read, is a row with its problem. With
    `anonymous` a row names its photograph by the beginning of a digest of its bytes, otherwise by its path within the
    folder. With `resume` finished rows stay, as long as photograph, options, version and parameters are the same and
    their pictures are there; the table is kept whole every SAVED photographs and at the end. RepigmentError for what
    holds for all of them.
    """
    table, found, options = out / TABLE, _originals(folder, out), options or Options()
    known = {each["photograph"]: each for each in _kept(table)} if resume else {}
    alike = f"{options!r} {version('repigment')} {digest()}"
    rows: Rows = []
    try:
        for path in found.paths:
            what = "folder" if path in found.unread else "photograph"
            name = f"{what} {len(rows) + 1}" if anonymous else plain(path.relative_to(folder).as_posix())
            try:
                if path in found.unread:
                    raise found.unread[path]
                data = contents(path)
                of = hashlib.sha256(data).hexdigest()
                name = of[:DIGITS] if anonymous else name
                made_from = hashlib.sha256(f"{of} {alike}".encode()).hexdigest()[:DIGITS]
                if _stays(known.get(name, {}), made_from, out):
                    rows.append(known[name])
                else:
                    rows.append({**_row(data, path, name, options, out), "made from": made_from})
            except Exception as error:  # whatever is wrong with it is its own problem, not that of the others
                rows.append(_failed(path, name, error))
            if len(rows) % SAVED == 0:
                save(as_csv(rows, ALL), table, "the table")
            if tell:
                tell(len(rows), len(found.paths))
    finally:
        if rows:
            save(as_csv(rows, ALL), table, "the table")
    return rows


def _stays(old: Mapping[str, str], made_from: str, out: Path) -> bool:
    """Whether a row of an earlier run is that of the same photograph and whole: what was measured has its picture."""
    if old.get("made from") != made_from or old.get("status") == FAILED:
        return False
    return old["status"] == NONE or _annotated(out, old["photograph"]).is_file()


def _annotated(out: Path, name: str) -> Path:
    """Where the annotated picture of a photograph lies."""
    return out / ANNOTATED / f"{name}.png"


def _originals(folder: Path, out: Path) -> Found:
    """What `folder` holds without the annotated pictures of `out`.

    RepigmentError if nothing is left, or if a file of an earlier run is one of them under another name.
    """
    made = out / ANNOTATED
    inside = real(made)
    found = photographs(folder)
    paths = [path for path in found.paths if not real(path).is_relative_to(inside)]
    if not paths:
        raise RepigmentError(
            "the folder holds no photographs but annotated pictures of --out",
            where=name_of(folder),
            remedy="name the folder of the photographs themselves, or another --out",
        )
    spare(paths, out, [TABLE, *(str(each.relative_to(out)) for each in _files(made))])
    return Found(paths, found.unread)


def _failed(path: Path, name: str, error: Exception) -> dict[str, str]:
    """The row of a photograph that could not be read or measured; it is called `name` in it."""
    told = str(error) if isinstance(error, RepigmentError) else f"it cannot be measured ({type(error).__name__})"
    told = plain(told).replace(name_of(path), name)
    return {"photograph": name, "status": FAILED, "problem": told}


def _row(data: bytes, path: Path, name: str, options: Options, out: Path) -> dict[str, str]:
    """The row of a photograph by the bytes of its file; its annotated picture is written."""
    found = measured(unpacked(data, name_of(path), value("measure_pixels")), options)
    if found.seen is not None:
        save(annotate(found), _annotated(out, name), "the annotated picture")
    status = "partly measured" if found.refusals else "measured"
    return {"photograph": name, "status": status if found.measures else NONE, **row(found)}


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
