"""A trial small enough to play in a second or two."""

import pytest

from repigment.trials.study import Study

TINY = """
name = "tiny"
title = "A trial for tests"
question = "Do cells and light differ from sham within eight weeks?"
context_of_use = "testing the software"
visits = [0, 4, 8]

[population]
condition = "vitiligo"
age = { mean = 40, sd = 10, min = 18, max = 75 }
skin_types = { III = 0.5, IV = 0.5 }
latitude = 13.8

[[arm]]
name = "sham"
n = 4
treatments = [{ give = "sham-injection", weeks = [0, 4] }]

[[arm]]
name = "cells"
n = 4
treatments = [{ give = "uc-msc", weeks = [0, 4] }]

[[arm]]
name = "light"
n = 4
treatments = [{ give = "nb-uvb", sessions_per_week = 3, adherence = 0.9 }]

[[endpoint]]
score = "F-VASI change"
week = 8
primary = true

[[endpoint]]
score = "F-VASI75"
week = 8

[analysis]
control = "sham"

[uncertainty]
prior_draws = 2

[simulation]
grid = 8
dx_mm = 0.6
step_days = 1.0
"""


@pytest.fixture(scope="session")
def tiny() -> Study:
    """Three arms of four patients, eight weeks, two draws of the cells' prior."""
    return Study.from_toml(TINY)
