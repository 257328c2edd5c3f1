"""What a user is told: why a size is out of reach, and what to do where nothing can be said."""

import json
import re
from collections.abc import Callable
from types import SimpleNamespace as Some

import numpy as np
import pytest

from repigment.cli.assured import show
from repigment.errors import RepigmentError
from repigment.trials.assurance import Effects, assure, check_effect, effects, with_worlds, written
from repigment.trials.assurance.assured import _notes
from repigment.trials.report.assurance import section
from repigment.trials.study import Study

Played = Callable[..., Some]
HALF = np.array([20.0, -20.0, 10.0, -10.0, 15.0, -15.0, 5.0, -5.0])


@pytest.fixture(scope="module")
def half(played: Played) -> Some:
    """A trial of a product that helps in every second world."""
    return played(HALF, n=200, shared=0.99)


def test_out_of_reach_has_its_reason(half: Some) -> None:
    found = assure(half)[0]
    assert found.needed is None
    assert found.reason == "at most 50 % however many patients, because in 50 % of worlds there is no benefit"


def test_too_small_a_benefit(played: Played) -> None:
    found = assure(played(np.array([20.0, 20, 20, 20, 0.2, 0.2, 0.2, 0.2]), n=400, shared=1.0))[0]
    assert re.fullmatch(
        r"\d+ % with 10000 patients an arm, because the benefit is too small in some worlds", found.reason
    )


def test_few_patients_and_few_worlds_are_said(played: Played) -> None:
    notes = " ".join(assure(played(np.full(8, 3.0), n=12, shared=0.2))[0].notes)
    assert "% is the luck of few simulated patients, so that the share of worlds with benefit is uncertain." in notes
    assert "Simulate more (--patients)." in notes
    assert "8 worlds are few: add --worlds 16 or more." in notes


def test_the_share_of_worlds_is_uncertain_where_their_shape_is_not_known(known: Callable[..., Effects]) -> None:
    """Where luck is a good part of the variance, worlds without benefit are drawn across zero, or not."""
    worlds = np.array([-2.0] * 12 + [12.0] * 4)
    for spread, uncertain in ((15.0, True), (2.0, False)):
        found = known(worlds, spread=spread)
        assert (found.reliability < 0.8) == uncertain and found.reliability > 0.5
        assert any("share of worlds with benefit is uncertain" in note for note in _notes(found)) == uncertain


def test_what_cannot_be_estimated_is_said_with_its_reason(played: Played, capsys: pytest.CaptureFixture[str]) -> None:
    trial = played(HALF, n=10)
    trial.scores.loc[trial.scores["week"] == 24, "value"] = np.nan
    found = assure(trial)
    assert found and len(found) == 0 and [each.endpoint for each in found.left_out] == ["F-VASI change", "F-VASI50"]
    kept = json.loads(written.text(found))
    assert kept["assurance"] == [] and len(kept["assurance_left_out"]) == 2
    told = "F-VASI change at week 24 cannot be estimated in 'cells' against 'sham' in every world"
    assert kept["assurance_left_out"][0]["reason"] == told
    show(found)
    said = " ".join(capsys.readouterr().out.split())
    assert f"No assurance of cells v sham: {told}." in said and "1 secondary comparisons" in said
    (block,) = section(trial, found).blocks
    assert block.kind == "prose" and f"{told}." in block.paragraphs


def test_power_is_told_at_a_stated_effect(half: Some) -> None:
    by_prior, by_hand = assure(half)[0], assure(half, effect=30.0)[0]
    assert by_prior.stated == pytest.approx(np.quantile(by_prior.effects, 0.95)) and by_prior.stated_by == "prior"
    assert by_prior.power_at_stated > 0.9 > by_prior.power_at_mean, "at the mean of a prior around none is nothing"
    assert (by_hand.stated, by_hand.stated_by) == (30.0, "--effect") and by_hand.power_at_stated > 0.999
    text = " ".join(str(p) for b in section(half, assure(half, effect=30.0)).blocks[:2] for p in b.paragraphs)  # type: ignore[union-attr]
    assert "(stated) it is" in text and "(the level of its test)" in text


@pytest.mark.parametrize("effect", [0.0, -5.0, float("nan"), float("inf")])
def test_an_effect_that_is_none(half: Some, effect: float) -> None:
    with pytest.raises(RepigmentError, match=r"an effect of .* is impossible.*--effect"):
        assure(half, effect=effect)


def test_an_effect_in_the_wrong_unit() -> None:
    cells = Study.load("uc-msc-vitiligo")
    with pytest.raises(RepigmentError, match=r"write 0.2 for 20 percentage points"):
        check_effect(cells, 20)
    mixed = Some(endpoints=[Some(score=name, primary=True) for name in ("F-VASI75", "F-VASI change")])
    with pytest.raises(RepigmentError, match="primary endpoints in 2 units"):
        check_effect(mixed, 0.2)


