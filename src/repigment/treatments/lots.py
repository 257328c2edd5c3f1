"""Lots that treatments name by their files, read in."""

from pathlib import Path
from typing import Any

from repigment.cells.lot import load


def with_lots(data: Any, folder: Path) -> int:
    """Put in place of each `lot = "FILE"` of a treatment what that file says, in place; how many there were.

    Files lie in `folder` or where their path says from there. RepigmentError if one is no lot.
    """
    if isinstance(data, list):
        return sum(with_lots(each, folder) for each in data)
    if not isinstance(data, dict):
        return 0
    found = sum(with_lots(each, folder) for each in data.values())
    if "give" in data and isinstance(data.get("lot"), str):
        lot = load(folder / data["lot"])
        data["lot"] = lot.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        found += 1
    return found
