"""One file per treatment: how it is written in a study, and what it does to the skin. New files find themselves."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import get_args

from repigment.treatments.base import Treatment


@cache
def treatments() -> dict[str, type[Treatment]]:
    """Every treatment of this folder by the name a study gives it (`give = "..."`).

    >>> "nb-uvb" in treatments()
    True
    """
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    found: dict[str, type[Treatment]] = {}
    waiting = [Treatment]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "give" in kind.model_fields:
            found[get_args(kind.model_fields["give"].annotation)[0]] = kind
    return dict(sorted(found.items()))


__all__ = ["Treatment", "treatments"]
