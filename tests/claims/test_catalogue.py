"""All claims of the article are there, each with its grade, and each can be run or says why not."""

from collections import Counter

import pytest

from repigment.claims import claim, claims, questions
from repigment.claims.catalogue import GRADES, PARTS, chosen
from repigment.claims.laboratory import LABORATORY
from repigment.errors import RepigmentError
from repigment.evidence.tables import rows


def test_all_31_are_there_once_and_in_order():
    assert [each.number for each in claims()] == list(range(1, 32))
    assert len({each.words for each in claims()}) == 31


def test_grades_are_those_of_the_evidence():
    counted = Counter(each.grade for each in claims())
    assert counted == {"weak human": 8, "in vitro": 9, "none": 8, "contradicted": 6}
    assert set(counted) <= set(GRADES)


@pytest.mark.parametrize("each", claims(), ids=lambda each: str(each.number))
def test_a_claim_is_complete(each):
    assert each.words and each.comment and each.mechanism and each.outcome
    assert each.part in PARTS
    assert each.references and all(reference.name for reference in each.references)
    assert bool(each.run) != bool(each.cannot)
    if each.grade not in ("none", "contradicted"):
        assert any(reference.identifier for reference in each.references)


@pytest.mark.parametrize("each", claims(), ids=lambda each: str(each.number))
def test_a_claim_that_can_be_run_has_a_question_and_no_other_has(each):
    asked = bool(questions(each.number)) + (each.number in LABORATORY)
    assert asked == each.can_be_run


def test_the_model_cannot_speak_to_three_claims_and_says_why():
    silent = {each.number: each.cannot for each in claims() if not each.can_be_run}
    assert set(silent) == {3, 29, 30}
    assert all(len(reason.split()) > 15 for reason in silent.values())


def test_retracted_work_is_named_as_such_and_never_cited():
    cited = " ".join(reference.identifier for each in claims() for reference in each.references)
    assert "438243" not in cited
    assert "retracted" in claim(5).comment


def test_the_columns_of_the_table_are_all_read():
    told = set(rows("claims")[0])
    assert told == {"reference", "identifier", "number"} | {
        field for field in vars(claim(1)) if field not in ("number", "references")
    }


@pytest.mark.parametrize("number", [0, -1, 32, 1000])
def test_no_other_claim_is_known(number):
    with pytest.raises(RepigmentError, match=rf"there is no claim {number}.*Allowed: 1 to 31"):
        claim(number)
    with pytest.raises(RepigmentError, match="there is no claim"):
        chosen([1, number])


def test_claims_are_chosen_once_and_in_order():
    assert [each.number for each in chosen([9, 2, 9])] == [2, 9]
    assert len(chosen([])) == 31
