"""Photographs are laid over each other by their texture; what cannot be laid is refused with the reason."""

import cv2
import numpy as np
import pytest

from repigment.errors import RepigmentError
from repigment.photographs.comparing.fit import carry, fit, plainest
from repigment.photographs.comparing.register import Alignment, register
from repigment.photographs.comparing.texture import texture, without_melanin
from tests.photographs.register_scenes import (
    MARGIN,
    MELANIN,
    SHAPE,
    Map,
    Mask,
    Shot,
    blob,
    outlined,
    skin_of,
    soft,
)

DEPTH = float(MELANIN[0])
WHITE = -0.95


def shot_of(rng: np.random.Generator) -> Shot:
    """Any photograph of the ranges that are promised."""
    return Shot(
        turn=rng.uniform(-20, 20),
        size=rng.uniform(0.85, 1.2),
        shift=(rng.uniform(-40, 40), rng.uniform(-40, 40)),
        tilt=(rng.uniform(-0.15, 0.15), rng.uniform(-0.15, 0.15)),
        exposure=rng.uniform(0.75, 1.0),
        red=rng.uniform(0.9, 1.1),
        blue=rng.uniform(0.9, 1.1),
        slope=rng.uniform(-0.2, 0.2),
    )


def lesion_map(seed: int, radius: float, strength: float) -> Map:
    centre = (SHAPE[1] * 0.49, SHAPE[0] * 0.51)
    return np.asarray(1 + strength * soft(blob(SHAPE, centre, radius, seed)), np.float32)


def masks(before: Map, after: Map, dark: bool) -> dict[str, Mask]:
    return {"lesion_before": outlined(before, dark, DEPTH), "lesion_after": outlined(after, dark, DEPTH)}


def missed(found: Alignment, truth: np.ndarray) -> float:
    """Median px by which places of AFTER that BEFORE shows are carried wrongly."""
    x, y = np.meshgrid(np.arange(20, SHAPE[1], 30), np.arange(20, SHAPE[0], 30))
    places = np.column_stack([x.ravel(), y.ravel()]).astype(float)
    right = carry(truth, places)
    seen = (right >= 0).all(axis=1) & (right[:, 0] < SHAPE[1]) & (right[:, 1] < SHAPE[0])
    return float(np.median(np.hypot(*(carry(found.matrix, places) - right)[seen].T)))


@pytest.fixture(scope="module")
def still() -> Map:
    return skin_of(1).photograph(lesion_map(1, 90, WHITE), Shot(), np.random.default_rng(0))[0]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("dark", "strength"), [(False, WHITE), (True, 1.0)])
def test_a_changed_lesion_is_laid_within_a_pixel(seed: int, dark: bool, strength: float) -> None:
    rng = np.random.default_rng(10 * seed + dark)
    skin = skin_of(seed % 2)
    before, _ = skin.photograph(lesion_map(seed, 90, strength), Shot(), rng)
    after, truth = skin.photograph(lesion_map(seed + 50, 90 * rng.uniform(0.5, 1.3), strength), shot_of(rng), rng)
    found = register(before, after, **masks(before, after, dark))
    assert missed(found, truth) < 1.0
    assert found.residual < 1.5 and found.inliers >= 100


@pytest.mark.parametrize("radius", [90 * np.sqrt(2), 90 / np.sqrt(2)])
def test_a_lesion_that_doubles_or_halves_does_not_pull(still: Map, radius: float) -> None:
    """Its edge moves outwards everywhere, which a transform would take for another size."""
    after, truth = skin_of(1).photograph(lesion_map(1, radius, WHITE), Shot(turn=6), np.random.default_rng(3))
    found = register(still, after, **masks(still, after, False))
    assert missed(found, truth) < 0.5
    assert found.model == "similarity"
    assert found.scale == pytest.approx(1, abs=0.003)
    assert found.turn == pytest.approx(-6, abs=0.1)


def test_the_outlines_are_not_needed(still: Map) -> None:
    after, truth = skin_of(1).photograph(lesion_map(1, 120, WHITE), Shot(turn=-9), np.random.default_rng(4))
    assert missed(register(still, after), truth) < 1.0


def test_a_photograph_lies_on_itself(still: Map) -> None:
    found = register(still, still)
    assert np.abs(found.matrix - np.eye(3)).max() < 1e-3
    assert (found.model, round(found.overlap, 3)) == ("similarity", 1.0)
    assert found.spread < 0.01 and found.likeness > 0.999


def test_same_photographs_give_the_same_alignment(still: Map) -> None:
    after, _ = skin_of(1).photograph(lesion_map(1, 70, WHITE), Shot(turn=5, tilt=(0.1, 0)), np.random.default_rng(5))
    first, second = register(still, after), register(still, after)
    assert first.matrix.tobytes() == second.matrix.tobytes() and first.residual == second.residual


