"""The Single European Code: any text has a clear answer, no valid code is refused, no single damage gets through."""

from datetime import date
from string import ascii_uppercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repigment.cells.european_code import BETWEEN, COUNTRIES, LENGTH, PARTS, SYSTEMS, EuropeanCode, read
from repigment.errors import RepigmentError

EXAMPLE = "DE000123A000024000147E999999900120250325"
ALPHANUMERIC = ascii_uppercase + digits
DATES = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(lambda day: f"{day.year:04}{day.month:02}{day.day:02}")
VALID = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(sorted(COUNTRIES)),
        st.text(ALPHANUMERIC, min_size=6, max_size=6),
        st.text(ALPHANUMERIC, min_size=13, max_size=13),
        st.sampled_from(sorted(SYSTEMS)),
        st.text(ALPHANUMERIC, min_size=7, max_size=7),
        st.text(ALPHANUMERIC, min_size=3, max_size=3),
        DATES | st.just("00000000"),
    ),
)
ALLOWED = [allowed for _, length, allowed, _ in PARTS for _ in range(length)]
NAMES = [name for name, length, *_ in PARTS for _ in range(length)]


def refusal(text: str) -> RepigmentError:
    with pytest.raises(RepigmentError) as caught:
        read(text)
    return caught.value


def test_the_parts_make_forty_characters() -> None:
    assert sum(length for _, length, *_ in PARTS) == LENGTH == 40
    assert sum(length for _, length, *_ in PARTS[:3]) == 21


def test_parts_of_a_code() -> None:
    whole = EuropeanCode("DE", "000123", "A000024000147", "E", "9999999", "001", date(2025, 3, 25))
    for printed in (
        EXAMPLE,
        "SEC DE000123A000024000147 E999999900120250325",
        "SEC:DE000123A000024000147\nE999999900120250325",
        "DE-000123-A000024000147 E-9999999-001-20250325",
    ):
        assert read(printed) == whole
    assert read(EXAMPLE[:-8] + "00000000").expires is None


@given(VALID, st.data())
def test_every_valid_code_is_read_however_it_is_printed(code: str, data: st.DataObject) -> None:
    gaps = data.draw(st.lists(st.text(BETWEEN, max_size=2), min_size=LENGTH, max_size=LENGTH))
    printed = "".join(gap + letter for gap, letter in zip(gaps, code, strict=True))
    found = read(data.draw(st.sampled_from(["", "SEC", "SEC "])) + printed)
    assert found.country + found.establishment + found.donation == code[:21]
    assert found.system + found.product + found.split == code[21:32]
    assert (found.expires is None) == (code[32:] == "00000000")


@given(st.text(max_size=60) | VALID.map(str.lower) | st.text(ALPHANUMERIC + BETWEEN, min_size=30, max_size=50))
def test_any_text_has_a_clear_answer(text: str) -> None:
    try:
        read(text)
    except RepigmentError as error:
        told = error
    else:
        return
    assert told.what.startswith("no Single European Code: ") and told.where and told.allowed


@given(VALID, st.integers(0, LENGTH - 1), st.characters(exclude_categories=("Cs",)))
def test_a_wrong_character_is_refused_at_its_place(code: str, place: int, letter: str) -> None:
    if letter in BETWEEN or letter in ALLOWED[place]:
        return
    error = refusal(code[:place] + letter + code[place + 1 :])
    assert error.where == f"character {place + 1} ({NAMES[place]})"


@given(VALID, st.integers(0, LENGTH - 1))
def test_a_lost_character_is_refused(code: str, place: int) -> None:
    assert "character" in refusal(code[:place] + code[place + 1 :]).where


@given(VALID, st.integers(0, LENGTH), st.sampled_from(ALPHANUMERIC))
def test_a_character_too_many_is_refused(code: str, place: int, letter: str) -> None:
    assert "character" in refusal(code[:place] + letter + code[place:]).where


@given(VALID, st.text(ascii_uppercase, min_size=2, max_size=2).filter(lambda country: country not in COUNTRIES))
def test_a_country_that_does_not_exist_is_refused(code: str, country: str) -> None:
    assert refusal(country + code[2:]).where == "characters 1 to 2 (country)"


@given(VALID, st.text(digits, min_size=8, max_size=8))
def test_a_day_that_does_not_exist_is_refused(code: str, day: str) -> None:
    try:
        exists = day == "00000000" or date(int(day[:4]), int(day[4:6]), int(day[6:])) is not None
    except ValueError:
        exists = False
    if exists:
        assert read(code[:32] + day)
    else:
        assert refusal(code[:32] + day).where == "characters 33 to 40 (expiry date)"


def test_digits_of_other_scripts_are_no_digits() -> None:
    assert refusal(EXAMPLE[:-1] + "\u0665").where == "character 40 (expiry date)"
    assert refusal("").where == "after character 0 (country)"
