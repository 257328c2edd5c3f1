"""Good, bad and incomplete lots: every rule has a lot that breaks it alone, and one that misses it."""

from datetime import date, datetime

import pytest

from repigment.cells import release
from repigment.cells.limits import all_limits, limits
from repigment.cells.lot import reference
from repigment.cells.sources import SOURCES
from tests.cells.conftest import GONE, Made
from tests.cells.table import AUTOMATED, COOLED, EUROPE, FAT, MARROW, RULES, SOHO, Rule

GOOD = {"cord": {}, "cooled": COOLED, "auto": AUTOMATED, "EU": EUROPE, "marrow": MARROW, "fat": FAT}
BREAKABLE = [rule for rule in RULES if rule.bad]
ALONE = {"bag 1: journey, cooled": {"bag 1: from thaw to skin"}}  # its hours are not told by days alone


def named(rule: Rule) -> str:
    return f"{rule.item}, {rule.base.get('source', 'cord')}"


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD)
def test_good_lots_pass(lot: Made, changes: dict[str, object]) -> None:
    lines = release.check(lot(**changes))
    assert release.refusals(lines) == [] and release.passes(lines)


@pytest.mark.parametrize("rule", BREAKABLE, ids=named)
def test_a_rule_is_broken_alone(lot: Made, rule: Rule) -> None:
    refused = release.refusals(release.check(lot(**{**rule.base, **rule.bad})))
    assert {line.item for line in refused if line.verdict == "fail"} == {rule.item}
    assert {line.item for line in refused} - {rule.item} <= ALONE.get(rule.item, set())
    (line,) = [line for line in refused if line.item == rule.item]
    assert line.found and line.limit and line.source and line.where


@pytest.mark.parametrize("rule", RULES, ids=named)
def test_a_rule_is_missed(lot: Made, rule: Rule) -> None:
    lines = release.check(lot(**{**rule.base, **dict.fromkeys(rule.keys, GONE)}))
    (line,) = [line for line in lines if line.item == rule.item]
    assert line.verdict == "missing" and line.refuses == line.required
    assert not any(line.verdict == "fail" for line in lines)


def test_the_table_has_every_rule(lot: Made) -> None:
    tried = {rule.item for rule in RULES}
    for changes in ({}, COOLED, AUTOMATED, EUROPE, SOHO, MARROW, FAT, {"bag": GONE}):
        assert {line.item for line in release.check(lot(**changes))} - tried <= {"not expired"}
    assert {limit.item for limit in all_limits()} <= {item.removeprefix("bag 1: ") for item in tried}


def test_every_limit_is_complete() -> None:
    for limit in all_limits():
        assert limit.need in {"required", "advised"} and limit.status in {"read", "recalled", "chosen"}
        assert limit.source and limit.how in {">=", "<=", "<", "is", "between", "from", "told"}
        assert ("recalled" in limit.source) == (limit.status == "recalled")
        assert {*limit.sources} <= {*SOURCES, "all"}
    for source in SOURCES:
        items = [limit.item for limit in all_limits() if {source, "all"} & {*limit.sources}]
        assert len(items) == len(set(items)) == len(limits(source)), "two limits on one item"


def test_limits_differ_by_source_and_say_whose_they_are() -> None:
    assert [limits(source)["viability"].said for source in SOURCES] == [
        "at least 80 %",
        "at least 70 %",
        "at least 70 %",
    ]
    assert "PMC7163319" in limits("cord")["viability"].source


def test_marks_that_stand_for_each_other(lot: Made) -> None:
    other = lot(quality__identity__cd14=GONE, quality__identity__cd11b=1.0)
    assert release.passes(release.check(other))
    worse = lot(quality__identity__cd11b=5.0)
    assert [line.item for line in release.refusals(release.check(worse))] == ["CD14 or CD11b"]


def test_what_lies_beyond_the_state_may_be_missing(lot: Made) -> None:
    assert release.passes(release.check(lot(state="released", bag=GONE)))
    assert not release.passes(release.check(lot(state="shipped", bag=GONE)))
    sent = lot(state="shipped", bag__0__thawed=GONE, bag__0__prepared=GONE, bag__0__injected=GONE, bag__0__patient=GONE)
    assert release.passes(release.check(sent))


