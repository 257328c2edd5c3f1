"""Lots that treatments name by their files: read in, and judged on the day of reading."""

from datetime import date
from pathlib import Path
from typing import Any

from repigment.cells import release
from repigment.cells.lot import Lot, load
from repigment.cells.paths import shown
from repigment.errors import RepigmentError

WIDE = 80  # characters of a wrong value that are repeated
TOLD = 3  # refused lines of a lot that a message names


def with_lots(data: Any, folder: Path, today: date | None = None) -> int:
    """Put in place of each `lot = "FILE"` of a treatment what that file says, in place; how many there were.

    Files lie in `folder` or where their path says from there. RepigmentError if one is no lot, may not be given on the
    day `today`, or has nothing left to give. A lot that stands in the study itself is not judged by the day again.
    """
    if isinstance(data, list):
        return sum(with_lots(each, folder, today) for each in data)
    if not isinstance(data, dict):
        return 0
    found = sum(with_lots(each, folder, today) for each in data.values())
    if "give" in data and isinstance(data.get("lot"), str):
        lot = load(folder / data["lot"])
        _may_be_given(lot, folder / data["lot"], today or date.today())
        data["lot"] = lot.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        found += 1
    elif "give" in data and not isinstance(data.get("lot"), dict | None):
        raise RepigmentError(
            f"a lot cannot be {data['lot']!r}"[:WIDE],
            where=f"lot of {str(data['give'])[:WIDE]}",
            allowed='its file in quotes, as lot = "lot.toml", or what such a file says as a table',
        )
    return found


def _may_be_given(lot: Lot, path: Path, today: date) -> None:
    """What `repigment lot check` would say of it on that day; RepigmentError with the lines that refuse it."""
    wrong = release.refusals(release.check(lot, on=today))
    if wrong:
        lines = "; ".join(f"{line.item}: {line.found or line.verdict}, limit {line.limit}" for line in wrong[:TOLD])
        more = f"; and {len(wrong) - TOLD} more" if len(wrong) > TOLD else ""
        raise RepigmentError(
            f"the lot {lot.name} may not be given on {today} ({lines}{more})",
            where=shown(path),
            remedy="`repigment lot check` judges every line of it",
        )
    if lot.spent:
        raise RepigmentError(
            f"the lot {lot.name} has nothing left to give: each of its bags was already injected into a patient",
            where=shown(path),
            remedy="name a lot with a bag that is still there, or write out the lot in the study to look back on it",
        )
