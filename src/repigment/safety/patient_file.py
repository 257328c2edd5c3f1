"""Reading PATIENT.toml, whatever kind of file it turns out to be, and an example of it."""

import tomllib
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from repigment.cells.paths import shown
from repigment.errors import RepigmentError
from repigment.safety.patient import Patient, admitted

MOST_BYTES = 2**16
MOST_TOLD = 3  # mistakes
TOLD = 40  # characters of a wrong value
REMEDY = "`repigment screen --new` prints an example to fill in"
HEAD = """\
# A patient before a cell product. `repigment screen PATIENT.toml` compares the answers with what trials excluded.
# Take away the # of each line that you can answer and write the answer; what is left commented out is not said.
# Write no name and no number that tells who it is. A research instrument, no medical device.
"""


def load(path: Path) -> Patient:
    """The patient in a file; RepigmentError if it is no TOML text of at most 64 KiB or says what no patient can."""
    try:
        if path.is_dir():
            raise RepigmentError("this is a folder, not a file", where=shown(path), remedy=REMEDY)
        if not path.is_file():
            raise RepigmentError("there is no such file", where=shown(path), remedy=REMEDY)
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:  # a name too long, or with characters that no name has
        reason = getattr(error, "strerror", None) or "no file can have this name"
        raise RepigmentError(f"the file can't be read: {reason}", where=shown(path)) from None
    if len(data) > MOST_BYTES:
        raise RepigmentError("the file is too large to be a patient", where=shown(path), allowed="at most 64 KiB")
    try:
        return parse(data.decode("utf-8-sig"), shown(path))
    except UnicodeDecodeError:
        raise RepigmentError(
            "the file is not text", where=shown(path), allowed="TOML in UTF-8", remedy=REMEDY
        ) from None


def parse(text: str, where: str = "the patient") -> Patient:
    """The patient that TOML `text` tells; RepigmentError with the first mistakes if it tells none."""
    try:
        content = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError, OverflowError) as error:
        said = str(error)[:200] if isinstance(error, tomllib.TOMLDecodeError) else "it is nested or long without end"
        raise RepigmentError(f"this is not TOML: {said}", where=where, remedy=REMEDY) from None
    try:
        return Patient.model_validate(content)
    except ValidationError as error:
        raise _told(error, content, where) from None


def _told(error: ValidationError, content: dict[str, Any], where: str) -> RepigmentError:
    keys = list(dict.fromkeys(str(each["loc"][0]) for each in error.errors(include_url=False)))
    told = [_mistake(key, content) for key in keys[:MOST_TOLD]]
    more = f"; and {len(keys) - MOST_TOLD} more" if len(keys) > MOST_TOLD else ""
    return RepigmentError("; ".join(told) + more, where=where, remedy=REMEDY)


def _mistake(key: str, content: dict[str, Any]) -> str:
    """What is wrong with one key."""
    if key not in Patient.model_fields:
        near = get_close_matches(key[:TOLD], Patient.model_fields, n=1)
        return f"the key {key[:TOLD]!r} is not known" + (f", did you mean {near[0]!r}?" if near else "")
    if key not in content:
        return f"{key} is missing, allowed: {admitted(key)}"
    return f"{key} is {str(content[key])[:TOLD]!r}, allowed: {admitted(key)}"


def example() -> str:
    """A patient to fill in: every key with its question, all but the condition commented out.

    >>> parse(example()).condition
    'vitiligo'
    """
    lines = [HEAD]
    for key, field in Patient.model_fields.items():
        mark, value = ("", '"vitiligo"') if key == "condition" else ("#", _sample(key))
        lines.append(f"{mark}{f'{key} = {value}':<34}# {field.description}; {admitted(key)}")
    return "\n".join(lines) + "\n"


def _sample(key: str) -> str:
    """An answer that excludes nobody."""
    if key.startswith("months"):
        return '"never"'
    return {"consent": "true", "age": "40", "form": '"non-segmental"', "area_percent": "5"}.get(key, "false")