def test_a_lot_that_is_not_used_expires_with_the_day(lot: Made) -> None:
    shelf = lot(state="released", bag=GONE)
    assert release.passes(release.check(shelf, on=date(2025, 3, 25)))
    assert [line.item for line in release.refusals(release.check(shelf, on=date(2025, 3, 26)))] == ["not expired"]


def test_a_bag_that_is_left_expires_though_another_was_used(lot: Made) -> None:
    bag = lot().bag[0].model_dump()
    left = {**bag, "code": "UC-0147-B02", "thawed": None, "prepared": None, "injected": None, "points": ()}
    half = lot(state="shipped", bag=[bag, left])
    assert release.passes(release.check(half, on=date(2025, 3, 25)))
    assert [line.item for line in release.refusals(release.check(half, on=date(2025, 3, 26)))] == ["not expired"]


def test_the_code_names_the_donation_as_the_papers_do(lot: Made) -> None:
    for named in ("C-0147", "c 0147", "DE000123 00000000C0147"):
        lines = release.check(lot(donation__code=named, bank__master__of=named))
        (line,) = [line for line in lines if line.item == "Single European Code: donation"]
        assert (line.verdict, line.found, line.limit) == ("pass", "00000000C0147", f"of {named}")
    for named in ("C-147", "C-01470", "DE000124 00000000C0147"):
        refused = release.refusals(release.check(lot(donation__code=named, bank__master__of=named)))
        assert [line.item for line in refused] == ["Single European Code: donation"]


def test_a_lot_is_spent_when_its_last_bag_was_injected(lot: Made) -> None:
    assert lot().spent and lot(state="shipped").spent
    assert not lot(state="shipped", bag__0__injected=GONE).spent
    assert not lot(state="released", bag=GONE).spent and not reference().spent


def test_a_step_after_the_day_of_the_check_fails() -> None:
    late = release.refusals(release.check(reference(), on=date(2024, 5, 5)))
    assert [line.item for line in late] == ["bag 1: thawed", "bag 1: prepared", "bag 1: injected"]
    assert late[0].limit == "until 2024-05-05, the day of the check"


def test_cells_that_never_froze_have_no_thaw(lot: Made) -> None:
    fresh = lot(
        **{**COOLED, "bag__0__thawed": GONE, "freezing__frozen": GONE, "freezing__celsius": GONE},
        culture__harvested=datetime(2024, 5, 6, 6, 30),
        quality__tested=datetime(2024, 5, 6, 7),
        quality__released=datetime(2024, 5, 6, 7),
    )
    lines = release.check(fresh)
    assert {"freezing", "bag 1: thawed"}.isdisjoint(line.item for line in lines)
    assert release.passes(lines)
    assert next(line.found for line in lines if line.item == "bag 1: from thaw to skin") == "4.5 h"


def test_days_without_hours_are_missing_hours(lot: Made) -> None:
    lines = release.check(lot(bag__0__thawed=date(2024, 5, 6)))
    assert [line.item for line in release.refusals(lines)] == ["bag 1: from thaw to skin"]


def test_two_bags_are_told_apart(lot: Made) -> None:
    bag = lot().bag[0].model_dump()
    twins = lot(bag=[bag, bag])
    wrong = [line.item for line in release.refusals(release.check(twins))]
    assert wrong == ["chain: bag 1", "chain: bag 1: points", "chain: bag 2", "chain: bag 2: points"]
    other = {**bag, "code": "UC-0147-B02", "patient": "P-022"}
    assert release.passes(release.check(lot(bag=[bag, other])))


def test_what_stands_at_its_limit_holds(lot: Made) -> None:
    at = lot(
        quality__viability=80.0,
        quality__inhibition=20.0,
        quality__endotoxin=0.499,
        quality__identity__cd73=95.0,
        quality__identity__cd45=2.0,
        culture__passage=5,
        donor__age=18,
        donor__eligibility__sampled=date(2024, 1, 22),
        freezing__celsius=-135.0,
        bag__0__shipping__warmest=-135.0,
        bag__0__injected=datetime(2024, 5, 6, 14),
    )
    assert release.passes(release.check(at))
