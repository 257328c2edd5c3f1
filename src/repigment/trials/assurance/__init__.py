"""Assurance: how likely a trial is to succeed over all that is not known, and what it would be worth."""

from repigment.trials.assurance.assured import Assurance, assure, check_wanted
from repigment.trials.assurance.drawing import with_worlds
from repigment.trials.assurance.effects import Effects, effects
from repigment.trials.assurance.power import assurance, power
from repigment.trials.assurance.sensitivity import Influence, sensitivity
from repigment.trials.assurance.shrink import Shrinkage, shrinkage
from repigment.trials.assurance.smallest import Smallest, smallest_trial
from repigment.trials.assurance.value import Narrowing, narrowing

__all__ = [
    "Assurance",
    "Effects",
    "Influence",
    "Narrowing",
    "Shrinkage",
    "Smallest",
    "assurance",
    "assure",
    "check_wanted",
    "effects",
    "narrowing",
    "power",
    "sensitivity",
    "shrinkage",
    "smallest_trial",
    "with_worlds",
]
