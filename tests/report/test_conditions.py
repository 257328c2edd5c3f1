"""What the report says differently of each condition, and that it says nothing of another one."""

import base64
import io
import re
from collections.abc import Callable
from types import SimpleNamespace as Some

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from repigment.conditions import conditions
from repigment.trials.analysis import MEASURES, measures_for
from repigment.trials.analysis.directions import more_is_better
from repigment.trials.courses import shown
from repigment.trials.report import answer, enrolled, gallery, numerics, render, safety
from repigment.trials.report.disease import DISEASES, SAFETY_SCORES, usual
from repigment.trials.report.endpoint_words import beginning, describe
from repigment.trials.watch import COLUMNS

DARK = sorted(set(DISEASES) - {"vitiligo"})
FORMS = {
    "melasma": {"depth": [0, 1, 2, 2], "hormone": [1, 0, 0, 0]},
    "lentigo": {"count": [5, 5, 5, 5]},
    "pih": {"cause": [0, 1, 2, 2], "injury": [1, 1, 1, 1]},
    "freckles": {"variants": [0, 1, 2, 2], "mottled": [1, 0, 0, 0]},
}
ENDPOINTS = {
    "melasma": ("mMASI change", "mMASI50"),
    "lentigo": ("spots75", "PIH"),
    "pih": ("fading", "clear"),
    "freckles": ("contrast", "severity"),
}


def _scores(condition: str, people: pd.DataFrame, visits: list[int]) -> pd.DataFrame:
    """Scores that fall to a half, in the arm "cream" to a quarter; nobody has PIH but the first patient of it."""
    names = dict.fromkeys(each.score for each in measures_for(conditions()[condition].scale).values())
    rows = []
    for person in people.itertuples():
        for name in names:
            for week in visits:
                left = 1 - (0.75 if person.arm == "cream" else 0.5) * week / visits[-1]
                value = 10 * left * (1 + 0.1 * (person.patient % 4))
                if MEASURES.get(name) and MEASURES[name].kind == "at least":
                    value = float(name == "PIH" and person.patient == 4 and week > 0)
                rows.append((0, person.patient, person.arm, name, week, min(value, MEASURES[name].most)))
    return pd.DataFrame(rows, columns=["world", "patient", "arm", "score", "week", "value"])


@pytest.fixture(scope="module")
def dark(build: Callable, given: Callable) -> Callable[..., Some]:
    """Makes a finished trial of a dark condition: vehicle against cream, four patients each."""

    def make(condition: str, **changes: object) -> Some:
        asked = [Some(score=name, week=24, primary=i == 0) for i, name in enumerate(ENDPOINTS[condition])]
        arms = [("vehicle", 4, [given("vehicle")]), ("cream", 4, [given("hydroquinone", strength=4.0)])]
        population = Some(condition=condition)
        made = build(arms, visits=[0, 12, 24], population=population, endpoints=asked, dropout=Some(per_year=0))
        people = made.people.drop(columns=["area_trunk", "stable"]).assign(dropout_week=np.inf)
        people = people.assign(**{name: 2 * values for name, values in FORMS[condition].items()})
        if conditions()[condition].counted:
            people = people.assign(spots_face=12.0, spots_hands=2 * [5.0, np.nan, np.nan, 7.0])
        scores = _scores(condition, people, [0, 12, 24])
        return Some(**{**vars(made), "people": people, "scores": scores, **changes})

    return make


def _without_parameters(page: str) -> str:
    """The page up to the list of parameters, which speak of everything."""
    return page[: page.index('<section id="grounds"')]


def test_every_condition_has_a_row_and_only_endpoints_that_it_is_scored_by() -> None:
    assert set(DISEASES) == set(conditions())
    for name, told in DISEASES.items():
        assert {*told.usual, *told.safety} <= set(measures_for(conditions()[name].scale))
        halves = usual(Some(population=Some(condition=name), design="within-patient"))
        assert set(halves) <= set(measures_for(conditions()[name].scale))
    assert {"PIH", "hypopigmentation", "redness burden", "spread"} <= set(SAFETY_SCORES)


@pytest.mark.parametrize("name", MEASURES)
def test_every_endpoint_is_described_and_begins_a_sentence(name: str) -> None:
    begin = beginning(name)
    assert describe(name) and begin.when in ("At", "By") and begin.name and begin.verb
    assert bool(begin.by) == MEASURES[name].is_share or MEASURES[name].kind == "event"


