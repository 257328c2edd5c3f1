"""How even the colour of the skin is."""

from repigment.evidence.parameters import value
from repigment.scores.watched import Series, Watched, mean


def evenness(regions: list[Watched]) -> Series:
    """Evenness (weeks,), 100 = one colour: 100 / (1 + s / s_half), s the SD of melanin (type III = 1)."""
    uneven = mean(regions, [region.unevenness for region in regions])
    return 100 / (1 + uneven / value("uneven_half"))
