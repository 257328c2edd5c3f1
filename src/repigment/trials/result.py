"""A finished trial: its tables, courses, pictures, and what it rests on."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import xarray as xr

from repigment.evidence.parameters import Parameter
from repigment.trials.gallery import GalleryItem
from repigment.trials.storage import Folder


@dataclass(frozen=True)
class TrialResult:
    """What `Study.run` gives. Tables are data frames; `courses` has dims (arm, week, quantile), units in attributes.

    `cautions` are the sentences on what is unsafe together, by arm; `standings` say by arm and country what the plan is
    there, where cells are given.
    """

    study: Any
    seed: int
    version: str
    people: pd.DataFrame
    scores: pd.DataFrame
    estimates: pd.DataFrame
    comparisons: pd.DataFrame
    courses: xr.Dataset
    gallery: Sequence[GalleryItem]
    errors: pd.DataFrame
    assumptions: Sequence[Parameter]
    draws: pd.DataFrame
    seconds: float
    cautions: Mapping[str, Sequence[str]] = field(default_factory=dict)
    standings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def patients(self) -> pd.DataFrame:
        """Who was enrolled: one row a patient and arm."""
        return self.people

    @property
    def enrolled(self) -> int:
        """How many people were enrolled."""
        return int(self.people["patient"].nunique())

    @property
    def endpoints(self) -> pd.DataFrame:
        """Estimates per endpoint, week and arm."""
        return self.estimates

    def report(self, path: str | Path, assured: Sequence[Any] = ()) -> Path:
        """Write the report as one HTML file that opens offline; RepigmentError if the place cannot be written.

        `assured` is what `repigment.trials.assurance.assure` says of this trial, if the report shall hold it.
        """
        from repigment.trials.report.page import write_report

        write_report(self, path, assured)
        return Path(path)

    def summary(self, *, timed: bool = True) -> dict[str, Any]:
        """The result as one JSON object: proportions as fractions, what cannot be said as null."""
        head: dict[str, Any] = {
            "study": self.study.name,
            "question": self.study.question,
            "context_of_use": self.study.context_of_use,
            "seed": self.seed,
            "patients": self.enrolled,
            "version": self.version,
        }
        if timed:
            head["seconds"] = round(self.seconds, 2)
        return head | {
            "arms": [self._arm(name) for name in self.estimates["arm"].unique()],
            "comparisons": [self._comparison(row) for row in self.comparisons.to_dict("records")],
            "published": [_published(row) for row in self.study.published],
            "assumptions": [_assumption(parameter) for parameter in self.assumptions],
        }

    def _arm(self, name: str) -> dict[str, Any]:
        rows = self.estimates[self.estimates["arm"] == name]
        keys = ("endpoint", "week", "estimate", "ci_low", "ci_high", "n", "unit", "mc_error")
        endpoints = [{key: plain(row[key]) for key in keys} for row in rows.to_dict("records")]
        said = list(self.cautions.get(name, ()))
        return {
            "name": name,
            "n": int((self.people["arm"] == name).sum()),
            "endpoints": endpoints,
            "cautions": said,
            "where": dict(self.standings.get(name, {})),
        }

    def _comparison(self, row: Any) -> dict[str, Any]:
        keys = ("endpoint", "week", "difference", "ci_low", "ci_high", "p_value", "method", "mc_error")
        return {"arms": [row["arm"], row["versus"]], **{key: plain(row[key]) for key in keys}}

    def json(self, *, timed: bool = True) -> str:
        """`summary` as text."""
        return json.dumps(self.summary(timed=timed), indent=2, ensure_ascii=False, allow_nan=False)


def keep(result: TrialResult, folder: Folder) -> None:
    """Write the tables of a finished trial into its folder."""
    tables = {
        "patients": result.people,
        "scores": result.scores,
        "endpoints": result.estimates,
        "comparisons": result.comparisons,
        "errors": result.errors,
        **({"draws": result.draws} if len(result.draws) else {}),
    }
    for name, table in tables.items():
        folder.write(f"{name}.csv", table.to_csv(index=False, lineterminator="\n"))
    folder.write("courses.nc", bytes(result.courses.to_netcdf(engine="scipy")))
    folder.write("study.toml", result.study.toml())
    folder.write("result.json", result.json(timed=False) + "\n")


def plain(value: Any) -> Any:
    """A value as JSON has it: numbers of NumPy as Python's, not-a-number and infinity as null.

    >>> plain(float("nan")) is None
    True
    """
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _published(row: Any) -> dict[str, Any]:
    keys = ("arm", "endpoint", "week", "value", "ci_low", "ci_high", "source", "status", "identifier", "role", "unit")
    return {key: plain(getattr(row, key, None)) for key in keys}


def _assumption(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "value": parameter.value,
        "low": parameter.low,
        "high": parameter.high,
        "unit": parameter.unit,
        "meaning": parameter.meaning,
        "source": parameter.source,
        "status": parameter.status,
    }
