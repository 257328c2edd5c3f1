"""Numbers, units and intervals in words."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

import pandas as pd

MINUS, THIN, NONE = "\u2212", "\u202f", "\u2013"
SMALLEST = 0.0005  # what is shown as nothing where no digits are asked for
Item = TypeVar("Item")
UNITS = {"grade": "grades"}  # a unit with the name that numbers of it are followed by


@dataclass(frozen=True)
class Unit:
    """How numbers of one unit are shown: multiplied by `scale`, followed by `name`; differences by `difference`."""

    scale: float
    name: str
    difference: str


def unit(name: str) -> Unit:
    """The way in which numbers in the unit `name` are shown; fractions become per cent.

    >>> unit("fraction").difference
    'percentage points'
    """
    if name in ("fraction", "%"):
        return Unit(100.0 if name == "fraction" else 1.0, "%", "percentage points")
    told = UNITS.get(name, name)
    return Unit(1.0, told, told)


def number(value: float, digits: int | None = None) -> str:
    """A number with a true minus sign; without `digits` about three figures; a dash when it is not known.

    >>> number(-0.1234), number(41.26), number(float("nan"))
    ('−0.123', '41.3', '–')
    """
    if value is None or not math.isfinite(value):
        return NONE
    if digits is None:
        size = abs(value)
        digits = 0 if size >= 100 or size < SMALLEST else 1 if size >= 10 else 2 if size >= 1 else 3
    text = f"{value:,.{digits}f}".replace(",", THIN)
    return text.replace("-", MINUS) if float(f"{value:.{digits}f}") != 0 else text.lstrip("-")


def shown(value: float, of: Unit) -> str:
    """A number in its unit's scale, without the unit's name: one decimal for per cent."""
    return number(value * of.scale, 1 if of.name == "%" else None)


def quantity(value: float, of: Unit) -> str:
    """A number with its unit's name."""
    text = shown(value, of)
    return text if text == NONE else f"{text}{THIN if of.name == '%' else ' '}{of.name}"


def span(low: float, high: float, of: Unit) -> str:
    """The two ends of an interval.

    >>> span(0.1, 0.25, unit("fraction"))
    '10.0 to 25.0'
    """
    return f"{shown(low, of)} to {shown(high, of)}" if pd.notna(low) and pd.notna(high) else "no interval"


def with_interval(value: float, low: float, high: float, of: Unit) -> str:
    """An estimate, its unit and its interval; a dash when there is no estimate.

    >>> with_interval(2.0, 1.5, 2.5, unit("hand units"))
    '2.00 hand units (1.50 to 2.50)'
    """
    return quantity(value, of) + (f" ({span(low, high, of)})" if pd.notna(value) else "")


def probability(value: float) -> str:
    """A p value as journals print it.

    >>> probability(0.0004), probability(0.034)
    ('< 0.001', '0.034')
    """
    if value is None or not math.isfinite(value):
        return NONE
    return "< 0.001" if value < 0.001 else f"{value:.3f}" if value < 0.1 else f"{value:.2f}"


def capital(text: str) -> str:
    """Text with its first letter large and the others as they are; names such as mMASI keep their own.

    >>> capital("spots"), capital("mMASI change")
    ('Spots', 'mMASI change')
    """
    return text if text[1:2].isupper() else text[:1].upper() + text[1:]


def listed(items: list[str]) -> str:
    """Items in a row with commas and an 'and'.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def letters(items: Iterable[Item]) -> dict[Item, str]:
    """A letter for each different item in turn: a to z, then aa, ab and so on.

    >>> letters(["x", "y", "x"])
    {'x': 'a', 'y': 'b'}
    """
    different = dict.fromkeys(items)
    return {item: _letter(i) for i, item in enumerate(different)}


def _letter(i: int) -> str:
    before, last = divmod(i, 26)
    return (_letter(before - 1) if before else "") + chr(ord("a") + last)


def counted(count: int, noun: str) -> str:
    """A count with its noun in the right number.

    >>> counted(1, "patient"), counted(2, "patient")
    ('1 patient', '2 patients')
    """
    return f"{number(count, 0)} {noun}{'' if count == 1 else 's'}"
