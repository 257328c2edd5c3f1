"""Endpoints in words: what they count, and how a sentence about them begins."""

from dataclasses import dataclass

from repigment.trials.analysis import MEASURES
from repigment.trials.report.words import THIN

NOT_RANDOMISED = "who responds differs between arms, so these are not randomised groups"


@dataclass(frozen=True)
class Score:
    """A score in words: what it is, what falls in those who respond, and what a sentence calls it if not by its name.

    `changed` is what its change is the change of; left out, it is what falls.
    """

    meaning: str
    falls: str = ""
    subject: str = ""
    changed: str = ""


SCORES = {
    "F-VASI": Score(
        "facial score: affected area in hand units times its depigmentation",
        falls="facial VASI",
        changed="the facial score",
    ),
    "T-VASI": Score("the same score over the whole body", falls="total VASI", changed="the whole body's score"),
    "MASI": Score("score of the face, 0 to 48: area, darkness and evenness of the patches", falls="MASI"),
    "mMASI": Score("score of the face, 0 to 24: area and darkness of the patches", falls="mMASI"),
    "hemi-MASI": Score("MASI of one half of the face, 0 to 24", falls="hemi-MASI"),
    "spots": Score("spots that are visible to a rater", falls="count of spots", subject="the count of spots"),
    "contrast": Score(
        "melanin of the lesion less that of the skin around, as a meter of the melanin index (MI) reads it",
        falls="contrast",
        subject="the contrast",
        changed="the contrast",
    ),
    "repigmentation": Score("part of the face's baseline lesion that has colour again"),
    "spread": Score("area lost outside the baseline lesion"),
    "severity": Score("grade by a doctor: 0 none, 1 mild, 2 moderate, 3 severe", subject="the mean severity"),
    "fading": Score("part of the baseline contrast that is gone; below zero where it has grown"),
    "evenness": Score("from 0 to 100, where skin is of one tone"),
    "redness": Score("grade from 0, none, to 4, severe"),
    "redness burden": Score("redness, summed over days"),
    "injection-site burden": Score("reaction at injection sites, summed over days"),
    "irritation burden": Score("irritation, summed over days"),
    "UVB dose": Score("narrow-band UVB received in the study, which counts towards a lifetime dose"),
    "PIH peak": Score(
        "largest rise in contrast of a dark mark after inflammation so far; 0 in who has none",
        subject="the mean peak of PIH",
    ),
    "PIH duration": Score("weeks with a dark mark after inflammation so far; 0 in who has none"),
}
ENDPOINTS = {  # what is said of one endpoint and not of its kind
    "clear": "patients whose severity is none",
    "clear or mild": "patients whose severity is none or mild",
    "PIH": "patients in whom inflammation has left a new dark mark by then",
    "hypopigmentation": "patients in whom a place has stayed visibly lighter than the skin around by then",
    "darkening": "patients whose lesion reads darker than at baseline by more than readings err",
    "site reaction": "patients whose treated place has reacted, as an adverse event, by then",
    "fever": "patients who have had a fever after a session by then",
    "infection": "patients who have had an infection of the treated place by then",
    "granuloma": "patients who have had a granuloma in the treated place by then",
    "time to repigmentation": "share of patients who have reached F-VASI75 by then",
    "time to relapse": f"of those who had F-VASI75 by then, the share who lost it again; {NOT_RANDOMISED}",
    "time to clearance": "share of patients who have lost three quarters of the contrast by then",
    "time to recurrence": (
        f"of those who had lost half of the contrast by then, the share who lost that again; {NOT_RANDOMISED}"
    ),
}


@dataclass(frozen=True)
class Beginning:
    """How a sentence about an endpoint begins: preposition of its week, its name, verb; of shares what leads to each.

    >>> beginning("F-VASI75")
    Beginning(when='At', name='F-VASI75', verb='was reached by', by='by')
    """

    when: str
    name: str
    verb: str
    by: str = ""


REACHED = ("was reached by", "by")
BEGINNINGS = {
    "time to repigmentation": Beginning("By", "repigmentation (F-VASI75)", *REACHED),
    "time to relapse": Beginning("By", "relapse (loss of F-VASI75)", "came to", "to"),
    "time to clearance": Beginning("By", "clearance (contrast75)", *REACHED),
    "time to recurrence": Beginning("By", "recurrence (loss of contrast50)", "came to", "to"),
    "PIH": Beginning("By", "a new dark mark (PIH)", "had come to", "to"),
    "hypopigmentation": Beginning("By", "a place that stays too light (hypopigmentation)", "had come to", "to"),
    "darkening": Beginning("At", "a lesion darker than at baseline", "was seen in", "in"),
    "site reaction": Beginning("By", "a site reaction", "had come to", "to"),
    "fever": Beginning("By", "a fever", "had come to", "to"),
    "infection": Beginning("By", "an infection", "had come to", "to"),
    "granuloma": Beginning("By", "a granuloma", "had come to", "to"),
    "PIH duration": Beginning("By", "PIH", "had lasted a mean of"),
}


def describe(endpoint: str) -> str:
    """What an endpoint counts, in one phrase.

    >>> describe("spread"), describe("MASI change")
    ('area lost outside the baseline lesion', 'change of MASI from baseline')
    """
    if endpoint in ENDPOINTS or endpoint not in MEASURES:
        return ENDPOINTS.get(endpoint, "")
    made, score = MEASURES[endpoint], SCORES[MEASURES[endpoint].score]
    if made.kind == "responder":
        return f"patients whose {score.falls} fell by at least {made.level:g}{THIN}%"
    return f"change of {score.changed or score.falls} from baseline" if made.kind == "change" else score.meaning


def beginning(endpoint: str) -> Beginning:
    """How a sentence about an endpoint begins.

    >>> beginning("contrast change").name, beginning("clear").verb
    ('the contrast', 'was reached by')
    """
    if endpoint in BEGINNINGS or endpoint not in MEASURES:
        return BEGINNINGS.get(endpoint, Beginning("At", endpoint, "was"))
    made = MEASURES[endpoint]
    if made.is_share:
        return Beginning("At", endpoint, *REACHED)
    known = SCORES.get(made.score, Score(""))
    return Beginning("At", known.subject or made.score, "was")


def is_change(endpoint: str) -> bool:
    """Whether it is a change from baseline, of which is said that something fell or rose."""
    return endpoint in MEASURES and MEASURES[endpoint].kind == "change"
