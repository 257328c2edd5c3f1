"""What somebody is told whose patients, or whose arms within a patient, can't be."""

import pytest

from repigment import Study
from repigment.errors import RepigmentError
from repigment.treatments import treatments

STUDY = """
question = "Does it?"
context_of_use = "testing the software"
design = "{design}"
visits = [0, 8]

[population]
condition = "{condition}"
age = {{ mean = 40, sd = 10, min = 18, max = 75 }}
skin_types = {{ III = 0.5, IV = 0.5 }}
latitude = 13.8
{people}

[[arm]]
name = "one"
n = 4
treatments = [{one}]

[[arm]]
name = "two"
n = 4
treatments = [{two}]

[[endpoint]]
score = "contrast"
week = 8
primary = true
"""
CREAM, TABLETS = '{ give = "hydroquinone" }', '{ give = "oral-tranexamic-acid" }'
CELLS = '{ give = "uc-msc", weeks = [0], strength = 0.5 }'


def read(
    people: str = "", condition: str = "melasma", one: str = CREAM, two: str = CREAM, within: bool = False
) -> Study:
    """A study of two arms."""
    design = "within-patient" if within else "parallel"
    text = STUDY.format(people=people, condition=condition, one=one, two=two, design=design)
    return Study.from_toml(text.replace('"contrast"', '"F-VASI change"') if condition == "vitiligo" else text)


def refused(words: str, **how: object) -> None:
    """Reading is refused, and the message has all the words."""
    with pytest.raises(RepigmentError) as caught:
        read(**how)  # type: ignore[arg-type]
    for word in words.split("|"):
        assert word in str(caught.value)


def programme(*given: str) -> str:
    """A programme of one step for each treatment."""
    steps = ", ".join(f"{{ weeks = 2, treatments = [{each}] }}" for each in given)
    return f'{{ give = "programme", steps = [{steps}] }}'


def test_nobody_is_enrolled_by_contrast_in_vitiligo() -> None:
    assert read("least_contrast = 20").population.least_contrast == 20
    assert read().population.least_contrast == 0
    assert read("least_contrast = 0", condition="vitiligo").population.least_contrast == 0
    refused("not enrolled by contrast|leave least_contrast out", people="least_contrast = 20", condition="vitiligo")
    refused("least_contrast is -1|MI units", people="least_contrast = -1")


@pytest.mark.parametrize(
    ("face", "words"),
    [
        ("mean = 0.6, max = 3", "max of the face is 3 hand units|2.5 hand units|Do: write max = 2.5"),
        ("mean = 3, max = 4", "mean of the face is 3 hand units|Do: write mean = 2.5"),
        ("mean = 0.6", "max of the face is 50 hand units|Do: write max = 2.5"),
    ],
)
def test_melasma_is_not_larger_than_the_face(face: str, words: str) -> None:
    refused(words, people=f"[population.areas]\nface = {{ {face} }}")


def test_melasma_may_take_the_whole_face_and_vitiligo_is_not_asked() -> None:
    whole, larger = "face = { mean = 2.5, max = 2.5 }", "face = { mean = 1, max = 4 }"
    assert read(f"[population.areas]\n{whole}").population.areas["face"].mean == 2.5
    assert read(f"[population.areas]\n{larger}", condition="vitiligo").population.areas["face"].max == 4


@pytest.mark.parametrize(
    ("condition", "one", "other"),
    [("melasma", "mixed", "dermal"), ("pih", "burn", "procedure"), ("freckles", "one_variant", "two_variants")],
)
def test_forms_that_exclude_each_other_share_a_whole(condition: str, one: str, other: str) -> None:
    read(f"[population.disease]\n{one} = 0.6\n{other} = 0.4", condition=condition)
    words = f"the shares of {one} and {other} sum to 1.2|a sum of at most 1|lower one of them"
    refused(words, people=f"[population.disease]\n{one} = 0.6\n{other} = 0.6", condition=condition)


def test_forms_that_may_go_together_may_sum_above_a_whole() -> None:
    read_back = read("[population.disease]\nburn = 0.8\ndermal = 0.8", condition="pih").population.disease
    assert read_back == {"burn": 0.8, "dermal": 0.8}


@pytest.mark.parametrize(
    "given", [TABLETS, '{ give = "hormone-stop" }', '{ give = "uc-msc-intravenous", weeks = [0] }']
)
def test_what_acts_on_the_whole_body_is_not_given_to_half_of_it(given: str) -> None:
    name = given.split('"')[1]
    told = f"{name} acts on the whole body|arm 'one' > treatment 2|give it in both arms, or run a parallel study"
    refused(told, one=f"{CREAM}, {given}", within=True)
    refused(f"{name} acts|arm 'two'", two=programme(CREAM, given), within=True)
    read(one=given)
    read(one=f"{given}, {CREAM}", two=given, within=True)


def test_another_dose_in_the_other_half_is_another_drug() -> None:
    other = TABLETS.replace(" }", ", mg_per_day = 750 }")
    refused("has 2 mistakes|arm 'one'|arm 'two'", one=TABLETS, two=other, within=True)


def test_which_treatments_act_on_the_whole_body() -> None:
    assert {name for name, kind in treatments().items() if kind.systemic} == {
        "hormone-stop",
        "hormones",
        "mini-pulse",
        "oral-jak",
        "oral-tranexamic-acid",
        "uc-msc-intravenous",
    }
    read(one='{ give = "placebo" }', within=True)


@pytest.mark.parametrize("other", [", strength = -0.5", ', strength = 0.5, mechanisms = ["support"]', ""])
def test_cell_products_of_one_arm_do_the_same(other: str) -> None:
    second = f'{{ give = "uc-msc-topical", weeks = [0]{other} }}'
    told = "uc-msc-topical differs in mechanisms, strength, source or lot from uc-msc in the same arm|arm 'two'"
    refused(f"{told}|treatment 2", two=f"{CELLS}, {second}")
    refused(told, two=programme(CELLS, second))
    read(one=CELLS, two=second)


def test_cell_products_that_do_the_same_go_together() -> None:
    mechanisms = 'mechanisms = ["signals", "inflammation", "immune", "support"]'  # all, in another order
    study = read(one=f'{CELLS}, {{ give = "uc-msc-topical", weeks = [0], strength = 0.5, {mechanisms} }}')
    assert len(study.arms[0].treatments) == 2
