"""What somebody is told whose study can't be one: what is wrong, where, what is allowed, what to do."""

import os
import re
from pathlib import Path

import pytest

from repigment.errors import RepigmentError
from repigment.trials.study import Study, built_in_studies

CELLS, WITHDRAWAL, HALVES = "uc-msc-vitiligo", "true-v-withdrawal", "nb-uvb-half-body"


def told(text: str) -> str:
    """The message for a study in the file my.toml."""
    with pytest.raises(RepigmentError) as caught:
        Study.from_toml(text, where="my.toml")
    return str(caught.value)


def changed(study: str, *changes: tuple[str, str]) -> str:
    """A built-in study with pieces of its text replaced, each the first time that it occurs."""
    text = built_in_studies()[study]
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def test_one_mistake_is_told_in_full() -> None:
    assert told(changed(CELLS, ("adherence = 0.8", "adherence = 1.8"))) == (
        "adherence is 1.8. In: my.toml, line 55, arm 'NB-UVB' > treatment 2 (nb-uvb) > adherence. Allowed: 0 to 1."
    )


def test_a_misspelt_key_is_told_with_the_valid_ones_and_the_nearest() -> None:
    assert told(changed(CELLS, ("adherence = 0.8", "adherance = 0.8"))) == (
        "the key 'adherance' is not known here. "
        "In: my.toml, line 55, arm 'NB-UVB' > treatment 2 (nb-uvb) > adherance. "
        "Allowed: from, until, adherence, sessions_per_week, give. Do: write 'adherence'."
    )


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        # names
        ('give = "nb-uvb"', 'give = "nbuvb"', "the treatment 'nbuvb' is not known|Do: write 'nb-uvb'"),
        ('give = "nb-uvb", ', "", 'the treatment does not say what is given|Do: write give = "nb-uvb"'),
        ('score = "F-VASI75"', 'score = "FVASI75"', "the score 'FVASI75' is not known|Do: write 'F-VASI75'"),
        ("face = {", "fase = {", "the region 'fase' is not known|Allowed: face, neck, trunk|Do: write 'face'"),
        ("III = 0.5", "VII = 0.5", "the skin type 'VII' is not known|Allowed: I, II, III, IV, V, VI"),
        ("indoor = 0.4", "inside = 0.4", "the sun habit 'inside' is not known|Do: write 'indoor'"),
        ('design = "parallel"', 'design = "paralel"', "the design 'paralel' is not known|Do: write 'parallel'"),
        ('rater = "live"', 'rater = "alive"', "the rater 'alive' is not known|Do: write 'live'"),
        ('"multiple-imputation"', '"multiple"', "the rule for missing values 'multiple' is not known"),
        ('["UC-MSC", "sham"]', '["UCMSC", "sham"]', "no arm is called 'UCMSC'|comparison 1|Do: write 'UC-MSC'"),
        ('["UC-MSC", "sham"]', '["sham", "sham"]', "'sham' is compared with itself|two different arms"),
        ('control = "sham"', 'control = "shame"', "no arm is called 'shame'|analysis > control|Do: write 'sham'"),
        ('arm = "NB-UVB"', 'arm = "NBUVB"', "no arm is called 'NBUVB'|source 1 > published result 1|'NB-UVB'"),
        (
            'condition = "vitiligo"',
            'condition = "acne"',
            "there is no condition 'acne'|Allowed: freckles, lentigo, melasma, pih, vitiligo",
        ),
        ("title = ", "titel = ", "the key 'titel' is not known here|Do: write 'title'"),
        ("[population] ", "[populaton] ", "the key 'populaton' is not known here|Do: write 'population'"),
        ("[population] ", "visits = [0, 4]\n[population] ", "a key is written twice|Do: keep one of them"),
        (
            'condition = "',
            'rater = "live"\ncondition = "',
            "'rater' is not known here|Do: move rater to the top of the file",
        ),
        ('role = "context"', 'role = "context"\narm = "sham"', "Do: put arm into an entry of results"),
        # numbers
        ("mean = 38", "mean = -38", "mean is -38|population > age > mean|Allowed: 0 to 110 years"),
        ("mean = 38", "mean = 17", r"the mean \(17\) is not between min and max|Allowed: 18 to 75"),
        ("mean = 38", "mean = nan", "nan is not a finite number|population > age > mean"),
        ("mean = 38", "mean = inf", "inf is not a finite number"),
        ("mean = 38", "mean = 1e30", "the number is too large|Allowed: at most 1e"),
        ("sd = 14", "sd = 40", "no group with mean 38 between 18 and 75 has an sd of 40|Allowed: sd 0 to 27.2"),
        ("min = 18", "min = 80", r"min \(80\) is above max \(75\)|Do: exchange them"),
        ("III = 0.5", "III = 0.4", "the shares of skin types sum to 0.9|Allowed: a sum of 1"),
        ("indoor = 0.4", "indoor = 0.6", "the shares of sun habits sum to 1.2"),
        ("female = 0.55", "female = 55", "female is 55|Allowed: 0 to 1"),
        ("female = 0.55", "female = 1979-05-27", "is a date or time|Do: give times in weeks"),
        ("face = { share = 1,", "face = { share = 0,", "no patient has any white patch"),
        ("latitude = 13.8", "latitude = 138", "mean is 138|population > latitude|Allowed: -70 to 70 degrees"),
        ("latitude = 13.8", 'latitude = "Bangkok"', 'latitude is "Bangkok"|Allowed: a number of degrees'),
        ("n = 50", "n = 50.5", "n is 50.5|arm 'sham' > n|Allowed: a whole number, 1 to 100000 patients"),
        ("n = 50", "n = 50.0", "n is 50.0|Do: write 50"),
        ("n = 50", "n = true", "n is true|a whole number"),
        ("n = 50", 'n = "50"', 'n is "50"|a whole number'),
        ("n = 50", "n = 0", "n is 0|Allowed: 1 to 100000 patients"),
        ("n = 50", "n = 99999", "the arms have 100149 patients together|Allowed: 1 to 100000"),
        ("adherence = 0.8", "adherence = true", "adherence is true|Allowed: a number, 0 to 1"),
        ("cells_per_point = 5e5", "cells_per_point = 5e9", "cells_per_point is 5000000000.0|Allowed: 1000 to 1e.08"),
        ("confidence = 0.95", "confidence = 95", "confidence is 95|Allowed: above 0 to below 1"),
        ("per_year = 0.15", "per_year = -1", "per_year is -1|dropout > per_year|Allowed: 0 to 5 per year"),
        ("prior_draws = 8", "prior_draws = 257", "prior_draws is 257|Allowed: 1 to 256 draws"),
        ("value = 0.44", "value = 44", "44 is no share of patients|Allowed: 0 to 1|Do: write 0.44 for 44 %"),
        ("value = 0.44", 'value = 0.44, unit = "%"', "F-VASI75 is not given in '%'|Allowed: fraction"),
        ("value = 0.44", "value = 0.44, ci_low = 0.5", "the published interval does not contain its value"),
        # weeks
        ("[0, 4, 8, 12, 18", "[0, 4, 12, 8, 18", r"week 8 follows week 12|Do: write visits = \[0, 4, 8, 12, 18"),
        ("[0, 4, 8, 12, 18", "[0, 4, 4, 12, 18", "week 4 follows week 4|weeks that rise and do not repeat"),
        ("[0, 4, 8, 12, 18", "[1, 4, 8, 12, 18", "the first visit is in week 1|Do: begin the visits with 0"),
        ("[0, 4, 8, 12, 18", "[0.5, 4, 8, 12, 18", "an entry of visits is 0.5|a whole number, 0 to 520 weeks"),
        ("84, 104]  #", "84, 521]  #", "an entry of visits is 521|Allowed: 0 to 520 weeks"),
        (
            "week = 52",
            "week = 53",
            "there is no visit in week 53|endpoint 2|Do: add 53 to the visits or write week = 52",
        ),
        ("week = 104", "week = 156", "week 156 is after the last visit, which is in week 104|endpoint 3"),
        ("week = 52", "week = 0", "F-VASI75 at week 0 is the baseline, not a result"),
        ("week = 52", "week = 24", "the endpoint F-VASI75 at week 24 is written twice|Do: delete one of them"),
        ("week = 24, value", "week = 25, value", "there is no visit in week 25|source 1 > published result 1"),
        ("from = 0, until = 24", "from = 104", "nb-uvb is given from week 104, but the last visit is in week 104"),
        ("from = 0, until = 24", "from = 30, until = 24", r"until \(24\) must be later than from \(30\)"),
        ("weeks = [0, 4, 8]", "weeks = [0, 108]", "sham-injection is given from week 108|> weeks"),
        ("weeks = [0, 4, 8]", "weeks = [8, 4]", "weeks must rise and not repeat"),
        # what a study can't do without
        ("question = ", "# question = ", 'the study asks no question|Do: write question = "Does'),
        ("context_of_use = ", "# ", "does not say what its result may be used for|Do: write context_of_use"),
        ('"planning a phase 2 trial; no evidence of efficacy"', '" "', "does not say what its result may be used for"),
        ("visits = ", "# visits = ", "the study has no visits"),
        ("skin_types = ", "# skin_types = ", r"'skin_types' is missing|Do: write skin_types = \{ III"),
        ("n = 50\n", "", "'n' is missing|arm 'sham'|Do: write n = 50"),
        ('name = "NB-UVB"', 'name = "SHAM"', "'sham' and 'SHAM' differ only in capitals|Do: rename one of them"),
        ('name = "UC-MSC"\n', 'name = "sham"\n', "two arms are called 'sham'|a name of its own for each arm"),
        ("[0, 4, 8, 12, 18, 24, 36, 52, 68, 84, 104]", "[0]", "visits has 1 entry|Allowed: 2 to 60 entries"),
        # designs
        ('"parallel"', '"randomised-withdrawal"', "does not say who is withdrawn|true-v-withdrawal"),
        (
            'score = "F-VASI75"',
            'score = "T-VASI75"',
            "T-VASI75 is scored on the whole body|this study has the face only",
        ),
        # TOML
        ('design = "parallel"', "design = parallel", "this is not TOML|my.toml, line 12|Do: put texts in quotes"),
        ('design = "parallel"', 'design "parallel"', "this is not TOML: expected '='|line 12|Do: mend that line"),
        ("[analysis]", "[population]", "a heading is written twice|Do: keep one"),
        ("[0, 4, 8, 12, 18, 24, 36, 52, 68, 84, 104]", "[0, 4", "this is not TOML|a list is not closed"),
    ],
)
def test_what_a_mistake_is_told(old: str, new: str, words: str) -> None:
    message = told(changed(CELLS, (old, new)))
    assert message.count("my.toml") == 1
    for word in words.split("|"):
        assert re.search(word, message), f"{word!r} is not in {message!r}"


