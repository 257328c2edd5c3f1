"""A study asks for scores that its condition has, and is told which these are."""

from types import SimpleNamespace as Some

import pytest

from repigment.trials.protocol.design_checks import _criterion
from repigment.trials.protocol.scores import listed, scored_condition


def study(condition, *scores, published=()):
    rows = [(("published", 0, "results", i), Some(endpoint=name)) for i, name in enumerate(published)]
    return Some(
        population=Some(condition=condition),
        endpoints=tuple(Some(score=name) for name in scores),
        published_paths=lambda: rows,
    )


def test_a_score_of_another_condition_is_told_with_those_that_fit():
    (told,) = scored_condition(study("lentigo", "spots75", "MASI"))
    assert told.what == "a study of lentigo has no MASI"
    assert told.path == ("endpoint", 1, "score")
    assert "spots, spots change, spots25/50/75/90/100, contrast, contrast change" in told.allowed
    assert "MASI" not in told.allowed
    assert told.remedy.startswith(("write '", "choose"))


def test_many_are_told_at_once():
    """Somebody who only changed the condition of a study is told once."""
    names = ["F-VASI", "F-VASI75", "T-VASI75", "F-VASI75", "spread", "repigmentation", "F-VASI90"]
    (told,) = scored_condition(study("melasma", *names))
    assert told.what == "a study of melasma has no F-VASI, F-VASI75, T-VASI75, spread, repigmentation, ..."
    assert told.path == ("endpoint", 0, "score")
    assert told.remedy == "choose scores of melasma"


def test_published_results_have_to_fit_too():
    (told,) = scored_condition(study("vitiligo", "F-VASI75", published=["F-VASI75", "mMASI"]))
    assert told.path == ("published", 0, "results", 1, "endpoint")
    assert told.what == "a study of vitiligo has no mMASI"


@pytest.mark.parametrize(
    ("condition", "score"),
    [("vitiligo", "F-VASI75"), ("melasma", "hemi-MASI50"), ("pih", "spots"), ("freckles", "clear"), ("pih", "redness")],
)
def test_scores_that_fit_are_not_mentioned(condition, score):
    assert list(scored_condition(study(condition, score, published=[score]))) == []


def test_responses_to_be_withdrawn_by_fit_the_condition():
    assert list(_criterion("MASI75", "melasma")) == []
    assert list(_criterion("contrast75", "freckles")) == []
    for criterion, condition in (("F-VASI75", "melasma"), ("contrast75", "vitiligo"), ("clear", "melasma")):
        (told,) = _criterion(criterion, condition)
        assert told.what == f"'{criterion}' is no response that patients could be chosen by"


def test_levels_of_a_score_are_listed_together():
    assert listed(["a", "a change", "a25", "a50", "b100"]) == "a, a change, a25/50, b100"
