"""What the worlds of a finished trial say of its chance of success: one object of numbers for each comparison."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.trials.assurance import power, worlds
from repigment.trials.assurance.effects import Effects, Finished, effects
from repigment.trials.assurance.sensitivity import FEWEST, Influence, sensitivity
from repigment.trials.assurance.shrink import Shrinkage, shrinkage
from repigment.trials.assurance.smallest import Smallest, smallest_trial
from repigment.trials.assurance.value import Narrowing, narrowing
from repigment.trials.report.disease import SAFETY_SCORES
from repigment.trials.stages import Rules, stages

SIZES = (5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448, 640, 896, 1280, 1792, 2560)  # in the smaller arm
FEW = 16  # worlds, below which Monte Carlo errors are themselves uncertain
UNLIKE = 0.5  # of the variance over worlds that is the worlds' own, below which patients' luck rules it


@dataclass(frozen=True)
class Point:
    """Chances at one size: patients (arm, versus), over the worlds, and at the mean effect."""

    n: tuple[int, int]
    assurance: float
    power: float


@dataclass(frozen=True)
class More:
    """What is worked out for a primary endpoint besides: worth of the trial, shrinkage, smallest trial, influences."""

    value: Narrowing
    value_error: float
    shrinkage: Shrinkage
    smallest: Smallest
    sensitivity: tuple[Influence, ...]


@dataclass(frozen=True)
class Assurance:
    """The chance of success of one comparison by one endpoint, over K worlds.

    Effects are positive where good for the patient, in `unit`. `assurance` and `power_at_mean` are for `sizes`
    patients (arm, versus), with success a significant benefit; `trial_error` is the standard error of such a trial.
    `benefit_worlds` is the share of worlds with any benefit, which assurance approaches with ever more patients;
    `needed` the sizes at which it reaches `wanted`, None with the `reason`. The other errors are Monte Carlo errors, of
    worlds and of patients. `reliability` is the part of the variance over worlds that is not patients' luck; `notes`
    are sentences on what limits the numbers. Where the arms are alike in all worlds, what needs several is NaN or None.
    `more` is there for primary endpoints.
    """

    endpoint: str
    week: int
    primary: bool
    arm: str
    versus: str
    unit: str
    better: int
    confidence: float
    sizes: tuple[int, int]
    worlds: int
    effects: tuple[float, ...]
    mean: float
    mean_error: float
    trial_error: float
    sd: float
    reliability: float
    assurance: float
    assurance_error: float
    power_at_mean: float
    false_alarm: float
    benefit_worlds: float
    benefit_error: float
    wanted: float
    needed: tuple[int, int] | None
    reason: str
    curve: tuple[Point, ...]
    notes: tuple[str, ...]
    more: More | None


def assure(result: Finished, wanted: float = 0.8) -> tuple[Assurance, ...]:
    """Assurance of every comparison and endpoint of a finished trial that can be estimated in every world.

    The primary endpoints come first. RepigmentError where nothing was drawn or only one world was played, and for a
    `wanted` that is no probability.
    """
    check_wanted(wanted)
    _check_worlds(result)
    found = []
    for endpoint, arm, versus in _asked(result.study):
        try:
            found.append((endpoint.primary, effects(result, endpoint, arm, versus)))
        except RepigmentError:  # nobody was at risk, or seen, in one of the worlds: the other endpoints still count
            continue
    return tuple(_assured(each, primary, wanted) for primary, each in found)


def check_wanted(wanted: float) -> None:
    """RepigmentError for an assurance that is no probability."""
    if not 0 < wanted < 1:
        raise RepigmentError(
            f"an assurance of {wanted:g} is impossible",
            where="--wanted",
            allowed="above 0 and below 1",
            remedy="write 0.8 for 80 %",
        )


def _check_worlds(result: Finished) -> None:
    if not len(result.draws):
        raise RepigmentError(
            "nothing was drawn in this trial, so its chance of success over what is not known cannot be said",
            where="--assurance",
            remedy='write prior_draws = 16 in [uncertainty], and of = "treatments" where no cells are given',
        )
    if result.draws["world"].nunique() < FEWEST:
        raise RepigmentError(
            f"{result.draws['world'].nunique()} world(s) are too few to average over",
            where="--assurance",
            allowed=f"{FEWEST} worlds or more",
            remedy="add --worlds 16, or write prior_draws = 16 in [uncertainty]",
        )


def _asked(study: Any) -> list[tuple[Any, str, str]]:
    """Endpoints of benefit with the pairs of arms that the study compares at their week, primary ones first."""
    asked = []
    for stage in stages(study):
        control = Rules.of(study.analysis, stage.arms).control
        named = [tuple(pair.arms) for pair in study.comparisons if set(pair.arms) <= set(stage.arms)]
        pairs = named or [(arm, control) for arm in stage.arms if arm != control]
        during = [e for e in study.endpoints if e.week <= stage.until and (stage.since == 0 or e.week > stage.since)]
        during = [e for e in during if e.primary or e.score not in SAFETY_SCORES]
        asked += [(endpoint, arm, versus) for endpoint in during for arm, versus in pairs]
    return sorted(asked, key=lambda each: not each[0].primary)


def _assured(found: Effects, primary: bool, wanted: float) -> Assurance:
    several = found.worlds > 1
    size = power.smallest_size(lambda n: power.assurance(found, n), wanted) if several else None
    benefit, mean = found.benefit, float(found.benefit.mean())
    return Assurance(
        found.endpoint,
        found.week,
        primary,
        found.arm,
        found.versus,
        found.unit,
        found.better,
        found.confidence,
        found.sizes,
        found.worlds,
        tuple(float(each) for each in benefit),
        mean,
        worlds.error(found, lambda each: float(each.benefit.mean())) if several else found.luck,
        found.typical_error,
        float(benefit.std(ddof=1)) if several else np.nan,
        found.reliability,
        power.assurance(found) if several else np.nan,
        worlds.error(found, power.assurance) if several else np.nan,
        power.at(found, mean),
        power.false_alarm(found),
        _share(found) if several else np.nan,
        worlds.error(found, _share) if several else np.nan,
        wanted,
        found.arms_at(size) if size else None,
        _reason(found, wanted) if several and not size else "",
        _curve(found),
        _notes(found),
        _more(found, wanted) if several and primary else None,
    )


def _more(found: Effects, wanted: float) -> More:
    return More(
        narrowing(found.benefit, found.typical_error),
        worlds.error(found, lambda each: narrowing(each.benefit, each.typical_error).share),
        _shrinkage(found),
        smallest_trial(found, wanted),
        tuple(sensitivity(found.draws, found.benefit)),
    )


def _notes(found: Effects) -> tuple[str, ...]:
    """What limits the numbers, in sentences."""
    said = []
    if found.worlds == 1:
        said.append("Nothing that was drawn acts in these arms: there is one effect, and the power at it.")
    elif found.reliability < UNLIKE:
        part = round(100 * (1 - found.reliability))
        said.append(
            f"Of the variance between worlds {part} % is the luck of few simulated patients. Simulate more "
            "(--patients) before the share of worlds with benefit is believed."
        )
    if 1 < found.worlds < FEW:
        said.append(f"{found.worlds} worlds are few: add --worlds {FEW} or more.")
    return tuple(said)


def _share(found: Effects) -> float:
    return float((found.benefit > 0).mean())


def _reason(found: Effects, wanted: float) -> str:
    """Why no number of patients gives the wanted assurance."""
    share = _share(found)
    if share < wanted:
        none = round(100 * (1 - share))
        return f"at most {100 - none} % however many patients, because in {none} % of worlds there is no benefit"
    reached = power.assurance(found, power.MOST)
    return f"{100 * reached:.0f} % with {power.MOST} patients an arm, because the benefit is too small in some worlds"


def _shrinkage(found: Effects) -> Shrinkage:
    """Studies of the sizes of a real pair: see evidence/parameters/assurance.csv."""
    part = min(found.sizes) / sum(found.sizes)
    early, late = (round(value(name) * part) for name in ("easi50_early_patients", "easi50_late_patients"))
    return shrinkage(found, max(early, power.LEAST), max(late, power.LEAST))


def _curve(found: Effects) -> tuple[Point, ...]:
    mean = float(found.benefit.mean())
    return tuple(Point(found.arms_at(n), power.assurance(found, n), power.at(found, mean, n)) for n in SIZES)
