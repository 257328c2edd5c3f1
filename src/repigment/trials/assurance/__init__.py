"""Assurance: how likely a trial is to succeed over all that is not known, and what it would be worth."""

from repigment.trials.assurance.answer import Assurance, Assurances, LeftOut
from repigment.trials.assurance.assured import assure, check_wanted
from repigment.trials.assurance.drawing import with_worlds
from repigment.trials.assurance.effects import Effects, effects
from repigment.trials.assurance.power import assurance, power
from repigment.trials.assurance.sensitivity import Influence, sensitivity, unfelt
from repigment.trials.assurance.shrink import Shrinkage, shrinkage
from repigment.trials.assurance.smallest import Smallest, smallest_trial
from repigment.trials.assurance.stated import check_effect
from repigment.trials.assurance.value import Narrowing, narrowing
from repigment.trials.assurance.worlds import share_interval

__all__ = [
    "Assurance",
    "Assurances",
    "Effects",
    "Influence",
    "LeftOut",
    "Narrowing",
    "Shrinkage",
    "Smallest",
    "assurance",
    "assure",
    "check_effect",
    "check_wanted",
    "effects",
    "narrowing",
    "power",
    "sensitivity",
    "share_interval",
    "shrinkage",
    "smallest_trial",
    "unfelt",
    "with_worlds",
]
