"""Adverse events that follow a session: how many to expect."""

from math import log1p

from repigment.skin.exposure import Exposure

ADVERSE = ("event_ratio.fever", "event_ratio.site", "event_ratio.infection", "event_risk.granuloma")  # nobody knows


def expected(chance: float, odds_ratio: float = 1.0) -> float:
    """Events to expect of one session, H, such that 1 - exp(-H) is the chance of at least one.

    H = -ln(1 - p) with p/(1 - p) = OR p0/(1 - p0), that is ln(1 + OR p0/(1 - p0)); p0 is the `chance` (0..1) with an
    odds ratio of 1.

    >>> round(expected(0.082), 4), round(expected(0.082, 1.98), 4)
    (0.0856, 0.1629)
    """
    return log1p(odds_ratio * chance / (1 - chance))


def risk(exposure: Exposure, event: str, day: int, chance: float, odds_ratio: float = 1.0) -> None:
    """Expect an event that begins on the `day` of a session, if at all, with a `chance` (0..1) and its odds ratio.

    >>> skin = Exposure.over(2, "face", 3)
    >>> risk(skin, "fever", 1, 0.5)
    >>> skin.hazards["fever"].round(3).tolist()
    [0.0, 0.6930000185966492]
    """
    exposure.expect(event, range(day, day + 1), expected(chance, odds_ratio))
