"""A photograph becomes the same light, whatever it is stored in, and says nothing about who and where."""

import dataclasses
import io
import struct
import zlib
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image, ImageCms

from repigment.optics.colour import decode
from repigment.photographs.files.reading import Photograph, read, reduced
from tests.photographs.conftest import Write
from tests.photographs.made_files import deep_tiff, encoded, profile, skin_levels

P3_D50 = [[0.51512, 0.29198, 0.15710], [0.24120, 0.69225, 0.06657], [-0.00105, 0.04189, 0.78407]]
P3_D65 = np.array(  # SMPTE EG 432-1 under D65, linear, to XYZ
    [[0.48657095, 0.26566769, 0.19821729], [0.22897456, 0.69173852, 0.07928691], [0.0, 0.04511338, 1.04394437]]
)
XYZ_TO_SRGB = np.linalg.inv(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
ONE_LEVEL = 0.5 / 255
PLACE, OWNER = "Siriraj ward 7", "Somchai Jaidee"


def light(levels: Any, top: float = 255) -> Any:
    return decode(np.asarray(levels, float) / top)


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", "png"), ("TIFF", "tif"), ("BMP", "bmp"), ("WEBP", "webp")])
def test_lossless_files_give_the_same_light(kind: str, suffix: str, write: Write) -> None:
    levels = skin_levels()
    saving = {"lossless": True} if kind == "WEBP" else {}
    photograph = read(write(encoded(levels, kind, **saving), f"arm.{suffix}"))
    assert photograph.linear.dtype == np.float32 and photograph.kind == kind
    np.testing.assert_allclose(photograph.linear, light(levels), atol=1e-6)
    assert photograph.notes == () and photograph.refused == () and photograph.seen.all()
    assert photograph.original == (320, 240) and photograph.factor == 1


def test_a_jpeg_keeps_the_colour(write: Write) -> None:
    levels = skin_levels(sigma=2)
    photograph = read(write(encoded(levels, "JPEG", quality=95), "arm.jpg"))
    assert np.abs(photograph.linear.mean((0, 1)) - light(levels).mean((0, 1))).max() < 0.003


def test_heic_keeps_the_colour_and_the_turn(write: Write) -> None:
    heif = pytest.importorskip("pillow_heif")
    levels = skin_levels(sigma=2, noise=0)
    exif = Image.Exif()
    exif[274] = 6
    buffer = io.BytesIO()
    heif.from_pillow(Image.fromarray(levels)).save(buffer, quality=95, exif=exif.tobytes())
    photograph = read(write(buffer.getvalue(), "arm.heic"))
    assert photograph.shape == (320, 240) and photograph.kind == "HEIC"
    assert np.abs(photograph.linear - light(np.rot90(levels, -1))).mean() < 0.01


@pytest.mark.parametrize("kind", ["PNG", "TIFF"])
def test_sixteen_bits_are_kept(kind: str, write: Write) -> None:
    deep = (
        np.linspace(30_000, 30_200, 120 * 100 * 3).reshape(120, 100, 3).astype(np.uint16)
    )  # within one level of 8 bits
    data = cv2.imencode(".png", deep[..., ::-1])[1].tobytes() if kind == "PNG" else deep_tiff(deep)
    photograph = read(write(data, f"arm.{kind.lower()}"))
    np.testing.assert_allclose(photograph.linear, light(deep, 65535), atol=1e-6)
    assert len(np.unique(photograph.linear)) > 150
    assert "16 bits kept" in photograph.notes


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "deep TIFF", "deep PNG"])
def test_every_orientation_gives_the_upright_picture(orientation: int, kind: str, write: Write) -> None:
    upright = skin_levels(120, 160, noise=0)
    upright[:40, :40] = (60, 120, 200)  # top left
    stored = stored_as(upright, orientation)
    exif = Image.Exif()
    exif[274] = orientation
    if kind == "deep TIFF":
        data = deep_tiff(stored.astype(np.uint16) * 257, orientation)
    elif kind == "deep PNG":
        data = cv2.imencode(".png", stored[..., ::-1].astype(np.uint16) * 257)[1].tobytes()
        chunk = b"eXIf" + exif.tobytes().removeprefix(b"Exif\0\0")
        chunk = struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))
        data = data[:33] + chunk + data[33:]
    else:
        saving = {"WEBP": {"lossless": True}, "JPEG": {"quality": 98, "subsampling": 0}}.get(kind, {})
        data = encoded(stored, kind, exif=exif.tobytes(), **saving)
    photograph = read(write(data, "arm"))
    assert photograph.shape == (120, 160) and photograph.original == (160, 120)
    assert np.abs(photograph.linear - light(upright)).mean() < (0.005 if kind == "JPEG" else 1e-6)
    assert ("turned upright" in photograph.notes) == (orientation != 1)


