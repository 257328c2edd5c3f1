"""A study whose worlds are many enough to average over, whatever it draws."""

from typing import Any

from repigment.errors import RepigmentError
from repigment.treatments.programme import every
from repigment.trials.assurance.sensitivity import FEWEST

USUAL = 16  # worlds of a study that draws too few, or nothing, by itself
MOST = 256


def with_worlds(study: Any, worlds: int | None = None, *, else_treatments: bool = True) -> Any:
    """The same study with what is not known drawn in `worlds` worlds; as it is if it draws enough by itself.

    Cells are drawn where a study gives any whose strength it does not set; otherwise the weak numbers of its
    treatments, in all arms; RepigmentError there without `else_treatments`: it would silently be another study.
    RepigmentError for a number of worlds that cannot be averaged over.
    """
    if worlds is not None and not FEWEST <= worlds <= MOST:
        raise RepigmentError(
            f"{worlds} worlds cannot be averaged over",
            where="--worlds",
            allowed=f"{FEWEST} to {MOST}",
            remedy=f"write --worlds {USUAL}",
        )
    own = study.uncertainty
    drawn = own.of == "treatments" or _gives_unknown_cells(study)
    if not (drawn or else_treatments):
        raise RepigmentError(
            "this study draws nothing, so that all its worlds would be alike",
            where="--worlds",
            remedy='add --assurance, which draws the weak numbers of its treatments, or write of = "treatments" in '
            "[uncertainty]",
        )
    enough = drawn and own.prior_draws >= FEWEST
    count = worlds or (own.prior_draws if enough else USUAL)
    changes = {"prior_draws": count, "of": own.of if drawn else "treatments"}
    if changes == {"prior_draws": own.prior_draws, "of": own.of}:
        return study
    changed = study.model_copy(update={"uncertainty": own.model_copy(update=changes)})
    changed._text = ""  # it is no longer what was read from the file
    return changed


def _gives_unknown_cells(study: Any) -> bool:
    given = every([treatment for arm in study.all_arms for treatment in arm.treatments])
    return any(type(each).from_prior and getattr(each, "strength", None) is None for each in given)
