"""The state of a patch of skin: fourteen fields, the two pools of the cell therapy, and wounds."""

from enum import IntEnum
from typing import Any, NamedTuple


class Field(IntEnum):
    """Place of each field in the stacked state `(..., field, y, x)`."""

    MELANOCYTES = 0
    MELANOBLASTS = 1
    RESERVOIR = 2
    UV_DAMAGE = 3
    MELANOGENESIS = 4
    MELANIN_VIABLE = 5
    MELANIN_CORNEUM = 6
    MELANIN_DERMAL = 7
    INFLAMMATION = 8
    NICHE = 9
    INTERFERON = 10
    EFFECTORS = 11
    MEMORY = 12
    REGULATION = 13
    CELLS = 14
    SECRETOME = 15
    WOUND = 16


class Skin(NamedTuple):
    """The same fields by name; each an array, a number or a symbol."""

    melanocytes: Any
    melanoblasts: Any
    reservoir: Any
    uv_damage: Any
    melanogenesis: Any
    melanin_viable: Any
    melanin_corneum: Any
    melanin_dermal: Any
    inflammation: Any
    niche: Any
    interferon: Any
    effectors: Any
    memory: Any
    regulation: Any
    cells: Any
    secretome: Any
    wound: Any


class About(NamedTuple):
    """What a field is: its symbol in the equations, its unit and its meaning."""

    symbol: str
    unit: str
    meaning: str


ABOUT: dict[Field, About] = {
    Field.MELANOCYTES: About("m", "K_m", "mature epidermal melanocytes, as a share of the site's capacity"),
    Field.MELANOBLASTS: About("b", "K_m", "motile, unpigmented melanoblasts"),
    Field.RESERVOIR: About("S", "S0", "melanocyte stem cells of a follicle"),
    Field.UV_DAMAGE: About("u", "SED", "UV damage that still signals"),
    Field.MELANOGENESIS: About("A", "constitutive", "activity of MITF and tyrosinase"),
    Field.MELANIN_VIABLE: About("P1", "constitutive", "melanin of the viable epidermis"),
    Field.MELANIN_CORNEUM: About("P2", "constitutive", "melanin of the stratum corneum"),
    Field.MELANIN_DERMAL: About("D", "constitutive", "melanin in dermal macrophages"),
    Field.INFLAMMATION: About("N", "dimensionless", "non-specific inflammation"),
    Field.NICHE: About("F", "dimensionless", "melanogenic excess of the niche (SCF, ET-1, VEGF, senescence)"),
    Field.INTERFERON: About("C", "active vitiligo", "IFN-gamma - CXCL9/10 axis"),
    Field.EFFECTORS: About("T", "reference density", "autoreactive CD8 T cells"),
    Field.MEMORY: About("R", "reference density", "resident memory CD8 T cells"),
    Field.REGULATION: About("G", "healthy skin", "regulatory T-cell tone"),
    Field.CELLS: About("Q", "reference dose", "living UC-MSC of the depot"),
    Field.SECRETOME: About("V", "reference dose", "secretome and vesicles of the UC-MSC"),
    Field.WOUND: About("W", "dimensionless", "wound by heat, cold, acid or knife that has not healed yet"),
}


def name(field: Field) -> str:
    """The field's name in code and tables.

    >>> name(Field.UV_DAMAGE)
    'uv_damage'
    """
    return field.name.lower()
