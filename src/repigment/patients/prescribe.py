"""Treatments in the words of the command line: by name as usually given, or written out as in a study."""

import difflib
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from repigment.errors import RepigmentError
from repigment.treatments import Treatment, treatments
from repigment.treatments.base import Sessions
from repigment.treatments.cell_product import MECHANISMS, CellProduct
from repigment.treatments.graft import Graft
from repigment.treatments.lots import with_lots

USUAL_SESSIONS = (0, 4, 8)  # weeks
USUAL: dict[str, dict[str, Any]] = {
    "laser": {"device": "q-switched", "weeks": (0,)},
    "cryotherapy": {"weeks": (0,)},
}  # where it differs


def prescribe(words: Sequence[str], mechanisms: str | None = None) -> list[Treatment]:
    """Treatments by their names, or as the inline tables of a study; `mechanisms` are those of UC-MSC that act.

    All but differentiation unless said otherwise (comma-separated, or none). RepigmentError for a name that does not
    exist, with the nearest that does, and for a table that is no treatment.

    >>> [treatment.give for treatment in prescribe(["nb-uvb", '{ give = "peel", depth = "medium", weeks = [0] }'])]
    ['nb-uvb', 'peel']
    """
    given = [_written(word) if word.lstrip().startswith("{") else _usual(word) for word in words]
    if mechanisms is None:
        return given
    cells = [position for position, treatment in enumerate(given) if isinstance(treatment, CellProduct)]
    if not cells:
        raise RepigmentError("mechanisms act in UC-MSC only", where="--mechanisms", remedy="add --treatment uc-msc")
    for position in cells:
        given[position] = given[position].model_copy(update={"mechanisms": _mechanisms(mechanisms)})
    return given


def _written(text: str) -> Treatment:
    """A treatment from an inline table of TOML."""
    try:
        table = tomllib.loads(f"treatment = {text}")["treatment"]
    except tomllib.TOMLDecodeError as error:
        raise RepigmentError(
            f"the table {text!r} cannot be read: {error}",
            where="--treatment",
            remedy="""write it as in a study, e.g. '{ give = "peel", depth = "medium", weeks = [0, 4] }'""",
        ) from error
    with_lots(table, Path())
    return _made(str(table.get("give", "")), {key: each for key, each in table.items() if key != "give"})


def _usual(name: str) -> Treatment:
    """A treatment as it is usually given."""
    kind = _kind(name)
    weeks = USUAL_SESSIONS[:1] if issubclass(kind, Graft) else USUAL_SESSIONS
    usual: dict[str, Any] = {"weeks": weeks} if issubclass(kind, Sessions) else {}
    return _made(name, usual | USUAL.get(name, {}))


def _kind(name: str) -> type[Treatment]:
    known = treatments()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise RepigmentError(
            f"there is no treatment {name!r}",
            where="--treatment",
            allowed=", ".join(known),
            remedy=f"did you mean {near[0]!r}?" if near else "",
        )
    return known[name]


def _made(name: str, fields: dict[str, Any]) -> Treatment:
    """A treatment of that name; a RepigmentError says what is wrong with its fields, and what it may have."""
    kind = _kind(name)
    try:
        return kind.model_validate(fields)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        known = ", ".join(field.alias or key for key, field in kind.model_fields.items() if key != "give")
        raise RepigmentError(
            f"{name}: {where + ': ' if where else ''}{first['msg'].lower()}",
            where="--treatment",
            allowed=known,
            remedy=f"""write it as in a study: '{{ give = "{name}", ... }}'""",
        ) from error


def _mechanisms(text: str) -> tuple[str, ...]:
    chosen = tuple(word.strip() for word in text.split(",") if word.strip() and word.strip() != "none")
    for mechanism in chosen:
        if mechanism not in MECHANISMS:
            near = difflib.get_close_matches(mechanism, MECHANISMS, n=1)
            raise RepigmentError(
                f"UC-MSC have no mechanism {mechanism!r}",
                where="--mechanisms",
                allowed=", ".join([*MECHANISMS, "none"]),
                remedy=f"did you mean {near[0]!r}?" if near else "",
            )
    return chosen
