"""What products of stromal cells share, whatever their route: mechanisms that can be parted, a lot, a source."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from repigment.cells import potency, release, sources
from repigment.cells.lot import Lot
from repigment.errors import RepigmentError
from repigment.evidence.parameters import supposing
from repigment.treatments.base import Treatment
from repigment.treatments.worlds import IN_THE_SKIN

MECHANISMS = {
    "differentiation": "e_dif",
    "support": "e_sup",
    "immune": "e_imm",
    "inflammation": "e_inf",
    "signals": "e_sig",
}
SWITCHES = (*MECHANISMS.values(), *IN_THE_SKIN)  # what a cell product may set in a patient's skin
TOLD = 3  # refused lines of a lot that a message names
Mechanism = Literal["differentiation", "support", "immune", "inflammation", "signals"]


class CellProduct(Treatment):
    """Cells, or what they secrete: `mechanisms` are on, at `strength` or at a draw from the prior.

    A `lot` says what was measured of the very cells, otherwise they are those of the reference lot; one that would not
    be released is refused. `source` is the tissue they were grown from.
    """

    mechanisms: tuple[Mechanism, ...] = ("support", "immune", "inflammation", "signals")
    strength: Annotated[float | None, Field(ge=-1, le=1)] = None
    source: sources.Source = "cord"
    lot: Lot | None = None
    from_prior: ClassVar[bool] = True
    cautions: ClassVar[frozenset[str]] = frozenset({"cells"})

    @model_validator(mode="after")
    def _released(self) -> Self:
        if self.lot is None:
            return self
        if self.lot.source != self.source:
            raise ValueError(f"source is {self.source}, but the lot {self.lot.name} is from {self.lot.source}")
        wrong = [
            f"{line.item}: {line.found or line.verdict}, limit {line.limit}"
            for line in release.refusals(release.check(self.lot))
        ]
        if wrong:
            more = f" and {len(wrong) - TOLD} more" if len(wrong) > TOLD else ""
            raise ValueError(f"the lot {self.lot.name} may not be given ({'; '.join(wrong[:TOLD])}{more})")
        return self

    @property
    def potency(self) -> potency.Effect:
        """What the lot does, in folds of the reference lot."""
        return potency.of(self.lot) if self.lot else potency.Effect()

    def switches(self, strengths: dict[str, float]) -> dict[str, float]:
        """Strength of each mechanism that is on, and what else the world supposes of the cells in the skin.

        The strength is the study's, otherwise that of a draw from the prior, times the folds of lot and source.
        """
        if self.mechanisms and self.strength is None and not strengths:
            raise RepigmentError(
                "what the cells do is not known",
                where="UC-MSC",
                remedy="set their strength (-1 to 1), or draw it from the prior as a trial does",
            )
        with supposing(strengths):
            found = {MECHANISMS[each]: self._strength(each, strengths) for each in self.mechanisms}
        supposed = {name: strengths[name] for name in IN_THE_SKIN if name in strengths and self.mechanisms}
        return found | supposed

    def _strength(self, mechanism: Mechanism, strengths: dict[str, float]) -> float:
        """Strength x fold of the lot, and of the source where sources were compared: in holding T cells back."""
        strength = strengths[MECHANISMS[mechanism]] if self.strength is None else self.strength
        of_the_lot = 1.0 if mechanism == "differentiation" else float(getattr(self.potency, mechanism))
        return strength * of_the_lot * (sources.potency(self.source) if mechanism == "immune" else 1.0)