def test_a_score_of_another_condition() -> None:
    message = told(changed(CELLS, ('condition = "vitiligo"', 'condition = "melasma"'), ("max = 4 }", "max = 2.5 }")))
    assert "a study of melasma has no F-VASI75" in message
    assert re.search("Allowed: .*MASI change", message)


@pytest.mark.parametrize("given", ["[]", ""])
def test_an_arm_without_treatment(given: str) -> None:
    old = 'treatments = [{ give = "sham-injection", spacing_mm = 7, volume_ml = 0.1, weeks = [0, 4, 8] }]'
    message = told(changed(CELLS, (old, f"treatments = {given}" if given else "")))
    assert "the arm has no treatment" in message
    assert "arm 'sham'" in message
    assert 'Do: write treatments = [{ give = "vehicle" }]' in message


@pytest.mark.parametrize(
    ("study", "old", "new", "words"),
    [
        (WITHDRAWAL, "from = 52", "from = 0", "this arm only takes over in week 52|Do: write from = 52"),
        (WITHDRAWAL, '"F-VASI90"\n\n#', '"F-VASI"\n\n#', "'F-VASI' is no response that patients could be chosen by"),
        (WITHDRAWAL, "week = 52", "week = 53", "patients can't be withdrawn in week 53|Do: add 53 to the visits"),
        (WITHDRAWAL, '"randomised-withdrawal"', '"parallel"', "a parallel study has a section [withdrawal]"),
        (HALVES, "n = 22", "n = 20", "every patient is in every arm|Do: write n = 22 in each"),
        (HALVES, "T-VASI change", "F-VASI change", "scored on the face, but nobody in this study has vitiligo there"),
    ],
)
def test_what_a_mistake_in_a_design_is_told(study: str, old: str, new: str, words: str) -> None:
    message = told(changed(study, (old, new)))
    for word in words.split("|"):
        assert word in message