def test_warp_brings_a_map_back(still: Map) -> None:
    after, _ = skin_of(1).photograph(lesion_map(1, 90, WHITE), Shot(turn=10, size=0.9), np.random.default_rng(6))
    back = register(still, after).warp(after)
    seen = np.isfinite(back).all(axis=-1)
    assert 0.75 < seen.mean() < 1
    blurred = [cv2.GaussianBlur(np.nan_to_num(each[..., 1]), (0, 0), 2) for each in (back, still)]
    inner = cv2.erode(seen.astype(np.uint8), np.ones((15, 15))) > 0
    assert np.median(np.abs(blurred[0] - blurred[1])[inner]) < 0.01


def test_another_person_is_refused(still: Map) -> None:
    other, _ = skin_of(0).photograph(lesion_map(1, 90, WHITE), Shot(), np.random.default_rng(7))
    with pytest.raises(RepigmentError, match=r"do not seem to show the same place of skin: .* matched points agree"):
        register(still, other, **masks(still, other, False))


def test_bare_paper_is_refused(still: Map) -> None:
    with pytest.raises(RepigmentError, match="choose two photographs of one place; if they are, photograph the same"):
        register(still, np.full_like(still, 0.5))


def test_a_mirrored_photograph_is_told(still: Map) -> None:
    after, _ = skin_of(1).photograph(lesion_map(1, 90, WHITE), Shot(turn=4), np.random.default_rng(8))
    with pytest.raises(RepigmentError, match=r"One of the photographs is mirrored. Do: turn the mirrored one over"):
        register(still, np.ascontiguousarray(after[:, ::-1]))


@pytest.mark.parametrize(
    ("shot", "words"),
    [
        (Shot(shift=(580, 0)), r"shows only \d+% of the first. Allowed: at least 25%"),
        (Shot(size=2.2), r"is 2.2 times larger in one photograph than in the other. Allowed: up to 2 times"),
        (Shot(tilt=(1.25, 0)), "seen from too different sides"),
    ],
)
def test_what_fits_badly_is_refused(still: Map, shot: Shot, words: str) -> None:
    after, _ = skin_of(1).photograph(lesion_map(1, 90, WHITE), shot, np.random.default_rng(9))
    with pytest.raises(RepigmentError, match=words):
        register(still, after)


def test_skin_that_was_stretched_unevenly_is_refused(still: Map) -> None:
    """No plain transform fits it: the left-out distance says so."""
    y, x = np.mgrid[0 : SHAPE[0], 0 : SHAPE[1]].astype(np.float32)
    bent = cv2.remap(still, x + 14 * np.sin(y / 45), y + 14 * np.sin(x / 45), cv2.INTER_LINEAR)
    with pytest.raises(
        RepigmentError, match=r"Only \d+ of \d+ matched points agree on one way .*: the skin was stretched"
    ):
        register(still, bent)


def test_relief_holds_no_melanin() -> None:
    """The same skin with a lesion and without has the same relief, though not the same brightness."""
    quiet = Shot(noise=0.0, jpeg=None)
    whole = lesion_map(1, 90, 0.0)
    with_lesion, _ = skin_of(1).photograph(lesion_map(1, 90, WHITE), quiet, np.random.default_rng(0))
    without, _ = skin_of(1).photograph(whole, quiet, np.random.default_rng(0))
    inside = blob(SHAPE, (SHAPE[1] * 0.49, SHAPE[0] * 0.51), 90, 1)[MARGIN:-MARGIN, MARGIN:-MARGIN] > 0
    first, second = texture(with_lesion, inside), texture(without, inside)
    edge = ~first.usable
    assert edge.any() and not edge.all()
    assert np.corrcoef(first.relief[edge], second.relief[edge])[0, 1] > 0.9
    assert np.corrcoef(first.marks[edge], second.marks[edge])[0, 1] < 0.7


@pytest.mark.parametrize("direction", [[0.5, 0.8, 1.3], [0.42, 0.72, 1.05], [1.0, 0.9, 0.8]])
def test_weights_keep_shading_and_drop_melanin(direction: list[float]) -> None:
    weights = without_melanin(np.array(direction))
    assert weights.sum() == pytest.approx(1, abs=0.35)  # the third is hard to tell from shading
    assert abs(weights @ direction) / np.linalg.norm(direction) < 0.2 * np.linalg.norm(weights)


@pytest.mark.parametrize("model", ["similarity", "affine", "homography"])
def test_the_plainest_transform_is_found(model: str) -> None:
    truth = {
        "similarity": np.array([[0.9, -0.3, 5], [0.3, 0.9, -8], [0, 0, 1]]),
        "affine": np.array([[1.1, 0.15, 5], [0.0, 0.9, -8], [0, 0, 1]]),
        "homography": np.array([[1.0, 0.02, 5], [0.01, 1.0, -8], [2e-4, 1e-4, 1]]),
    }[model]
    rng = np.random.default_rng(1)
    source = rng.uniform(0, 500, (200, 2))
    target = carry(truth, source) + rng.normal(0, 0.4, (200, 2))
    found = plainest(source, target, rng)
    assert found.model == model
    assert np.abs(carry(found.matrix, source) - carry(truth, source)).max() < 0.5
    assert np.abs(carry(fit(found.model, source, carry(truth, source)), source) - carry(truth, source)).max() < 1e-4
