"""Assurance as JSON: every number of it, what cannot be said as null."""

import json
import math
from dataclasses import asdict
from typing import Any

from repigment.trials.assurance.answer import Assurances

FILE = "assurance.json"  # in the folder of a trial


def plain(assured: Assurances) -> dict[str, Any]:
    """A JSON object for each comparison, and for each that is left out; effects are positive where good."""
    found = []
    for each in assured:
        made = asdict(each)
        if each.more is not None:
            made["more"]["value"]["share"] = each.more.value.share
        found.append(_without_nan(made))
    return {"assurance": found, "assurance_left_out": [asdict(each) for each in assured.left_out]}


def text(assured: Assurances) -> str:
    """The same as text."""
    return json.dumps(plain(assured), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _without_nan(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_nan(each) for name, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_nan(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
