"""Adverse events after sessions: what needles alone bring, and what cells in the skin or in a vein add to it."""

from collections.abc import Iterable

from repigment.evidence.parameters import value
from repigment.skin.adverse import risk
from repigment.skin.exposure import Exposure


def after_needles(exposure: Exposure, days: Iterable[int], *, cells: bool = False, released: bool = True) -> None:
    """Fever, site reaction and infection after injections on `days`; with `cells`, or their vesicles, by odds ratios.

    Granulomas come with these only. An infection is as rare with a `released` lot as without them. That vesicles do as
    cells do is assumed.
    """
    fever = site = infection = 1.0
    if cells:
        fever, site = value("event_ratio.fever"), value("event_ratio.site")
        infection = value("event_ratio.infection") if released else value("event_ratio.infection.unreleased")
    for day in days:
        risk(exposure, "fever", day, fever)
        risk(exposure, "site reaction", day, site)
        risk(exposure, "infection", day, infection)
        if cells:
            risk(exposure, "granuloma", day)


def after_drip(exposure: Exposure, days: Iterable[int]) -> None:
    """Fever after cells into a vein; nothing happens to the skin."""
    for day in days:
        risk(exposure, "fever", day, value("event_ratio.fever"))
