"""Films: a frame a week, no flicker, no metadata, the same bytes twice."""

import io
import os
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from PIL import Image

from repigment.errors import RepigmentError
from repigment.optics.tissue import Pigments
from repigment.pictures.film import film
from repigment.pictures.lesions import vitiligo
from repigment.pictures.render import patch

WEEKS = [0, 4, 8, 12, 24]


@pytest.fixture(scope="module")
def frames() -> list[Image.Image]:
    scene = vitiligo("IV", 24)
    gone = scene.own.melanin - np.asarray(scene.pigments.melanin)
    steps = [scene.pigments._replace(melanin=scene.pigments.melanin + k / 4 * gone) for k in range(len(WEEKS))]
    return [patch(pigments, scene.mm, 161) for pigments in steps]


def test_a_gif_has_a_frame_a_week_and_one_palette(frames: list[Image.Image]) -> None:
    data = film(frames, WEEKS, "gif")
    with Image.open(io.BytesIO(data)) as opened:
        assert opened.n_frames == len(WEEKS) and opened.info["loop"] == 0 and opened.info["duration"] == 500
        shown = []
        for i in range(opened.n_frames):
            opened.seek(i)
            shown.append(np.asarray(opened.convert("RGB"), int))
    corner = [each[:20, :20] for each in shown]  # skin that does not change
    assert all((each == corner[0]).all() for each in corner)
    assert all((each[-1, -1] == 255).all() for each in shown)
    assert not any((shown[i] == shown[i + 1]).all() for i in range(len(WEEKS) - 1))
    assert np.abs(shown[0][: frames[0].height] - np.asarray(frames[0], int)).mean() < 3
    assert data == film(frames, WEEKS, "gif")


def test_an_mp4_has_a_frame_a_week_and_nothing_else(frames: list[Image.Image]) -> None:
    av = pytest.importorskip("av", reason="PyAV is not installed: pip install 'repigment[film]'")
    data = film(frames, WEEKS, "mp4")
    with av.open(io.BytesIO(data)) as opened:
        stream = opened.streams.video[0]
        shown = [frame.to_ndarray(format="rgb24") for frame in opened.decode(video=0)]
        assert stream.codec_context.pix_fmt == "yuv420p" and len(shown) == len(WEEKS)
        assert opened.duration == 2_500_000
        assert not {"creation_time", "encoder", "title"} & {*opened.metadata, *stream.metadata}
    assert not any(word in data for word in (b"x264", b"Lavf", b"Lavc"))
    assert (
        shown[0].shape[1] == 162 and np.abs(shown[0][:100, :161].astype(int) - np.asarray(frames[0])[:100]).mean() < 4
    )
    assert data == film(frames, WEEKS, "mp4")


WRITTEN = """
import hashlib
from PIL import Image
from repigment.pictures.film import film
ramps = [Image.radial_gradient("L").rotate(9 * k).resize((162, 194)) for k in range(5)]
print(hashlib.sha256(film(ramps, range(5), "mp4")).hexdigest())
"""


def test_an_mp4_does_not_depend_on_what_memory_held_before() -> None:
    pytest.importorskip("av", reason="PyAV is not installed: pip install 'repigment[film]'")
    hashes = {
        subprocess.run(
            [sys.executable, "-c", WRITTEN],
            env=os.environ | {"MALLOC_PERTURB_": filled},  # what glibc fills fresh memory with; others ignore it
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for filled in ("0", "1", "85", "254")
    }
    assert len(hashes) == 1 and len(hashes.pop()) == 65


def test_without_pyav_the_remedy_is_told(monkeypatch: pytest.MonkeyPatch, frames: list[Image.Image]) -> None:
    monkeypatch.setitem(sys.modules, "av", None)
    with pytest.raises(RepigmentError, match=r"an MP4 needs the library PyAV.*Do: pip install 'repigment\[film\]'"):
        film(frames, WEEKS, "mp4")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"weeks": [0]}, "1 weeks do not belong to 5 frames. Allowed: one week a frame"),
        ({"form": "avi"}, "no film is written as 'avi'. Allowed: gif or mp4"),
        ({"seconds": 0}, "a frame cannot last 0 seconds. Allowed: 0.02 to 60"),
        ({"frames": [Image.new("RGB", (9, 9 + i)) for i in range(5)]}, "the frames of a film differ in size"),
    ],
)
def test_films_that_cannot_be_are_refused(frames: list[Image.Image], given: dict[str, Any], said: str) -> None:
    with pytest.raises(RepigmentError) as caught:
        film(**{"frames": frames, "weeks": WEEKS, **given})
    assert said in str(caught.value)


def test_even_skin_is_a_film_too() -> None:
    """Frames that differ in nothing but their captions stay as many."""
    picture = patch(Pigments(np.full((8, 8), 3.0), 0.02), 1.0, 64)
    with Image.open(io.BytesIO(film([picture] * 3, [0, 1, 2]))) as opened:
        assert opened.n_frames == 3
