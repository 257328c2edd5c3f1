"""Lots of cells in a plan: read from their files, refused where they fail, and felt in the skin where they differ."""

import json
import re
from datetime import date
from math import exp
from pathlib import Path

import numpy as np
import pytest
from pydantic import ValidationError

from repigment.cells.example import EXAMPLE
from repigment.cells.lot_file import parse_lot
from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.patients.prescribe import prescribe
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.lots import with_lots
from repigment.treatments.uc_msc import UCMSC
from repigment.treatments.uc_msc_vesicles import UCMSCVesicles
from repigment.treatments.worlds import draw_world
from repigment.trials.study import Study

INJECTED = '{ give = "uc-msc", weeks = [0, 4], strength = 1.0, lot = "%s" }'
STUDY = """
question = "Do these cells help?"
context_of_use = "a test"
visits = [0, 12]
population.condition = "vitiligo"
population.age = {{ mean = 38, sd = 14, min = 18, max = 75 }}
population.skin_types = {{ IV = 1 }}
population.latitude = 14
arm = [
  {{ name = "sham", n = 4, treatments = [{{ give = "sham-injection", weeks = [0, 4] }}] }},
  {{ name = "cells", n = 4, treatments = [{cells}] }},
]
endpoint = [{{ score = "F-VASI change", week = 12, primary = true }}]
"""


SPENT = EXAMPLE[: EXAMPLE.index("[[bag]]                   # this one is still")] + "[codes]\n"


def lot(key: str, usual: str, other: str) -> str:
    """The example with another value in one line."""
    text, count = re.subn(rf"(?m)^{key} = {usual}\b", f"{key} = {other}", EXAMPLE)
    assert count == 1, key
    return text


def of(text: str = EXAMPLE) -> UCMSC:
    return UCMSC(weeks=[0, 4], strength=1.0, lot=parse_lot(text, "test"))


def channels(given: UCMSC) -> tuple[np.ndarray, np.ndarray]:
    exposure = Exposure.over(56, "face", 3)
    given.expose(exposure, np.random.default_rng(0))
    return exposure.table[:, Channel.CELL_DOSE], exposure.table[:, Channel.CELL_CLEARANCE]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lots").mkdir()
    (tmp_path / "lots" / "good.toml").write_text(EXAMPLE)
    (tmp_path / "lots" / "dying.toml").write_text(lot("viability", "90.0", "61.0"))
    (tmp_path / "lots" / "spent.toml").write_text(SPENT)
    old = lot("expires", "2099-03-25", "2025-03-25").replace("20990325", "20250325")
    (tmp_path / "lots" / "expired.toml").write_text(old)
    for name in ("good", "dying", "none", "spent", "expired"):
        cells = INJECTED % f"lots/{name}.toml"
        (tmp_path / f"{name}.toml").write_text(STUDY.format(cells=cells))
    return tmp_path


def test_the_reference_lot_is_what_a_study_without_a_lot_means() -> None:
    plain, known = UCMSC(weeks=[0, 4], strength=1.0), of()
    assert plain.switches({}) == known.switches({})
    assert all(np.array_equal(one, other) for one, other in zip(channels(plain), channels(known), strict=True))


def test_fewer_living_cells_are_a_smaller_dose() -> None:
    usual, poorer = (channels(of(text))[0][0] for text in (EXAMPLE, lot("viability", "90.0", "82.0")))
    assert poorer / usual == pytest.approx(82 / 90, rel=1e-6)


def test_a_lot_of_an_earlier_passage_is_more_potent_and_lost_less_fast() -> None:
    early, late = (of(lot("passage", "3", each)) for each in ("2", "5"))
    assert early.switches({})["e_sup"] > late.switches({})["e_sup"]
    assert channels(early)[1][0] < channels(late)[1][0]


def test_what_worlds_suppose_of_lots_is_felt() -> None:
    given, world = of(lot("passage", "3", "5")), draw_world(0, 1)
    lost = exp(-2 * world["lot_passage_loss"])
    assert given.switches(world)["e_sup"] == pytest.approx(lost)
    assert lost != pytest.approx(exp(-2 * value("lot_passage_loss")))


def test_marrow_and_fat_differ_from_cord_in_holding_t_cells_back_only() -> None:
    world = draw_world(0, 1)
    cord, fat = (UCMSC(weeks=[0], source=each).switches(world) for each in ("cord", "fat"))
    assert fat["e_imm"] == pytest.approx(world["source_potency.fat"] * cord["e_imm"])
    assert {name: fat[name] for name in fat if name != "e_imm"} == {
        name: cord[name] for name in cord if name != "e_imm"
    }


def test_reports_on_sources_conflict_so_their_worlds_lie_on_both_sides_of_cord() -> None:
    drawn = [draw_world(world, 1)["source_potency.marrow"] for world in range(40)]
    assert min(drawn) < 0.8 < 1 < 1.25 < max(drawn)
    assert np.median(drawn) == pytest.approx(value("source_potency.marrow"), rel=0.1)


def test_a_source_that_is_not_the_lots_is_refused() -> None:
    with pytest.raises(ValidationError, match="is from cord"):
        UCMSC(weeks=[0], source="fat", lot=parse_lot(EXAMPLE, "test"))


def test_a_study_reads_a_lot_beside_it_and_then_holds_it(folder: Path) -> None:
    study = Study.load(folder / "good.toml")
    (given,) = study.arms[1].treatments
    assert isinstance(given, UCMSC) and given.lot is not None and given.lot.source == "cord"
    again = Study.from_toml(study.toml())
    assert again.fingerprint() == study.fingerprint()


def test_a_study_with_a_failing_lot_is_refused_with_file_lot_and_line(folder: Path) -> None:
    said = r"the lot UC-0147 may not be given on .* \(viability: 61 %, limit at least 80 %.*In: .*lots/dying.toml"
    with pytest.raises(RepigmentError, match=said):
        Study.load(folder / "dying.toml")


def test_a_lot_expires_for_a_study_as_for_its_own_check(folder: Path) -> None:
    with pytest.raises(RepigmentError, match=r"UC-0147 .*not expired: today .*, limit by 2025-03-25.*expired.toml"):
        Study.load(folder / "expired.toml")
    given = {"give": "uc-msc", "lot": "lots/expired.toml"}
    assert with_lots([given], folder, today=date(2025, 3, 25)) == 1
    again = {"give": "uc-msc", "lot": "lots/expired.toml"}
    with pytest.raises(RepigmentError, match="not expired"):
        with_lots([again], folder, today=date(2025, 3, 26))


def test_a_lot_of_a_day_to_come_is_refused(folder: Path) -> None:
    with pytest.raises(RepigmentError, match=r"on 2024-04-15 \(release: 2024-04-16, limit until 2024-04-15"):
        with_lots({"give": "uc-msc", "lot": "lots/good.toml"}, folder, today=date(2024, 4, 15))


def test_a_lot_with_no_bag_left_is_refused_and_says_why(folder: Path) -> None:
    with pytest.raises(RepigmentError, match=r"UC-0147 has nothing left to give.*In: .*spent.toml"):
        Study.load(folder / "spent.toml")


def test_a_stored_study_stays_readable_after_its_lot_expired(folder: Path) -> None:
    given = {"give": "uc-msc", "weeks": [0, 4], "strength": 1.0, "lot": "lots/expired.toml"}
    with_lots(given, folder, today=date(2025, 3, 25))
    assert UCMSC.model_validate_json(json.dumps(given)).lot == parse_lot((folder / "lots/expired.toml").read_text(), "")


@pytest.mark.parametrize("name", ["x" * 5000, "\\u0000", "\\u202egnp"])
def test_a_path_that_no_file_has_is_one_message(folder: Path, name: str) -> None:
    (folder / "odd.toml").write_text(STUDY.format(cells=INJECTED % name))
    with pytest.raises(RepigmentError) as caught:
        Study.load(folder / "odd.toml")
    assert str(caught.value).isprintable() and len(str(caught.value)) < 500


def test_a_study_with_a_lot_that_is_not_there_names_the_file(folder: Path) -> None:
    with pytest.raises(RepigmentError, match=r"there is no such file. In: .*none.toml"):
        Study.load(folder / "none.toml")


def test_a_patient_of_the_command_line_gets_a_lot_and_not_a_failing_one(folder: Path) -> None:
    (given,) = prescribe([INJECTED % (folder / "lots" / "good.toml")])
    assert isinstance(given, UCMSC) and given.lot is not None
    with pytest.raises(RepigmentError, match="may not be given"):
        prescribe([INJECTED % (folder / "lots" / "dying.toml")])


def test_injected_vesicles_are_a_dose_at_the_points_and_off_they_are_needles() -> None:
    def table(given: UCMSCVesicles) -> np.ndarray:
        exposure = Exposure.over(28, "face", 3)
        given.expose(exposure, np.random.default_rng(0))
        return exposure.table[:, Channel.INJECTED_VESICLES]

    few, many = (UCMSCVesicles(weeks=[0], particles_per_point=each, strength=1.0) for each in (1e8, 1e10))
    assert table(many)[0] == pytest.approx(100 * table(few)[0], rel=1e-5)
    assert np.flatnonzero(table(many)).tolist() == [0]
    assert not table(UCMSCVesicles(weeks=[0], mechanisms=[])).any()


@pytest.mark.parametrize("wrong", ["3", "true", "[1]"])
def test_a_lot_that_is_neither_a_file_nor_a_table_is_refused(wrong: str) -> None:
    with pytest.raises(RepigmentError, match=r"a lot cannot be .*its file in quotes"):
        Study.from_toml(STUDY.format(cells=(INJECTED % "x").replace('"x"', wrong)))
