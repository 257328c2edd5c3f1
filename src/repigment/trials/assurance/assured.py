"""What the worlds of a finished trial say of its chance of success: one object of numbers for each comparison."""

from typing import Any

import numpy as np

from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.trials.assurance import power, worlds
from repigment.trials.assurance.answer import Assurance, Assurances, LeftOut, More, Point
from repigment.trials.assurance.effects import Effects, Finished, effects
from repigment.trials.assurance.sensitivity import FEWEST, sensitivity, unfelt
from repigment.trials.assurance.shrink import Shrinkage, shrinkage
from repigment.trials.assurance.smallest import smallest_trial
from repigment.trials.assurance.stated import check_effect, stated
from repigment.trials.assurance.value import narrowing
from repigment.trials.report.disease import SAFETY_SCORES
from repigment.trials.stages import Rules, stages

SIZES = (5, 7, 10, 14, 20, 28, 40, 56, 80, 112, 160, 224, 320, 448, 640, 896, 1280, 1792, 2560)  # in the smaller arm
FEW = 16  # worlds, below which Monte Carlo errors are themselves uncertain
SURE = 0.8  # of the variance over worlds that is the worlds' own, below which their shape is not known


def assure(result: Finished, wanted: float = 0.8, effect: float | None = None) -> Assurances:
    """Assurance of every comparison and endpoint of a finished trial that can be estimated in every world.

    The primary endpoints come first; the others stand in `left_out`. `effect`, in the unit of the primary endpoints and
    positive where good, is the one at which their power is told besides (`stated.stated`). RepigmentError where nothing
    was drawn or only one world was played, for a `wanted` that is no probability and an `effect` that is none.
    """
    check_wanted(wanted)
    check_effect(result.study, effect)
    _check_worlds(result)
    found, missing = [], []
    for endpoint, arm, versus in _asked(result.study):
        try:
            one = effects(result, endpoint, arm, versus)
        except RepigmentError as error:  # nobody at risk, or seen, in one of the worlds: the other endpoints count
            missing.append(LeftOut(endpoint.score, endpoint.week, endpoint.primary, arm, versus, error.what))
            continue
        found.append(_assured(one, endpoint.primary, wanted, effect if endpoint.primary else None))
    made = Assurances(found)
    made.left_out = tuple(missing)
    return made


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


def _assured(found: Effects, primary: bool, wanted: float, effect: float | None) -> Assurance:
    several = found.worlds > 1
    at = stated(found, effect)
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
        at,
        "prior" if effect is None else "--effect",
        power.at(found, at),
        power.false_alarm(found),
        _share(found) if several else np.nan,
        _share_error(found) if several else np.nan,
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
        tuple(sensitivity(found.draws, found.benefit, unfelt(found.endpoint))),
    )


def _notes(found: Effects) -> tuple[str, ...]:
    """What limits the numbers, in sentences."""
    said = []
    if found.worlds == 1:
        said.append("Nothing that was drawn acts in these arms: there is one effect, and the power at it.")
    elif found.reliability < SURE:
        part = round(100 * (1 - found.reliability))
        said.append(
            f"Of the variance between worlds {part} % is the luck of few simulated patients, so that the share of "
            "worlds with benefit is uncertain. Simulate more (--patients)."
        )
    if 1 < found.worlds < FEW:
        said.append(f"{found.worlds} worlds are few: add --worlds {FEW} or more.")
    return tuple(said)


def _share(found: Effects) -> float:
    return float((found.benefit > 0).mean())


def _share_error(found: Effects) -> float:
    """Of the share of worlds with benefit: half of Wilson's one-sigma interval, counting pairs, and the patients."""
    low, high = worlds.share_interval(found.benefit > 0, worlds.ONE_SIGMA)
    return float(np.hypot((high - low) / 2, worlds.of_patients(found, _share)))


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
