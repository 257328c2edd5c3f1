"""Time to render maps of pigments, and the error of the table against the spectra: `python benchmarks/render.py`."""

import numpy as np
from _timing import rounds, spread, table

from repigment.optics.colour import lab, weights, xyz_of_rgb
from repigment.optics.tissue import Pigments
from repigment.pictures.camera import CameraModel
from repigment.pictures.developed import eye
from repigment.pictures.lesions import Spot, spotted
from repigment.pictures.lookup import Lookup, maps
from repigment.pictures.photograph import photograph
from repigment.pictures.render import patch

WIDTHS = (1024, 2048, 4096)
SPECTRA = 100  # a side of the map that is compared with its spectra


def scene_of(dermal: float) -> tuple[Pigments, float]:
    """A window of 48 x 36 mm with a dark spot, and its step."""
    scene = spotted([Spot(24, 18, 15, 2.5, dermal=dermal)], "III", 48, 36)
    return scene.pigments, scene.mm


def timed(count: int = 5) -> None:
    """Seconds by width, the picture 4 to 3, with and without dermal melanin and texture, and a whole photograph."""
    jobs = {}
    for width in WIDTHS:
        for name, dermal, texture in (("even dermis", 0.0, 0.0), ("dermal melanin", 3.0, 0.0), ("texture", 0.0, 1.0)):
            pigments, mm = scene_of(dermal)
            jobs[f"{width}|{name}"] = lambda p=pigments, mm=mm, w=width, t=texture: patch(p, mm, w, texture=t)
        scene = spotted([Spot(24, 18, 15, 2.5)], "III", 48, 36)
        jobs[f"{width}|photograph, JPEG"] = lambda s=scene, w=width: photograph(s, CameraModel(width=w))
    seconds = rounds(jobs, count)
    table(["pixels wide", "what", "s"], [[*name.split("|"), spread(each, 2)] for name, each in seconds.items()])


def errors(size: int = SPECTRA) -> None:
    """Colour difference of the table against the spectra, over more pigment than skin has."""
    rng = np.random.default_rng(0)
    rows = []
    for name, dermal in (("none", np.zeros((size, size))), ("0 to 8 um", rng.uniform(0, 8, (size, size)))):
        pigments = maps(Pigments(rng.uniform(0, 25, (size, size)), rng.uniform(0.002, 0.08, (size, size)), dermal))
        for kind, channels in (("XYZ", weights()), ("sRGB", eye())):
            lookup = Lookup(channels)
            found, exact = lookup(pigments).astype(float), lookup.spectra(pigments)
            ours, theirs = (lab(each if kind == "XYZ" else xyz_of_rgb(each)) for each in (found, exact))
            far = np.linalg.norm(ours - theirs, axis=-1)
            rows.append([name, kind, f"{np.abs(found - exact).max():.1e}", f"{np.median(far):.4f}", f"{far.max():.3f}"])
    table(["dermal melanin", "channels", "largest error of a channel", "median dE", "largest dE"], rows)


def main() -> None:
    """Print both tables."""
    timed()
    print()
    errors()


if __name__ == "__main__":
    main()
