"""Files that are no lots: one message, with the place and the remedy, whatever they are."""

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from repigment.cells import release
from repigment.cells.example import EXAMPLE
from repigment.cells.lot import Lot, load, reference
from repigment.cells.lot_file import MOST_BYTES, parse_lot
from repigment.errors import RepigmentError

MINIMAL = 'name = "A"\nsource = "cord"\n'
BROKEN = {
    b"": "the file is empty. In: {path}. Do: `repigment lot new` prints a filled lot to copy.",
    b" \n\t\n": "the file is empty. In: {path}. Do: `repigment lot new` prints a filled lot to copy.",
    b"\x89PNG\r\n\0\0": "the file is binary, not text. In: {path}. Allowed: TOML text in UTF-8.",
    b'name = "\xff"': "the file is not UTF-8. In: {path}, line 1. Allowed: TOML text in UTF-8. "
    "Do: save it again with the encoding UTF-8.",
    b"#" * (MOST_BYTES + 1): "the file is too large to be a lot. In: {path}. Allowed: at most 1 MiB.",
}
WRONG = {
    "name = ": "this is not TOML",
    "a = " + "[" * 5000: "this is not TOML",
    "a = " + "9" * 5000: "this is not TOML",
    "a." * 2000 + "b = 1": "",
    'source = "cord"': "'name' is missing: without it this is no lot",
    'name = "A"\nsource = "skin"': "'skin' cannot be 'source'. In: LOT, source. Allowed: 'cord', 'marrow' or 'fat'",
    'name = " "\nsource = "cord"': "text that is not blank, of signs that can be printed, is needed. In: LOT, name",
    'name = "a\\u001b[31m"\nsource = "cord"': "of signs that can be printed, is needed. In: LOT, name",
    MINIMAL + "bag = [" + "{}," * 1001 + "]": "'bag' is too long. In: LOT, bag. Allowed: at most 1000",
    MINIMAL + "[quality]\nviabilty = 90": "a lot has no 'quality.viabilty'. In: LOT, quality.viabilty. "
    "Do: did you mean 'viability'?",
    MINIMAL + "[quality]\nviability = nan": "nan cannot be 'quality.viability'. In: LOT, quality.viability. "
    "Allowed: a finite number",
    MINIMAL + "[quality]\nviability = inf": "Allowed: a finite number",
    MINIMAL + "[quality]\nviability = 101": "Allowed: less than or equal to 100",
    MINIMAL + "[quality]\nviability = true": "True cannot be 'quality.viability'",
    MINIMAL + '[quality]\nviability = "90"': "'90' cannot be 'quality.viability'. In: LOT, quality.viability. "
    "Allowed: a number",
    MINIMAL + "[quality]\nviability = " + "9" * 400: "cannot be 'quality.viability'",
    MINIMAL + "[culture]\npassage = 3.5": "Allowed: a whole number",
    MINIMAL + "quality = 1": "1 cannot be 'quality'. In: LOT, quality. Allowed: a table",
    MINIMAL + "bag = 1": "1 cannot be 'bag'. In: LOT, bag. Allowed: a list",
    MINIMAL + "[[bag]]\n[[bag]]\npoints = [1]": "1 cannot be 'bag[2].points[1]'",
    MINIMAL + '"a\\u001b[31m" = 1': "In: LOT, 'a\\x1b[31m'",
    MINIMAL + "[[bag]]\npoint = []": "did you mean 'points'?",
    MINIMAL + '[donation]\ntaken = "soon"': "a date such as 2024-01-31, or a moment such as 2024-01-31T09:30:00, "
    "is needed. In: LOT, donation.taken",
    MINIMAL + "[donation]\ntaken = 09:30:00": "a date such as 2024-01-31",
    MINIMAL + "[donation]\ntaken = 2024-01-31T00:00:00Z\n[isolation]\ndate = 2024-01-31T00:00:00": "give it to all",
    MINIMAL + "[donor]\nage = -1\ncode = 3\n": "(and 1 more)",
}


@pytest.mark.parametrize("data", BROKEN, ids=range(len(BROKEN)))
def test_broken_files(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "LOT.toml"
    path.write_bytes(data)
    with pytest.raises(RepigmentError) as caught:
        load(path)
    assert str(caught.value) == BROKEN[data].format(path=path)


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_no_lot_can_say(text: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        parse_lot(text, "LOT")
    assert WRONG[text] in str(caught.value) and len(str(caught.value)) < 400


def test_folders_and_nothing(tmp_path: Path) -> None:
    for path, what in ((tmp_path, "this is a folder, not a file"), (tmp_path / "no", "there is no such file")):
        with pytest.raises(RepigmentError, match=what):
            load(path)
    with pytest.raises(RepigmentError, match="not an ordinary file"):
        load(Path("/dev/null"))


def test_paths_that_no_file_has_and_that_steer_terminals(tmp_path: Path) -> None:
    for name, what in (
        ("x" * 5000, "can't be read"),
        ("a\0b", "no such file|can't be read"),
        ("\u202egnp", "no such file"),
    ):
        with pytest.raises(RepigmentError, match=what) as caught:
            load(tmp_path / name)
        assert len(str(caught.value)) < 400 and str(caught.value).isprintable()
    (tmp_path / "\u202e.toml").write_text("name = ")
    with pytest.raises(RepigmentError, match=r"In: '.*\\u202e\.toml'"):
        load(tmp_path / "\u202e.toml")


def test_the_example_is_read_with_any_line_ends_and_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "LOT.toml"
    path.write_bytes(b"\xef\xbb\xbf" + EXAMPLE.replace("\n", "\r\n").encode())
    assert load(str(path)) == reference()


@pytest.mark.parametrize("offset", ["", "Z", "+07:00"])
def test_a_lot_survives_json(offset: str) -> None:
    lot = parse_lot(re.sub(r"(T\d\d:\d\d:\d\d)", rf"\1{offset}", EXAMPLE), "LOT")
    assert Lot.model_validate(lot.model_dump(mode="json", exclude_none=True, exclude_defaults=True)) == lot
    assert release.passes(release.check(lot))


TOML_LIKE = st.text(st.sampled_from("abc=[]{}\"'.\n 0123456789-:T#"), max_size=80)


@given(TOML_LIKE | st.text(max_size=80), st.integers(0, len(EXAMPLE)))
def test_any_text_is_a_lot_or_one_message(text: str, place: int) -> None:
    for whole in (text, EXAMPLE[:place] + text + EXAMPLE[place:]):
        with contextlib.suppress(RepigmentError):
            parse_lot(whole, "LOT")
