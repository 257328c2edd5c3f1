"""The pages of conditions and treatments: all are there, with a picture of today, and what they tell works."""

import re
import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from repigment.conditions import conditions
from repigment.treatments import treatments
from repigment.trials.study import Study

PAGES = [*(f"conditions/{name}" for name in conditions()), *(f"treatments/{name}" for name in treatments())]
PICTURE = re.compile(r"!\[([^\]]+)\]\(\.\./pictures/([a-z0-9/-]+)\.png\)")
STUDY = """
question = "Does it do anything?"
context_of_use = "testing the documentation"
visits = [0, 52]
endpoint = [{{ score = "redness", week = 52 }}]
[population]
condition = "{condition}"
age = {{ mean = 40, sd = 10, min = 20, max = 70 }}
skin_types = {{ III = 1 }}
latitude = 45
[[arm]]
name = "it"
n = 2
{treatments}
"""


@pytest.fixture(scope="module")
def pictures(docs: Path) -> dict[str, Any]:
    """The maker of the pictures, loaded from docs/ as it stands."""
    sys.path.insert(0, str(docs))
    try:
        return runpy.run_path(str(docs / "pictures.py"))
    finally:
        sys.path.remove(str(docs))


@pytest.mark.parametrize("page", PAGES)
def test_every_page_has_its_picture_with_words_for_it(page: str, pages: dict[str, str], docs: Path) -> None:
    ((alt, shown),) = PICTURE.findall(pages[f"{page}.md"])
    assert shown == page
    assert len(alt) > 40
    file = docs / "pictures" / f"{page}.png"
    assert file.is_file(), "run `make pictures`"
    assert file.stat().st_size < 25_000
    with Image.open(file) as image:
        assert image.mode == "P"


def test_pictures_are_what_the_model_shows_today(pictures: dict[str, Any]) -> None:
    stale = pictures["stale"]()
    assert stale == [], f"run `make pictures` (or `{pictures['COMMAND']}`): {', '.join(stale)}"


def test_a_stamp_knows_numbers_code_and_patient(pictures: dict[str, Any]) -> None:
    laser, cream = pictures["depends"]("treatments/laser"), pictures["depends"]("treatments/hydroquinone")
    assert "laser_viable.q-switched" in laser and "laser_viable.q-switched" not in cream
    assert "hq_TYR" in cream and "hq_TYR" not in laser
    assert "F_set.lentigo" in laser and "masi_none" not in laser
    assert pictures["stamp"]("treatments/laser") != pictures["stamp"]("treatments/ipl")


def test_no_picture_is_left_of_a_page_that_is_gone(docs: Path) -> None:
    assert sorted(f"{file.parent.name}/{file.stem}" for file in (docs / "pictures").glob("*/*.png")) == sorted(PAGES)


@pytest.mark.parametrize("folder", ["conditions", "treatments"])
def test_no_page_is_left_of_what_is_gone(folder: str, docs: Path) -> None:
    assert {f"{folder}/{page.stem}" for page in (docs / folder).glob("*.md")} == {
        page for page in PAGES if page.startswith(folder)
    }


@pytest.mark.parametrize("name", list(treatments()))
def test_what_a_page_writes_into_a_study_can_be_read(name: str, pages: dict[str, str]) -> None:
    text = pages[f"treatments/{name}.md"]
    (example,) = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    (condition,) = re.findall(r"Shown in: \[([a-z-]+)\]", text)
    (arm,) = Study.from_toml(STUDY.format(condition=condition, treatments=example)).arms
    assert type(arm.treatments[0]) is treatments()[name]


@pytest.mark.parametrize(
    ("name", "numbers", "others"),
    [
        ("laser", ["laser_viable.picosecond", "light_energy.mild", "laser_open"], ["ipl_heat", "cream_N"]),
        ("triple-cream", ["hq_TYR", "tret_turn", "cort_share.mild", "cream_N"], ["cort_share.potent", "hq_irritation"]),
        ("nb-uvb", ["nbuvb_start.3", "nbuvb_break"], ["excimer_cap"]),
        ("uc-msc-topical", ["topical_through.secretome", "e_imm"], ["laser_viable.fractional", "needle_N"]),
        ("vehicle", [], ["cream_N"]),
    ],
)
def test_numbers_are_those_that_the_code_asks_for(
    name: str, numbers: list[str], others: list[str], pages: dict[str, str]
) -> None:
    text = pages[f"treatments/{name}.md"]
    assert [each for each in numbers if f"| `{each}` |" not in text] == []
    assert [each for each in others if f"| `{each}` |" in text] == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("hydroquinone", ["tyrosinase_blockade", "irritation"]),
        ("sunscreen", ["sun", "visible_light"]),
        ("hormone-stop", ["hormone"]),
        ("cryotherapy", ["viable_removal", "melanocyte_loss", "wound"]),
        ("vehicle", []),
    ],
)
def test_channels_are_those_that_are_written(name: str, written: list[str], pages: dict[str, str]) -> None:
    told = re.findall(r"^\| \$`.*`\$ \| `([a-z0-9_]+)` \|", pages[f"treatments/{name}.md"], re.MULTILINE)
    assert set(written) <= set(told)
    assert bool(written) == bool(told)


@pytest.mark.parametrize("name", list(conditions()))
def test_a_page_says_in_what_a_condition_differs(name: str, pages: dict[str, str]) -> None:
    text = pages[f"conditions/{name}.md"]
    assert [each for each in conditions()[name].local if f"| `{each}` |" not in text] == []
    assert [form for form in conditions()[name].says if f"| `{form}` |" not in text] == []