def test_nothing_drawn(played: Played) -> None:
    with pytest.raises(RepigmentError) as told:
        assure(played(HALF, prior="none"))
    assert "nothing was drawn in this trial" in str(told.value)
    assert 'prior_draws = 16 in [uncertainty], and of = "treatments" where no cells are given' in str(told.value)


def test_one_world(played: Played) -> None:
    with pytest.raises(RepigmentError) as told:
        assure(played(HALF[:1]))
    assert "1 world(s) are too few to average over" in str(told.value)
    assert "Allowed: 4 worlds or more" in str(told.value) and "add --worlds 16" in str(told.value)


@pytest.mark.parametrize("wanted", [0.0, 1.0, 80.0, float("nan")])
def test_an_assurance_that_is_none(half: Some, wanted: float) -> None:
    with pytest.raises(RepigmentError, match=r"is impossible.*write 0.8 for 80 %"):
        assure(half, wanted)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (("F-VASI change", "cels", "sham"), "the arm 'cels' is not known.*write 'cells'"),
        (("F-VASI change", "cells", "cells"), "'cells' and 'cells' are not compared by this study"),
        (("F-VASI chang", "cells", "sham"), "the endpoint 'F-VASI chang' is not known.*write 'F-VASI change'"),
        (("F-VASI90", "cells", "sham"), "the study does not ask for F-VASI90.*Allowed: F-VASI change, F-VASI50"),
        (("F-VASI change", "cells", "sham", 12), "there is no visit at week 12.*Allowed: 0, 24"),
    ],
)
def test_what_cannot_be_asked(half: Some, asked: tuple[str, ...], words: str) -> None:
    with pytest.raises(RepigmentError, match=words):
        effects(half, *asked)  # type: ignore[arg-type]


def test_nobody_seen(played: Played) -> None:
    trial = played(HALF, n=10)
    trial.scores.loc[trial.scores["week"] == 24, "value"] = np.nan
    with pytest.raises(RepigmentError, match="cannot be estimated in 'cells' against 'sham' in every world"):
        effects(trial, "F-VASI change", "cells", "sham")


@pytest.mark.parametrize("worlds", [0, 1, 3, 257])
def test_worlds_out_of_range(worlds: int) -> None:
    with pytest.raises(RepigmentError, match=f"{worlds} worlds cannot be averaged over.*Allowed: 4 to 256"):
        with_worlds(Study.load("uc-msc-vitiligo"), worlds)


def test_cells_are_drawn_and_else_the_treatments() -> None:
    cells, creams = Study.load("uc-msc-vitiligo"), Study.load("melasma-hydroquinone")
    assert with_worlds(cells) is cells, "it draws enough by itself"
    assert with_worlds(cells, 32).uncertainty.prior_draws == 32 and with_worlds(cells, 32).uncertainty.of == "cells"
    drawn = with_worlds(creams)
    assert (drawn.uncertainty.of, drawn.uncertainty.prior_draws) == ("treatments", 16)
    assert Study.from_toml(drawn.toml()).uncertainty == drawn.uncertainty, "the report says how to run it again"


def test_worlds_that_would_all_be_alike_are_refused() -> None:
    with pytest.raises(RepigmentError, match=r"draws nothing.*add --assurance"):
        with_worlds(Study.load("melasma-hydroquinone"), 8, else_treatments=False)
    assert with_worlds(Study.load("uc-msc-vitiligo"), 8, else_treatments=False).uncertainty.prior_draws == 8


def test_json_has_no_holes(half: Some) -> None:
    text = written.text(assure(half))
    found = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is not JSON"))
    assert found["assurance_left_out"] == []
    first = found["assurance"][0]
    assert first["needed"] is None and first["reason"].startswith("at most 50 %")
    assert first["more"]["value"]["share"] > 0 and len(first["effects"]) == 8
    assert first["smallest" if "smallest" in first else "more"], "what it would take"
    assert text == written.text(assure(half)), "the same bytes every time"


def test_the_section_says_what_it_rests_on(half: Some) -> None:
    found = section(half, assure(half))
    text = " ".join(str(p) for block in found.blocks if block.kind == "prose" for p in block.paragraphs)
    assert "It rests on a prior, not on evidence: here on 8 worlds" in text
    assert "Monte Carlo error" in text
    assert "out of reach: at most 50 % however many patients" in text
    assert "55.0\u202f% of patients at the higher dose in an early study of 34, and in 31.8\u202f% against 27.2" in text
    charts = [chart for block in found.blocks if block.kind == "figures" for chart in block.charts]
    assert [chart.title.partition(":")[0] for chart in charts] == [
        "Chance of success by size",
        "Effect in each world",
        "What the effect depends on",
    ]
    assert all("<svg" in chart.svg and chart.alt for chart in charts)
