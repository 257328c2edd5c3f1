"""Drawings: at home in the page, readable by day and by night, and in step with the protocol."""

from collections.abc import Callable
from types import SimpleNamespace as Some
from xml.etree import ElementTree

import pytest

from repigment.trials.report.chart import Chart, canvas, finish, label, styled
from repigment.trials.report.design import WIDE, drawing, randomisation
from repigment.trials.report.lanes import events, lanes
from repigment.trials.report.palette import COLOURS, ink, marks
from repigment.trials.report.treatment_words import details, when


def drawn(key: str, text: str = "text") -> Chart:
    with styled():
        figure, axes = canvas(200, 100)
        axes.plot([0, 1], [0, 1], "o-", color=ink("arm-1"))
        axes.set_title(text)
        return finish(figure, key, "title", text)


def test_a_drawing_takes_the_colours_of_the_page() -> None:
    svg = str(drawn("one").svg)
    assert "var(--arm-1)" in svg
    assert all(light not in svg for light, _ in COLOURS.values())


def test_two_drawings_share_no_identifier() -> None:
    first, second = (
        {
            element.attrib["id"]
            for element in ElementTree.fromstring(str(drawn(key).svg)).iter()
            if "id" in element.attrib
        }
        for key in ("one", "two")
    )
    assert first and not first & second


def test_a_drawing_brings_no_style_and_no_address() -> None:
    svg = str(drawn("one").svg)
    assert "<style" not in svg
    assert "http" not in svg


@pytest.mark.parametrize("text", ["$x_1", "<b>&", '" onload="x', "ยา", "\x00\x07"])
def test_any_text_can_be_drawn(text: str) -> None:
    svg = ElementTree.fromstring(str(drawn("one", label(text)).svg))
    assert "onload" not in svg.attrib
    assert any(label(text).strip() == (element.text or "").strip() for element in svg.iter("text"))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("night", [False, True])
@pytest.mark.parametrize("ground", ["paper", "card"])
@pytest.mark.parametrize("name", sorted(set(COLOURS) - {"paper", "card", "rule"}))
def test_contrast(name: str, ground: str, night: bool) -> None:
    """WCAG 2.2: text 4.5 to 1, lines and marks 3 to 1."""
    levels = sorted(_luminance(COLOURS[each][night]) + 0.05 for each in (name, ground))
    assert levels[1] / levels[0] >= (3 if name.startswith("arm-") else 4.5)


def test_arms_differ_in_colour_and_in_shape() -> None:
    looks = marks([f"arm {i}" for i in range(8)], "arm 0")
    assert len({look.colour for look in looks.values()}) == len({look.marker for look in looks.values()}) == 8
    assert [look.name for look in looks.values() if not look.filled] == ["arm 0"]


def test_lanes_follow_the_protocol(trial: Some) -> None:
    both = lanes(trial)[3]
    assert both.size == "50 patients"
    assert [bar.sessions for bar in both.bars] == [(0, 4, 8), ()]
    assert (both.bars[1].start, both.bars[1].until) == (0, 24)
    assert lanes(trial)[0].bars[0].hollow


def test_events_meet_at_their_week(build: Callable, two_arms: list) -> None:
    made = build([(name, 9, given) for name, _, given in two_arms])
    assert events(made.study) == {24.0: "primary endpoint F-VASI75 · switch"}


@pytest.mark.parametrize(
    ("sizes", "words"),
    [
        ((50, 50), "100 patients randomised, 1 : 1"),
        ((224, 450), "about 1 : 2"),
        ((7, 7, 14), "28 patients randomised, 1 : 1 : 2"),
    ],
)
def test_ratios(build: Callable, given: Callable, sizes: tuple[int, ...], words: str) -> None:
    made = build([(f"arm {i}", n, [given("vehicle")]) for i, n in enumerate(sizes)])
    assert words in randomisation(made)


def test_what_the_study_says_of_a_treatment_is_said(given: Callable) -> None:
    assert details(given("uc-msc", cells_per_point=5e5, spacing_mm=7.0, mechanisms=("support", "immune"))) == (
        "cells per point 500\u202f000; spacing 7 mm; mechanisms support and immune"
    )
    assert when(given("nb-uvb", sessions_per_week=3)) == "3 a week, week 0 to 24"
    assert when(given("ruxolitinib-cream", start=24, until=None)) == "week 24 to the end"


def test_the_design_is_said_to_those_who_cannot_see_it(trial: Some) -> None:
    alt = drawing(trial, WIDE).alt
    assert "NB-UVB (50 patients): sham injection, weeks 0, 4 and 8, then NB-UVB, 3 a week, week 0 to 24" in alt
    assert "week 24: primary endpoint F-VASI75" in alt
