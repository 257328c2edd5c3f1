"""How near the best of the draws comes to the margin, so that no draw that holds is not read as no effect."""

from repigment.claims.answers import Answer
from repigment.claims.finding import Finding
from repigment.evidence.parameters import value
from repigment.trials.report.words import listed, number

ONE = "{} one choice: another may give more or less."
CHOICES = {"culture": "The passage and the media are", "draws": "The three sessions and the dose are"}


def best(answer: Answer) -> str:
    """One plain sentence for all that counts, with one on what was not varied; nothing if it was not run."""
    counting = [finding for finding in answer.findings if finding.counts]
    if not counting:
        return ""
    chosen = ONE.format(CHOICES.get(counting[0].kind, "The schedule and the dose are"))
    if len(counting[0].values) == 1 and counting[0].kind != "what-if":
        return chosen
    what = "With conversion at its most it is" if counting[0].kind == "what-if" else "The best of the draws is"
    return f"{what} {listed([_reached(finding) for finding in counting])}. {chosen}"


def _reached(finding: Finding) -> str:
    """The best value and the margin, each with its unit."""
    known = [each for each in finding.values if each is not None]
    if not known and finding.kind == "kept":
        return f"below {value('claim_least_effect'):g} percentage points at all times, so that nothing could last"
    if not known:
        return "not known"
    reached = {"higher": max(known), "lower": min(known), "either": max(known, key=abs)}[finding.better]
    bars = " or ".join(number(bar) for bar in finding.bar)
    return f"{number(reached)} {finding.unit} ({finding.outcome}; margin {bars})"
