"""The days of follow-up, over ends of months and leap years, and what is looked at on them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repigment.errors import RepigmentError
from repigment.evidence.tables import rows
from repigment.safety.follow_up import EARLIEST, LATEST, date_of, looks, months_later, schedule

VISITS = [row["visit"] for row in rows("follow_up_visits")]


def days(first: str, *sessions: str) -> dict[str, str]:
    found = schedule(date.fromisoformat(first), [date.fromisoformat(day) for day in sessions])
    return {f"{visit.name}/{visit.dose}": visit.day.isoformat() for visit in found}


@pytest.mark.parametrize(
    ("first", "visit", "day"),
    [
        ("2027-01-31", "day 1/1", "2027-02-01"),
        ("2027-01-31", "month 3/0", "2027-04-30"),
        ("2028-02-28", "day 1/1", "2028-02-29"),
        ("2027-02-28", "day 1/1", "2027-03-01"),
        ("2027-08-31", "month 6/0", "2028-02-29"),
        ("2026-08-31", "month 6/0", "2027-02-28"),
        ("2028-02-29", "month 12/0", "2029-02-28"),
        ("2028-02-29", "year 4/0", "2032-02-29"),
        ("2099-02-28", "year 2/0", "2101-02-28"),
        ("2096-02-29", "year 4/0", "2100-02-28"),  # 2100 is no leap year
        ("2027-12-31", "month 12/0", "2028-12-31"),
        ("2027-12-04", "day 28/1", "2028-01-01"),
    ],
)
def test_days_over_ends_of_months_and_leap_years(first: str, visit: str, day: str) -> None:
    assert days(first)[visit] == day


def test_early_visits_follow_each_dose_and_late_ones_the_last() -> None:
    found = days("2027-03-01", "2027-04-01", "2027-03-15")
    assert (found["day 7/1"], found["day 7/2"], found["day 7/3"]) == ("2027-03-08", "2027-03-22", "2027-04-08")
    assert found["month 3/0"] == "2027-07-01"
    assert len(found) == 3 * 3 + 7


def test_a_visit_on_the_day_of_a_dose_comes_before_it() -> None:
    visits = schedule(date(2027, 3, 1), [date(2027, 3, 8)])
    (seen,) = (visit for visit in visits if visit.note)
    assert (seen.name, seen.dose, seen.note) == ("day 7", 1, "before dose 2")


@given(st.dates(EARLIEST, LATEST), st.lists(st.integers(1, 400), max_size=6))
def test_visits_rise_lie_in_their_windows_and_look_at_something(first: date, after: list[int]) -> None:
    sessions = [first + timedelta(days=step) for step in after]
    if any(session > LATEST for session in sessions):
        return
    visits = schedule(first, sessions)
    assert [visit.day for visit in visits] == sorted(visit.day for visit in visits)
    for visit in visits:
        assert first <= visit.earliest <= visit.day <= visit.latest
        assert visit.looks
    assert visits[-1].name == "year 5"


@given(st.dates(EARLIEST, LATEST), st.integers(0, 120))
def test_months_keep_the_day_or_end_with_the_month(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and (later + timedelta(days=1)).day == 1)


def test_every_harm_is_looked_at_on_visits_that_exist_with_a_source() -> None:
    for look in looks():
        assert set(look.visits) <= set(VISITS)
        assert look.harm and look.look and look.why and look.source and look.date
        assert look.status in ("verified", "assumed")
        assert (look.source == "assumed") == (look.status == "assumed")
    assert {visit for look in looks() for visit in look.visits} == set(VISITS)


def test_the_visits_are_those_that_were_asked_for() -> None:
    assert VISITS == [
        "day 1", "day 7", "day 28", "month 3", "month 6", "month 12", "year 2", "year 3", "year 4", "year 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["", "x", "2027-02-29", "2027-13-01", "31.01.2027", "20270131", "2027-W05-1", "٢٠٢٧-٠١-٠١", "9" * 500]
)
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(RepigmentError, match="year-month-day, as in 2027-01-31"):
        date_of(text, "--first-dose")


def test_sessions_come_after_the_first_dose_and_dates_are_of_our_time() -> None:
    first = date(2027, 1, 31)
    for sessions, said in [([first], "after the first dose"), ([date(2026, 1, 1)], "after the first dose, 2027-01-31")]:
        with pytest.raises(RepigmentError, match=said):
            schedule(first, sessions)
    with pytest.raises(RepigmentError, match="1990-01-01 to 2199-12-31"):
        schedule(date(9998, 1, 1))
    with pytest.raises(RepigmentError, match="at most 50"):
        schedule(first, [first + timedelta(days=day) for day in range(1, 52)])
