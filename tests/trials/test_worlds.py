"""Worlds of a study: what is drawn, for whom, and that what is known stays as it is."""

import re

import numpy as np
import pytest

from repigment.evidence.parameters import parameter, supposing, value
from repigment.treatments.worlds import UNKNOWN
from repigment.trials.enrol import enrol
from repigment.trials.study import Study
from repigment.trials.unknown import worlds


def study(name: str, of: str, draws: int = 4) -> Study:
    text = Study.load(name).toml()
    said = f'prior_draws = {draws}\nof = "{of}"'
    text = re.sub(r"prior_draws = \d+.*", said, text) if "prior_draws" in text else f"{text}\n[uncertainty]\n{said}\n"
    return Study.from_toml(text).scaled(8)


def test_supposing_answers_while_it_lasts_and_for_what_it_names() -> None:
    usual = value("mu"), value("dl_Q")
    with supposing({"mu": 0.05}):
        assert (value("mu"), value("dl_Q")) == (0.05, usual[1])
        with supposing({"dl_Q": 0.3}):
            assert value("dl_Q") == 0.3
        assert value("mu") == 0.05
    assert (value("mu"), value("dl_Q")) == usual


def test_of_the_cells_only_what_nobody_knows_of_them_is_drawn() -> None:
    drawn = worlds(study("uc-msc-vitiligo", "cells"), 1)
    assert len(drawn) == 4
    in_the_skin = {"e_sup", "e_imm", "e_inf", "e_sig", "dl_Q", "pr_imm", "pr_inf", "V_tox"}
    events = {"event_ratio.fever", "event_ratio.site", "event_ratio.infection", "event_risk.granuloma"}
    assert set(drawn[0]) == {*in_the_skin, *events, "k_sens", "k_ab", "p_antibody"}


def test_what_does_not_act_is_not_drawn_and_the_rest_is_drawn_as_ever() -> None:
    text = Study.load("uc-msc-vitiligo").toml().replace("cells_per_point", 'mechanisms = ["immune"], cells_per_point')
    alone, together = (worlds(each.scaled(8), 1) for each in (Study.from_toml(text), Study.load("uc-msc-vitiligo")))
    assert "e_sup" not in alone[0] and "pr_inf" not in alone[0]
    assert all(one[name] == all_[name] for one, all_ in zip(alone, together, strict=True) for name in one)


def test_a_study_without_cells_draws_nothing_unless_it_says_treatments() -> None:
    assert worlds(study("true-v", "cells"), 1) == [{}] * 4
    drawn = worlds(study("true-v", "treatments"), 1)
    assert "rux_J" in drawn[0] and "e_imm" not in drawn[0]
    assert drawn[0]["rux_J"] != drawn[1]["rux_J"]
    for world in drawn:
        for name, each in world.items():
            assert parameter(name).low <= each <= parameter(name).high


def test_only_weak_parameters_of_treatments_are_drawn() -> None:
    every, cells = (set(worlds(study("uc-msc-vitiligo", of), 1)[0]) for of in ("treatments", "cells"))
    names = every - cells
    assert names and names.isdisjoint(UNKNOWN)
    assert {parameter(name).status for name in names} <= {"prior", "assumed", "fitted"}
    assert "nbuvb_per_sed" in names


def test_arms_without_cells_live_in_one_world_and_in_all_where_treatments_are_drawn() -> None:
    for of, expected in (("cells", {"sham": {0}, "UC-MSC": {0, 1, 2, 3}}), ("treatments", {"sham": {0, 1, 2, 3}})):
        cases = enrol(study("uc-msc-vitiligo", of), 1)
        for arm, known in expected.items():
            assert {case.world for case in cases if case.arm == arm} == known
        sham = [case.lesions[0] for case in cases if case.arm == "sham"]
        assert all(bool(lesion.strengths) == (of == "treatments") for lesion in sham)


def test_a_drawn_treatment_reaches_the_exposure() -> None:
    first, second = (
        next(case for case in enrol(study("true-v", "treatments"), 1) if case.arm == "ruxolitinib" and case.world == w)
        for w in (0, 1)
    )
    one, other = (case.lesions[0].exposure(70).table for case in (first, second))
    assert np.abs(one - other).max() > 0.01


def test_a_strength_that_the_study_sets_makes_one_world() -> None:
    text = Study.load("uc-msc-vitiligo").toml()
    fixed = text.replace("cells_per_point = 5e5,", "cells_per_point = 5e5, strength = 0.5,")
    cases = enrol(Study.from_toml(fixed).scaled(8), 1)
    assert {case.world for case in cases} == {0}
    assert all(case.lesions[0].strengths == {} for case in cases)


@pytest.mark.parametrize("draws", [0, 257])
def test_as_many_worlds_as_a_study_may_have(draws: int) -> None:
    with pytest.raises(Exception, match="1 to 256"):
        study("uc-msc-vitiligo", "cells", draws)
