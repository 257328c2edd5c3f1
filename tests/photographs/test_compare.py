"""What is said to have changed has changed, the intervals hold the truth, and pictures show it."""

import dataclasses
import io
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image

from repigment.errors import RepigmentError
from repigment.optics.colour import decode
from repigment.photographs.comparing.compare import BY_SKIN, Comparison, Visit, compare
from repigment.photographs.comparing.difference import difference, pair
from repigment.photographs.comparing.draws import Estimate, Kind, interval
from repigment.photographs.comparing.fit import carry
from repigment.pictures.camera import CameraModel
from repigment.pictures.lesions import Spot, spotted
from repigment.pictures.photograph import photograph, view
from repigment.pictures.strip import png
from repigment.pictures.truth import truth
from tests.photographs.register_scenes import MELANIN, SHAPE, Map, Mask, Shot, blob, outlined, skin_of, soft, window
from tests.photographs.test_register import shot_of

DEPTH = float(MELANIN[0])
CENTRE = (SHAPE[1] * 0.49, SHAPE[0] * 0.51)
CASES = 10


@dataclasses.dataclass(frozen=True)
class Case:
    before: Visit
    after: Visit
    kind: Kind
    truth: dict[str, float]


def depth_of(distance: np.ndarray, strength: float) -> Map:
    return np.asarray(strength * soft(distance), np.float32)


def case(seed: int, kind: Kind, first: np.ndarray, second: np.ndarray, shot: Shot, later: float = 1.0) -> Case:
    """Two visits of a lesion with these outlines (distances inside); `later` is its second depth over its first."""
    rng, skin = np.random.default_rng(seed), skin_of(seed % 2)
    sign, strength = (1, 1.0) if kind == "dark" else (-1, 0.95)
    deep = [depth_of(first, strength), depth_of(second, strength * later)]
    before, _ = skin.photograph(1 + sign * deep[0], Shot(), rng)
    after, _ = skin.photograph(1 + sign * deep[1], shot, rng)
    (inside, then), (lost, left) = (
        (window(first > 0), window(second > 0)),
        (window(each * skin.melanin) for each in deep),
    )
    area = inside.sum()
    truth = {
        "returned": 100 * (inside & ~then).sum() / area,
        "area_change": 100 * (then.sum() / area - 1),
        "new_share": 100 * (then & ~inside).sum() / area,
        "restored": 100 * (1 - left[inside].sum() / lost[inside].sum()),
        "faded": 100 * (1 - left[then].mean() / lost[inside].mean()),
    }
    visits = [
        Visit(picture, outlined(picture, kind == "dark", depth), valid=(picture < 0.99).all(axis=-1))
        for picture, depth in ((before, DEPTH), (after, DEPTH * later))
    ]
    return Case(visits[0], visits[1], kind, {name: float(each) for name, each in truth.items()})


def drawn(seed: int, kind: Kind) -> Case:
    """A wavy lesion that shrinks or grows unevenly; white ones get islands, dark ones fade."""
    rng = np.random.default_rng(500 + seed)
    radius = rng.uniform(55, 95)
    first = blob(SHAPE, CENTRE, radius, seed)
    waves = 0.12 * radius * np.sin(np.arange(first.shape[0]) / 15)[:, None]
    second = first + radius * rng.uniform(-0.5, 0.25) + waves
    if kind == "dark":
        return case(seed, kind, first, second, shot_of(rng), rng.uniform(0.7, 1.1))
    y, x = np.mgrid[0 : first.shape[0], 0 : first.shape[1]]
    inside = np.argwhere(first > 12)
    for row, column in inside[rng.integers(0, len(inside), rng.integers(1, 9))]:
        second = np.minimum(second, np.hypot(x - column, y - row) - rng.uniform(5, 12))
    return case(seed, kind, first, second, shot_of(rng))


@pytest.fixture(scope="module", params=["white", "dark"])
def compared(request: pytest.FixtureRequest) -> list[tuple[Case, Comparison]]:
    cases = [drawn(seed, request.param) for seed in range(CASES)]
    return [(each, compare(each.before, each.after, each.kind)) for each in cases]


