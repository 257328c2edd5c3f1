"""Claims are really played: end to end, in the right direction, kept and gone on with."""

import json
from dataclasses import replace

import pytest

from repigment.claims import keeping, running
from repigment.claims.answering import answer
from repigment.claims.keeping import written
from repigment.claims.library import study
from repigment.claims.played import play
from repigment.claims.question import questions
from repigment.claims.running import run
from repigment.errors import RepigmentError

SIZE = {"worlds": 4, "patients": 6}
FINDING = {
    "claim": int,
    "study": str,
    "condition": str,
    "kind": str,
    "criterion": str,
    "counts": bool,
    "outcome": str,
    "unit": str,
    "better": str,
    "nothing": float,
    "bar": list,
    "names": list,
    "persons": int,
    "values": list,
    "holds": list,
    "chances": list,
    "trial": dict,
    "influences": list,
    "quantiles": dict,
    "note": str,
    "full_strength": float,
    "full_holds": bool,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("claims")


@pytest.fixture(scope="module")
def played(folder):
    """Claim 21 (sun spots), run small."""
    told = []
    made = run([21], out=folder, seed=2, progress=lambda done, total: told.append((done, total)), **SIZE)
    return made, told


def test_a_claim_is_run_end_to_end(played):
    made, told = played
    answered = made.answers[20]
    assert answered.verdict.worlds == 4
    assert [finding.persons for finding in answered.findings] == [6, 6]
    assert told[-1][0] == told[-1][1] > 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    assert not made.answers[1].findings


def test_json_has_the_promised_form(played):
    told = json.loads(written(played[0].plain()))
    assert (told["seed"], told["worlds"], told["patients"]) == (2, 4, 6)
    claim = told["claims"][20]
    assert set(claim["verdict"]) == {"kind", "worlds", "holds", "share", "low", "high", "stands"}
    for question in claim["questions"]:
        assert {name: type(part) for name, part in question.items()} == FINDING
        assert len(question["values"]) == len(question["holds"]) == 4
        assert "reason" in question["trial"] or question["trial"]["n"]
    assert told["claims"][2]["cannot"]
    assert told["claims"][2]["verdict"] is None


def test_what_is_kept_is_not_played_again_and_gives_the_same_bytes(played, folder, monkeypatch):
    monkeypatch.setattr(running, "play", lambda *_, **__: pytest.fail("played again"))
    again = run([21], out=folder, seed=2, resume=True, **SIZE)
    first = {n: written(played[0].answers[n - 1].plain()) for n in (21, 23)}
    assert {n: written(again.answers[n - 1].plain()) for n in (21, 23)} == first


@pytest.mark.parametrize("changed", [{"seed": 3}, {"patients": 7}, {"worlds": 6}])
def test_another_key_is_played_again(played, folder, monkeypatch, changed):
    asked = []
    monkeypatch.setattr(running, "play", lambda of, *_, **__: asked.append(of.name) or pytest.skip.Exception)
    with pytest.raises(AttributeError):
        run([21], out=folder, resume=True, **{"seed": 2, **SIZE, **changed})
    assert asked == ["lentigo"]


def test_a_spoilt_file_is_played_again(played, folder, tmp_path):
    whole = (folder / "studies" / "lentigo.json").read_text()
    of, asked = study("lentigo", **SIZE), list(questions(21))
    (tmp_path / "studies").mkdir()
    for text in ("", "{", "[]", whole[:-100], whole.replace('"holds"', '"hold"')):
        (tmp_path / "studies" / "lentigo.json").write_text(text)
        assert keeping.kept(tmp_path, "lentigo", keeping.key(of, asked, 2)) is None


@pytest.mark.parametrize(("strength", "share"), [(1.0, 1), (-1.0, 0)])
def test_help_holds_and_harm_does_not(strength, share):
    """Cells that work in full make sun spots fade; cells that harm in full do not."""
    of = study("lentigo", 2, 4)
    arms = tuple(
        arm.model_copy(
            update={
                "treatments": tuple(
                    each.model_copy(update={"strength": strength}) if type(each).from_prior else each
                    for each in arm.treatments
                )
            }
        )
        for arm in of.arms
        if arm.name in ("sham", "UC-MSC")
    )
    found = answer(replace(questions(21)[0], margin=4.0), play(of.model_copy(update={"arms": arms}), 1, {"contrast"}))
    assert sum(found.holds) / len(found.holds) == share


def test_a_folder_of_a_stranger_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(RepigmentError, match=r"holds no claims of repigment.*--out"):
        run([4], out=tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(RepigmentError):
        run([4], out=tmp_path / "file")


def test_a_negative_seed_is_refused():
    with pytest.raises(RepigmentError, match=r"seed -1.*0 or more"):
        run([4], seed=-1)
