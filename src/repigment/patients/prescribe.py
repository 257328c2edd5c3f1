"""Treatments by name, as they are usually given: for a single patient on the command line."""

import difflib
from collections.abc import Sequence

from repigment.errors import RepigmentError
from repigment.treatments import Treatment, treatments
from repigment.treatments.base import Sessions
from repigment.treatments.uc_msc import MECHANISMS, UCMSC

USUAL_SESSIONS = (0, 4, 8)  # weeks
USUAL_MECHANISMS = tuple(mechanism for mechanism in MECHANISMS if mechanism != "differentiation")


def prescribe(names: Sequence[str], mechanisms: str | None = None) -> list[Treatment]:
    """Treatments by their names; in UC-MSC `mechanisms` (comma-separated, or none) act at full strength.

    That is a what-if: all but differentiation unless said otherwise, and no evidence that they act at all.

    RepigmentError for a name that does not exist, with the nearest that does.

    >>> [treatment.give for treatment in prescribe(["nb-uvb"])]
    ['nb-uvb']
    """
    given = [_usual(name) for name in names]
    cells = [position for position, treatment in enumerate(given) if isinstance(treatment, UCMSC)]
    if mechanisms is None:
        chosen: tuple[str, ...] = USUAL_MECHANISMS
    elif cells:
        chosen = _mechanisms(mechanisms)
    else:
        raise RepigmentError("mechanisms act in UC-MSC only", where="--mechanisms", remedy="add --treatment uc-msc")
    for position in cells:
        given[position] = given[position].model_copy(update={"mechanisms": chosen, "strength": 1.0})
    return given


def _usual(name: str) -> Treatment:
    known = treatments()
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise RepigmentError(
            f"there is no treatment {name!r}",
            where="--treatment",
            allowed=", ".join(known),
            remedy=f"did you mean {near[0]!r}?" if near else "",
        )
    kind = known[name]
    return kind.model_validate({"weeks": USUAL_SESSIONS} if issubclass(kind, Sessions) else {})


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
