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


def after_cells(exposure: Exposure, days: Iterable[int]) -> None:
    """The same after injections of cells or their vesicles, by odds ratios, and granulomas.

    The ratio of infections is that of released lots: no other may be given. That vesicles do as cells do is assumed.
    """
    for day in days:
        risk(exposure, "fever", day, value("event_risk.fever"), value("event_ratio.fever"))
        risk(exposure, "site reaction", day, value("event_risk.site"), value("event_ratio.site"))
        risk(exposure, "infection", day, value("event_risk.infection"), value("event_ratio.infection"))
        granuloma(exposure, day)


def after_drip(exposure: Exposure, days: Iterable[int]) -> None:
    """Fever after cells into a vein; nothing happens to the skin."""
    for day in days:
        risk(exposure, "fever", day, value("event_risk.fever"), value("event_ratio.fever"))


def granuloma(exposure: Exposure, day: int, share: float = 1.0) -> None:
    """A granuloma, as likely on each day of the weeks of onset after a session, where a `share` (0..1) got in."""
    first, last = round(value("granuloma_first")), round(value("granuloma_last"))
    onset = range(day + first, day + max(last, first + 1))
    exposure.expect("granuloma", onset, share * expected(value("event_risk.granuloma")))