def test_several_mistakes_are_told_together_in_the_order_of_the_file() -> None:
    message = told(changed(CELLS, ("n = 50", "n = -1"), ("mean = 38", "mean = 500"), ("week = 52", "weak = 52")))
    assert message.splitlines() == [
        "my.toml has 3 mistakes:",
        "  1. mean is 500. In: line 19, population > age > mean. Allowed: 0 to 110 years.",
        "  2. n is -1. In: line 39, arm 'sham' > n. Allowed: 1 to 100000 patients.",
        "  3. the key 'weak' is not known here. In: line 74, endpoint 2 (F-VASI75) > weak. "
        "Allowed: score, week, primary, label. Do: write 'week'.",
    ]


def test_of_many_mistakes_the_first_five_are_told() -> None:
    message = told(built_in_studies()[CELLS].replace("n = 50", "n = -1").replace("week = 52", "weak = 52"))
    assert message.splitlines()[0] == "my.toml has 7 mistakes:"
    assert message.splitlines()[5].startswith("  5. ")
    assert message.splitlines()[6] == "  The others are told when these are mended."


@pytest.mark.parametrize(
    ("heading", "entry", "most"),
    [
        ("[[arm]]", 'name = "arm {i}"\nn = 1\ntreatments = [{{ give = "vehicle" }}]', "Allowed: 1 to 20 entries"),
        ("[[endpoint]]", 'score = "F-VASI75"\nweek = {i}', "Allowed: 1 to 60 entries"),
        ("[[comparison]]", 'arms = ["sham", "UC-MSC"]', "Allowed: at most 60 entries"),
    ],
)
def test_lists_have_limits(heading: str, entry: str, most: str) -> None:
    added = "\n".join(f"{heading}\n{entry.format(i=i)}\n" for i in range(61))
    assert most in told(built_in_studies()[CELLS] + "\n" + added)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the study asks no question"),
        ("[[[" * 5000, "a line is too long to be read. In: my.toml, line 1. Allowed: 10000 characters"),
        ("a = " + "[\n" * 5000, "nested too deeply"),
        ("a" + ".a" * 500 + " = 1", "nested too deeply"),
        ("n = " + "1" * 5000, "a number has thousands of digits"),
        ('a = "\\u0000"', "a text has control characters in it"),
        ("a = '\ud800'", "a character is not text"),
        ('question = "x', "a text has no closing quote"),
    ],
)
def test_text_that_is_no_study(text: str, words: str) -> None:
    assert words in told(text)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"a" * (2**20 + 1), "the file is too large to be a study. In: |Allowed: at most 1 MiB"),
        (b"question = 'caf\xe9'", "the file is not UTF-8. In: |line 1|Do: save it again with the encoding UTF-8"),
        ("question".encode("utf-16"), "the file is not UTF-8"),
        (b"\x7fELF\x00\x01", "the file is binary, not text"),
    ],
)
def test_files_that_are_no_study(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "my.toml"
    file.write_bytes(content)
    with pytest.raises(RepigmentError) as caught:
        Study.load(file)
    for word in [str(file), *words.split("|")]:
        assert word in str(caught.value)


def test_a_folder_and_a_device_are_no_files(tmp_path: Path) -> None:
    with pytest.raises(RepigmentError, match="this is a folder, not a file"):
        Study.load(tmp_path)
    with pytest.raises(RepigmentError, match="this is not an ordinary file"):
        Study.load(os.devnull)


def test_a_file_that_must_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "my.toml"
    file.write_text("a = 1")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(RepigmentError, match=r"the file can't be read: Permission denied\. In: .*my\.toml"):
        Study.load(file)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "true-w",
            "no study is called 'true-w'|graft-stable, graft-unstable|uc-msc-pih, uc-msc-vitiligo|Do: write 'true-v'",
        ),
        ("nothing", "no study is called 'nothing'|`repigment studies` lists the built-in studies"),
        ("", "no study is called ''"),
        ("a\0b", "no study is called"),
        ("x" * 5000, "no study is called"),
        ("_assumed", "no study is called '_assumed'"),
        ("folder/true-v.toml", "there is no file 'folder/true-v.toml'|use the built-in study 'true-v'"),
    ],
)
def test_studies_that_are_not_there(name: str, words: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        Study.load(name)
    for word in words.split("|"):
        assert word in str(caught.value)


@pytest.mark.parametrize("patients", [0, 3, -5, 100_001, True, 10.0, "10"])
def test_numbers_of_patients_that_a_study_can_not_have(patients: object) -> None:
    with pytest.raises(RepigmentError, match=r"Allowed: a whole number from 4 to 100000\. Do: at least one patient"):
        Study.load(CELLS).scaled(patients)  # type: ignore[arg-type]
