"""The valid name that somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def closest(given: str, names: Iterable[str]) -> str | None:
    """The name nearest to `given`, whatever the case; None if nothing is near.

    >>> closest("NBUVB", ["vehicle", "nb-uvb"])
    'nb-uvb'
    """
    known = {name.casefold(): name for name in names}
    near = get_close_matches(given[:100].casefold(), known, n=1, cutoff=0.5)
    return known[near[0]] if near else None
