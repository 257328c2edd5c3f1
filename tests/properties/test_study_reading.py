"""Whatever is thrown at the reader of studies, the outcome is a study or one message."""

import datetime
import json
import tomllib
from contextlib import nullcontext
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from repigment.errors import RepigmentError
from repigment.trials.study import Study, built_in_studies

TEXTS = list(built_in_studies().values())
NAMES = list(built_in_studies())
QUICK = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])


def outcome(text: str) -> Study | str:
    """The study in the text, or the message that says why there is none."""
    try:
        return Study.from_toml(text, where="my.toml")
    except RepigmentError as error:
        return str(error)


def is_study_or_message(found: Study | str) -> bool:
    """Whether there is a study, or one message of readable length that names the file."""
    return isinstance(found, Study) or ("my.toml" in found and len(found) < 6000)


def inline(value: Any) -> str:
    """Any TOML value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {inline(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(inline, value)) + "]"
    if isinstance(value, str | bool):
        return json.dumps(value).replace("\x7f", "\\u007f")
    return str(value) if not isinstance(value, datetime.datetime | datetime.date) else value.isoformat()


def as_toml(data: dict[str, Any]) -> str:
    return "\n".join(f"{json.dumps(key)} = {inline(value)}" for key, value in data.items())


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) of nested dicts and lists."""
    if not isinstance(value, dict | list):
        return []
    keys = list(value) if isinstance(value, dict) else list(range(len(value)))
    return [(value, key) for key in keys] + [deeper for key in keys for deeper in places(value[key])]


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
numbers = st.integers(-(10**20), 10**20) | st.floats() | st.integers(-2, 120)
scalars = numbers | st.booleans() | words | st.dates() | st.sampled_from(["sham", "nb-uvb", "F-VASI75", "face", "live"])
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3), max_leaves=6
)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """A built-in study in which one to three keys were dropped, renamed, doubled or given another value."""
    data = tomllib.loads(draw(st.sampled_from(TEXTS)))
    for _ in range(draw(st.integers(1, 3))):
        found = places(data)
        container, key = found[draw(st.integers(0, len(found) - 1))]
        action = draw(st.sampled_from(["drop", "rename", "replace", "replace", "double"]))
        if action == "replace":
            container[key] = draw(values)
        elif action == "double" and isinstance(container, list):
            container.append(container[key])
        else:
            held = container.pop(key)
            if action == "rename" and isinstance(container, dict):
                container[draw(words)] = held
    return as_toml(data)


@settings(QUICK, max_examples=200)
@given(mutated())
def test_a_mutated_study_is_a_study_or_one_message(text: str) -> None:
    study = outcome(text)
    assert is_study_or_message(study)
    if isinstance(study, Study):
        assert Study.from_toml(study.scaled(study.patients).toml()).fingerprint() == study.fingerprint()


@settings(QUICK, max_examples=100)
@given(st.sampled_from(TEXTS), st.data())
def test_a_study_with_a_piece_cut_out_or_typed_in_is_a_study_or_one_message(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    assert is_study_or_message(outcome(text[:start] + data.draw(words) + text[end:]))


@settings(QUICK, max_examples=100)
@given(st.text(max_size=200) | st.text("[]{}=.\"'#\n\\ aN0-", max_size=80))
def test_any_text_is_a_study_or_one_message(text: str) -> None:
    assert is_study_or_message(outcome(text))


@settings(QUICK, max_examples=100)
@given(st.binary(max_size=200) | words.map(str.encode) | words.map(lambda word: word.encode("utf-16")))
def test_any_file_is_a_study_or_one_message(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    with pytest.raises(RepigmentError, match=r"any\.toml"):
        Study.load(file)


@settings(QUICK, max_examples=100)
@given(st.text(max_size=60))
def test_any_name_is_a_study_or_one_message(name: str) -> None:
    with pytest.raises(RepigmentError) if name not in NAMES else nullcontext():
        Study.load(name)


@settings(QUICK, max_examples=100)
@given(st.sampled_from(NAMES), st.integers(4, 100_000))
def test_scaling_gives_exactly_the_patients_in_the_arms_proportions(name: str, patients: int) -> None:
    study = Study.load(name)
    scaled = study.scaled(patients)
    assert scaled.patients == patients
    for before, after in zip(study.arms, scaled.arms, strict=True):
        assert after.n >= 1
        exact = patients if study.design == "within-patient" else before.n * patients / study.patients
        assert abs(after.n - exact) < 1