def test_intervals_hold_the_truth_in_nine_of_ten(compared: list[tuple[Case, Comparison]]) -> None:
    for name in compared[0][0].truth.keys() & compared[0][1].estimates().keys():
        told = [(each.truth[name], getattr(found, name)) for each, found in compared]
        held = [estimate.low <= truth <= estimate.high for truth, estimate in told]
        assert sum(held) >= 9, (name, told)


def test_what_returned_is_told_within_three_points(compared: list[tuple[Case, Comparison]]) -> None:
    missed = [abs(found.returned.value - each.truth["returned"]) for each, found in compared]
    assert max(missed) < 3
    assert max(abs(found.area_change.value - each.truth["area_change"]) for each, found in compared) < 5


def test_intervals_are_of_use(compared: list[tuple[Case, Comparison]]) -> None:
    widths = [found.returned.high - found.returned.low for _, found in compared]
    assert np.median(widths) < 10
    assert all(found.seen > 0.98 for _, found in compared)


ROUND = blob(SHAPE, CENTRE, 80, 3)
SMALL = blob(SHAPE, CENTRE, 55, 3)


@pytest.fixture(scope="module")
def shrunk() -> Case:
    made = case(1, "white", ROUND, SMALL, Shot(turn=5))
    return dataclasses.replace(made, before=dataclasses.replace(made.before, mm=0.1, mm_error=0.02))


@pytest.fixture(scope="module")
def found(shrunk: Case) -> Comparison:
    return compare(shrunk.before, shrunk.after, "white")


def test_areas_are_told_in_mm2(found: Comparison) -> None:
    before, after = found.area_before, found.area_after
    assert before is not None and after is not None
    assert before.value == pytest.approx(float((window(ROUND) > 0).sum()) * 0.01, rel=0.03)
    assert after.value == pytest.approx(float((window(SMALL) > 0).sum()) * 0.01, rel=0.04)
    assert before.high - before.low > 4 * 0.02 * before.value  # the scale's own error is in it
    assert before.unit == "mm2"


def test_without_a_scale_there_are_no_areas(shrunk: Case) -> None:
    bare = compare(dataclasses.replace(shrunk.before, mm=None), shrunk.after, "white")
    assert (bare.area_before, bare.area_after, bare.new_area) == (None, None, None)
    assert "no scale is known: areas are told in per cent only" in bare.notes
    assert BY_SKIN in bare.notes


def test_the_second_scale_serves_where_the_first_is_missing(shrunk: Case, found: Comparison) -> None:
    other = compare(
        dataclasses.replace(shrunk.before, mm=None), dataclasses.replace(shrunk.after, mm=0.1), "white", found.alignment
    )
    assert other.mm == pytest.approx(0.1, rel=0.01)


def test_scales_that_disagree_are_told(shrunk: Case, found: Comparison) -> None:
    other = compare(shrunk.before, dataclasses.replace(shrunk.after, mm=0.15), "white", found.alignment)
    assert any("disagree by 50%; areas follow that of the first" in note for note in other.notes)


@pytest.mark.parametrize("kind", ["white", "dark"])
def test_a_photograph_has_not_changed_since_itself(kind: Kind) -> None:
    same = case(1, kind, ROUND, ROUND, Shot()).before
    found = compare(same, same, kind)
    for name, estimate in found.estimates().items():
        assert abs(estimate.value) < 0.05, name
        assert estimate.low <= 0 <= estimate.high, name
    assert np.nanmax(np.abs(found.change)) < 0.5  # melanin index, of a depth of 17


@pytest.mark.parametrize("kind", ["white", "dark"])
def test_another_exposure_and_white_balance_is_no_change(kind: Kind) -> None:
    shot = Shot(exposure=0.75, red=0.92, blue=1.1, slope=0.2)
    made = case(1, kind, ROUND, ROUND, shot)
    found = compare(made.before, made.after, kind)
    assert found.restored.low <= 0 <= found.restored.high
    assert abs(found.restored.value) < 4 and found.returned.value < 2


def test_the_other_order_has_the_other_sign() -> None:
    made = case(1, "dark", ROUND, SMALL, Shot(turn=4), later=0.7)
    there, back = compare(made.before, made.after, "dark"), compare(made.after, made.before, "dark")
    assert there.faded.low > 0 > back.faded.high
    assert there.area_change.high < 0 < back.area_change.low
    assert there.new_share.value < 0.5 and back.returned.value < 0.5
    assert 1 - there.faded.value / 100 == pytest.approx(1 / (1 - back.faded.value / 100), rel=0.03)


