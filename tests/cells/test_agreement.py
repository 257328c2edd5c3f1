"""Papers that contradict themselves, and numbers that are printed so that it is seen why they fail."""

from datetime import date, datetime

import pytest

from repigment.cells import release
from repigment.cells.line import Line
from tests.cells.conftest import GONE, Made


def line(lines: tuple[Line, ...], item: str) -> Line:
    (found,) = [line for line in lines if line.item == item]
    return found


def refused(lines: tuple[Line, ...]) -> list[str]:
    return [line.item for line in release.refusals(lines)]


def test_the_days_of_the_sterility_test_fit_before_the_release(lot: Made) -> None:
    made = lot(quality__tested=date(2024, 3, 26), quality__released=date(2024, 3, 27))
    found = line(release.check(made), "days for the sterility test")
    assert refused(release.check(made)) == [found.item]
    assert (found.found, found.limit) == ("2 d from harvest to release", "at least 14 d, as told")
    assert release.passes(release.check(lot(quality__released=date(2024, 4, 8))))


def test_cells_that_never_froze_count_from_the_working_bank(lot: Made) -> None:
    fresh = {"bag__0__shipping__state": "cooled", "freezing__frozen": GONE, "quality__released": date(2024, 3, 26)}
    found = line(release.check(lot(**fresh)), "days for the sterility test")
    assert (found.verdict, found.found) == ("pass", "29 d from working bank to release")


def test_the_coldest_is_not_above_the_warmest(lot: Made) -> None:
    lines = release.check(lot(bag__0__shipping__warmest=-195.0))
    assert refused(lines) == ["bag 1: coldest to warmest"]
    assert line(lines, "bag 1: coldest to warmest").found == "-190 to -195 C"
    same = lot(bag__0__shipping__warmest=-190.0)
    assert release.passes(release.check(same))


@pytest.mark.parametrize(
    ("item", "changes"),
    [
        ("chain: donation", {"donation__code": "D-0093", "bank__master__of": "D-0093", "codes__sec": GONE}),
        ("chain: master bank", {"bank__master__code": "C-0147", "bank__working__of": "C-0147"}),
        ("chain: working bank", {"bank__working__code": "M-0147"}),
        ("chain: bag 1", {"bag__0__code": "UC-0147"}),
        ("chain: bag 1", {"bag__0__code": "M-0147"}),
    ],
)
def test_no_link_has_the_code_of_one_before_it(lot: Made, item: str, changes: dict[str, object]) -> None:
    lines = release.check(lot(**changes))
    assert refused(lines) == [item] and line(lines, item).limit == "a code of its own"


@pytest.mark.parametrize("name", ["John Smith", "Smith, John", "J. Smith", "Zoë O\u2019Brien", "Anna-Lena Maier"])
def test_names_of_people_fail_and_are_not_repeated(lot: Made, name: str) -> None:
    lines = release.check(lot(bag__0__patient=name))
    assert refused(lines) == ["chain: bag 1: patient"] and not any(name in line.found for line in lines)
    lines = release.check(lot(donor__code=name, donation__of=name))
    assert refused(lines) == ["chain: donor"]
    assert not any(name in line.found + line.limit for line in lines)


@pytest.mark.parametrize("code", ["P-021", "P 021", "PATIENT", "site A / 21"])
def test_codes_are_no_names(lot: Made, code: str) -> None:
    assert release.passes(release.check(lot(bag__0__patient=code)))


def test_rules_that_do_not_apply_yet_fail(lot: Made) -> None:
    found = line(release.check(lot(donor__eligibility__rules="EU 2024/1938")), "rules in force")
    assert (found.verdict, found.found) == ("fail", "2024-01-15")
    assert found.limit == "from 2027-08-07 (the day of donation)"
    for taken, verdict in ((date(2027, 8, 6), "fail"), (date(2027, 8, 7), "pass"), (datetime(2027, 8, 7, 9), "pass")):
        made = lot(donor__eligibility__rules="EU 2024/1938", donation__taken=taken)
        assert line(release.check(made), "rules in force").verdict == verdict


def test_enough_digits_that_a_fail_is_seen(lot: Made) -> None:
    assert line(release.check(lot(quality__viability=79.999)), "viability").found == "79.999 %"
    assert line(release.check(lot(quality__viability=79.99999999)), "viability").found == "79.99999999 %"
    assert line(release.check(lot(quality__viability=90.123456)), "viability").found == "90.12 %"
    assert line(release.check(lot(quality__endotoxin=0.49999999)), "endotoxin").found == "0.49999999 EU/mL"


def test_long_journeys_are_written_out(lot: Made) -> None:
    made = lot(bag__0__shipping__sent=datetime(2021, 5, 4, 10, 30))
    assert line(release.check(made), "bag 1: journey, frozen").found == "26,304 h"
