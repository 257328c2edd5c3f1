"""All built-in studies on one page: every published result beside the simulated one."""

from repigment.trials.comparison.everything import run_all

__all__ = ["run_all"]