def stored_as(upright: Any, orientation: int) -> Any:
    """The rows as they lie in a file of this orientation (EXIF 2.32: where row 0 and column 0 are)."""
    turn = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = Image.fromarray(upright)
    return np.asarray(image.transpose(turn[orientation]) if orientation != 1 else image)


def as_p3(linear: Any) -> Any:
    """Linear Display P3 of linear sRGB."""
    return linear @ (np.linalg.inv(P3_D65) @ np.linalg.inv(XYZ_TO_SRGB)).T


@pytest.mark.parametrize("deep", [False, True])
def test_display_p3_reads_back_to_the_same_light(deep: bool, write: Write) -> None:
    levels = skin_levels(noise=0)
    wanted = light(levels)
    top = 65535 if deep else 255
    stored = np.rint(top * as_p3(wanted) ** (1 / 2.2)).astype(np.uint16 if deep else np.uint8)
    icc = profile(P3_D50, "Camera of Anna", 2.2)
    if deep:
        data = cv2.imencode(".png", stored[..., ::-1])[1].tobytes()
        data = data[:33] + icc_chunk(icc) + data[33:]
    else:
        data = encoded(stored, "PNG", icc_profile=icc)
    photograph = read(write(data, "arm.png"))
    np.testing.assert_allclose(photograph.linear, wanted, atol=2e-4 if deep else 0.004)
    assert "colours converted from Display P3" in photograph.notes
    assert "Anna" not in str(photograph)
    assert np.abs(light(np.rint(255 * as_p3(wanted) ** (1 / 2.2))) - wanted).max() > 0.02, (
        "the profile would not matter"
    )


def icc_chunk(icc: bytes) -> bytes:
    chunk = b"iCCPname\0\0" + zlib.compress(icc)
    return struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk))


def test_profiles_agree_with_a_colour_engine(write: Write) -> None:
    """An independent peer: LittleCMS, through Pillow, 8 bits out."""
    levels = np.stack(np.meshgrid(*[np.arange(60, 220, 20)] * 3), axis=-1).reshape(-1, 64, 3).astype(np.uint8)
    levels[..., 0] = np.maximum(levels[..., 0], levels[..., 1])
    levels[..., 2] = np.minimum(levels[..., 2], levels[..., 1])
    icc = profile(P3_D50, "a camera", 2.4)
    turned = ImageCms.profileToProfile(
        Image.fromarray(levels), ImageCms.ImageCmsProfile(io.BytesIO(icc)), ImageCms.createProfile("sRGB")
    )
    assert turned is not None
    peer = np.asarray(turned)
    inside = ((peer > 0) & (peer < 255)).all(axis=-1)
    photograph = read(write(encoded(levels, "PNG", icc_profile=icc), "arm.png"))
    assert inside.mean() > 0.3
    mine = 255 * np.where(
        photograph.linear <= 0.0031308, 12.92 * photograph.linear, 1.055 * photograph.linear ** (1 / 2.4) - 0.055
    )
    assert np.abs(mine - peer)[inside].max() < 1.5


def test_the_profile_srgb_changes_nothing(write: Write) -> None:
    levels = skin_levels()
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photograph = read(write(encoded(levels, "PNG", icc_profile=icc), "arm.png"))
    np.testing.assert_allclose(photograph.linear, light(levels), atol=3e-4)
    assert photograph.notes == ()


def test_a_damaged_profile_withholds_colour(write: Write) -> None:
    photograph = read(write(encoded(skin_levels(), "PNG", icc_profile=b"nonsense" * 40), "arm.png"))
    assert "its colour profile is damaged: left out" in photograph.notes
    assert [each.what for each in photograph.refused] == ["colour"]


def test_adobe_rgb_is_known_by_exif(write: Write) -> None:
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = 2
    levels = np.full((100, 120, 3), (180, 140, 110), np.uint8)
    photograph = read(write(encoded(levels, "PNG", exif=exif.tobytes()), "arm.png"))
    assert "colours converted from Adobe RGB" in photograph.notes
    assert photograph.linear[0, 0, 0] > light(180) + 0.02


