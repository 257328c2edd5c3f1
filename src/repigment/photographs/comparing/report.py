"""A comparison of two photographs as JSON, as lines of a table, and as files."""

import json
from dataclasses import asdict
from pathlib import Path

from repigment.evidence.parameters import value
from repigment.photographs.comparing.difference import difference, pair
from repigment.photographs.comparing.draws import Estimate
from repigment.photographs.comparing.visits import Compared
from repigment.pictures.strip import png
from repigment.saving import save

DIGITS = 6  # significant figures of JSON


MEANINGS = {
    "area_before": "area of the lesion in the first photograph",
    "area_after": "area of the lesion in the second photograph",
    "area_change": "of the first area; below 0 it shrank",
    "new_area": "lesion where there was none",
    "new_share": "lesion where there was none, of the first area",
    "own_change": "own skin darker (above 0) or lighter",
}
WHITE = {
    "returned": "part of the first area that is white no more",
    "restored": "lost pigment that came back, shades of it counted",
    "left_before": "pigment of the patch, of own skin's, first visit",
    "left_after": "pigment there, of own skin's, second visit",
}
DARK = {
    "returned": "part of the first area that is dark no more",
    "restored": "all excess pigment that went, by paling or shrinking",
    "faded": "fall of contrast to own skin inside the outline",
}
NAMES = {
    "white": {"returned": "repigmented", "left_before": "melanin left before", "left_after": "melanin left after"},
    "dark": {"returned": "cleared", "restored": "excess gone"},
}


def comparison_lines(found: Compared) -> list[tuple[str, str, str, str, str]]:
    """Every change as name, value, interval, unit and meaning: what a terminal shows."""
    return [
        (
            _name(found, name),
            _told(each.value),
            f"{_told(each.low)} to {_told(each.high)}",
            each.unit,
            _meaning(found, name),
        )
        for name, each in found.change.estimates().items()
    ]


def _told(number: float) -> str:
    """One digit after the point, two where that would leave one."""
    return f"{number + 0.0:.1f}" if abs(number) >= 1 else f"{round(number, 2) + 0.0:.2f}"


def _name(found: Compared, name: str) -> str:
    """What a change is called: pigment returns to a white lesion, skin around a dark one is clear again."""
    return NAMES[found.change.kind].get(name, name.replace("_", " "))


def _meaning(found: Compared, name: str) -> str:
    return ({**MEANINGS, **(WHITE if found.change.kind == "white" else DARK)})[name]


def comparison_notes(found: Compared) -> tuple[str, ...]:
    """What the user should know: what is withheld of each photograph, and of the change."""
    red = ("melanin is not used: the change is told by red light",) if found.withheld else ()
    return (*found.withheld, *red, *found.change.notes, *_lost(found))


def _lost(found: Compared) -> tuple[str, ...]:
    """A note where draws without a lesion could have held a whole end of an interval."""
    lost = max((each.lost for each in found.change.estimates().values()), default=0.0)
    if lost <= value("compare_lost"):
        return ()
    return (
        f"the first photograph's lesion hardly stands out from uneven skin: {lost:.0%} of the draws behind the "
        "intervals show none; the intervals are of the others and may be too narrow",
    )


def comparison_json(found: Compared) -> str:
    """The comparison as JSON in a fixed order, without names of files."""
    change, laid = found.change, found.change.alignment
    told = {
        "lesion": change.kind,
        "changes": {_name(found, name): _row(found, name, each) for name, each in change.estimates().items()},
        "seen": round(change.seen, 4),
        "alignment": _rounded({"model": laid.model, "inliers": laid.inliers, "residual_px": laid.residual}),
        "intervals": change.covers,
        "notes": list(comparison_notes(found)),
        "before": json.loads(found.before.to_json()),
        "after": json.loads(found.after.to_json()),
    }
    return json.dumps(told, indent=2)


def _row(found: Compared, name: str, each: Estimate) -> dict[str, object]:
    told = {name: one for name, one in asdict(each).items() if name != "lost"}  # which is a note
    return {**_rounded(told), "meaning": _meaning(found, name)}


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {key: float(f"{each:.{DIGITS}g}") if isinstance(each, float) else each for key, each in row.items()}


def write_comparison(found: Compared, folder: Path) -> list[Path]:
    """Write side-by-side.png, difference.png and comparison.json into `folder`; RepigmentError if that fails."""
    seen = found.before.seen
    assert seen is not None, "only what was seen is compared"
    before = seen.photograph.linear
    files: dict[str, str | bytes] = {
        "side-by-side.png": png(pair(before, found.change)),
        "difference.png": png(difference(found.change)),
        "comparison.json": comparison_json(found) + "\n",
    }
    for name, content in files.items():
        save(content, folder / name, name)
    return [folder / name for name in files]
