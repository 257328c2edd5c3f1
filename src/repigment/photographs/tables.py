"""Measurements as rows of a table: one photograph a row, or one measure a row."""

import csv
import io
from collections.abc import Iterable, Mapping

from repigment.photographs.measure import Measurement
from repigment.photographs.measures import COLOURS, CONDITIONS, left_name

PLACES = ("own skin", "lesion")
NAMES = (  # in the order of columns
    *(f"{of} {name}" for of in PLACES for name in COLOURS),
    *("contrast", "ITA difference", "redness", left_name(False), left_name(True), "unevenness", "evenness"),
    *("share of the skin", "area", "diameter", "diameter across", "depigmented", "depigmentation grade", "VASI"),
    *("involved", "MASI"),
)
COLUMNS = (
    "lesion",
    "lesions",
    "colour by",
    *(f"{name}{end}" for name in NAMES for end in ("", " low", " high")),
    "conditions",
    "withheld",
    "notes",
)


def row(measurement: Measurement) -> dict[str, str]:
    """One photograph as a row with all COLUMNS; what is withheld is empty."""
    told = dict.fromkeys(COLUMNS, "")
    told |= {"lesion": measurement.lesion or "", "lesions": str(_lesions(measurement)), "colour by": measurement.basis}
    for name in NAMES:
        found = measurement.get(name)
        if found is not None:
            told |= {name: _number(found.value), f"{name} low": _number(found.low), f"{name} high": _number(found.high)}
    told["conditions"] = _conditions()
    told["withheld"] = " ".join(str(refusal) for refusal in measurement.refusals)
    told["notes"] = " ".join(measurement.notes)
    return told


def _lesions(measurement: Measurement) -> int:
    return 0 if measurement.seen is None else len(measurement.seen.lesions)


def _conditions() -> str:
    return "; ".join(f"{name}: {each}" for name, each in CONDITIONS.items())


def lines(measurement: Measurement) -> list[tuple[str, str, str, str, str]]:
    """Every measure as name, value, interval, unit and basis, and what colours mean: what a terminal shows."""
    told = [
        (each.name, _number(each.value, 4), f"{_number(each.low, 4)} to {_number(each.high, 4)}", each.unit, each.basis)
        for each in measurement.measures
    ]
    return [*told, ("conditions", "", "", "", _conditions())] if told else []


def as_csv(rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> str:
    r"""Rows as CSV with a heading.

    >>> as_csv([{"a": "1"}], ["a", "b"])
    'a,b\n1,\n'
    """
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _number(value: float, digits: int = 6) -> str:
    return f"{value:.{digits}g}"
