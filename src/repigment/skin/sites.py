"""The seven regions of the body and what differs between them."""

from enum import StrEnum

from repigment.evidence.parameters import value


class Site(StrEnum):
    """A region of the body, as vitiligo scores divide it."""

    FACE = "face"
    NECK = "neck"
    TRUNK = "trunk"
    ARMS = "arms"
    HANDS = "hands"
    LEGS = "legs"
    FEET = "feet"


SKIN_TYPES = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6}


def site_parameters(site: str) -> dict[str, float]:
    """Follicle density (1/mm2), turnover (fold) and melanocyte capacity (cells/mm2) of a region.

    >>> site_parameters("hands")["rho_f"]
    0.0
    """
    return {name: value(f"{name}.{site}") for name in ("rho_f", "turn", "K_m")}
