"""Every statement has its source, date and status, is reached by some plan, and nothing contradicts itself."""

import re
import runpy
from itertools import product
from pathlib import Path

import pytest

from repigment.conditions import conditions
from repigment.regulation.statement import ANYTHING, COUNTRIES, KINDS, STATUSES, Statement, statements
from repigment.regulation.subjects import CELLS, OF_CELL_PRODUCTS, ON_SKIN, SECRETED, Subject
from repigment.treatments import treatments

DOCS = Path(__file__).parents[2] / "docs"
ITSELF = (  # sources that are the text itself, or whose own words are the statement
    "European Medicines Agency",
    "Thai FDA",
    "FDA consumer alert",
    "FDA public safety alert",
    "FDA 510(k)",
    "21 CFR",
    "label of",
    "EATCB position",
    "Tawanwongsri",
)
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SUBJECTS = [
    *(Subject(name) for name in treatments()),
    *OF_CELL_PRODUCTS.values(),
    *(Subject(SECRETED, route) for route in ON_SKIN.values()),
]


@pytest.fixture(params=statements(), ids=lambda each: each.statement[:40])
def statement(request: pytest.FixtureRequest) -> Statement:
    return request.param


def test_a_statement_has_source_date_and_status(statement: Statement) -> None:
    assert statement.statement and statement.source
    assert statement.status in STATUSES
    assert DATE.fullmatch(statement.checked) and len(statement.checked) == 10
    assert statement.date == "not known" or DATE.fullmatch(statement.date)
    assert statement.standing in ("", *KINDS)
    assert not statement.statement.startswith('"')


def test_what_was_not_read_says_so(statement: Statement) -> None:
    if statement.status in ("verified", "secondary"):
        assert statement.source not in ("recalled", "none seen")
        assert statement.identifier
        assert (statement.status == "verified") == statement.source.startswith(ITSELF)
    elif statement.status == "recalled":
        assert (statement.source, statement.identifier) == ("recalled", "")
    else:
        assert (statement.source, statement.standing) == ("none seen", "unknown")


def test_it_speaks_of_what_exists(statement: Statement) -> None:
    assert set(statement.countries) <= set(COUNTRIES)
    assert set(statement.conditions) <= set(conditions())
    assert set(statement.subjects) <= {*treatments(), CELLS, SECRETED, ANYTHING}
    assert statement.route in {"", *(each.route for each in SUBJECTS)}


def test_some_plan_reaches_it(statement: Statement) -> None:
    if ANYTHING in statement.subjects:
        return
    reached = [
        (country, subject, condition)
        for country, subject, condition in product(COUNTRIES, SUBJECTS, conditions())
        if statement.speaks_of(country, *subject, condition)
    ]
    assert reached
    assert {country for country, _, _ in reached} == set(statement.countries)
    assert {subject.name for _, subject, _ in reached} == set(statement.subjects)


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_two_statements_decide_alike(country: str) -> None:
    for subject, condition in product(SUBJECTS, ["", *conditions()]):
        deciding = [each for each in statements() if each.standing and each.speaks_of(country, *subject, condition)]
        assert len({each.precision for each in deciding}) == len(deciding), (subject, condition)


@pytest.mark.parametrize("country", COUNTRIES)
def test_one_statement_answers_for_whatever_no_other_speaks_of(country: str) -> None:
    (last,) = (each for each in statements() if ANYTHING in each.subjects and country in each.countries)
    assert (last.standing, last.status, last.conditions, last.route) == ("unknown", "unknown", (), "")


@pytest.mark.parametrize("page", ["regulation.md", "safety.md"])
def test_the_pages_are_what_the_tables_say(page: str) -> None:
    made = runpy.run_path(str(DOCS / "statement_tables.py"))
    assert (DOCS / page).read_text("utf-8") == made["filled"](page), "run `python docs/statement_tables.py`"
