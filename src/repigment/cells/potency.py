"""What a lot is worth against the reference lot: how many cells live, how fast they are lost, how strongly they act."""

from dataclasses import dataclass
from math import exp

from repigment.cells.lot import Lot, reference
from repigment.evidence.parameters import value


@dataclass(frozen=True, slots=True)
class Effect:
    """Folds against the reference lot, which has 1 everywhere.

    `alive` of the share of living cells at the skin, `clearance` of the rate at which the depot is lost, the rest of
    the strength of a mechanism.
    """

    alive: float = 1.0
    clearance: float = 1.0
    support: float = 1.0
    immune: float = 1.0
    inflammation: float = 1.0
    signals: float = 1.0


def of(lot: Lot) -> Effect:
    """What `lot` is worth; what it does not tell is taken as in the reference lot. No number here is evidence.

    alive = V/V0 exp(-d (h - h0)), clearance = exp(a (P - P0)) c, each mechanism exp(-l (P - P0)),
    the immune one times (I/I0)^n q, with V viability, h hours from thaw to skin, P passage, I inhibition of T cells,
    c and q 1 unless the cells were primed; d `lot_dying`, a `lot_passage_clearance`, l `lot_passage_loss`,
    n `lot_inhibition_carry`, c `lot_primed_clearance`, q `lot_primed_immune`. Where the cells come from is not here:
    `sources.potency` has it.

    >>> of(reference())
    Effect(alive=1.0, clearance=1.0, support=1.0, immune=1.0, inflammation=1.0, signals=1.0)
    """
    known = reference()
    passages = _or(lot.culture.passage, known.culture.passage) - _or(known.culture.passage, 0)
    lasting = exp(-value("lot_passage_loss") * passages)
    return Effect(
        alive=_alive(lot, known),
        clearance=exp(value("lot_passage_clearance") * passages) * _primed(lot, "lot_primed_clearance"),
        support=lasting,
        immune=lasting * _inhibiting(lot, known) * _primed(lot, "lot_primed_immune"),
        inflammation=lasting,
        signals=lasting,
    )


def _alive(lot: Lot, known: Lot) -> float:
    """V/V0 exp(-d (h - h0)), h the mean of the bags that tell it."""
    living = _or(lot.quality.viability, known.quality.viability) / _or(known.quality.viability, 1)
    usual = _hours(known)
    spent = _hours(lot)
    return float(living * exp(-value("lot_dying") * (_or(spent, usual) - _or(usual, 0))))


def _hours(lot: Lot) -> float | None:
    harvested = lot.culture.harvested if lot.fresh else None
    told = [hours for bag in lot.bag if (hours := bag.kept(harvested)) is not None]
    return sum(told) / len(told) if told else None


def _inhibiting(lot: Lot, known: Lot) -> float:
    """(I/I0)^n; cells that drive T cells on inhibit nothing."""
    inhibition = max(_or(lot.quality.inhibition, known.quality.inhibition), 0.0)
    return float((inhibition / _or(known.quality.inhibition, 1)) ** value("lot_inhibition_carry"))


def _primed(lot: Lot, name: str) -> float:
    return value(name) if lot.culture.primed else 1.0


def _or(found: float | None, otherwise: float | None) -> float:
    """`found`, or what stands for it; one of the two is told."""
    return float(found if found is not None else otherwise or 0.0)
