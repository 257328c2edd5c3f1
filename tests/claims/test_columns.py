"""The list breaks no word, however wide the window is."""

import os
import subprocess
import sys

import pytest

from repigment.claims import claims
from repigment.claims.columns import fitted

ROWS = [["n", "words", "source"], ["1", "three short words", "10.1371/journal.pone.0060254"]]


def test_a_column_is_as_wide_as_its_longest_word_and_the_rest_is_shared():
    assert fitted(ROWS, [0, 1, 2], 38) == {0: 1, 1: 5, 2: 28}
    assert fitted(ROWS, [0, 1, 2], 41) == {0: 1, 1: 8, 2: 28}
    assert fitted(ROWS, [0, 1, 2], 200) == {0: 1, 1: 17, 2: 28}


def test_what_does_not_fit_is_left_out_in_the_order_of_importance():
    assert fitted(ROWS, [0, 1, 2], 37) == {0: 1, 1: 17}
    assert fitted(ROWS, [0, 2, 1], 37) == {0: 1, 2: 28}
    assert fitted(ROWS, [0, 1, 2], 1) == {0: 1}


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_list_of_all_claims_breaks_no_word(width):
    shown = subprocess.run(
        [sys.executable, "-m", "repigment", "claims"],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "COLUMNS": str(width)},
        check=True,
    ).stdout
    assert max(map(len, shown.splitlines())) <= width
    said = set(shown.split())
    for claim in claims():
        first = claim.references[0]
        cited = f"{first.name} {first.identifier}".split() if width >= 80 else []
        outcome = claim.outcome.split() if width >= 120 else []
        assert {*claim.words.split(), *claim.grade.split(), *cited, *outcome} <= said
    assert ("A wider window shows" in shown) == (width < 120)
