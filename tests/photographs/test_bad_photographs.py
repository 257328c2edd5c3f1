"""Files that are no good photographs: one clear message, little memory, little time, never a traceback."""

import io
import os
import resource
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from repigment.errors import RepigmentError
from repigment.photographs.files import heic
from repigment.photographs.files.limits import name_of
from repigment.photographs.files.reading import read
from repigment.photographs.skin.quality import refusals
from tests.photographs.conftest import Write
from tests.photographs.made_files import encoded, jpeg_that_says, png_chunk, png_that_says, skin_levels

MEGABYTE = 1_000_000
GOOD = {kind: encoded(skin_levels(96, 128), kind) for kind in ("JPEG", "PNG", "TIFF", "GIF", "WEBP", "BMP")}
PROGRESSIVE = encoded(skin_levels(96, 128), "JPEG", progressive=True)


def refused(path: Path | str) -> str:
    with pytest.raises(RepigmentError) as caught:
        read(path)
    return str(caught.value)


def test_nothing_is_told_as_such(tmp_path: Path, write: Write) -> None:
    assert refused(tmp_path / "gone.jpg") == (
        "there is no such file. In: gone.jpg. Do: look at the name and at the folder it is in."
    )
    assert refused(write(b"", "arm.jpg")) == (
        "the photograph is empty (0 bytes). In: arm.jpg. Do: copy it again from the camera or the phone."
    )
    (tmp_path / "visit 1.jpg").mkdir()
    assert refused(tmp_path / "visit 1.jpg") == "it is a folder. In: visit 1.jpg. Do: name a photograph in it."
    assert "the name is too long" in refused(tmp_path / ("a" * 400))
    assert "there is no such file" in refused(tmp_path / "a\0b.jpg")
    assert "a device or a pipe" in refused("/dev/zero")


def test_a_file_that_may_not_be_read(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(GOOD["JPEG"], "arm.jpg")

    def forbidden(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)
    assert refused(path) == "you may not read it. In: arm.jpg. Do: ask its owner, or copy it to where you may read it."


def test_text_is_no_photograph(write: Write) -> None:
    assert refused(write(b"Dear doctor, attached is a photograph.", "arm.jpg")) == (
        "it is no photograph that can be read: no picture begins as this file does. In: arm.jpg. "
        "Allowed: JPEG, PNG, TIFF, HEIC, WebP, BMP or GIF. "
        "Do: if it opens in a viewer, save it from there as JPEG or PNG."
    )


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "BMP"])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_half_a_file(kind: str, share: float, write: Write) -> None:
    data = GOOD[kind]
    told = refused(write(data[: int(share * len(data))], "arm.jpg"))
    assert told == (
        f"the {kind} is damaged or cut short. In: arm.jpg. "
        "Do: copy it again from the camera or the phone; if it opens in a viewer, save it from there as PNG."
    )


