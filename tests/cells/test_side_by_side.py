"""Cord, marrow and fat: conflicts are told with all their sources, and what was retracted is never used."""

import json

from repigment.cells.side_by_side import barred, conflicts, properties, reports, spread
from repigment.cells.side_by_side_told import PLAYED, Comparison
from repigment.cells.sources import SOURCES
from repigment.treatments.cell_product import CellProduct
from repigment.trials.study import Study

FOUND = Comparison.of(5e5, 5, seed=1)


def test_every_property_has_every_source() -> None:
    assert [row[0] for row in FOUND.rows()][: len(properties())] == properties()
    assert {"doubling time", "colony forming", "immunosuppression", "secretion", "vesicle yield"} <= {*properties()}
    for name, *cells in FOUND.rows():
        assert len(cells) == 3 and all(cells) and name


def test_the_retracted_paper_is_barred_and_said_to_be() -> None:
    (paper,) = barred()
    assert "438243" in paper.study and paper not in reports()
    assert all("438243" not in row.identifier for row in reports())
    (line,) = [line for line in FOUND.lines() if line.startswith("Barred, never used:")]
    assert "Hu 2013" in line and "retracted in 2020" in line and "10.1155/2020/3176431" in line
    assert json.loads(FOUND.json())["barred"][0]["identifier"] == paper.identifier


def test_conflicts_name_both_sides() -> None:
    assert {*conflicts()} == {"doubling time", "immunosuppression", "secretion"}
    for about, found in conflicts().items():
        assert len({row.study for row in found}) > 1
        (line,) = [line for line in FOUND.lines() if line.startswith(f"Reports conflict on {about}:")]
        assert all(row.says in line and row.cited in line for row in found)


def test_immunosuppression_is_reported_in_every_order() -> None:
    said = [row.says for row in conflicts()["immunosuppression"]]
    assert any("cord above marrow" in each for each in said) and any("fat above cord" in each for each in said)
    assert any("marrow above fat" in each for each in said)


def test_numbers_span_the_reports() -> None:
    assert spread("doubling time", "cord") == (24.0, 31.9, "h")
    assert spread("doubling time", "fat") == (45.2, 402.3, "h")
    assert spread("immunosuppression", "cord") is None
    row = next(row for row in FOUND.rows() if row[0] == "doubling time")
    assert row[1].startswith("24–31.9 h") and "45.2–402 h" in row[3]
    assert "617" not in " ".join([*row, *FOUND.lines()])


def test_cord_is_last_in_colony_forming() -> None:
    row = next(row for row in FOUND.rows() if row[0] == "colony forming")
    assert row[1:] == ["last of menstrual, fat and cord cells", "3.9 %", "10 %"]


def test_what_was_not_read_in_the_study_says_so() -> None:
    for row in reports():
        assert row.status in ("measured", "secondary", "recalled")
        assert bool(row.identifier) == (row.status != "recalled")
        assert (row.status == "secondary") == row.study.startswith("table of")
        assert row.cited.endswith(f"[{row.status}]") == (row.status != "measured")


def test_the_trial_that_plays_them_is_named_last_and_exists() -> None:
    assert FOUND.lines()[-1].endswith(PLAYED)
    study = Study.load(PLAYED.split()[-1])
    cells = [given for arm in study.arms for given in arm.treatments if isinstance(given, CellProduct)]
    assert {given.source for given in cells} == {*SOURCES}
    assert len({given.model_copy(update={"source": "cord"}).model_dump_json() for given in cells}) == 1


def test_reports_are_complete() -> None:
    for row in (*reports(), *barred()):
        assert row.study and {*row.sources} <= {*SOURCES} and (row.says or row.value is not None)
        if row.value is not None:
            assert row.low is not None and row.high is not None and row.low <= row.value <= row.high
