"""From a finished trial to effects: each world by itself, and apart from the luck of the patients."""

from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace as Some

import numpy as np
import pandas as pd
import pytest

from repigment.trials.assurance import assure, effects, power
from repigment.trials.assurance.bootstrap import repeat
from repigment.trials.assurance.power import false_alarm, in_worlds

Played = Callable[..., Some]
TRUTH = np.array([12.0, -12.0, 6.0, -6.0, 20.0, -20.0, 0.0, 3.0])


def test_each_world_has_its_own_effect(played: Played) -> None:
    found = effects(played(TRUTH, n=400, shared=0.99), "F-VASI change", "cells", "sham")
    assert found.better == -1 and found.unit == "%" and found.week == 24
    assert found.benefit == pytest.approx(TRUTH, abs=1.0)
    assert found.sizes == (400, 400) and found.worlds == 8
    assert found.error == pytest.approx(np.sqrt(2 / 400) * 30, rel=0.15), "of two arms of different people"
    assert found.luck < found.error.min() / 3, "of the same people in both arms"
    assert list(found.draws.columns) == ["e_imm", "e_dif"]


def test_the_arms_may_be_asked_for_the_other_way(played: Played) -> None:
    trial = played(TRUTH)
    one = effects(trial, "F-VASI change", "cells", "sham")
    other = effects(trial, "F-VASI change", "sham", "cells")
    assert other.benefit == pytest.approx(-one.benefit)


def test_an_arm_alike_in_all_worlds_may_be_written_once_or_in_each(played: Played) -> None:
    once, each = played(TRUTH), played(TRUTH)
    sham = each.scores[each.scores["arm"] == "sham"]
    each.scores = pd.concat([each.scores, *[sham.assign(world=world) for world in range(1, TRUTH.size)]])
    found = [effects(trial, "F-VASI change", "cells", "sham") for trial in (once, each)]
    assert found[0].benefit == pytest.approx(found[1].benefit) and found[0].error == pytest.approx(found[1].error)


def test_luck_of_patients_is_taken_from_the_spread(played: Played) -> None:
    """No world differs from another: whatever spread is seen is luck."""
    spreads, kept = [], []
    for seed in range(30):
        found = effects(played(np.full(8, 5.0), n=30, shared=0.5, seed=seed), "F-VASI change", "cells", "sham")
        spreads.append(found.estimate.var(ddof=1) / found.spread)
        kept.append(found.reliability)
    assert np.mean(spreads) == pytest.approx(1, abs=0.3), "the variance that luck makes is known"
    assert np.median(kept) < 0.25


def test_a_spread_beyond_luck_is_kept(played: Played) -> None:
    found = effects(played(TRUTH, n=100, shared=0.8), "F-VASI change", "cells", "sham")
    assert found.reliability > 0.9
    assert found.benefit.std(ddof=1) <= found.estimate.std(ddof=1)


def test_arms_keep_their_proportions(played: Played) -> None:
    found = replace(effects(played(TRUTH), "F-VASI change", "cells", "sham"), sizes=(80, 40))
    assert found.arms_at(20) == (40, 20)
    assert found.scale(160) == pytest.approx(0.5)
    assert found.df_at(20) == pytest.approx(found.df / 2)


def test_within_patients(played: Played) -> None:
    found = effects(played(TRUTH, n=60, shared=0.9, design="within-patient"), "F-VASI change", "cells", "sham")
    assert found.sizes == (60, 60) and found.df == 59
    assert found.error == pytest.approx(np.sqrt(2 * 0.1 / 60) * 30, rel=0.35), "of paired lesions"


def test_shares(played: Played) -> None:
    found = effects(played(TRUTH, n=200), "F-VASI50", "cells", "sham")
    assert found.shares is not None and found.better == 1
    assert found.benefit[4] > 0.1 and found.benefit[5] < -0.1
    small = effects(played(TRUTH, n=20), "F-VASI50", "cells", "sham")
    assert 0 < false_alarm(small) < 0.05 and false_alarm(found) == pytest.approx(0.05)


def test_imputed_values_are_no_knowledge(played: Played) -> None:
    trial = played(TRUTH, n=60)
    whole = effects(trial, "F-VASI50", "cells", "sham")
    gone = trial.people["patient"] % 3 == 0
    missing = trial.scores["patient"].isin(trial.people.loc[gone, "patient"]) & (trial.scores["week"] == 24)
    trial.scores.loc[missing, "value"] = np.nan
    trial.study.analysis.missing = "multiple-imputation"
    found = effects(trial, "F-VASI50", "cells", "sham")
    assert found.unseen == pytest.approx(1.5) and found.error.mean() > 1.1 * whole.error.mean()


@pytest.mark.parametrize(("endpoint", "n"), [("F-VASI change", 20), ("F-VASI change", 40), ("F-VASI50", 40)])
def test_the_trial_done_again_succeeds_as_often(played: Played, endpoint: str, n: int) -> None:
    """The real analysis of a few hundred bootstrapped trials against the power that is told."""
    trial = played(np.array([18.0, -18.0, 9.0, -9.0]), n=120, shared=0.5)
    asked = next(each for each in trial.study.endpoints if each.score == endpoint)
    found = effects(trial, asked, "cells", "sham")
    again = repeat(trial, asked, "cells", "sham", (n, n), world=0, replicates=300, seed=3)
    told = float(in_worlds(replace(found, spread=0.0), n)[0])
    assert again.benefit == pytest.approx(told, abs=3 * again.error(told) + 0.03)
    assert 0.3 < told < 0.98


def test_without_effect_the_trial_done_again_errs_at_alpha(played: Played) -> None:
    trial = played(np.zeros(4), n=120)
    again = repeat(trial, trial.study.endpoints[0], "sham", "sham", (30, 30), world=0, replicates=400, seed=1)
    assert again.significant == pytest.approx(0.05, abs=3 * again.error(0.05))
    assert again.benefit <= again.significant


def test_a_whole_assurance(played: Played) -> None:
    found, share = assure(played(TRUTH, n=100), wanted=0.4)
    assert (found.endpoint, found.primary, found.worlds) == ("F-VASI change", True, 8)
    assert found.benefit_worlds == pytest.approx(0.5, abs=0.13)
    assert found.assurance < found.benefit_worlds + 0.01
    assert found.needed and found.needed[0] == found.needed[1]
    assert found.more and found.more.smallest.if_true >= 0.4
    assert [each.parameter for each in found.more.sensitivity] == ["e_imm"]
    assert found.more.sensitivity[0].correlation > 0.9
    assert share.more is None and not share.primary
    assert [point.n[0] for point in found.curve] == sorted(point.n[0] for point in found.curve)
    assert found.power_at_mean == pytest.approx(
        float(
            power(found.mean, found.trial_error, df=effects(played(TRUTH, n=100), "F-VASI change", "cells", "sham").df)
        )
    )
