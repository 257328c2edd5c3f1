"""Make the large pictures of README and docs/photographs.md: `python docs/shots.py`."""

import io
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from PIL import Image

from repigment.patients.album import Album
from repigment.patients.prescribe import prescribe
from repigment.patients.simulate import PatientCourse, simulate, typical_person
from repigment.photographs.comparing.difference import pair as side_by_side
from repigment.photographs.comparing.visits import compare_photographs
from repigment.photographs.options import Options
from repigment.pictures.camera import CameraModel
from repigment.pictures.film import film
from repigment.pictures.lesions import vitiligo
from repigment.pictures.pair import pair
from repigment.pictures.photograph import photograph
from repigment.pictures.strip import COLOURS

PICTURES = Path(__file__).parent / "pictures"
WIDE, SMALL = 880, 320  # pixels of a picture on a page, and of a film
TREATED = ("triple-cream", '{ give = "sunscreen", spf = 50, tinted = true }')
WEEKS = 26
LIGHT = ('{ give = "nb-uvb", until = 52 }', '{ give = "ruxolitinib-cream", until = 52 }')


def treated(condition: str, site: str, skin_type: int, given: tuple[str, ...], weeks: int, every: int) -> PatientCourse:
    """The course of a typical patient, with pictures each `every` weeks."""
    return simulate(
        condition=condition,
        site=site,
        skin_type=skin_type,
        treatments=prescribe(list(given), None),
        weeks=weeks,
        person=typical_person(skin_type, site, condition),
        pictures=range(0, weeks, every),
    )


def face() -> bytes:
    """A face with melasma before and after cream and sunscreen."""
    frames = Album("face", WIDE // 2).frames(treated("melasma", "face", 3, TREATED, WEEKS, WEEKS))
    return _png(pair(frames[0], frames[-1], ("week 0", f"week {WEEKS}: triple cream, tinted sunscreen")))


def repigmenting() -> bytes:
    """A film of a region with vitiligo under light and cream."""
    course = treated("vitiligo", "face", 4, LIGHT, 52, 4)
    weeks = [float(week) for week in course.maps["visit"].values]
    return film(Album("region", SMALL).frames(course), weeks)


def compared() -> bytes:
    """Two rendered photographs of a white patch, the second turned and darker, laid over each other."""
    cameras = CameraModel(width=1400), CameraModel(width=1400, roll=8, exposure=0.6, lamp="LED-B3", seed=1)
    with TemporaryDirectory() as folder:
        before, after = (Path(folder) / f"{visit}.jpg" for visit in ("before", "after"))
        for path, camera, diameter in zip((before, after), cameras, (24.0, 16.0), strict=True):
            path.write_bytes(photograph(vitiligo("IV", diameter, 3).with_card(), camera))
        found = compare_photographs(before, after, Options(card=_across()))
    seen = found.before.seen
    assert seen is not None
    picture = side_by_side(seen.photograph.linear, found.change)
    return _png(picture.resize((WIDE, round(WIDE * picture.height / picture.width)), Image.Resampling.LANCZOS))


def _across() -> str:
    card = vitiligo().with_card().card
    assert card is not None
    return f"{np.ptp(card.centres()[:, 0]) + card.patch:.2f}"


def _png(picture: Image.Image) -> bytes:
    buffer = io.BytesIO()
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def main() -> None:
    """Write them all."""
    for name, made in (("face.png", face), ("compared.png", compared), ("repigmenting.gif", repigmenting)):
        content = made()
        (PICTURES / name).write_bytes(content)
        print(f"{name}: {len(content)} bytes", flush=True)


if __name__ == "__main__":
    main()
