"""The page: valid, complete, alone, the same every time, and told what it may not hide."""

import re
import time
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from types import SimpleNamespace as Some

import numpy as np
import pytest

from repigment.trials.report import answer, render

SECTIONS = [
    "question",
    "context",
    "answer",
    "design",
    "enrolled",
    "endpoints",
    "comparisons",
    "pictures",
    "mechanism",
    "published",
    "safety",
    "numerics",
    "grounds",
    "again",
]
VOID = {"meta", "link", "img", "br", "hr", "input"}
LOADING = {"src", "srcset", "data", "poster", "action", "background"}


class Walk(HTMLParser):
    """Reads a page strictly: every element closed in order; keeps what the tests ask about."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in {tag}"
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page(trial: Some) -> str:
    return render(trial)


@pytest.fixture(scope="module")
def small(build: Callable, given: Callable) -> Some:
    arms = [("sham", 8, [given("sham-injection")]), ("NB-UVB", 8, [given("nb-uvb")])]
    return build(arms, visits=[0, 24], endpoints=[Some(score="F-VASI75", week=24, primary=True)])


@pytest.fixture(scope="module")
def walk(page: str) -> Walk:
    return Walk(page)


def test_every_section_is_there_in_order(walk: Walk) -> None:
    assert [attributes["id"] for attributes in walk.all("section")] == SECTIONS
    assert [link["href"] for link in walk.all("a")[: len(SECTIONS)]] == [f"#{name}" for name in SECTIONS]


def test_ids_are_unique_and_references_lead_somewhere(page: str, walk: Walk) -> None:
    ids = [attributes["id"] for _, attributes in walk.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    inner = [attributes["href"][1:] for _, attributes in walk.tags if attributes.get("href", "").startswith("#")]
    assert set(inner) | set(re.findall(r"url\(#([^)]+)\)", page)) <= set(ids)


def test_headings_are_in_order(walk: Walk) -> None:
    levels = [int(tag[1]) for tag, _ in walk.tags if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert levels.count(1) == 1


def test_nothing_is_loaded(page: str, walk: Walk) -> None:
    assert walk.all("script") == walk.all("iframe") == []
    for tag, attributes in walk.tags:
        for name, value in attributes.items():
            assert name not in LOADING or value.startswith("data:"), (tag, name, value[:60])
            assert tag == "a" or name not in ("href", "xlink:href") or value.startswith(("#", "data:")), (tag, value)
    style = "".join(text for tag, text in walk.text if tag == "style")
    assert "@import" not in style
    assert not re.search(r"url\((?!#)", page)


def test_everything_seen_is_also_said(walk: Walk) -> None:
    assert all(attributes["alt"] for attributes in walk.all("img"))
    drawings = [attributes for attributes in walk.all("svg") if "aria-hidden" not in attributes]
    assert all(attributes["role"] == "img" and attributes["aria-label"] for attributes in drawings)
    assert len(walk.all("table")) == len(walk.all("caption"))
    assert walk.all("html") == [{"lang": "en"}]


def test_same_result_same_bytes(trial: Some, page: str) -> None:
    assert render(Some(**{**vars(trial), "seconds": 99.0})) == page


def test_it_says_what_it_is_not(page: str) -> None:
    assert "no medical device" in page
    assert "supports no advertising" in page
    assert "chooses no dose for a patient" in page


def test_the_answer_says_that_the_cells_are_drawn_from_a_prior(page: str, build: Callable, given: Callable) -> None:
    assert "drawn 6 times from a wide prior centred on no effect" in page
    sham = ("sham", 20, [given("sham-injection")])
    once = build([sham, ("cells", 20, [given("uc-msc")])], uncertainty=Some(prior_draws=1))
    assert "rests on a single draw" in str(answer.section(once))
    fixed = build([sham, ("cells", 20, [given("uc-msc", strength=0.5)])])
    assert "the study itself sets" in str(answer.section(fixed))


def test_names_are_text_and_never_code(build: Callable, given: Callable) -> None:
    names = ["<script>alert(1)</script>", "a $x_1$ & \"b\" 'c'", "</style><b>", "n" * 80, "ยา\x07ok"]
    kinds = ["vehicle", "ruxolitinib-cream", "tacrolimus-ointment", "uc-msc", "nb-uvb"]
    arms = [(name, 8, [given(kind)]) for name, kind in zip(names, kinds, strict=True)]
    made = build(
        arms, visits=[0, 24, 52], title="<i>T</i>", question="</title><script>alert(2)</script>", name="a; rm -rf b"
    )
    page = render(made)
    walk = Walk(page)
    assert walk.all("script") == []
    assert "\x07" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "repigment trial 'a; rm -rf b.toml' --patients" in "".join(text for _, text in walk.text)


def _cases() -> dict[str, dict[str, object]]:
    no_value = {"estimate": np.nan, "ci_low": np.nan, "ci_high": np.nan}
    return {
        "no gallery": {"gallery": []},
        "no comparisons": {"comparisons": lambda table: table[:0]},
        "no estimates": {"estimates": lambda table: table[:0], "scores": lambda table: table[:0]},
        "nothing estimable": {"estimates": lambda table: table.assign(**no_value)},
        "nothing compared": {"comparisons": lambda table: table.assign(difference=np.nan, p_value=np.nan)},
        "no errors": {"errors": lambda table: table[:0]},
        "nothing assumed": {"assumptions": []},
    }


@pytest.mark.parametrize("case", _cases())
def test_what_is_missing_is_survived(small: Some, case: str) -> None:
    changes = {name: new(getattr(small, name)) if callable(new) else new for name, new in _cases()[case].items()}
    assert len(Walk(render(Some(**{**vars(small), **changes}))).all("section")) == len(SECTIONS)


def test_five_arms_one_of_them_empty(build: Callable, given: Callable) -> None:
    arms = [(f"arm {i}", 12 if i != 3 else 0, [given("nb-uvb")]) for i in range(5)]
    made = build(arms, visits=[0, 24], endpoints=[Some(score="F-VASI75", week=24, primary=True)])
    assert '<th scope="col">arm 3</th>' in render(made)


def test_a_patient_in_two_arms_counts_once(build: Callable, given: Callable) -> None:
    halves = [("left", 15, [given("sham-injection")]), ("right", 15, [given("uc-msc")])]
    page = render(build(halves, design="within-patient", visits=[0, 24, 52]))
    assert "15 patients, each with every treatment on a lesion or half of its own" in page


def test_a_withdrawal_is_drawn_with_its_second_arms(build: Callable, given: Callable) -> None:
    second = [
        Some(name="go on", n=1, treatments=[given("ruxolitinib-cream", start=52.0, until=None)]),
        Some(name="stop", n=1, treatments=[given("vehicle", start=52.0, until=None)]),
    ]
    page = render(
        build(
            [("cream", 40, [given("ruxolitinib-cream", until=52.0)])],
            design="randomised-withdrawal",
            withdrawal=Some(week=52, criterion="F-VASI90", arms=second),
            endpoints=[Some(score="time to relapse", week=104, primary=True)],
            analysis=Some(control="stop", confidence=0.9, adjust=[], missing="observed"),
        )
    )
    assert "re-randomised: who has F-VASI90" in page
    assert "Who has F-VASI90 at week 52 is randomised again; all others stay." in page
    assert "<b>relapse (loss of F-VASI75)</b> came to" in page
    assert "90\u202f% interval" in page


def test_a_large_trial_is_reported_quickly(build: Callable, two_arms: list) -> None:
    made = build(two_arms, visits=[0, 4, 8, 12, 18, 24, 28, 34, 40, 46, 52, 104])
    before = time.process_time()
    render(made)
    assert time.process_time() - before < 5
