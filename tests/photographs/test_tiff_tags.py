"""Directories and tags of a TIFF are looked at before a decoder reads them."""

import io
import struct
import time
from collections.abc import Iterable

import numpy as np
import pytest
from PIL import Image

from repigment.photographs.files.reading import read
from repigment.photographs.files.tiff_tags import check_directories, numbers
from tests.photographs.conftest import Write
from tests.photographs.made_files import skin_levels
from tests.photographs.test_bad_photographs import floating, refused


def big_tiff(entries: Iterable[tuple[int, int, int, int]], claimed: int, more: int = 0) -> bytes:
    """A BigTIFF with a directory of `entries` (tag, kind, count, value) at 16, which leads on to `more`, then zeros.

    At 1000 is a directory that says that it has so many entries.
    """
    packed = [struct.pack("<HHQQ", *each) for each in entries]
    data = struct.pack("<2sHHHQQ", b"II", 43, 8, 0, 16, len(packed)) + b"".join(packed) + struct.pack("<Q", more)
    return data.ljust(1000, b"\0") + struct.pack("<Q", claimed) + bytes(20 * claimed + 8)


@pytest.mark.parametrize("by", ["first", "second", "exif", "interoperability"])
def test_a_directory_with_more_entries_than_there_are_tags_is_not_read(by: str, write: Write) -> None:
    """Decoders read all of them: 400 megabytes of zeros took a minute."""
    many = 400_000
    data = {
        "first": struct.pack("<2sHHHQQ", b"II", 43, 8, 0, 16, many) + bytes(20 * many),
        "second": big_tiff([(256, 3, 1, 10)], many, more=1000),
        "exif": big_tiff([(34665, 4, 1, 1000)], many),
        "interoperability": big_tiff([(34665, 16, 1, 500)], many),
    }[by]
    if by == "interoperability":
        entry = struct.pack("<QHHQQ", 1, 40965, 13, 1, 1000)
        data = data[:500] + entry + data[500 + len(entry) :]
    with pytest.raises(ValueError, match="a directory of 400000 entries"):
        check_directories(data)
    begun = time.perf_counter()
    assert "the TIFF is damaged or cut short" in refused(write(data, "arm.tif"))
    assert time.perf_counter() - begun < 0.5


def test_directories_in_reason_are_read(write: Write) -> None:
    check_directories(big_tiff([(34665, 4, 1, 1000)], 3))
    check_directories(big_tiff([(34665, 4, 1, 10**9)], 3, more=10**9))  # cut short, which the decoder says
    picture = io.BytesIO()
    Image.fromarray(skin_levels()).save(picture, "TIFF", big_tiff=True)
    assert read(write(picture.getvalue(), "arm.tif")).shape == (240, 320)


@pytest.mark.parametrize("kind", [1, 3, 4, 16])
@pytest.mark.parametrize("order", "<>")
def test_numbers_of_a_tag_are_read_whatever_their_size(kind: int, order: str) -> None:
    letter = {1: "B", 3: "H", 4: "I", 16: "Q"}[kind]
    start = b"II" if order == "<" else b"MM"
    three = struct.pack(f"{order}3{letter}", 3, 3, 3)
    inside = three.ljust(4, b"\0") if len(three) <= 4 else struct.pack(f"{order}I", 40)
    small = start + struct.pack(f"{order}HIHHHI", 42, 8, 1, 339, kind, 3) + inside
    assert numbers(small.ljust(40, b"\0") + three, 339) == (3, 3, 3)
    inside = three.ljust(8, b"\0") if len(three) <= 8 else struct.pack(f"{order}Q", 60)
    big = start + struct.pack(f"{order}HHHQQHHQ", 43, 8, 0, 16, 1, 339, kind, 3) + inside
    assert numbers(big.ljust(60, b"\0") + three, 339) == (3, 3, 3)


def test_a_kind_of_sample_in_four_bytes_is_read(write: Write) -> None:
    data = floating(np.full((100, 120, 3), 0.5, np.float32))["grey"]
    (at,) = struct.unpack_from("<I", data, 4)
    for entry in range(at + 2, at + 2 + 12 * struct.unpack_from("<H", data, at)[0], 12):
        if struct.unpack_from("<H", data, entry) == (339,):
            data = data[:entry] + struct.pack("<HHII", 339, 4, 1, 3) + data[entry + 12 :]
    assert "its pixels are floating point numbers" in refused(write(data, "light.tif"))
