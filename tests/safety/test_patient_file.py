"""A patient's file: what it may say, and that whatever it is, there is one message and no traceback."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from repigment.errors import RepigmentError
from repigment.safety.patient import Patient, admitted
from repigment.safety.patient_file import MOST_BYTES, example, load, parse
from repigment.safety.screen import passes, screen

FILLED = re.sub(r"(?m)^#([a-z_]+ =)", r"\1", example())


def test_the_example_takes_nothing_for_said() -> None:
    lines = screen(parse(example()))
    assert {line.verdict for line in lines} == {"not said"}
    assert not passes(lines)


@pytest.mark.parametrize("condition", ["vitiligo", "melasma", "lentigo", "pih", "freckles"])
def test_the_example_filled_in_is_clear(condition: str) -> None:
    lines = screen(parse(FILLED.replace('condition = "vitiligo"', f'condition = "{condition}"')))
    assert passes(lines)
    assert {line.verdict for line in lines} == {"clear"}


def test_the_example_asks_everything_with_what_is_allowed() -> None:
    for key, field in Patient.model_fields.items():
        (line,) = (line for line in example().splitlines() if line.lstrip("#").startswith(f"{key} ="))
        assert str(field.description) in line
        assert line.endswith(admitted(key))
        assert len(line) <= 120


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", 'condition is missing, allowed: "vitiligo", "melasma"'),
        ('condition = "acne"', "condition is 'acne', allowed: \"vitiligo\""),
        ('condition = "pih"\npregnent = false', "the key 'pregnent' is not known, did you mean 'pregnant'?"),
        ('condition = "pih"\nname = "X"', "the key 'name' is not known"),
        ('condition = "pih"\nhiv = "no"', "hiv is 'no', allowed: true or false"),
        ('condition = "pih"\nhiv = 0', "hiv is '0', allowed: true or false"),
        ('condition = "pih"\nage = true', "age is 'True', allowed: 0 to 120"),
        ('condition = "pih"\nage = -1', "age is '-1', allowed: 0 to 120"),
        ('condition = "pih"\nage = nan', "age is 'nan'"),
        ('condition = "pih"\nmonths_since_cells = inf', 'allowed: 0 to 1200, or "never"'),
        ('condition = "pih"\nmonths_since_cells = "nie"', 'allowed: 0 to 1200, or "never"'),
        ('condition = "pih"\nform = "mixed"', 'allowed: "non-segmental", "segmental", "focal"'),
        ('condition = "pih"\n[hiv]\na = 1', "hiv is"),
        ('condition = "pih"\na=1\nb=1\nc=1\nd=1\ne=1', "and 2 more"),
        ("condition = ", "this is not TOML"),
        ("a = " + "[" * 3000, "this is not TOML"),
        ("a = " + "9" * 5000, "this is not TOML"),
    ],
)
def test_a_mistake_says_what_and_what_is_allowed(text: str, said: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        parse(text, "p.toml")
    assert said in str(caught.value)
    assert "In: p.toml" in str(caught.value)
    assert "`repigment screen --new`" in str(caught.value)
    assert len(str(caught.value)) < 900


def test_files_that_are_none(tmp_path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\0\1")
    (tmp_path / "long").write_bytes(b"#" * (MOST_BYTES + 1))
    for path, said in [
        (tmp_path, "this is a folder"),
        (tmp_path / "nothing", "there is no such file"),
        (tmp_path / ("x" * 5000), "can't be read"),
        (tmp_path / "\u202egnp", "there is no such file"),
        (tmp_path / "bytes", "not text"),
        (tmp_path / "long", "too large"),
    ]:
        with pytest.raises(RepigmentError, match=said) as caught:
            load(path)
        assert len(str(caught.value)) < 500 and str(caught.value).isprintable()


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_are_a_patient_or_one_message(tmp_path_factory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "fuzzed.toml"
    file.write_bytes(data)
    with pytest.raises(RepigmentError):
        load(file)


VALUES = st.one_of(
    st.booleans(), st.integers(), st.floats(), st.text(max_size=20), st.lists(st.integers(), max_size=3), st.none()
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(st.sampled_from([*Patient.model_fields, "other"]), VALUES, max_size=6))
def test_answers_are_screened_or_refused(answers: dict) -> None:
    lines = ['condition = "vitiligo"'] if "condition" not in answers else []
    for key, answer in answers.items():
        if isinstance(answer, bool):
            lines.append(f"{key} = {str(answer).lower()}")
        elif isinstance(answer, str):
            quoted = "".join(f"\\U{ord(letter):08X}" for letter in answer if not 0xD800 <= ord(letter) < 0xE000)
            lines.append(f'{key} = "{quoted}"')
        elif answer is not None:
            lines.append(f"{key} = {answer}")
    try:
        patient = parse("\n".join(lines))
    except RepigmentError:
        return
    assert all(line.verdict in ("clear", "excluded", "not said") for line in screen(patient))
