"""Growing a donation: the same seed gives the same bytes, and every step keeps to the stated arithmetic."""

import numpy as np
import pytest

from repigment.cells import expansion_told
from repigment.cells.chart import draw
from repigment.cells.expansion import expand
from repigment.cells.numbers import brief, ranged
from repigment.cells.sources import SOURCES
from repigment.cells.unknown import drawn
from repigment.errors import RepigmentError
from repigment.evidence.parameters import parameters

GROWTH = [known for name, known in parameters().items() if name.startswith("grow_")]


@pytest.mark.parametrize("known", GROWTH, ids=lambda known: known.name)
def test_draws_keep_to_their_range_and_their_median(known: object) -> None:
    values = drawn(known, 4001, np.random.default_rng(3))  # type: ignore[arg-type]
    assert values.min() >= known.low and values.max() <= known.high  # type: ignore[attr-defined]
    assert np.median(values) == pytest.approx(known.value, rel=0.08)  # type: ignore[attr-defined]


@pytest.mark.parametrize("source", SOURCES)
def test_the_same_seed_gives_the_same_bytes(source: str) -> None:
    one, other, else_ = (expand(source, 6, 5e5, draws=300, seed=seed) for seed in (1, 1, 2))  # type: ignore[arg-type]
    assert expansion_told.as_csv(one) == expansion_told.as_csv(other) != expansion_told.as_csv(else_)
    assert expansion_told.as_json(one, 1) == expansion_told.as_json(other, 1)
    first, second = (draw(one, draws=300, seed=1, amount=None) for _ in range(2))
    assert first == second and first.startswith("<?xml") and "advised limit" in first


@pytest.mark.parametrize("source", SOURCES)
def test_more_passages_change_nothing_before_them(source: str) -> None:
    short, long = (expand(source, passages, 5e5, draws=300) for passages in (4, 9))  # type: ignore[arg-type]
    for name in ("cells", "doublings", "days", "doses", "potency", "clearance"):
        assert (getattr(short, name) == getattr(long, name)[:, :5]).all()


def test_cells_are_what_doublings_make_of_them_less_what_is_lost() -> None:
    grown = expand("cord", 6, 1e6, amount=20, draws=500)
    harvests, thaws = 1 - grown.losses["harvests"], 1 - grown.losses["freezing and thawing"]
    thaw = thaws[:, 0]
    # before the last thaw, of the bags
    begun = grown.cells / 2.0**grown.doublings / harvests / (thaws / thaw[:, None])
    assert begun == pytest.approx(np.repeat(begun[:, :1], 7, axis=1))
    kept = 1 - grown.losses["tests and samples"][:, 0]
    assert grown.doses * 1e6 == pytest.approx(grown.cells * (kept * thaw)[:, None])
    assert [round(np.log(thaws[0, p]) / np.log(thaw[0])) for p in range(5)] == [1, 1, 2, 3, 3]  # banks at 1 and 2


def test_doses_halve_when_the_dose_doubles_and_follow_the_tissue() -> None:
    one, two = expand("fat", 3, 1e6, amount=50), expand("fat", 3, 2e6, amount=100)
    assert two.doses == pytest.approx(one.doses)


def test_senescent_cells_no_longer_double() -> None:
    grown = expand("marrow", 12, 5e5)
    left = np.diff(grown.doublings, axis=1)
    at = np.arange(1, 13)
    assert (left[at >= grown.senescence[:, None]] == 0).all()
    assert (left[at < grown.senescence[:, None]] > 0).all()
    assert grown.dividing(3) == 1 and grown.dividing(12) == 0


def test_a_passage_costs_potency_and_brings_clearance() -> None:
    grown = expand("cord", 8, 5e5)
    assert (grown.potency[:, 3] == 1).all() and (grown.clearance[:, 3] == 1).all()
    assert (np.diff(grown.potency) <= 0).all() and (np.diff(grown.clearance) >= 0).all()


def test_cord_gives_most_at_the_advised_limit() -> None:
    doses = {source: expand(source, 5, 5e5).middle("doses", 5) for source in SOURCES}
    assert doses["cord"][1] > doses["fat"][1] > doses["marrow"][1]
    assert doses["cord"][0] < doses["fat"][2], "the intervals overlap, and the table says so"


def test_what_is_told_of_a_lot_beyond_the_limit() -> None:
    notes = " ".join(expansion_told.notes(expand("fat", 9, 5e5)))
    assert "beyond the advised limit" in notes and "senescent by passage 9" in notes
    assert "beyond" not in " ".join(expansion_told.notes(expand("fat", 5, 5e5)))


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"passages": -1}, "--passages"),
        ({"passages": 31}, "--passages"),
        ({"dose": 0.0}, "--dose"),
        ({"dose": float("nan")}, "--dose"),
        ({"amount": float("inf")}, "--amount"),
        ({"draws": 99}, "--draws"),
    ],
)
def test_what_cannot_be_grown(changes: dict[str, float], where: str) -> None:
    with pytest.raises(RepigmentError, match="cannot be used") as caught:
        expand("cord", **{"passages": 5, "dose": 5e5, **changes})  # type: ignore[arg-type]
    assert caught.value.where == where and " to " in caught.value.allowed


def test_numbers_in_columns() -> None:
    assert ranged(1.0, 1.0, 1.0) == "1" and ranged(5.9e3, 2.8e5, 1.5e7) == "2.8e5 (5.9e3–1.5e7)"
    assert brief(999.6) == "1000" and brief(9.96) == "10" and brief(0) == "0"
