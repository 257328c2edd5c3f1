"""The endpoints by name: which score each is made from, how, and in what unit."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from math import inf
from types import MappingProxyType
from typing import Literal

from repigment.errors import RepigmentError

WHITE, FACE, SPOTS = SCALES = ("white patches", "face", "spots")  # by which the lesions of a condition are scored
DARK = (FACE, SPOTS)
RESPONSE_LEVELS = (25, 50, 75, 90, 100)  # per cent improvement; the levels that trials of vitiligo report
RESPONSE = 75  # the response, of F-VASI or of contrast, whose reaching is timed, and for F-VASI its losing
HALF = 50  # the response of contrast whose losing is a recurrence; few dark lesions ever lose three quarters of theirs
Kind = Literal["responder", "change", "value", "event", "at most", "at least"]


@dataclass(frozen=True)
class Measure:
    """How an endpoint is made: from `score`, as `kind`, in `unit`, on the `scales` that have it.

    kind: "value" and "change" are means; "responder" the share of patients whose score fell by `level` per cent of
    its baseline; "at most" and "at least" the share whose score is `level` or lower, `level` or higher (what is
    wished for, and what is feared: see `values.sample` on missed visits); "event" the time to a response of `level`,
    or to its loss where `lost`. `covariates` are the scores whose week 0 may adjust it: the first that a study has
    does. `least` and `most` are the ends of the scale, beyond which no mean can lie. `stays`: an event that a patient
    once had he has had for ever, so that a missed visit is filled with the last one seen.
    """

    name: str
    kind: Kind
    score: str
    unit: str
    covariates: tuple[str, ...]
    level: float = 0.0
    least: float = -inf
    most: float = inf
    scales: tuple[str, ...] = SCALES
    lost: bool = False
    stays: bool = False

    @property
    def is_share(self) -> bool:
        """Whether it is the share of patients of whom something is true at a visit."""
        return self.kind in ("responder", "at most", "at least")


def _share(
    name: str, kind: Kind, score: str, level: float, covariates: tuple[str, ...], where: tuple[str, ...]
) -> Measure:
    return Measure(name, kind, score, "fraction", covariates, level, 0, 1, where)


def _event(name: str, score: str, where: tuple[str, ...], lost: bool = False, level: float = RESPONSE) -> Measure:
    return Measure(name, "event", score, "fraction", (score,), level, 0, 1, where, lost)


def _improvements(score: str, where: tuple[str, ...], worst: float = -100) -> list[Measure]:
    """Change and responses of a score that is high at week 0; `worst` is the least change there can be, in %."""
    return [
        Measure(f"{score} change", "change", score, "%", (score,), least=worst, scales=where),
        *[_share(f"{score}{level}", "responder", score, level, (score,), where) for level in RESPONSE_LEVELS],
    ]


def _scored(score: str, unit: str, where: tuple[str, ...], most: float = inf) -> list[Measure]:
    value = Measure(score, "value", score, unit, (score,), least=0, most=most, scales=where)
    return [value, *_improvements(score, where)]


# Scores that are zero in everybody at week 0 cannot adjust for themselves: in vitiligo the face borrows F-VASI, the
# body T-VASI; dark lesions borrow their contrast.
_BODY, _DARKNESS = ("T-VASI", "contrast"), ("contrast",)
_EVENTS = ("site reaction", "fever", "infection", "granuloma")
_LIST = [
    *_scored("F-VASI", "VASI points", (WHITE,)),
    *_scored("T-VASI", "VASI points", (WHITE,)),
    Measure("repigmentation", "value", "repigmentation", "%", ("F-VASI",), 0, 0, 100, (WHITE,)),
    Measure("spread", "value", "spread", "hand units", ("T-VASI",), least=0, scales=(WHITE,)),
    Measure("injection-site burden", "value", "injection-site burden", "score-days", _BODY, least=0),
    Measure("irritation burden", "value", "irritation burden", "score-days", _BODY, least=0),
    Measure("UVB dose", "value", "UVB dose", "J/cm2", _BODY, least=0),
    _event("time to repigmentation", "F-VASI", (WHITE,)),
    _event("time to relapse", "F-VASI", (WHITE,), lost=True),
    *_scored("MASI", "MASI points", (FACE,), 48),
    *_scored("mMASI", "MASI points", (FACE,), 24),
    *_scored("hemi-MASI", "MASI points", (FACE,), 24),
    *_scored("spots", "spots", (SPOTS,)),
    Measure("contrast", "value", "contrast", "MI units", _DARKNESS),
    *_improvements("contrast", DARK, -inf),
    Measure("fading", "value", "fading", "%", _DARKNESS, 0, -100, 100, DARK),
    Measure("severity", "value", "severity", "grade", _DARKNESS, 0, 0, 3, DARK),
    _share("clear", "at most", "severity", 0, _DARKNESS, DARK),
    _share("clear or mild", "at most", "severity", 1, _DARKNESS, DARK),
    Measure("evenness", "value", "evenness", "points", ("evenness",), 0, 0, 100),
    Measure("redness", "value", "redness", "points", _BODY, 0, 0, 4),
    Measure("redness burden", "value", "redness burden", "score-days", _BODY, least=0),
    _share("PIH", "at least", "PIH", 1, _DARKNESS, DARK),
    Measure("PIH peak", "value", "PIH peak", "MI units", _DARKNESS, least=0, scales=DARK),
    Measure("PIH duration", "value", "PIH duration", "weeks", _DARKNESS, least=0, scales=DARK),
    _share("hypopigmentation", "at least", "hypopigmentation", 1, _DARKNESS, DARK),
    _share("darkening", "at least", "darkening", 1, _DARKNESS, DARK),
    *[replace(_share(event, "at least", event, 1, _BODY, SCALES), stays=True) for event in _EVENTS],
    _event("time to clearance", "contrast", DARK),
    _event("time to recurrence", "contrast", DARK, lost=True, level=HALF),
]

MEASURES: Mapping[str, Measure] = MappingProxyType({entry.name: entry for entry in _LIST})


def measures_for(scale: str) -> Mapping[str, Measure]:
    """The endpoints of conditions that are scored on a scale of SCALES, by name; RepigmentError for an unknown one.

    >>> "MASI75" in measures_for("face"), "MASI75" in measures_for("spots")
    (True, False)
    """
    if scale not in SCALES:
        raise RepigmentError(f"there are no endpoints for '{scale}'", allowed=", ".join(SCALES))
    return MappingProxyType({name: each for name, each in MEASURES.items() if scale in each.scales})


def measure(name: str) -> Measure:
    """The endpoint called `name`; RepigmentError with the nearest name if there is none.

    >>> found = measure("F-VASI75")
    >>> found.score, found.kind, found.level, found.unit
    ('F-VASI', 'responder', 75, 'fraction')
    """
    if name in MEASURES:
        return MEASURES[name]
    near = get_close_matches(name, MEASURES, n=1)
    raise RepigmentError(
        f"the endpoint '{name}' is not known",
        where="endpoints",
        allowed=", ".join(MEASURES),
        remedy=f"write '{near[0]}'" if near else "",
    )