@pytest.mark.parametrize(
    ("endpoint", "words"),
    [
        ("mMASI50", "patients whose mMASI fell by at least 50\u202f%"),
        ("spots change", "change of count of spots from baseline"),
        ("clear or mild", "patients whose severity is none or mild"),
    ],
)
def test_families_of_endpoints_are_described_by_one_rule(endpoint: str, words: str) -> None:
    assert describe(endpoint) == words


def test_which_way_is_better() -> None:
    better = {name for name in MEASURES if more_is_better(name, "melasma")}
    assert {"clear", "MASI75", "fading", "evenness", "time to clearance"} <= better
    assert not better & {"MASI", "MASI change", "contrast", "severity", "PIH", "redness", "time to recurrence"}
    assert more_is_better("contrast", "vitiligo"), "a white patch that darkens is better"


@pytest.mark.parametrize("condition", DARK)
def test_a_report_speaks_of_its_own_condition_only(condition: str, dark: Callable) -> None:
    page = _without_parameters(render(dark(condition)))
    assert f"<dd>{DISEASES[condition].title}</dd>" in page
    assert not re.search("VASI|depigmentation|Stable disease|spread", page)


@pytest.mark.parametrize(
    ("condition", "rows"),
    [
        (
            "melasma",
            {"Dermal melasma": "2 (50", "Under hormones": "1 (25", "MASI at": "1"},
        ),
        ("lentigo", {"Sun spots on the face": "12 (12 to 12)", "Sun spots on the hands": "6 (6 to 6), in 2 patients"}),
        ("pih", {"Marks of a procedure": "2 (50", "Time since the injury": "", "Marks on the face": "12"}),
        ("freckles", {"Two variants of MC1R": "2 (50", "Mottled tone": "1 (25", "Contrast at baseline": "1"}),
    ],
)
def test_who_was_enrolled(condition: str, rows: dict[str, str], dark: Callable) -> None:
    table = enrolled.section(dark(condition)).blocks[1]
    told = {str(row[0]): str(row[1]) for row in table.rows}
    for start, cell in rows.items():
        [found] = [said for name, said in told.items() if name.startswith(start)]
        assert found.startswith(cell)
    assert not {"Stable disease", "F-VASI at baseline"} & set(told)
    assert ("Disease duration, years" in told) == (condition == "melasma")


def test_a_change_is_told_as_what_fell_or_rose(dark: Callable) -> None:
    made = dark("melasma")
    made.estimates["estimate"] = [12.3, -42.0, 0.1, 0.2]
    said = str(answer.section(made).blocks[0].paragraphs[0])
    assert said.startswith(
        "At week 24, <b>mMASI</b> rose by <b>12.3\u202f%</b> in <i>vehicle</i> (95\u202f% interval of"
    )
    assert "; fell by <b>42.0\u202f%</b> in <i>cream</i> (difference from vehicle" in said
    made.estimates["estimate"] = [-12.3, -42.0, 0.1, 0.2]
    said = str(answer.section(made).blocks[0].paragraphs[0])
    assert "fell by <b>12.3\u202f%</b> in <i>vehicle</i>" in said
    assert "; by <b>42.0\u202f%</b> in <i>cream</i>" in said


def test_a_primary_endpoint_without_an_estimate_is_not_passed_over(dark: Callable) -> None:
    made = dark("melasma")
    made.study.endpoints.append(Some(score="time to recurrence", week=24, primary=True))
    assert answer.section(made).blocks[0].paragraphs[-1] == (
        "By week 24, recurrence (loss of contrast50) cannot be estimated in any arm."
    )


def test_safety_counts_who_had_what_and_says_what_nobody_had(dark: Callable) -> None:
    section = safety.section(dark("pih"))
    nothing = "Nobody had any hypopigmentation, darkening, site reaction, fever, infection or granuloma."
    assert nothing in section.blocks[0].paragraphs
    counts = next(block for block in section.blocks if getattr(block, "caption", "") == "How many had it")
    assert [row[1:] for row in counts.rows] == [
        ["vehicle", "4", "0", "0.0\u202f%", "0.0 to 49.0"],
        ["cream", "4", "1", "25.0\u202f%", "4.6 to 69.9"],
    ]
    assert counts.head[-1] == "95\u202f% interval"
    values = section.blocks[-1]
    assert {"redness burden, score-days", "irritation burden, score-days"} <= {row[0] for row in values.rows}


