"""From one donation to doses: how many cells, doublings and days, and what each passage costs."""

from dataclasses import dataclass

import numpy as np

from repigment.cells.lot import reference
from repigment.cells.sources import Source
from repigment.cells.unknown import Array, drawn
from repigment.errors import RepigmentError
from repigment.evidence.parameters import Parameter, parameter

BANKED = (1, 2)  # passages at which the master and the working bank are frozen
MOST_PASSAGES = 30
DAY = 24.0  # hours
MIDDLE_90 = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Expansion:
    """What may come of one donation: arrays (draws, passages + 1), a column a passage from 0.

    `cells` are harvested, `doses` can be given after freezing, thawing and samples; `potency` and `clearance` are
    folds against the passage of the reference lot; `dividing` is False from senescence on.
    """

    source: Source
    amount: float
    dose: float
    cells: Array
    doublings: Array
    days: Array
    doses: Array
    potency: Array
    clearance: Array
    senescence: Array
    losses: dict[str, Array]

    @property
    def passages(self) -> range:
        """The passages that were followed, from 0."""
        return range(self.cells.shape[1])

    def middle(self, name: str, passage: int) -> tuple[float, float, float]:
        """5 %, 50 % and 95 % of the draws of `name` at `passage`."""
        low, median, high = np.quantile(getattr(self, name)[:, passage], MIDDLE_90)
        return float(low), float(median), float(high)

    def dividing(self, passage: int) -> float:
        """Share of the draws in which the cells still divide at `passage`."""
        return float(np.mean(self.senescence > passage))


def expand(
    source: Source,
    passages: int,
    dose: float,
    *,
    amount: float | None = None,
    draws: int = 4000,
    seed: int = 1,
) -> Expansion:
    """Grow one donation of `source` for `passages`, all of it, `draws` times over; `dose` in living cells.

    `amount` is in cm of cord, or g of marrow or fat; otherwise it is drawn. At passage p of senescence s, n doublings
    are left of n (1 - (p/s)^m), in the time that n take. Cells are lost at every harvest, at the thaw of both banks
    and of the bags, and as samples. RepigmentError outside of what is allowed.

    >>> one = expand("cord", 5, 5e5, seed=1)
    >>> bool((one.cells == expand("cord", 5, 5e5, seed=1).cells).all())
    True
    """
    _allow(passages, dose, amount, draws)
    luck = _draw(source, amount, draws, seed)
    at = np.arange(passages + 1)
    age = np.minimum(at / luck.senescence, 1)
    left = luck.doublings * (1 - age**luck.ageing)
    left[:, 0] = luck.first_doublings[:, 0]
    doublings = np.cumsum(left, axis=1)
    thaws = np.array([sum(bank < p for bank in BANKED) for p in at])
    cells = luck.attached * 2.0**doublings * luck.harvest ** (at + 1) * luck.thaw**thaws
    beyond = at - (reference().culture.passage or 0)
    return Expansion(
        source=source,
        amount=float(np.median(luck.tissue)),
        dose=dose,
        cells=cells,
        doublings=doublings,
        days=luck.first_days + at * (luck.doublings * luck.hours / DAY),
        doses=cells * ((1 - luck.kept_back) * luck.thaw / dose),
        potency=np.exp(-luck.weaker * beyond),
        clearance=np.exp(luck.faster * beyond),
        senescence=luck.senescence[:, 0],
        losses={
            "harvests": 1 - luck.harvest ** (at + 1),
            "freezing and thawing": 1 - luck.thaw ** (thaws + 1),
            "tests and samples": np.repeat(luck.kept_back, passages + 1, axis=1),
        },
    )


@dataclass(frozen=True)
class _Luck:
    """What nobody knows of one donation and its cells, in columns (draws, 1)."""

    tissue: Array
    attached: Array
    first_doublings: Array
    first_days: Array
    doublings: Array
    hours: Array
    senescence: Array
    ageing: Array
    harvest: Array
    thaw: Array
    kept_back: Array
    weaker: Array
    faster: Array


def _draw(source: Source, amount: float | None, draws: int, seed: int) -> _Luck:
    rng = np.random.default_rng([seed, 4])

    def column(known: Parameter) -> Array:
        return drawn(known, draws, rng)[:, None]

    usual = column(parameter(f"grow_amount.{source}"))
    tissue = usual if amount is None else np.full((draws, 1), amount)
    freed = column(parameter(f"grow_freed.{source}"))
    return _Luck(
        tissue=tissue,
        attached=tissue * (freed * column(parameter(f"grow_attached.{source}"))),
        first_doublings=column(parameter("grow_first_doublings")),
        first_days=column(parameter(f"grow_first_days.{source}")),
        doublings=column(parameter(f"grow_doublings.{source}")),
        hours=column(parameter(f"grow_hours.{source}")),
        senescence=column(parameter(f"grow_senescence.{source}")),
        ageing=column(parameter("grow_ageing")),
        harvest=column(parameter("grow_harvest")),
        thaw=column(parameter("grow_thaw")),
        kept_back=column(parameter("grow_kept_back")),
        weaker=column(parameter("lot_passage_loss")),
        faster=column(parameter("lot_passage_clearance")),
    )


def _allow(passages: int, dose: float, amount: float | None, draws: int) -> None:
    for what, given, low, high in (
        ("--passages", passages, 0, MOST_PASSAGES),
        ("--dose", dose, 1, 1e12),
        ("--amount", 1 if amount is None else amount, 1e-3, 1e6),
        ("--draws", draws, 100, 100_000),
    ):
        if not low <= given <= high:
            raise RepigmentError(f"{given:g} cannot be used", where=what, allowed=f"{low:g} to {high:g}")