def test_a_dark_lesion_that_fades_evenly_keeps_its_area() -> None:
    made = case(1, "dark", ROUND, ROUND, Shot(turn=-3), later=0.6)
    found = compare(made.before, made.after, "dark")
    assert abs(found.area_change.value) < 4
    assert found.faded.low <= 40 <= found.faded.high


def test_a_calibrated_pair_tells_how_own_skin_changed(shrunk: Case, found: Comparison) -> None:
    assert found.own_change is None
    marked = [dataclasses.replace(each, calibrated=True) for each in (shrunk.before, shrunk.after)]
    dark = dataclasses.replace(marked[1], pigment=marked[1].measure() + 2)
    tanned = compare(marked[0], dark, "white", found.alignment).own_change
    assert tanned is not None and tanned.value == pytest.approx(2, abs=0.2)
    assert BY_SKIN not in compare(*marked, "white", found.alignment).notes


def test_an_error_common_to_a_visit_widens_the_change_of_own_skin(shrunk: Case, found: Comparison) -> None:
    rng = np.random.default_rng(3)
    told = [dataclasses.replace(each, calibrated=True) for each in (shrunk.before, shrunk.after)]
    common = np.stack([rng.normal(0, 1.0, 200), np.ones(200)], axis=1)
    unsure = [dataclasses.replace(each, common=common) for each in told]
    sure, wide = (compare(*each, "white", found.alignment).own_change for each in (told, unsure))
    assert sure is not None and wide is not None and wide.unit == "melanin index"
    assert sure.value == wide.value
    assert wide.high - wide.low == pytest.approx(2 * 1.96 * np.sqrt(2), rel=0.2)  # two visits, each with SD 1


def test_a_stated_error_of_the_pigment_widens(shrunk: Case, found: Comparison) -> None:
    unsure = [dataclasses.replace(each, error=4.0) for each in (shrunk.before, shrunk.after)]
    wider = compare(*unsure, "white", found.alignment)
    assert wider.restored.high - wider.restored.low > 1.2 * (found.restored.high - found.restored.low)


def test_no_lesion_is_told(shrunk: Case, found: Comparison) -> None:
    bare = dataclasses.replace(shrunk.before, lesion=np.zeros(SHAPE, bool))
    with pytest.raises(RepigmentError, match="No lesion is outlined in the first photograph"):
        compare(bare, shrunk.after, "white", found.alignment)
    with pytest.raises(RepigmentError, match="shows no lesion darker than own skin"):
        compare(shrunk.before, shrunk.after, "dark", found.alignment)


def test_a_lesion_in_glare_is_told(shrunk: Case, found: Comparison) -> None:
    valid = ~cv2.dilate(shrunk.before.lesion.astype(np.uint8), np.ones((3, 3))).astype(bool)
    with pytest.raises(RepigmentError, match=r"Only \d+% of the lesion is seen soundly in both photographs"):
        compare(dataclasses.replace(shrunk.before, valid=valid), shrunk.after, "white", found.alignment)


def test_too_little_skin_is_told(shrunk: Case, found: Comparison) -> None:
    tight = dataclasses.replace(shrunk.before, skin=np.zeros(SHAPE, bool))
    with pytest.raises(RepigmentError, match="Too little healthy skin is seen around the lesion"):
        compare(tight, shrunk.after, "white", found.alignment)


def test_the_same_photographs_give_the_same_figures(shrunk: Case, found: Comparison) -> None:
    again = compare(shrunk.before, shrunk.after, "white")
    assert again.estimates() == found.estimates()
    assert png(pair(shrunk.before.linear, again)) == png(pair(shrunk.before.linear, found))


def test_the_interval_always_holds_the_value() -> None:
    assert interval(5.0, np.full(10, 9.0), "%") == Estimate(5.0, 1.0, 5.0, "%")
    assert interval(0.0, np.full(10, 3.0), "%", low=0) == Estimate(0.0, 0.0, 0.0, "%")
    pushed = interval(-0.11, np.linspace(-0.12, -0.115, 50), "um")
    assert pushed.low < -0.1105 and pushed.high > -0.1095  # no bound lies on the value by construction
    lost: Any = interval(1.0, np.full(3, np.nan), "%")
    assert lost.value == 1.0 and np.isnan(lost.low)


