"""Adverse events after sessions: what needles alone bring, and what cells in the skin or in a vein add to it."""

from collections.abc import Iterable

from repigment.evidence.parameters import value
from repigment.skin.adverse import expected, risk
from repigment.skin.exposure import Exposure


def after_needles(exposure: Exposure, days: Iterable[int]) -> None:
    """Fever, site reaction and infection after injections without cells on `days`."""
    for day in days:
        risk(exposure, "fever", day, value("event_risk.fever"))
        risk(exposure, "site reaction", day, value("event_risk.site"))
        risk(exposure, "infection", day, value("event_risk.infection"))


def after_cells(exposure: Exposure, days: Iterable[int], released: bool = True) -> None:
    """The same after injections of cells or their vesicles, by odds ratios, and granulomas.

    An infection is as rare with a `released` lot as without cells. That vesicles do as cells do is assumed.
    """
    infection = value("event_ratio.infection") if released else value("event_ratio.infection.unreleased")
    for day in days:
        risk(exposure, "fever", day, value("event_risk.fever"), value("event_ratio.fever"))
        risk(exposure, "site reaction", day, value("event_risk.site"), value("event_ratio.site"))
        risk(exposure, "infection", day, value("event_risk.infection"), infection)
        granuloma(exposure, day)


def after_drip(exposure: Exposure, days: Iterable[int]) -> None:
    """Fever after cells into a vein; nothing happens to the skin."""
    for day in days:
        risk(exposure, "fever", day, value("event_risk.fever"), value("event_ratio.fever"))


def granuloma(exposure: Exposure, day: int, share: float = 1.0) -> None:
    """A granuloma, as likely on each day of the weeks of onset after a session, where a `share` (0..1) got in."""
    onset = range(day + round(value("granuloma_first")), day + round(value("granuloma_last")))
    exposure.expect("granuloma", onset, share * expected(value("event_risk.granuloma")))
