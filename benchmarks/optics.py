"""Spectra of skin from the table and by the solver, beside iadpython: `python benchmarks/optics.py`."""

import time
from typing import Any

import iadpython as iad
import numpy as np
from _timing import rounds, spread, table

from repigment.optics.adding_doubling import Layer, exactly, stack
from repigment.optics.colour import ita, lab, xyz
from repigment.optics.reference import spectrum_by_solver
from repigment.optics.skin import spectrum
from repigment.optics.tissue import Pigments, Tissue

NODES, MANY = 16, 48
SPECTRA = 10_000  # from the table
SOLVED = 64  # by the solver
STACKS = 100  # of two layers, one albedo each: what is compared with iadpython
INDEX = 1.4
CLASSES = {"all": (-90, 90), "very light": (55, 90), "light": (41, 55), "intermediate": (28, 41), "tan": (10, 28)}
CLASSES |= {"brown": (-30, 10), "dark": (-90, -30)}


def skins(count: int, dermal: float = 0.0) -> tuple[Pigments, Tissue]:
    """Random skin with melanin of 0 to 25 um, and up to `dermal` um in the dermis."""
    rng = np.random.default_rng(1)
    blood, *tissue = (rng.uniform(*ends, count) for ends in ((0.002, 0.06), (0.7, 1.64), (0.1, 1.2), (0.5, 0.9)))
    return Pigments(rng.uniform(0, 5, count) ** 2, blood, dermal * rng.random(count)), Tissue(*tissue)


def peer(layers: np.ndarray) -> float:
    """What iadpython reflects from layers (layers, 3) of albedo, thickness and g, from top to bottom, in air."""
    samples = [iad.Sample(a=a, b=b, g=g, n=INDEX, quad_pts=NODES) for a, b, g in layers]
    for each in samples:
        each.update_quadrature()
    last = samples[-1]
    down, through = iad.simple_layer_matrices(last)
    up, back = down, through
    for each in samples[-2::-1]:
        R, T = iad.simple_layer_matrices(each)
        down, up, through, back = iad.combine.add_layers(last, R, R, T, T, down, up, through, back)
    above, below = (iad.start.boundary_layer(last, top=top) for top in (True, False))
    down, up, through, back = iad.add_slide_above(last, *above, down, up, through, back)
    down, up, through, back = iad.add_slide_below(last, down, up, through, back, *below)
    return float(last.UX1_and_UXU(down, through)[0])


def ours(layers: np.ndarray, nodes: int = NODES) -> np.ndarray:
    """The same of many stacks (stacks, layers, 3) at once."""
    with exactly():
        made = [Layer(*each.T) for each in layers.transpose(1, 0, 2)]
        return np.asarray(stack(made, nodes, INDEX)[0])


def speed() -> None:
    """Spectra from the table and by the solver."""
    skin = {"epidermis on dermis": skins(SPECTRA), "with dermal melanin": skins(SPECTRA, 5.0)}
    few = skins(SOLVED)
    jobs: dict[str, Any] = {name: lambda each=each: spectrum(*each) for name, each in skin.items()}
    started = time.perf_counter()
    for each in skin.values():
        spectrum(Pigments(*(part[:1] for part in each[0])))
    first = time.perf_counter() - started
    jobs |= {f"solver, {n} directions": lambda n=n: spectrum_by_solver(*few, nodes=n) for n in (8, NODES)}
    counts = dict.fromkeys(skin, SPECTRA)
    rows = [
        [name, spread([counts.get(name, SOLVED) / each for each in seconds], 0)]
        for name, seconds in rounds(jobs, 3).items()
    ]
    table(["spectra of 31 wavelengths", "a second"], rows)
    print(f"\nThe first spectrum of both kinds, tables read, or made if there are none: {first:.1f} s.\n")


def beside() -> None:
    """One reflectance of two layers by this solver, in a batch and alone, and by iadpython."""
    rng = np.random.default_rng(2)
    shape = (STACKS, 2)
    lost, depth = (np.exp(rng.uniform(np.log(a), np.log(b), shape)) for a, b in ((1e-4, 0.7), (0.05, 30)))
    layers = np.stack([1 - lost, depth, rng.uniform(0, 0.8, shape)], axis=-1)
    found: dict[str, Any] = {}
    jobs = {
        "repigment, all at once": lambda: found.update(ours=ours(layers)),
        "repigment, one by one": lambda: [ours(each[None]) for each in layers],
        "iadpython, one by one": lambda: found.update(theirs=np.array([peer(each) for each in layers])),
    }
    rows = [[name, spread([1000 * s / STACKS for s in each], 2)] for name, each in rounds(jobs, 3).items()]
    table([f"two layers, {NODES} directions", "ms each"], rows)
    pairs = {"each other": (found["ours"], found["theirs"])}
    pairs |= {f"{name}, from {MANY} directions": (each, ours(layers, MANY)) for name, each in found.items()}
    print()
    differ = [np.abs(one - other) for one, other in pairs.values()]
    table(
        ["difference", "median", "largest"],
        [[name, f"{np.median(d):.1e}", f"{d.max():.1e}"] for name, d in zip(pairs, differ, strict=True)],
    )
    print()


def errors() -> None:
    """What the table differs by from the solver at 16 directions, by class of tone."""
    rows = []
    for dermal in (0.0, 5.0):
        skin = skins(4 * SOLVED, dermal)
        read, solved = spectrum(*skin), spectrum_by_solver(*skin)
        angles = ita(lab(xyz(solved)))
        turn, error = np.abs(ita(lab(xyz(read))) - angles), np.abs(read - solved)
        for name, (low, high) in CLASSES.items():
            here = (angles > low) & (angles <= high)
            if here.any():
                told = [error[here].max(), 100 * (error / solved)[here].max(), np.median(turn[here]), turn[here].max()]
                rows.append([f"{dermal:g}", name, str(here.sum()), *(f"{each:.2g}" for each in told)])
    headings = ["um of dermal melanin", "tone", "skins", "largest", "largest, %", "ITA, median", "ITA, largest"]
    table(headings, rows)


def main() -> None:
    """Print speed, the comparison with iadpython and the error of the table."""
    speed()
    beside()
    errors()


if __name__ == "__main__":
    main()
