"""Time of measuring a photograph by stage, and errors of measures of rendered photographs by tone of skin.

python benchmarks/photograph.py            time of 12 megapixels, by stage and as a whole command
python benchmarks/photograph.py errors     area and ITA by skin type over lamps, cameras, noise, JPEG, blur and tilt
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product
from pathlib import Path

import numpy as np

from repigment.evidence.parameters import value
from repigment.optics.colour import rgb_of_xyz
from repigment.optics.people import SKIN_TYPES
from repigment.photographs.colour import card as cards
from repigment.photographs.colour import correction
from repigment.photographs.colour.library import library
from repigment.photographs.files import reading
from repigment.photographs.measure import Measurement, measure
from repigment.photographs.options import Options
from repigment.photographs.skin import outline, own_skin, pigments, quality
from repigment.pictures.camera import CameraModel
from repigment.pictures.card import chart_xyz
from repigment.pictures.lesions import dark_spots, vitiligo
from repigment.pictures.photograph import photograph
from repigment.pictures.scene import Scene
from repigment.pictures.truth import Truth, truth

RUNS = 3
MEGAPIXELS = 12e6
CAMERAS = {
    "D65": CameraModel(sensor="nikon-5100"),
    "A": CameraModel(sensor="phone-a", lamp="A", noise=2.0, quality=80),
    "LED": CameraModel(sensor="phone-b", lamp="LED-B3", blur=1.0, tilt=8.0),
    "fluorescent": CameraModel(sensor="sigma-sdmerill", lamp="FL11", quality=70, tilt=-5.0, roll=4.0),
    "wrong balance": CameraModel(sensor="phone-a", lamp="LED-B3", white_balance="D65", contrast=0.3),
}


@dataclass(frozen=True)
class Error:
    """What a measurement of one rendered photograph was off by: per cent of area, degrees of ITA."""

    skin_type: str
    kind: str
    camera: str
    area: float
    own: float
    lesion: float
    lesions: int
    true_lesions: int


def shot(scene: Scene, camera: CameraModel, folder: Path, card: bool = True) -> Measurement:
    """A photograph of the scene, measured with the size of the card stated."""
    file = folder / f"scene.{camera.form}"
    file.write_bytes(photograph(scene, camera))
    width = 0.0 if scene.card is None else scene.card.width
    patches = 6 * value("chart_patch") + 5 * value("chart_gap")
    across = width * patches / value("chart_width")
    return measure(file, Options(card=f"{across:.6f}") if card else Options())


def error(name: str, kind: str, camera: str, found: Measurement, true: Truth) -> Error:
    """Differences from the truth; NaN for what is withheld."""

    def off(measured: str, meant: float) -> float:
        known = found.get(measured)
        return np.nan if known is None else known.value - meant

    area = off("area", true.area) / true.area * 100
    middle = sum(each.area * each.colour.ita for each in true.lesions) / true.area
    return Error(
        name,
        kind,
        camera,
        area,
        off("own skin ITA", true.skin.ita),
        off("lesion ITA", middle),
        len(found.areas),
        len(true.lesions),
    )


def errors(skin_types: tuple[str, ...] = SKIN_TYPES) -> Iterator[Error]:
    """Errors over skin types, lighter and darker lesions, and cameras."""
    with tempfile.TemporaryDirectory() as folder:
        for name, (kind, make) in product(skin_types, (("white", vitiligo), ("dark", dark_spots))):
            scene = make(name).with_card()
            true = truth(scene)
            for camera, model in CAMERAS.items():
                yield error(name, kind, camera, shot(scene, model, Path(folder)), true)


def table(found: list[Error]) -> str:
    """Median and largest errors by skin type."""
    lines = ["type   n  area %: median worst   own ITA deg: mean  worst   lesion ITA deg: mean  worst   lesions missed"]
    for name in sorted({each.skin_type for each in found}, key=SKIN_TYPES.index):
        mine = [each for each in found if each.skin_type == name]
        area, own, lesion = (np.array([getattr(each, key) for each in mine]) for key in ("area", "own", "lesion"))
        missed = sum(abs(each.lesions - each.true_lesions) for each in mine)
        lines.append(
            f"{name:4s} {len(mine):3d}  {np.nanmedian(np.abs(area)):14.2f} {np.nanmax(np.abs(area)):5.2f}"
            f" {np.nanmean(own):19.2f} {np.nanmax(np.abs(own)):6.2f} {np.nanmean(lesion):22.2f}"
            f" {np.nanmax(np.abs(lesion)):6.2f} {missed:16d}"
        )
    return "\n".join(lines)


def stages(file: Path) -> dict[str, float]:
    """Seconds of each stage of one photograph, tables being made already."""
    marks = [("", time.perf_counter())]

    def mark(name: str) -> None:
        marks.append((name, time.perf_counter()))

    photo = reading.read(file, value("measure_pixels"))
    mark("reading")
    card = cards.find(photo.linear, photo.clipped, np.maximum(rgb_of_xyz(chart_xyz()), 0))
    mark("card")
    assert card is not None
    skin = photo.seen & ~card.mask(photo.shape)
    quality.refusals(photo, skin, card=True)
    mark("quality")
    fixed = correction.by_card(card)
    rgb = fixed.picture(photo.linear)
    mark("correction")
    maps = pigments.maps(rgb, photo.clipped, np.full(3, value("camera_noise")))
    index = maps.index
    mark("pigments")
    own = own_skin.around(index, skin)
    mark("own skin")
    assert own is not None
    outline.find(index, own, skin)
    mark("outline")
    return {name: after - before for (_, before), (name, after) in pairwise(marks)}


def timed() -> None:
    """Print the time of 12 megapixels by stage, and of the whole command, its start and its tables included."""
    scene = dark_spots("IV").with_card()
    width = round(np.sqrt(MEGAPIXELS * scene.width / scene.height))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scene.jpeg"
        file.write_bytes(photograph(scene, CameraModel(width=width)))
        start = time.perf_counter()
        library(), pigments.table()
        print(f"tables, as kept        {time.perf_counter() - start:6.2f} s")
        runs = [stages(file) for _ in range(RUNS)]
        for name in runs[0]:
            print(f"{name:22s} {np.median([run[name] for run in runs]):6.2f} s")
        seen = measure(file).seen
        assert seen is not None
        pixels = np.prod(seen.photograph.original) / 1e6
        command = [sys.executable, "-m", "repigment", "measure", str(file), "--card", "mini"]
        jobs: dict[str, Callable[[], object]] = {
            "measuring": lambda: measure(file),
            "command": lambda: subprocess.run(command, check=True, capture_output=True),
        }
        for said, job in jobs.items():
            seconds = [elapsed(job) for _ in range(RUNS)]
            ends = f"[{min(seconds):.2f}, {max(seconds):.2f}]"
            print(f"{said}, {pixels:.1f} megapixels {np.median(seconds):6.2f} s {ends}")


def elapsed(job: Callable[[], object]) -> float:
    """Seconds that a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


if __name__ == "__main__":
    if "errors" in sys.argv:
        found = list(errors())
        for each in found:
            print(each)
        print(table(found))
    else:
        timed()
