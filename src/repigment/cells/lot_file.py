"""Reading LOT.toml, whatever kind of file it turns out to be."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from types import UnionType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from repigment.cells.lot import Lot
from repigment.cells.paths import shown
from repigment.errors import RepigmentError

MOST_BYTES = 2**20
TOLD = 60  # characters of a wrong value that are repeated
REMEDY = "`repigment lot new` prints a filled lot to copy"
EXPECTED = {
    "int_type": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "string_type": "text in quotes",
    "tuple_type": "a list",
    "model_type": "a table",
    "model_attributes_type": "a table",
}


def read_lot(path: Path) -> Lot:
    """The lot in a file; RepigmentError if it is no TOML text in UTF-8 of at most 1 MiB, or says what no lot can."""
    data, where = _bytes(path), shown(path)
    if not data.strip():
        raise RepigmentError("the file is empty", where=where, remedy=REMEDY)
    if len(data) > MOST_BYTES:
        raise RepigmentError("the file is too large to be a lot", where=where, allowed="at most 1 MiB")
    if b"\0" in data:
        raise RepigmentError("the file is binary, not text", where=where, allowed="TOML text in UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise RepigmentError(
            "the file is not UTF-8",
            where=f"{where}, line {line}",
            allowed="TOML text in UTF-8",
            remedy="save it again with the encoding UTF-8",
        ) from None
    return parse_lot(text, where)


def parse_lot(text: str, where: str) -> Lot:
    """The lot that TOML `text` tells; RepigmentError, with `where` it stands, if it tells none."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RepigmentError(f"this is not TOML: {error}", where=where, remedy=REMEDY) from None
    except (RecursionError, ValueError, OverflowError):
        raise RepigmentError(
            "this is not TOML that can be read: it is nested too deeply, or holds a number without end",
            where=where,
            remedy=REMEDY,
        ) from None
    try:
        return Lot.model_validate(content)
    except ValidationError as error:
        raise _told(error, content, where) from None
    except RecursionError:
        raise RepigmentError("it is nested too deeply to be a lot", where=where, remedy=REMEDY) from None


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise RepigmentError("this is a folder, not a file", where=shown(path), remedy=REMEDY)
        if not path.exists():
            raise RepigmentError("there is no such file", where=shown(path), remedy=REMEDY)
        if not path.is_file():
            raise RepigmentError("this is not an ordinary file", where=shown(path), remedy=REMEDY)
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a name too long, or with characters that no name has
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise RepigmentError(
            f"the file can't be read: {reason}", where=shown(path), remedy="check its name and its permissions"
        ) from None


def _told(error: ValidationError, content: dict[str, Any], where: str) -> RepigmentError:
    """The first mistake that pydantic found, in words."""
    first = error.errors(include_url=False)[0]
    place = _place(first["loc"])
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    where = f"{where}, {place}{more}" if place else f"{where}{more}"
    kind, given = first["type"], first["input"]
    if kind == "extra_forbidden":
        near = get_close_matches(str(first["loc"][-1]), _keys(first["loc"][:-1]), n=1)
        return RepigmentError(
            f"a lot has no {place!r}",
            where=where,
            remedy=f"did you mean {near[0]!r}?" if near else REMEDY,
        )
    if kind == "missing":
        return RepigmentError(f"{place!r} is missing: without it this is no lot", where=where, remedy=REMEDY)
    if kind == "value_error":
        return RepigmentError(str(first["ctx"]["error"]), where=where)
    if "max_length" in first.get("ctx", {}):
        return RepigmentError(f"{place!r} is too long", where=where, allowed=f"at most {first['ctx']['max_length']}")
    expected = EXPECTED.get(kind) or first["msg"].removeprefix("Input should be ").removeprefix("Value should ")
    return RepigmentError(f"{_shown(given)} cannot be {place!r}", where=where, allowed=expected)


def _place(steps: tuple[int | str, ...]) -> str:
    """bag[2].points, counted from one as people count."""
    named = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    place = "".join(named).lstrip(".")
    return _shown(place) if not place.isprintable() or len(place) > TOLD else place


def _shown(given: object) -> str:
    """A wrong value, cut short; what could steer a terminal is written out."""
    text = repr(given) if not isinstance(given, dict | list) else ("a table" if isinstance(given, dict) else "a list")
    return text if len(text) <= TOLD else f"{text[:TOLD]}..."


def _keys(steps: tuple[int | str, ...]) -> list[str]:
    """What the table at `steps` of a lot may hold."""
    table: type[BaseModel] = Lot
    for step in steps:
        if isinstance(step, str) and step in table.model_fields:
            table = table_of(table.model_fields[step].annotation) or table
    return list(table.model_fields)


def table_of(kind: Any) -> type[BaseModel] | None:
    """The kind of record that a field holds, alone or in a list; None if it holds none."""
    if isinstance(kind, type) and not isinstance(kind, UnionType) and issubclass(kind, BaseModel):
        return kind
    return next((found for each in get_args(kind) if (found := table_of(each))), None)
