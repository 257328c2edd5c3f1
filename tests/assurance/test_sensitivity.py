"""What the effect depends on: which of the drawn numbers are named, and how often by luck."""

import numpy as np
import pandas as pd
import pytest

from repigment.skin.adverse import ADVERSE
from repigment.trials.analysis.endpoints import MEASURES
from repigment.trials.assurance import sensitivity, unfelt
from repigment.trials.assurance.sensitivity import ADVERSE as EVENTS
from repigment.trials.assurance.sensitivity import Influence


def drawn(rng: np.random.Generator, worlds: int, numbers: int) -> pd.DataFrame:
    """Worlds in pairs of opposite luck."""
    half = rng.standard_normal((worlds // 2, numbers))
    return pd.DataFrame(np.stack([half, -half], axis=1).reshape(worlds, numbers)).add_prefix("x")


def clear(found: list[Influence]) -> set[str]:
    """The numbers whose interval leaves out no correlation."""
    return {each.parameter for each in found if each.low > 0 or each.high < 0}


def test_influences_are_ranked() -> None:
    rng = np.random.default_rng(7)
    table = drawn(rng, 80, 3).set_axis(["strong", "weak", "none"], axis=1)
    effect = 3 * table["strong"] + table["weak"] + 0.1 * rng.standard_normal(80)
    found = sensitivity(table.assign(fixed=1.0, world=range(80)), effect)
    assert [each.parameter for each in found] == ["strong", "weak", "none"]
    assert found[0].correlation > 0.9 and found[0].partial and found[0].low <= found[0].correlation <= found[0].high
    assert found[1].correlation > 0.7, "with the strong one held"
    assert found[2].low < 0 < found[2].high


def test_few_worlds_hold_nothing_else() -> None:
    table = pd.DataFrame({"a": [0.0, 1, 2, 3, 4, 5], "b": [1.0, 0, 1, 0, 1, 0]})
    found = sensitivity(table, np.arange(6.0))
    assert {(each.partial, each.low, each.high) for each in found} == {(False, -1, 1)}, "three pairs say nothing"
    assert sensitivity(table.head(3), np.arange(3.0)) == []
    assert sensitivity(table[["a"]] * 0, np.arange(6.0)) == []


@pytest.mark.parametrize("numbers", [5, 22, 27, 28])
def test_a_number_that_rules_is_named_however_many_others_there_are(numbers: int) -> None:
    rng = np.random.default_rng(numbers)
    for _ in range(10):
        table = drawn(rng, 64, numbers)
        found = sensitivity(table, 2 * table["x0"] + 0.5 * rng.standard_normal(64))
        assert found[0].parameter == "x0" and "x0" in clear(found)
        assert found[0].partial == (numbers <= 27)


@pytest.mark.parametrize(("worlds", "opposite", "most"), [(32, True, 0.13), (64, True, 0.13), (64, False, 0.03)])
def test_few_stand_clear_by_luck(worlds: int, opposite: bool, most: float) -> None:
    """Of twenty numbers without influence at most two: as told, where all that is luck turns with the pair."""
    rng, named = np.random.default_rng(3), []
    for _ in range(60):
        luck = rng.standard_normal(worlds)
        luck[1::2] = -luck[::2] if opposite else luck[1::2]
        named.append(len(clear(sensitivity(drawn(rng, worlds, 20), luck))) / 20)
    assert np.mean(named) < most


def test_only_adverse_events_feel_their_numbers() -> None:
    assert set(ADVERSE) < set(unfelt("F-VASI75")) and unfelt("fever") == ()
    assert set(EVENTS) == {name for name, each in MEASURES.items() if each.stays}
    table = drawn(np.random.default_rng(1), 40, 2).set_axis(["e_imm", "event_ratio.fever"], axis=1)
    assert [each.parameter for each in sensitivity(table, table["e_imm"], unfelt("F-VASI75"))] == ["e_imm"]
