"""What makes a disease: parameters, maps and forcing on the one model. New files find themselves."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from repigment.conditions.base import Condition
from repigment.errors import RepigmentError


@cache
def conditions() -> dict[str, Condition]:
    """Every condition of this folder by its name.

    >>> sorted(conditions())
    ['freckles', 'lentigo', 'melasma', 'pih', 'vitiligo']
    """
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
    found: dict[str, Condition] = {}
    waiting: list[type[Condition]] = [Condition]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        if "name" in vars(kind):
            found[kind.name] = kind()
    return dict(sorted(found.items()))


def condition(name: str) -> Condition:
    """The condition called `name`; RepigmentError with those that exist if there is none.

    >>> condition("melasma").sites
    ('face',)
    """
    if name not in conditions():
        raise RepigmentError(f"there is no condition {name!r}", where="condition", allowed=", ".join(conditions()))
    return conditions()[name]


__all__ = ["Condition", "condition", "conditions"]
