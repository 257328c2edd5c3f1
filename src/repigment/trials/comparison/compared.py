"""What is kept of one study for the page of all, so that it need not be run again."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from repigment import __version__
from repigment.evidence.parameters import digest
from repigment.trials.report.agreement import CONTEXT, Pair, pairs
from repigment.trials.report.followed import Followed
from repigment.trials.report.published import tally
from repigment.trials.report.reads import Trial, at, confidence, primaries
from repigment.trials.report.words import unit, with_interval
from repigment.trials.result import plain

NUMBERS = ("published", "simulated", "mc_error")
SPANS = ("published_span", "simulated_span")
Kept = dict[str, Any]


@dataclass(frozen=True)
class Compared:
    """One study as the page shows it; `failure` says what went wrong where it could not be run.

    `pairs` are its published results with the simulated ones, `primary` its primary endpoint in words, arm by arm.
    """

    name: str
    title: str
    condition: str
    patients: int = 0
    seconds: float = 0.0
    pairs: Sequence[Pair] = ()
    primary: Sequence[str] = ()
    sure: str = ""
    failure: str = ""

    @property
    def judged(self) -> list[Pair]:
        """The published results that are judged: all but those shown for context."""
        return [pair for pair in self.pairs if pair.row.role != CONTEXT]

    @property
    def told(self) -> str:
        """How it came out, in a few words."""
        if self.failure:
            return "failed"
        return tally(self.judged) or ("context only" if self.pairs else "nothing published")


def identity(study: Any, seed: int) -> str:
    """What a finished run is known by: study, patients, seed, program and every number of the model."""
    return " ".join((study.fingerprint(), str(seed), __version__, digest()))


def compared(study: Any, kept: Kept) -> Compared:
    """A study with what was kept of it."""
    rows = study.published
    return Compared(
        name=study.name,
        title=study.title,
        condition=study.population.condition,
        patients=kept["patients"],
        seconds=kept["seconds"],
        pairs=[_pair(rows[each["row"]], each) for each in kept["pairs"]],
        primary=kept["primary"],
        sure=confidence(study),
    )


def keep(trial: Trial, seconds: float) -> Kept:
    """What the page needs of a finished trial, as JSON has it."""
    followed = Followed.of(trial)
    found = pairs(followed)
    return {
        "identity": identity(trial.study, trial.seed),
        "patients": int(trial.people["patient"].nunique()),
        "seconds": round(seconds, 1),
        "primary": _primary(followed),
        "pairs": [_kept(row, pair, followed) for row, pair in enumerate(found)],
    }


def written(kept: Kept) -> str:
    """What is kept, as the text of a file."""
    return json.dumps(kept, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def read(text: str) -> Kept | None:
    """What was kept, from the text of a file; None where it is not whole."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) and "identity" in found else None


def _kept(row: int, pair: Pair, trial: Trial) -> Kept:
    units = dict(zip(trial.estimates["endpoint"], trial.estimates["unit"], strict=True))
    kept: Kept = {"row": row, "unit": units.get(pair.row.endpoint, pair.row.unit), "from_n": pair.from_n}
    kept |= {name: plain(getattr(pair, name)) for name in NUMBERS}
    return kept | {name: [plain(end) for end in getattr(pair, name)] for name in SPANS}


def _pair(row: Any, kept: Mapping[str, Any]) -> Pair:
    numbers = {name: _number(kept[name]) for name in NUMBERS}
    low, high = ((_number(kept[name][0]), _number(kept[name][1])) for name in SPANS)
    return Pair(row, unit(kept["unit"]), from_n=kept["from_n"], published_span=low, simulated_span=high, **numbers)


def _number(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _primary(trial: Trial) -> list[str]:
    """The primary endpoint of each arm, in words."""
    said = []
    for endpoint in primaries(trial.study):
        for row in at(trial.estimates, endpoint.score, endpoint.week).itertuples():
            shown = with_interval(row.estimate, row.ci_low, row.ci_high, unit(row.unit))
            said.append(f"{row.arm}: {endpoint.score}, week {endpoint.week}: {shown}")
    return said
