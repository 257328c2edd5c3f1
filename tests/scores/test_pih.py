"""New dark marks after inflammation, and places left too light: when they count, and when they do not."""

from dataclasses import replace

import numpy as np
import pytest

from repigment.evidence.parameters import value
from repigment.scores.pih import hypopigmentation, inflamed, pih, since

MI = value("mexameter_slope")
WEEKS = 40


def course(*steps):
    """A course over WEEKS from (week, value) steps."""
    values = np.zeros(WEEKS)
    for week, height in steps:
        values[week:] = height
    return values


def part(values, others=0.6):
    """That course in the first part, the others steady."""
    parts = np.full((WEEKS, 6), others)
    parts[:, 0] = values
    return parts


CLEARED = part(course((0, 0.6), (2, 0.05), (6, 0.45), (20, 0.08)))  # laser in week 1, mark from week 6 to 19
PULSE = course((2, 0.3), (4, 0.0))


def test_a_mark_after_a_laser_is_seen_measured_and_timed(dark):
    found = pih([dark(WEEKS, part_contrast=CLEARED, inflammation=PULSE)])
    assert found["PIH"].tolist() == [0.0] * 6 + [1.0] * 34
    assert found["PIH peak"][[5, 6, 39]].tolist() == pytest.approx([0, MI * 0.4, MI * 0.4])  # 0.45 above 0.05
    assert found["PIH duration"][[5, 6, 19, 39]].tolist() == [0, 1, 14, 14]


@pytest.mark.parametrize(
    ("contrast", "inflammation"),
    [
        (CLEARED, np.zeros(WEEKS)),  # nothing inflamed it
        (CLEARED, course((2, 0.04), (4, 0.0))),  # hardly
        (CLEARED, course((0, 0.9), (1, 0.0))),  # before week 0, dying down
        (part(course((0, 0.6), (2, 0.05), (30, 0.6))), PULSE),  # too late: the disease is back
        (part(course((0, 0.0), (6, 0.09))), PULSE),  # nobody sees it
        (part(course((0, 0.5), (6, 0.6))), PULSE),  # hardly risen
        (part(course((0, 0.6), (2, -0.3), (6, 0.05))), PULSE),  # only less light than before
    ],
)
def test_what_is_no_mark_of_the_treatment(dark, contrast, inflammation):
    found = pih([dark(WEEKS, part_contrast=contrast, inflammation=inflammation)])
    assert [each.sum() for each in found.values()] == [0, 0, 0]


def test_melasma_that_comes_back_is_no_new_mark_but_what_is_darker_than_before_is(dark):
    back = part(course((0, 0.6), (2, 0.05), (6, 0.6), (8, 0.7)))
    worse = part(course((0, 0.6), (2, 0.05), (6, 0.6), (8, 0.9)))
    returning, darker = (
        pih([dark(WEEKS, part_contrast=each, inflammation=PULSE, niche=course((0, 0.3)))]) for each in (back, worse)
    )
    assert returning["PIH"].sum() == 0
    assert darker["PIH"].tolist() == [0.0] * 8 + [1.0] * 32
    assert darker["PIH peak"][-1] == pytest.approx(MI * 0.3)


def test_a_place_that_was_too_light_is_measured_from_the_skin_around(dark):
    found = pih([dark(WEEKS, part_contrast=part(course((0, 0.6), (2, -0.4), (6, 0.3))), inflammation=PULSE)])
    assert found["PIH peak"][-1] == pytest.approx(MI * 0.3)


def test_a_mark_that_stays_counts_as_long_as_it_is_there(dark):
    """Inflammation has to be recent where a mark begins, not while it lasts."""
    found = pih([dark(WEEKS, part_contrast=part(course((0, 0.2), (6, 0.6))), inflammation=PULSE)])
    assert found["PIH duration"][-1] == WEEKS - 6


def test_only_parts_that_exist_and_count_are_looked_at(dark):
    region = dark(WEEKS, part_contrast=CLEARED + 0.6 * (np.arange(WEEKS) >= 6)[:, None], inflammation=PULSE)
    region = replace(region, part_contrast=np.where(np.arange(6) > 0, 0.6, region.part_contrast))
    assert pih([region])["PIH"][-1] == 1
    assert pih([replace(region, half="right")])["PIH"][-1] == 1
    assert pih([replace(region, half="left")])["PIH"][-1] == 0
    assert pih([replace(region, part_size=np.array([0, 1.0, 1, 1, 1, 1]))])["PIH"][-1] == 0


def test_any_region_counts_and_none_has_none(dark):
    quiet, hurt = dark(WEEKS), dark(WEEKS, part_contrast=CLEARED, inflammation=PULSE)
    assert pih([quiet, hurt])["PIH"][-1] == 1
    assert pih([replace(quiet, part_size=np.zeros(6))])["PIH"].sum() == 0


def test_inflammation_counts_by_its_rise_above_the_lowest_so_far():
    assert inflamed(np.array([0.9, 0.5, 0.1, 0.2, 0.12])).tolist() == [False, False, False, True, False]


def test_weeks_since():
    table = np.array([[False, True], [True, False], [False, False]])
    assert since(table).tolist() == [[np.inf, 0], [0, 1], [1, 2]]


def test_too_light_for_eight_weeks_in_a_row_counts_from_the_eighth_on(dark):
    light = part(course((0, 0.15), (5, 0.3), (12, 0.1), (20, 0.3)), 0.15)  # seven weeks, then for good
    found = hypopigmentation([dark(WEEKS, part_lighter=light)])
    assert found.tolist() == [0.0] * 27 + [1.0] * 13
    assert hypopigmentation([dark(WEEKS, part_lighter=np.minimum(light, 0.25))]).sum() == 0


def test_once_too_light_stays_on_record_and_a_missing_part_is_not_looked_at(dark):
    light = part(course((1, 0.3), (9, 0.0)), 0.0)
    region = dark(WEEKS, part_lighter=light)
    assert hypopigmentation([dark(WEEKS), region]).tolist() == [0.0] * 8 + [1.0] * 32
    assert hypopigmentation([replace(region, part_size=np.array([0, 1.0, 1, 1, 1, 1]))]).sum() == 0


def test_a_spot_that_refills_from_what_is_left_of_its_niche_is_no_mark(dark):
    """A quarter of the niche accounts for a quarter of the old contrast; a mark is what lies above that."""
    left = course((0, 1.0), (2, 0.25))
    refilled = part(course((0, 1.2), (2, 0.0), (6, 0.3)))
    marked = part(course((0, 1.2), (2, 0.0), (6, 0.6)))
    found = [pih([dark(WEEKS, part_contrast=each, inflammation=PULSE, niche=left)]) for each in (refilled, marked)]
    assert [each["PIH"][-1] for each in found] == [0, 1]
    assert found[1]["PIH peak"][-1] == pytest.approx(MI * 0.3)
