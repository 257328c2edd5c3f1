import numpy as np
import pytest

from repigment import Study
from repigment.patients.lesion import Lesion
from repigment.patients.simulate import typical_person
from repigment.patients.ward import Resolution, Ward
from repigment.skin.exposure import CELLS, Channel
from repigment.skin.fields import Field
from repigment.trials.run import resolution_of

GRID = Resolution(n=8, dx=0.6, steps=2)
WITHOUT = Resolution(n=8, dx=0.6, steps=2, cells=False)


def lesion() -> Lesion:
    return Lesion(typical_person(4, "face"), "face", (), 1)


def table(weeks: int) -> np.ndarray:
    found = lesion().exposure(7 * weeks).table[..., None].copy()
    found[:, Channel.UV_DOSE] = 0.4
    found[:, Channel.JAK_BLOCKADE] = 0.6
    return found


def test_a_ward_without_cells_goes_the_same_way() -> None:
    """Only rounding differs, and the companion goes with it."""
    one, other = (Ward([lesion()], each).follow(table(6)) for each in (GRID, WITHOUT))
    for column in range(one.shape[-1]):
        scale = np.nanmax(np.abs(one[..., column]), initial=1e-3)
        np.testing.assert_allclose(other[..., column], one[..., column], rtol=0, atol=1e-5 * scale)


def test_what_is_not_followed_stays_nothing() -> None:
    ward = Ward([lesion()], WITHOUT)
    ward.follow(table(2))
    for field in (Field.CELLS, Field.SECRETOME):
        assert not np.asarray(ward.fine.skin[field]).any()
        assert ward.fine.skin[field].shape == ward.fine.skin[Field.MEMORY].shape


@pytest.mark.parametrize("channel", CELLS)
def test_cells_are_not_lost_in_silence(channel: Channel) -> None:
    given = table(1)
    given[3, channel] = 0.1
    with pytest.raises(ValueError, match="cells are given where none are followed"):
        Ward([lesion()], WITHOUT).follow(given)


@pytest.mark.parametrize(
    ("study", "cells"),
    [("true-v", False), ("melasma-clinic", False), ("uc-msc-vitiligo", True), ("cell-sources", True)],
)
def test_a_study_follows_cells_if_any_arm_has_them(study: str, cells: bool) -> None:
    assert resolution_of(Study.load(study)).cells is cells
