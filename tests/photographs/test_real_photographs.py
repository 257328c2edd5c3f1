"""Clinical photographs of skin beside the checkout (PAD-UFES-20, CC BY 4.0): none has a card or a scale in it."""

import csv
from pathlib import Path

import pytest

from repigment.photographs.annotate import annotate
from repigment.photographs.measure import Measurement, measure
from repigment.photographs.options import Options

FOLDER = Path(__file__).parents[3] / "shared" / "photos" / "pad_ufes_20"
NAMES = sorted(path.name for path in FOLDER.glob("*.jpg"))
MOTTLED = {"PAT_1303_1077_501.jpg", "PAT_1850_3631_519.jpg"}  # light and dark all over: nothing stands out
RINGED = "PAT_202_308_692.jpg"  # a pen ring around a red lesion
NEAR = 0.15  # by which a diameter may miss
ROUNDED = 0.5  # mm to which the metadata tell diameters

pytestmark = pytest.mark.skipif(not NAMES, reason=f"there are no photographs at {FOLDER.name}")


def sizes() -> list[tuple[str, float, float]]:
    """Name and the two diameters in mm of the lesions that have them; of several, of the largest."""
    file = FOLDER / "metadata.csv"
    if not file.is_file():
        return []
    with file.open(newline="") as rows:
        known = [row for row in csv.DictReader(rows) if row["diam1_mm"]]
    return [(row["file"], float(row["diam1_mm"]), float(row["diam2_mm"])) for row in known]


def missed(name: str) -> list[pytest.MarkDecorator]:
    """Marks of a photograph whose diameters are those of something else."""
    why = "the lesion is red and doubtful; a stroke of the pen ring around it is taken for the largest: 4.2 for 6 mm"
    return [pytest.mark.xfail(reason=why, strict=True)] if name == RINGED else []


def seen(name: str, **options: object) -> Measurement:
    return measure(FOLDER / name, Options(**options))


@pytest.mark.parametrize("name", NAMES)
def test_what_cannot_be_trusted_is_withheld_with_its_reason(name: str) -> None:
    found = seen(name)
    withheld = {refusal.what for refusal in found.refusals}
    assert {"colour", "area"} <= withheld or "all" in withheld, "there is neither a card nor a scale"
    assert all(refusal.why and refusal.remedy for refusal in found.refusals)
    assert found.get("area") is None and found.get("own skin ITA") is None
    assert annotate(found).startswith(b"\x89PNG")


@pytest.mark.parametrize("name", sorted({*NAMES} - MOTTLED))
def test_a_dark_lesion_is_found_and_told_apart_from_its_skin(name: str) -> None:
    found = seen(name)
    assert found.lesion == "darker"
    contrast = found.get("contrast")
    assert contrast is not None and contrast.low > 0


@pytest.mark.parametrize("name", sorted(MOTTLED & {*NAMES}))
def test_in_mottled_skin_nothing_is_outlined(name: str) -> None:
    """Both were diagnosed, as actinic keratosis: what cannot be told from the skin about it is missed, and said so."""
    assert seen(name).lesion is None


@pytest.mark.parametrize(("name", "long", "short"), [pytest.param(*each, marks=missed(each[0])) for each in sizes()])
def test_the_second_diameter_follows_from_the_first(name: str, long: float, short: float) -> None:
    """The longer diameter is taken for the scale, as there is none: so this is of the shape of a lesion alone.

    The shorter must then lie within 15 % of what was told in whole mm. Of five, one (3.9 for 3 mm) does so only because
    that was rounded.
    """
    first = seen(name, mm_per_pixel=1.0).get("diameter")
    assert first is not None
    across = seen(name, mm_per_pixel=long / first.value).get("diameter across")
    assert across is not None
    low, high = (1 - NEAR) * (short - ROUNDED), (1 + NEAR) * (short + ROUNDED)
    assert low <= across.value <= high