def test_draws_that_gave_no_value_are_counted() -> None:
    assert interval(5.0, np.array([4.0, np.nan, 6.0, 5.0]), "%").lost == 0.25
    assert interval(5.0, np.array([4.0, 6.0]), "%").lost == 0


def test_a_lesion_that_one_draw_in_ten_does_not_show_is_not_compared() -> None:
    visits = faint(0.06)
    with pytest.raises(RepigmentError, match=r"its change cannot be told: .* 1\d% of the draws show no lesion\. Do: "):
        compare(*visits, "dark")
    assert 0 < compare(*faint(0.08), "dark").returned.lost <= 0.1
    assert compare(*faint(0.5), "dark").returned.lost == 0


def faint(depth: float) -> list[Visit]:
    """A dark lesion with so much excess pigment, of own skin's, twice the same."""
    skin, rng = skin_of(0), np.random.default_rng(9001)
    pictures = [skin.photograph(1 + depth_of(ROUND, depth), Shot(), rng)[0] for _ in range(2)]
    return [Visit(each, window(ROUND) > 0) for each in pictures]


def test_pictures_hold_no_metadata_and_show_the_change(shrunk: Case, found: Comparison) -> None:
    sheet, coloured = pair(shrunk.before.linear, found), difference(found)
    for picture in (sheet, coloured):
        read = Image.open(io.BytesIO(png(picture)))
        assert read.info == {} and read.size == picture.size
    pixels = np.asarray(coloured).astype(int)
    regained = cv2.erode((found.outline[0] & ~found.outline[1]).astype(np.uint8), np.ones((9, 9))) > 0
    inside = np.asarray(pixels[30 : 30 + SHAPE[0], : SHAPE[1]])[regained]
    assert (inside[:, 0] - inside[:, 2]).mean() > 60  # orange: pigment came back
    assert sheet.width > 2 * SHAPE[1] - 40


def rendered(spot: Spot, camera: CameraModel) -> tuple[Visit, Mask, np.ndarray]:
    """A spot on skin of type IV as a camera sees it, its true outline (of the scene), and the way from mm to pixels."""
    scene = spotted([spot], "IV", seed=4)
    data = np.frombuffer(photograph(scene, camera), np.uint8)
    picture = np.asarray(decode(np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR))[..., ::-1] / 255), np.float32)
    to_pixels = view(scene, camera)
    x, y = np.rint((to_pixels @ [30, 22.5, 1])[:2] / (to_pixels @ [30, 22.5, 1])[2]).astype(int)
    red = np.log(np.maximum(picture[..., 0], 0.002))
    depth = float(np.median(red) - np.median(red[y - 10 : y + 10, x - 10 : x + 10]))
    return Visit(picture, outlined(picture, depth > 0, abs(depth))), truth(scene).lesions[0].outline, to_pixels


@pytest.mark.parametrize(("kind", "melanin"), [("white", 0.02), ("dark", 2.2)])
def test_a_rendered_pair_is_told_rightly(kind: Kind, melanin: float) -> None:
    spots = [Spot(30, 22.5, size, melanin, edge=1.0, irregular=0.2, seed=4) for size in (20.0, 14.0)]
    before, first, there = rendered(spots[0], CameraModel(width=800, seed=1))
    after, second, moved = rendered(
        spots[1], CameraModel(width=800, seed=2, roll=12, tilt=10, exposure=0.7, white_balance=(1.06, 1.0, 0.94))
    )
    found = compare(before, after, kind)
    places = np.array([[15.0, 10.0, 1], [45, 10, 1], [15, 35, 1], [45, 35, 1], [30, 22.5, 1]])
    ends = [(each / each[:, 2:])[:, :2] for each in (places @ there.T, places @ moved.T)]
    assert np.median(np.hypot(*(carry(found.alignment.matrix, ends[1]) - ends[0]).T)) < 1.5
    cleared = 100 * float((first & ~second).sum() / first.sum())
    assert found.returned.value == pytest.approx(cleared, abs=3)
    assert found.returned.low <= cleared <= found.returned.high
