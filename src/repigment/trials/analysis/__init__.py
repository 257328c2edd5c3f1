"""Statistics of a virtual trial: from the scores of its patients to estimates and comparisons."""

from repigment.trials.analysis.analyse import Analysis, analyse, estimate
from repigment.trials.analysis.endpoints import MEASURES, Measure, measure, measures_for

__all__ = ["MEASURES", "Analysis", "Measure", "analyse", "estimate", "measure", "measures_for"]
