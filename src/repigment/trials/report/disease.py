"""What the report says and shows differently of each condition: one row of a table each."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

CELLS_AND_LIGHT = ("injection-site burden", "irritation burden", "UVB dose")
EVENTS = ("site reaction", "fever", "infection", "granuloma")
OF_DARK_LESIONS = ("redness burden", "PIH", "PIH peak", "PIH duration", "hypopigmentation", "darkening")
DARK_SAFETY = (*CELLS_AND_LIGHT, *OF_DARK_LESIONS, *EVENTS)
SPOTS_USUAL = ("spots75", "spots change", "fading", "clear or mild", "severity", "evenness")


@dataclass(frozen=True)
class Form:
    """A form of the disease: what it is called, and the patients who have it, those whose `column` is `value`."""

    name: str
    column: str
    value: float = 1.0


@dataclass(frozen=True)
class Disease:
    """One condition as the report tells it.

    `usual` endpoints are charted in every study, `safety` scores shown in every study; `scored` are (name, column,
    digits) of the baseline table, a column of patients or a score at week 0; `duration` is its row's name, none if it
    means nothing. `shown` is what a picture shows, `moved` and `error` what a coarser grid moves, and in what unit.
    """

    title: str
    usual: Sequence[str]
    safety: Sequence[str]
    scored: Sequence[tuple[str, str, int]]
    shown: str
    lesions: str = ""
    forms: Sequence[Form] = ()
    duration: str = ""
    staged: bool = False  # whether its patients are told to be stable or not
    moved: str = "contrast"
    error: str = "hundredths of type III skin's melanin"
    unrated: str = "exact values, no rater"
    apart: str = "on lesions of its own"  # where treatments are compared within a patient
    halves: bool = False  # whether those are halves of what a picture shows


CONTRAST = ("Contrast at baseline, MI units", "contrast", 1)
SPOTS = (("Visible spots at baseline", "spots", 0), CONTRAST)
FACE = "a face from in front"
PATCH = "a patch of skin with up to six {}, those of the region that stands for the patient"
DISEASES = {
    "vitiligo": Disease(
        title="vitiligo",
        usual=("F-VASI50", "F-VASI75", "F-VASI90", "T-VASI50", "F-VASI change", "T-VASI change", "repigmentation"),
        safety=(*CELLS_AND_LIGHT, "spread", *EVENTS),
        scored=(
            ("Area on the face, hand units", "area_face", 2),
            ("Area on the body, hand units", "area", 2),
            ("F-VASI at baseline", "F-VASI", 2),
            ("T-VASI at baseline", "T-VASI", 2),
        ),
        shown="a patch at the edge of one lesion",
        duration="Disease duration, years",
        staged=True,
        moved="depigmentation",
        error="percentage points",
        unrated="exact areas, no rater",
        apart="on a lesion or half of its own",
    ),
    "melasma": Disease(
        title="melasma",
        usual=("mMASI50", "mMASI75", "MASI change", "mMASI change", "fading", "clear or mild", "severity", "evenness"),
        safety=DARK_SAFETY,
        scored=(
            ("Area on the face, hand units", "area_face", 2),
            ("MASI at baseline", "MASI", 1),
            ("mMASI at baseline", "mMASI", 1),
            CONTRAST,
        ),
        shown=FACE,
        forms=(
            Form("Epidermal melasma", "depth", 0),
            Form("Mixed melasma", "depth", 1),
            Form("Dermal melasma", "depth", 2),
            Form("Under hormones (contraceptive or pregnancy)", "hormone"),
        ),
        duration="Disease duration, years",
        apart="on a half of the face of its own",
        halves=True,
    ),
    "lentigo": Disease(
        title="sun spots (solar lentigo)",
        usual=SPOTS_USUAL,
        safety=DARK_SAFETY,
        scored=SPOTS,
        shown=PATCH.format("sun spots"),
        lesions="Sun spots",
    ),
    "pih": Disease(
        title="post-inflammatory hyperpigmentation (PIH)",
        usual=("fading", "contrast50", "contrast75", "spots change", "clear or mild", "severity", "evenness"),
        safety=DARK_SAFETY,
        scored=SPOTS,
        shown=PATCH.format("dark marks"),
        lesions="Marks",
        forms=(
            Form("Marks of acne", "cause", 0),
            Form("Marks of a burn", "cause", 1),
            Form("Marks of a procedure", "cause", 2),
        ),
        duration="Time since the injury, years",
    ),
    "freckles": Disease(
        title="freckles",
        usual=SPOTS_USUAL,
        safety=DARK_SAFETY,
        scored=SPOTS,
        shown=PATCH.format("freckles"),
        lesions="Freckles",
        forms=(
            Form("No variant of MC1R", "variants", 0),
            Form("One variant of MC1R", "variants", 1),
            Form("Two variants of MC1R", "variants", 2),
            Form("Mottled tone instead of sharp freckles", "mottled"),
        ),
    ),
}
SAFETY_SCORES = tuple(dict.fromkeys(score for each in DISEASES.values() for score in each.safety))
ANY_USUAL = tuple(dict.fromkeys(name for each in DISEASES.values() for name in each.usual))
ANY_SCORED = tuple(dict.fromkeys(row for each in DISEASES.values() for row in each.scored))


def disease(study: Any) -> Disease:
    """The condition of a study as the report tells it; of one without a row what can be said of any."""
    name = study.population.condition
    unknown = Disease(name.replace("-", " "), ANY_USUAL, SAFETY_SCORES, ANY_SCORED, "a patch of skin", "Spots")
    return DISEASES.get(name, unknown)


def usual(study: Any) -> list[str]:
    """The endpoints that are charted in every study of the condition; of a split face those of one half."""
    names = disease(study).usual
    if str(study.design) == "within-patient":
        names = [name.replace("mMASI", "MASI").replace("MASI", "hemi-MASI") for name in names]
    return list(dict.fromkeys(names))


def safety(study: Any) -> list[str]:
    """The safety scores of a study: those of its condition, and others that it asks for."""
    asked = [endpoint.score for endpoint in study.endpoints if endpoint.score in SAFETY_SCORES]
    return list(dict.fromkeys([*disease(study).safety, *asked]))
