"""Adverse events that follow a session: which there are, how many to expect, and when they begin."""

from math import log1p

from repigment.evidence.parameters import value
from repigment.skin.exposure import Exposure

KEYS = {  # of each event, in the names of its numbers
    "fever": "fever",
    "site reaction": "site",
    "granuloma": "granuloma",
    "infection": "infection",
}
ADVERSE = ("event_ratio.fever", "event_ratio.site", "event_ratio.infection", "event_risk.granuloma")  # nobody knows


def expected(event: str, odds_ratio: float = 1.0, after: str = "") -> float:
    """Events to expect of one session, H, such that 1 - exp(-H) is the chance of at least one.

    H = -ln(1 - p) with p/(1 - p) = OR p0/(1 - p0), that is ln(1 + OR p0/(1 - p0)); p0 is the chance with an odds ratio
    of 1, after needles unless `after` names another procedure.

    >>> round(expected("site reaction"), 4), round(expected("site reaction", 1.98), 4)
    (0.0856, 0.1628)
    """
    name = f"{KEYS[event]}.{after}" if after else KEYS[event]
    chance = value(f"event_risk.{name}")
    return log1p(odds_ratio * chance / (1 - chance))


def risk(exposure: Exposure, event: str, day: int, odds_ratio: float = 1.0, after: str = "") -> None:
    """Expect the event of a session on `day`, with `odds_ratio` against the same without cells, when it may begin.

    A granuloma's H is spread evenly over the weeks of its onset.

    >>> skin = Exposure.over(100, "face", 3)
    >>> risk(skin, "granuloma", 0)
    >>> skin.hazards["granuloma"].nonzero()[0][[0, -1]].tolist()
    [14, 90]
    """
    first, last = onset(event)
    exposure.expect(event, range(day + first, day + last), expected(event, odds_ratio, after))


def onset(event: str) -> tuple[int, int]:
    """Days after a session on which the event may begin, from the first up to but not with the last.

    >>> onset("fever"), onset("granuloma")
    ((0, 1), (14, 91))
    """
    if event != "granuloma":
        return 0, 1
    return round(value("granuloma_first")), round(value("granuloma_last"))
