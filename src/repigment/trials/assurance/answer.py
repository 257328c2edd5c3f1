"""What is said of a trial's chance of success: one object of numbers for each comparison, and what cannot be said."""

from dataclasses import dataclass

from repigment.trials.assurance.sensitivity import Influence
from repigment.trials.assurance.shrink import Shrinkage
from repigment.trials.assurance.smallest import Smallest
from repigment.trials.assurance.value import Narrowing


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
    patients (arm, versus), with success a significant benefit; `power_at_stated` is that at the effect `stated`, which
    `stated_by` names: "--effect", or "prior" (`stated.stated`). `trial_error` is the standard error of such a trial.
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
    stated: float
    stated_by: str
    power_at_stated: float
    false_alarm: float
    benefit_worlds: float
    benefit_error: float
    wanted: float
    needed: tuple[int, int] | None
    reason: str
    curve: tuple[Point, ...]
    notes: tuple[str, ...]
    more: More | None


@dataclass(frozen=True)
class LeftOut:
    """A comparison of which nothing can be said, with the `reason`."""

    endpoint: str
    week: int
    primary: bool
    arm: str
    versus: str
    reason: str


class Assurances(tuple[Assurance, ...]):
    """The assurances of a trial, and what was `left_out` of them; true where anything was asked for."""

    left_out: tuple[LeftOut, ...] = ()

    def __bool__(self) -> bool:
        return len(self) > 0 or len(self.left_out) > 0
