"""Claims about cells in culture and about their rejection: drawn, without a trial of patients."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from repigment.cells.expansion import MOST_PASSAGES, expand
from repigment.cells.sources import SOURCES, Source
from repigment.claims.finding import Finding, certain, influences, short, spread
from repigment.claims.played import Bools, Floats
from repigment.claims.settling import counting
from repigment.evidence.parameters import supposing, value
from repigment.skin.exposure import Channel, Exposure
from repigment.treatments.uc_msc import UCMSC
from repigment.treatments.worlds import draw_world

PASSAGE = 5  # that trials advise not to go beyond
DOSE = 5e5  # cells
LEAST_DRAWS = 100  # that `expand` makes
SESSIONS = (0, 4, 8)  # weeks, as in the studies of the claims
DAYS = 200
PER_CENT = 100.0
FELT = ("dl_Q", "k_sens", "k_ab", "p_antibody")  # of what is drawn, what the life of a dose depends on
CULTURE = {
    "reason": "a culture, not a trial, would tell: cord, marrow and fat of equal passage side by side; how far donors "
    "differ was not found, so the number of donors cannot be given"
}


def younger(worlds: int, seed: int) -> Finding:
    """Claim 4: doublings that cord cells have left at PASSAGE, less those of the better of marrow and fat."""

    def left(source: Source) -> Floats:
        grown = expand(source, MOST_PASSAGES, DOSE, draws=max(worlds, LEAST_DRAWS), seed=_own(seed, source))
        return np.asarray(grown.doublings[:worlds, -1] - grown.doublings[:worlds, PASSAGE])

    criterion = f"population doublings left at passage {PASSAGE}: more in cord cells than in those of marrow and of fat"
    return _cultured(4, left, criterion, "population doublings left", "doublings")


def faster(worlds: int, seed: int) -> Finding:
    """Claim 5: doublings a day until PASSAGE, cells of a cord less those of the faster of a marrow and a fat.

    What a donation begins with has no part in it.
    """

    def grown(source: Source) -> Floats:
        found = expand(source, PASSAGE, DOSE, draws=max(worlds, LEAST_DRAWS), seed=_own(seed, source))
        doublings, days = (table[:worlds, PASSAGE] - table[:worlds, 0] for table in (found.doublings, found.days))
        return np.asarray(doublings / days)

    criterion = (
        f"population doublings a day until passage {PASSAGE}: more in cord cells than in those of marrow and fat"
    )
    return _cultured(5, grown, criterion, "population doublings a day", "doublings a day")


def _own(seed: int, source: Source) -> int:
    """A seed for each source: their donors have nothing to do with each other."""
    return len(SOURCES) * seed + SOURCES.index(source)


def _cultured(claim: int, of: Callable[[Source], Floats], criterion: str, outcome: str, unit: str) -> Finding:
    others = np.max([of(source) for source in SOURCES if source != "cord"], axis=0)
    values = of("cord") - others
    found = _finding(claim, criterion, outcome, unit, values, values > 0, 0.0, ("equal", "equal"), 0.0, CULTURE)
    return replace(found, kind="culture")


def tolerated(worlds: int, seed: int) -> Finding:
    """Claim 6: how long the third dose lives, in per cent of the first, in the mean over recipients."""
    draws = pd.DataFrame([draw_world(world, seed) for world in range(worlds)])
    values = np.array([PER_CENT * _life(draw) for draw in draws.to_dict("records")])
    bar = value("claim_life_kept")
    weeks = ", ".join(map(str, SESSIONS))
    criterion = f"the third of three doses, at weeks {weeks}, lives more than {bar:g} % as long as the first"
    trial = counting("recipients of cells", SESSIONS[-1] + 4, "donor-specific antibody", value("p_antibody"))
    names = ("as long as the first", "margin")
    found = _finding(
        6, criterion, "life of the third dose", "% of the first", values, values > bar, PER_CENT, names, bar, trial
    )
    note = f"Antibody in {PER_CENT * draws['p_antibody'].median():.3g} % of recipients (median of the draws)."
    return Finding(**{**vars(found), "influences": influences(draws[[*FELT]], values), "note": note})


def _life(draw: Mapping[str, float]) -> float:
    """Mean life of a dose at the last session over that at the first, over those with and without antibody."""
    with supposing(draw):
        share = value("p_antibody")
        forms, forms_not = (_last_to_first(rank) for rank in (0.0, 1.0))
    return share * forms + (1 - share) * forms_not


def _last_to_first(antibody: float) -> float:
    exposure = Exposure.over(DAYS, "face", 4)
    exposure = Exposure(**{**vars(exposure), "antibody": antibody})
    UCMSC(weeks=SESSIONS).expose(exposure, np.random.default_rng(0))
    loss = value("dl_Q") * exposure.table[:, Channel.CELL_CLEARANCE].astype(float)
    first, last = (np.exp(-np.cumsum(loss[7 * week :])).sum() for week in (SESSIONS[0], SESSIONS[-1]))
    return float(last / first)


def _finding(
    claim: int,
    criterion: str,
    outcome: str,
    unit: str,
    values: Floats,
    holds: Bools,
    nothing: float,
    names: tuple[str, str],
    bar: float,
    trial: Mapping[str, object],
) -> Finding:
    return Finding(
        claim=claim,
        study="",
        condition="",
        kind="draws",
        criterion=criterion,
        counts=True,
        outcome=outcome,
        unit=unit,
        better="higher",
        nothing=nothing,
        bar=[bar],
        names=names,
        persons=0,
        values=[short(float(each)) for each in values],
        holds=[bool(each) for each in holds],
        chances=certain(holds),
        trial=trial,
        quantiles=spread(values),
    )


LABORATORY: Mapping[int, Callable[[int, int], Finding]] = {4: younger, 5: faster, 6: tolerated}
