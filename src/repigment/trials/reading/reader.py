"""From a file or text to a study, with a message for whoever wrote it if it can't be one."""

import json
import re
import tomllib
from os import PathLike
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from repigment.errors import RepigmentError
from repigment.treatments.lots import with_lots
from repigment.trials.reading.closest import closest
from repigment.trials.reading.completing import complete
from repigment.trials.reading.library import built_in_studies
from repigment.trials.reading.mistakes import StudyError
from repigment.trials.reading.oddities import oddities
from repigment.trials.reading.study_file import TOO_LONG, read_file
from repigment.trials.reading.translation import translate
from repigment.trials.study import Study

SYNTAX = re.compile(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)", re.DOTALL)
DEEP = re.compile(r"(?<![\w\"'-])(?:[\w\"'-]+\s*\.\s*){13}")  # a.b.c and so on
TOLD = {  # what the parser says, in words of somebody who never heard of one
    "Invalid value": ("a value is neither number nor text nor list", "put texts in quotes"),
    "Unterminated string": ("a text has no closing quote", "close every quote"),
    "Cannot overwrite a value": ("a key is written twice", "keep one of them"),
    "Cannot declare": (
        "a heading is written twice",
        "keep one; headings that may repeat have two brackets: [[arm]]",
    ),
    "Cannot mutate": ("a table in { } is written to again below", "put everything between its brackets"),
    "Exceeds the limit": ("a number has thousands of digits", "write an ordinary number"),
    "Unclosed array": ("a list is not closed", "close it with ]"),
    "Unclosed inline table": ("a table is not closed", "close it with } on the same line"),
}
LIST_THEM = "`repigment studies` lists the built-in studies"


def load(name_or_path: str | PathLike[str]) -> Study:
    """The built-in study of that name, or the study in the TOML file at that path."""
    built_in = built_in_studies()
    given = str(name_or_path)
    if given in built_in:
        return read(built_in[given], where=f"the built-in study '{given}'", name=given)
    path = Path(name_or_path)
    if not given.strip() or not _is_there(path):
        raise _unknown(given, list(built_in))
    return read(read_file(path), where=given, name=path.stem, folder=path.parent)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # too long, or with characters that no path has
        return False


def _unknown(given: str, names: list[str]) -> RepigmentError:
    given = given if len(given) <= 200 else given[:200] + "…"
    if given.endswith(".toml") or "/" in given:
        near = closest(Path(given).stem, names)
        remedy = f"check the path, or use the built-in study '{near}'" if near else f"check the path; {LIST_THEM}"
        return RepigmentError(f"there is no file {given!r}", remedy=remedy)
    near = closest(given, names)
    return RepigmentError(
        f"no study is called {given!r}",
        allowed=", ".join(names) + ", or the path of a TOML file",
        remedy=f"write '{near}'" if near else LIST_THEM,
    )


def read(text: str, *, where: str, name: str, folder: Path = Path()) -> Study:
    """The study in a TOML text; RepigmentError with all its first mistakes if it is not one.

    Lots that it names by their files are looked for in `folder`.
    """
    data = _parse(text, where)
    odd = oddities(data)
    if odd:
        raise StudyError(odd, data, where, text)
    complete(data, name)
    lots = with_lots(data, folder)
    try:
        study = Study.model_validate_json(json.dumps(data), strict=True)
    except ValidationError as error:
        raise StudyError(translate(error), data, where, text) from None
    except StudyError as error:
        raise StudyError(error.mistakes, data, where, text) from None
    study._text = "" if lots else text  # what is kept of it must not need another file
    return study


def _parse(text: str, where: str) -> dict[str, Any]:
    try:
        text.encode("utf-8")
        _check_lines(text, where)
        return tomllib.loads(text.removeprefix("\ufeff"))
    except UnicodeEncodeError:
        raise RepigmentError("a character is not text", where=where, allowed="text in UTF-8") from None
    except RecursionError:
        raise RepigmentError("lists or tables are nested too deeply", where=where, allowed="12 levels") from None
    except ValueError as error:
        raise _syntax(str(error), text, where) from None


def _check_lines(text: str, where: str) -> None:
    """Refuse what no study has and what would keep the parser busy for minutes."""
    for number, line in enumerate(text.split("\n"), 1):
        place = f"{where}, line {number}"
        if len(line) > TOO_LONG:
            raise RepigmentError("a line is too long to be read", where=place, allowed=f"{TOO_LONG} characters a line")
        if DEEP.search(line):
            raise RepigmentError("lists or tables are nested too deeply", where=place, allowed="12 levels")


def _syntax(message: str, text: str, where: str) -> RepigmentError:
    """The message for text that is not TOML, with the line on which reading stopped."""
    found = SYNTAX.fullmatch(message)
    said, line = (found[1], found[2]) if found else (message, None)
    what, remedy = next((told for start, told in TOLD.items() if said.startswith(start)), ("", ""))
    lines = text.split("\n")
    quoted = lines[int(line) - 1].strip() if line and int(line) <= len(lines) else ""
    return RepigmentError(
        f"this is not TOML: {what or said[:1].lower() + said[1:]}" + (f", at {quoted[:60]!r}" if quoted else ""),
        where=where + (f", line {line}" if line else ""),
        allowed='lines such as question = "text in quotes", visits = [0, 12, 24], or a [heading]',
        remedy=remedy or "mend that line",
    )
