"""What a treatment is to a regulator: its subject, and the way it is given."""

from typing import NamedTuple

from repigment.treatments import Treatment


class Subject(NamedTuple):
    """A kind of product or procedure, and its route; most treatments are their own subject and have one route."""

    name: str
    route: str = ""

    def __str__(self) -> str:
        return f"{self.name}, {self.route}" if self.route else self.name


CELLS = "cultured stromal cells"  # of cord, marrow or fat: nowhere does the tissue decide
SECRETED = "secretome or vesicles"
OF_CELL_PRODUCTS = {
    "uc-msc": Subject(CELLS, "injected"),
    "uc-msc-intravenous": Subject(CELLS, "into a vein"),
    "uc-msc-vesicles": Subject(SECRETED, "injected"),
}
ON_SKIN = {"intact": "on intact skin", "needled": "on opened skin", "laser-opened": "on opened skin"}


def name_of(treatment: Treatment) -> str:
    """The name by which a study gives it."""
    return str(getattr(treatment, "give", type(treatment).__name__))


def parts_of(treatment: Treatment) -> tuple[tuple[str, Subject], ...]:
    """All that a regulator sees in it, each with its name: the product, and what is done to the skin first.

    >>> from repigment.treatments.uc_msc_topical import UCMSCTopical
    >>> [f"{name}: {subject}" for name, subject in parts_of(UCMSCTopical(weeks=[0], on="needled"))]
    ['uc-msc-topical: secretome or vesicles, on opened skin', 'microneedling: microneedling']
    """
    name = name_of(treatment)
    if name == "uc-msc-topical":
        first = Subject(SECRETED, ON_SKIN[str(getattr(treatment, "on", "intact"))])
    else:
        first = OF_CELL_PRODUCTS.get(name, Subject(name))
    preparation = getattr(treatment, "preparation", None)
    return ((name, first), *(parts_of(preparation) if preparation else ()))