def test_half_a_png_of_16_bits(write: Write) -> None:
    data = cv2.imencode(".png", skin_levels(96, 128).astype(np.uint16) * 257)[1].tobytes()
    assert "the PNG is damaged or cut short" in refused(write(data[: len(data) // 2], "arm.png"))


def test_a_wrong_suffix_is_read_and_noted(write: Write) -> None:
    photograph = read(write(GOOD["PNG"], "arm.JPG"))
    assert photograph.notes == ("called .jpg, but it is a PNG: read as that",)
    assert photograph.kind == "PNG"
    assert read(write(GOOD["PNG"], "arm")).notes == ()


def inside_limits(path: Path, megabytes: float, seconds: float, pixels: float = 2e6) -> str:
    """What another process is told when it reads `path`; it fails if that takes more memory or time."""
    code = (
        "import cv2, resource, sys, time\n"
        "from repigment.errors import RepigmentError\n"
        "from repigment.photographs.files.reading import read\n"
        "from repigment.evidence.parameters import value\n"
        "value('photo_side')\n"
        "before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.perf_counter()\n"
        f"try:\n    print(read(sys.argv[1], {pixels}).shape)\n"
        "except RepigmentError as error:\n    print(error)\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, time.perf_counter() - start)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    told, cost = done.stdout.splitlines()
    kilobytes, taken = map(float, cost.split())
    assert kilobytes / 1000 < megabytes and taken < seconds
    return told


def test_200_megapixels_are_refused_before_they_are_unpacked(write: Write) -> None:
    path = write(jpeg_that_says(GOOD["JPEG"], 20_000, 10_000), "huge.jpg")
    assert inside_limits(path, 30, 5) == (
        "the picture says that it has 200 megapixels. In: huge.jpg. "
        "Allowed: 100 megapixels at most. Do: save it smaller; 12 megapixels are more than is measured."
    )


@pytest.mark.parametrize(("width", "height"), [(15_000, 15_000), (2**31 - 1, 2**31 - 1), (10_001, 10_000)])
def test_a_bomb_of_zeros(width: int, height: int, write: Write) -> None:
    rows = zlib.compress(bytes(20 * MEGABYTE), 9)
    path = write(png_that_says(width, height, rows), "bomb.png")
    assert path.stat().st_size < 100_000
    told = inside_limits(path, 60, 5)
    assert f"{width * height / 1e6:.0f} megapixels. In: bomb.png. Allowed: 100 megapixels at most." in told


def test_the_largest_that_is_read_stays_within_bounds(write: Write) -> None:
    width, height = 9_000, 8_000
    row = bytes([0, *(205, 160, 135) * width])
    packer = zlib.compressobj(1)
    rows = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    path = write(png_that_says(width, height, rows), "large.png")
    assert inside_limits(path, 72 * 3 * 2 + 250, 20) == "(1333, 1500)"  # 72 megapixels twice, and what is made of them


def test_a_png_that_holds_less_or_more_than_it_says(write: Write) -> None:
    rows = zlib.compress(b"".join(bytes([0, *(205, 160, 135) * 200]) for _ in range(100)))
    assert "the PNG is damaged or cut short" in refused(write(png_that_says(200, 4_000, rows), "less.png"))
    assert read(write(png_that_says(200, 100, rows + bytes(1000)), "more.png")).shape == (100, 200)


def test_bombs_beside_the_picture(write: Write) -> None:
    zeros = zlib.compress(bytes(100 * MEGABYTE), 9)
    data = GOOD["PNG"]
    for name, chunk in (
        ("text.png", png_chunk(b"zTXt", b"a\0\0" + zeros)),
        ("icc.png", png_chunk(b"iCCP", b"a\0\0" + zeros)),
    ):
        told = inside_limits(write(data[:33] + chunk + data[33:], name), 60, 5)
        assert told == "(96, 128)" or "damaged" in told


def test_a_jpeg_that_paints_itself_over_and_over(write: Write) -> None:
    start = PROGRESSIVE.rindex(b"\xff\xda")
    scan = PROGRESSIVE[start:-2]
    data = jpeg_progressive_size(PROGRESSIVE[:start], 9_000, 9_000) + scan * 500 + b"\xff\xd9"
    told = inside_limits(write(data, "scans.jpg"), 60, 5)
    assert told.startswith("the JPEG paints its 9000 by 9000 pixels 5") and "times over. In: scans.jpg." in told


def jpeg_progressive_size(data: bytes, width: int, height: int) -> bytes:
    start = data.index(b"\xff\xc2") + 5
    return data[:start] + struct.pack(">HH", height, width) + data[start + 4 :]


def test_a_file_of_too_many_bytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "endless.tif"
    with path.open("wb") as file:
        file.truncate(900 * MEGABYTE)  # a hole: it takes no room on the disk
    start = time.perf_counter()
    assert refused(path) == (
        "the photograph has 900 megabytes. In: endless.tif. Allowed: 400 megabytes at most. "
        "Do: save it smaller, as JPEG."
    )
    assert time.perf_counter() - start < 1


def test_inks_without_a_profile_are_refused(write: Write) -> None:
    inks = Image.fromarray(skin_levels()).convert("CMYK")
    buffer = io.BytesIO()
    inks.save(buffer, "JPEG")
    assert refused(write(buffer.getvalue(), "print.jpg")) == (
        "its colours are those of printing inks (CMYK), and no profile says which inks. In: print.jpg. "
        "Do: use the photograph as the camera wrote it, or save it as RGB with the profile sRGB."
    )


def test_inks_with_a_profile_of_something_else_are_refused_colour(write: Write) -> None:
    inks = Image.fromarray(skin_levels()).convert("CMYK")
    buffer = io.BytesIO()
    inks.save(buffer, "TIFF", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    photograph = read(write(buffer.getvalue(), "print.tif"))
    assert "its profile is for RGB, not for CMYK: left out" in photograph.notes
    assert [each.what for each in photograph.refused] == ["colour"]


@pytest.mark.parametrize("kind", ["GIF", "PNG", "WEBP", "TIFF"])
def test_of_several_pictures_the_first_is_taken(kind: str, write: Write) -> None:
    first, second = (
        Image.fromarray(np.full((120, 140, 3), colour, np.uint8)) for colour in ((205, 160, 135), (0, 90, 200))
    )
    buffer = io.BytesIO()
    saving = {"lossless": True} if kind == "WEBP" else {}
    first.save(buffer, kind, save_all=True, append_images=[second, second], **saving)
    photograph = read(write(buffer.getvalue(), f"film.{kind.lower()}"))
    assert "the first of several pictures in the file is taken" in photograph.notes
    assert photograph.linear[60, 70].tolist() == pytest.approx([0.610, 0.352, 0.242], abs=0.01)


@pytest.mark.parametrize(("width", "height"), [(1, 1), (65_500, 1), (1, 3_000)])
def test_slivers(width: int, height: int, write: Write) -> None:
    photograph = read(
        write(encoded(np.full((height, width, 3), (205, 160, 135), np.uint8), "JPEG"), "sliver.jpg"), 1000
    )
    found = refusals(photograph)
    assert [each.what for each in found] == ["all"]
    assert "the photograph is too small: its shorter side has 1 pixels, 96 are needed." in found[0].why


def test_no_skin(write: Write) -> None:
    lawn = np.full((200, 300, 3), (90, 140, 60), np.uint8)
    found = refusals(read(write(encoded(lawn, "PNG"), "lawn.png")))
    assert [each.what for each in found] == ["all"]
    assert found[0].why.startswith("nothing in it has a colour that skin can have: it shows no skin,")


def test_raw_files_are_not_mistaken_for_their_thumbnail(write: Write) -> None:
    data = encoded(skin_levels(), "TIFF", tiffinfo={50706: b"\1\4\0\0"})
    assert refused(write(data, "arm.dng")) == (
        "it is a raw file of a camera. In: arm.dng. Do: save it from the camera's program as 16-bit TIFF or JPEG."
    )


def test_numbers_that_are_no_levels(write: Write) -> None:
    assert "its pixels are stored in a way that no camera uses (I)" in refused(
        write(encoded(np.ones((100, 100), np.int32), "TIFF"), "map.tif")
    )


def floating(levels: Any) -> dict[str, bytes]:
    """TIFFs of floating point numbers: grey by Pillow, colour by OpenCV, and the first in BigTIFF."""
    grey, colour = levels[..., 0], cv2.imencode(".tif", levels)[1].tobytes()
    big = io.BytesIO()
    Image.fromarray(grey).save(big, "TIFF", big_tiff=True)
    return {"grey": encoded(grey, "TIFF"), "colour": colour, "big": big.getvalue()}


@pytest.mark.parametrize("how", ["grey", "colour", "big"])
def test_a_floating_point_tiff_is_no_damaged_one(how: str, write: Write) -> None:
    data = floating(np.full((100, 120, 3), 0.5, np.float32))[how]
    assert refused(write(data, "light.tif")) == (
        "its pixels are floating point numbers, and such a TIFF is not read. In: light.tif. "
        "Allowed: whole numbers of 8 or 16 bits a channel. "
        "Do: save it as 16-bit TIFF or PNG in sRGB, from the program that wrote it."
    )


def test_a_name_that_is_no_text_is_told_by_its_bytes(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.jpg")
    assert "In: \\xff.jpg." in refused(path)
    assert name_of(tmp_path / "é.jpg") == "é.jpg"


def test_all_transparent(write: Write) -> None:
    levels = np.zeros((120, 120, 4), np.uint8)
    assert "every pixel is transparent" in refused(write(encoded(levels, "PNG"), "nothing.png"))


def test_heic_without_its_package(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    assert refused(write(b"\0\0\0\x1cftypheic" + bytes(100), "arm.heic")) == (
        "the photograph is a HEIC, and the package that reads those is not installed. In: arm.heic. "
        "Do: pip install 'repigment[heic]', or save it as JPEG."
    )


def test_heic_damaged(write: Write) -> None:
    heif = pytest.importorskip("pillow_heif")
    buffer = io.BytesIO()
    heif.from_pillow(Image.fromarray(skin_levels())).save(buffer)
    data = buffer.getvalue()
    assert "the HEIC is damaged or cut short" in refused(write(data[: len(data) // 2], "arm.heic"))
    assert heic.decode(data, "arm.heic").levels.shape == (240, 320, 3)


def refused_or_sound(data: bytes, folder: Path) -> bool:
    """Whether such a file is refused by its name alone, or read as light that can be; other errors are raised."""
    path = folder / "made.jpg"
    path.write_bytes(data)
    told, photograph = "", None
    try:
        photograph = read(path, pixels=5_000)
    except RepigmentError as error:
        told = str(error)
    if photograph is None:
        return "made.jpg" in told and str(folder) not in told
    refusals(photograph)
    light = photograph.linear
    return bool(np.isfinite(light).all() and 0 <= light.min() <= light.max() <= 1)


FIRSTS = [
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"II*\0",
    b"MM\0*",
    b"GIF89a",
    b"BM",
    b"RIFF0000WEBP",
    b"\0\0\0\x18ftypheic",
    b"",
]
QUICK = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@QUICK
@given(st.sampled_from(FIRSTS), st.binary(max_size=600))
def test_random_bytes_never_give_a_traceback(tmp_path: Path, first: bytes, rest: bytes) -> None:
    assert refused_or_sound(first + rest, tmp_path)


@QUICK
@given(
    st.sampled_from(sorted(GOOD)),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 7)), max_size=12),
)
def test_damaged_files_never_give_a_traceback(
    tmp_path: Path, kind: str, share: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(GOOD[kind])
    for where, bit in flips:
        data[int(where * min(len(data), 700))] ^= 1 << bit  # mostly the head, where the damage is worst
    cut = bytes(data[: int(len(data) * max(share, 0.05))] if share < 0.5 else data)
    assert refused_or_sound(cut, tmp_path)


def test_reading_needs_little_memory_in_this_process(write: Write) -> None:
    for kind, data in GOOD.items():
        read(write(data, f"arm.{kind.lower()}"))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(50):
        read(write(GOOD["JPEG"], "arm.jpg"))
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000 < 20, "photographs are kept"


@pytest.mark.parametrize("interlaced", [False, True])
def test_black_at_the_bottom_is_not_taken_for_missing(interlaced: bool, write: Write) -> None:
    levels = skin_levels(121, 143)
    levels[-9:] = 0
    data = encoded(levels, "PNG") if not interlaced else interlaced_png(levels)
    photograph = read(write(data, "arm.png"))
    assert photograph.shape == (121, 143) and (photograph.linear[-9:] == 0).all()


def interlaced_png(levels: Any) -> bytes:
    """A PNG in seven passes (Adam7)."""
    rows = b""
    for left, top, across, down in (
        (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2),
    ):  # fmt: skip
        rows += b"".join(b"\0" + row.tobytes() for row in levels[top::down, left::across])
    header = struct.pack(">IIBBBBB", levels.shape[1], levels.shape[0], 8, 2, 0, 0, 1)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(rows)) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks
