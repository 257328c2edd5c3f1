"""A comparison of two photographs as JSON, as lines of a table, and as files."""

import json
from dataclasses import asdict
from pathlib import Path

from repigment.photographs.difference import difference, pair, png
from repigment.photographs.visits import Compared
from repigment.saving import save

DIGITS = 6  # significant figures of JSON


def comparison_lines(found: Compared) -> list[tuple[str, str, str, str]]:
    """Every change as name, value, interval and unit: what a terminal shows."""
    return [
        (_name(found, name), f"{each.value:.1f}", f"{each.low:.1f} to {each.high:.1f}", each.unit or _unit(found))
        for name, each in found.change.estimates().items()
    ]


def _name(found: Compared, name: str) -> str:
    """What a change is called: pigment returns to a white lesion, skin around a dark one is clear again."""
    if name == "returned":
        return "repigmented" if found.change.kind == "white" else "cleared"
    return name.replace("_", " ")


def _unit(found: Compared) -> str:
    return "melanin, um" if found.measured_in_melanin else "melanin index"


def comparison_json(found: Compared) -> str:
    """The comparison as JSON in a fixed order, without names of files."""
    change, laid = found.change, found.change.alignment
    told = {
        "lesion": change.kind,
        "changes": {_name(found, name): _rounded(asdict(each)) for name, each in change.estimates().items()},
        "seen": round(change.seen, 4),
        "alignment": _rounded({"model": laid.model, "inliers": laid.inliers, "residual_px": laid.residual}),
        "intervals": change.covers,
        "notes": list(change.notes),
        "before": json.loads(found.before.to_json()),
        "after": json.loads(found.after.to_json()),
    }
    return json.dumps(told, indent=2)


def _rounded(row: dict[str, object]) -> dict[str, object]:
    return {key: float(f"{each:.{DIGITS}g}") if isinstance(each, float) else each for key, each in row.items()}


def write_comparison(found: Compared, folder: Path) -> list[Path]:
    """Write side-by-side.png, difference.png and comparison.json into `folder`; RepigmentError if that fails."""
    seen = found.before.seen
    assert seen is not None, "only what was seen is compared"
    before = seen.photograph.linear
    files: dict[str, str | bytes] = {
        "side-by-side.png": png(pair(before, found.change)),
        "difference.png": png(difference(before, found.change, _unit(found))),
        "comparison.json": comparison_json(found) + "\n",
    }
    for name, content in files.items():
        save(content, folder / name, name)
    return [folder / name for name in files]