def test_transparent_pixels_are_not_seen(write: Write) -> None:
    levels = np.dstack([skin_levels(), np.full((240, 320), 255, np.uint8)])
    levels[:, :100, 3] = 0
    levels[:, 100:120, 3] = 128
    photograph = read(write(encoded(levels, "PNG"), "arm.png"))
    assert not photograph.seen[:, :120].any() and photograph.seen[:, 120:].all()
    assert (photograph.linear[:, :120] == 0).all() and not photograph.clipped[:, :120].any()
    np.testing.assert_allclose(photograph.linear[:, 120:], light(levels[:, 120:, :3]), atol=1e-6)
    assert "transparent pixels left out" in photograph.notes


def test_clipping_is_that_of_the_file(write: Write) -> None:
    levels = skin_levels(noise=0)
    levels[10, 10] = (255, 200, 180)
    levels[20, 20] = (90, 40, 0)
    photograph = read(write(encoded(levels, "PNG"), "arm.png"))
    assert np.argwhere(photograph.clipped).tolist() == [[10, 10], [20, 20]]
    smaller = read(write(encoded(levels, "PNG"), "arm.png"), pixels=240 * 320 / 4)
    assert np.argwhere(smaller.clipped).tolist() == [[5, 5], [10, 10]]


def everything(thing: Any) -> str:
    """All that can be reached from a photograph, as text."""
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return " ".join(everything(getattr(thing, field.name)) for field in dataclasses.fields(thing))
    if isinstance(thing, tuple | list):
        return " ".join(map(everything, thing))
    return repr(thing.base) + str(thing.dtype) if isinstance(thing, np.ndarray) else repr(thing)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_nothing_about_who_and_where_is_kept(kind: str, tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x013B], exif[0x010E] = OWNER, PLACE
    exif.get_ifd(0x8825).update({1: "N", 2: (13.0, 45.0, 30.0), 3: "E", 4: (100.0, 29.0, 7.0)})
    exif.get_ifd(0x8769)[0x927C] = b"maker note 4711"
    folder = tmp_path / OWNER
    folder.mkdir()
    path = folder / "arm.x"
    saving: dict[str, Any] = {"comment": PLACE} if kind == "JPEG" else {}
    path.write_bytes(encoded(skin_levels(), kind, exif=exif.tobytes(), xmp=PLACE.encode(), **saving))
    assert OWNER.encode() in path.read_bytes()
    photograph = read(path)
    told = everything(photograph)
    assert photograph.name == "arm.x"
    assert not any(word in told for word in (OWNER, PLACE, "4711", "13.0", "100.0", str(tmp_path)))
    assert {field.name for field in dataclasses.fields(Photograph)} == {
        "name", "kind", "linear", "clipped", "seen", "original", "factor", "notes", "refused", "steps",
    }  # fmt: skip


def test_the_original_is_not_touched(write: Write) -> None:
    data = encoded(skin_levels(), "JPEG")
    path = write(data, "arm.jpg")
    path.chmod(0o444)
    before = path.stat()
    read(path)
    after = path.stat()
    assert path.read_bytes() == data
    assert (before.st_mtime_ns, before.st_size, before.st_ino) == (after.st_mtime_ns, after.st_size, after.st_ino)
    assert [each.name for each in path.parent.iterdir()] == ["arm.jpg"]


def test_made_smaller_it_has_the_same_light(write: Write) -> None:
    levels = skin_levels(600, 800)
    path = write(encoded(levels, "PNG"), "arm.png")
    whole, small = read(path), read(path, pixels=50_000)
    after = reduced(whole, 50_000)
    for each in (small, after):
        assert each.clipped.size <= 50_000 and each.original == (800, 600)
        assert each.factor == pytest.approx(np.sqrt(480_000 / each.clipped.size), rel=0.01)
        np.testing.assert_allclose(each.linear.mean((0, 1)), whole.linear.mean((0, 1)), rtol=5e-3)
    assert np.abs(np.subtract(small.shape, after.shape)).max() <= 1
    assert reduced(whole, 1e9) is whole


def test_light_is_averaged_and_not_levels(write: Write) -> None:
    levels = np.zeros((200, 200, 3), np.uint8)
    levels[::2] = 200
    photograph = read(write(encoded(levels, "PNG"), "arm.png"), pixels=10_000)
    np.testing.assert_allclose(photograph.linear, light(200) / 2, atol=1e-5)
