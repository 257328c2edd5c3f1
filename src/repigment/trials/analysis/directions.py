"""Which way is better for the patient: what a difference between two arms is worth depends on it."""

from repigment.trials.analysis.endpoints import MEASURES

MORE = {"repigmentation", "fading", "evenness"}  # values of which more is better


def more_is_better(endpoint: str, condition: str = "") -> bool:
    """Whether a larger value is the better one for the patient; of contrast that depends on the condition.

    >>> more_is_better("clear"), more_is_better("PIH"), more_is_better("contrast", "vitiligo")
    (True, False, True)
    """
    if endpoint not in MEASURES:
        return False
    made = MEASURES[endpoint]
    if made.kind == "value":
        return endpoint in MORE or (endpoint == "contrast" and condition == "vitiligo")
    return made.kind in ("responder", "at most") or (made.kind == "event" and not made.lost)