def test_adverse_events_are_counted_over_patients_and_draws(dark: Callable) -> None:
    """Eight draws of an arm: patients of all are counted, and the interval is of its four patients."""
    made = dark("melasma")
    fever = made.scores["score"] == "fever"
    again = [made.scores[made.scores["arm"] == "cream"].assign(world=world) for world in range(1, 8)]
    made.scores.loc[fever & (made.scores["patient"] == 4) & (made.scores["week"] > 0), "value"] = 1.0
    made.scores = pd.concat([made.scores, *again], ignore_index=True)
    section = safety.section(made)
    counts = next(block for block in section.blocks if getattr(block, "caption", "") == "How many had it")
    rows = next(rows for rows in counts.groups if rows[0][0] == "Fever")
    assert [row[1:5] for row in rows] == [["vehicle", "4", "0", "0.0\u202f%"], ["cream", "32", "1", "3.1\u202f%"]]
    low, high = (float(end) for end in rows[1][5].split(" to "))
    assert low == 0 and 40 < high < 70, "as wide as of four patients, not of 32"


def test_safety_says_what_is_counted_after_what_and_what_is_not(dark: Callable) -> None:
    said = " ".join(map(str, safety.section(dark("lentigo")).blocks[0].paragraphs))
    assert "Infection, scarring" not in said, "infection is counted now"
    assert "drawn at rates seen elsewhere" in said and "same luck in every arm" in said
    assert "Scarring, skin necrosis, contact allergy, thrombosis" in said
    assert "Nobody knows how often granulomas follow a cell product" in said


def test_what_is_unsafe_together_is_said_where_it_is(dark: Callable) -> None:
    warned = dark("lentigo", cautions={"vehicle": [], "cream": ["laser in week 8 & more."]})
    page = render(warned)
    assert "Said, not forbidden" in page
    assert "cream: laser in week 8 &amp; more." in page
    assert "Said, not forbidden" not in render(dark("lentigo"))


@pytest.mark.parametrize(
    ("condition", "moved"),
    [("vitiligo", "moves the depigmentation of half of"), ("pih", "moves the contrast of half of")],
)
def test_the_numerical_error_has_its_unit(condition: str, moved: str, dark: Callable, trial: Some) -> None:
    section = numerics.section(trial if condition == "vitiligo" else dark(condition))
    unit = "percentage points" if condition == "vitiligo" else "hundredths of type III skin's melanin"
    assert moved in section.blocks[0].paragraphs[0]
    assert unit in section.blocks[0].paragraphs[0] and section.blocks[1].charts[0].alt.endswith(unit)


def test_pictures_show_a_face_on_the_page_itself(dark: Callable) -> None:
    made = dark("melasma")
    for item in made.gallery:
        item.skin = np.hypot(*(np.mgrid[:144, :144] - 71.5)) < 60
    section = gallery.section(made)
    assert "a face from in front" in section.blocks[0].paragraphs[0]
    image = Image.open(io.BytesIO(base64.b64decode(section.blocks[1].patients[0].pictures[0].data))).convert("RGBA")
    assert image.getpixel((2, 2))[3] == 0 and image.getpixel((72, 72))[3] == 255


@pytest.mark.parametrize("condition", sorted(DISEASES))
def test_the_courses_of_a_condition_are_watched(condition: str) -> None:
    quantities = set(shown(conditions()[condition].scale))
    dark = {"contrast", "surround_melanin", "niche", "melanin_dermal"}
    assert {"visible_melanin", "inflammation", "secretome"} <= quantities <= set(COLUMNS)
    assert dark <= quantities if condition in DARK else not dark & quantities


def test_a_condition_without_a_row_is_reported_too(dark: Callable) -> None:
    made = dark("lentigo")
    made.study.population.condition = "cafe-au-lait"
    page = _without_parameters(render(made))
    assert "<dd>cafe au lait</dd>" in page and "Spots on the face" in page and "PIH" in page
    assert "VASI" not in page and "Spread" not in page


def test_who_was_enrolled_tells_the_entry_criterion_if_there_is_one(dark: Callable[..., Some]) -> None:
    trial = dark("melasma")
    told = "Only patients with a contrast of at least 20 MI were enrolled."
    assert told not in str(enrolled.section(trial).blocks[0])
    trial.study.population.least_contrast = 20.0
    assert told in str(enrolled.section(trial).blocks[0])


def test_a_study_with_cells_says_where_its_plan_stands(dark: Callable) -> None:
    """Countries as columns, arms as rows, and that it is no advice; a study without cells has no such table."""
    told = {"vehicle": {"TH": "unknown", "EU": "registered"}, "cream": {"TH": "not accepted", "EU": "in a trial"}}
    page = render(dark("lentigo", standings=told))
    assert "Where this plan stands" in page and "not accepted" in page and "Never legal advice" in page
    assert "Where this plan stands" not in render(dark("lentigo"))
