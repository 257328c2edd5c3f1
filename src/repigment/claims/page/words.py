"""What the page and the terminal say of a claim, in words and numbers."""

from collections.abc import Mapping
from typing import Any

from repigment.claims.answers import Answer, Verdict
from repigment.claims.catalogue import Claim
from repigment.claims.finding import Finding
from repigment.evidence.parameters import parameters, value
from repigment.trials.report.words import THIN, counted, listed, number

NOT_RUN = "not run"
SILENT = "the model cannot speak to it"
TOO_FEW = "too few persons to tell"


def percent(share: float | None) -> str:
    """A share in per cent.

    >>> percent(0.125).replace(THIN, " ")
    '12.5 %'
    """
    return "–" if share is None else f"{number(100 * share, 1 if share else 0)}{THIN}%"


def reference(claim: Claim) -> str:
    """The references of a claim with their identifiers."""
    told = [f"{each.name} ({each.identifier})" if each.identifier else each.name for each in claim.references]
    return "; ".join(told)


def outcome(answer: Answer) -> str:
    """How often the claim holds, in a few words."""
    if not answer.claim.can_be_run:
        return SILENT
    return NOT_RUN if answer.verdict is None else _told(answer.verdict)


STANDS = {True: "beyond the margin", False: "within the margin", None: "on both sides of the margin"}


def _told(found: Verdict) -> str:
    said = {"persons": f"{STANDS[found.stands]}, no draw made", "assumed": "off by assumption", "too few": TOO_FEW}
    return said.get(found.kind) or f"{percent(found.share)} of draws"


def verdict(answer: Answer) -> str:
    """The same in a sentence with its interval."""
    found = answer.verdict
    if found is None:
        return ""
    several = sum(finding.counts for finding in answer.findings)
    together = f", all {several} questions at once" if several > 1 else ""
    if found.kind == "persons":
        where = STANDS[found.stands]
        return f"Nothing is drawn. The 95{THIN}% interval of the patients lies {where}{together}."
    if found.kind == "assumed":
        return "Off by assumption: the prior has conversion at 0 in each draw, so that none speaks for or against it."
    if found.kind == "too few":
        least = min(finding.persons for finding in answer.findings if finding.counts)
        wanted = number(value("claim_least_judged"), 0)
        return f"Too few to tell: {counted(least, 'person')} judged in some draw, {wanted} are asked for."
    persons = " and of persons" if any(finding.persons for finding in answer.findings) else ""
    return (
        f"It holds in {percent(found.share)} of {counted(found.worlds, 'draw')} (95{THIN}% interval from the number of "
        f"draws{persons} {percent(found.low)} to {percent(found.high)}){together}."
    )


def holds(finding: Finding) -> str:
    """The same of one question."""
    persons = f"; {counted(finding.persons, 'person')} judged" if finding.persons else ""
    if finding.chances is None:
        return TOO_FEW + persons
    if len(finding.holds) == 1:
        return ("yes" if finding.holds[0] else "no") + f", one world{persons}"
    share = sum(finding.chances) / len(finding.chances)
    return f"{percent(share)} of {counted(len(finding.chances), 'draw')}{persons}"


def influence(told: Mapping[str, Any]) -> str:
    """One parameter with its rank correlation."""
    known = parameters().get(str(told["parameter"]))
    meaning = known.meaning.split(";")[0].split(":")[0] if known else str(told["parameter"])
    return f"{meaning} ({told['parameter']}, rank correlation {number(told['correlation'], 2)})"


def depends(finding: Finding) -> str:
    """What a finding depends on most."""
    if finding.influences:
        return listed([influence(each) for each in finding.influences])
    return "nothing drawn stands out" if len(finding.values) > 1 else "nothing was drawn"


def trial(finding: Finding) -> str:
    """The smallest trial that would tell, in a sentence."""
    told = finding.trial
    if "reason" in told:
        return str(told["reason"])
    arms = [f"{n} × {name}" for n, name in zip(told["n"], told["arms"], strict=True)]
    whom = f", who gained too little in the arm {told['screen']}" if told.get("screen") else ""
    patients = f"{counted(sum(told['n']), 'patient')} ({' and '.join(arms)}{whom})"
    size = f"{patients}, {counted(told['weeks'], 'week')}, {told['endpoint']}"
    return f"{size}; {_chances(told)}" + (f". But {told['caution']}" if told.get("caution") else "")


def _chances(told: Mapping[str, Any]) -> str:
    if "precision" in told:
        return f"tells a share to {number(told['precision'], 0)} percentage points either way"
    if "power" in told:
        what = f"a difference of {number(told['target'])} {told['unit']}"
        return f"finds {what} in {percent(told['power'])}, if that is the truth"
    wrong = f", {percent(told['if_false'])} if it is not" if told["if_false"] is not None else ""
    chances = f"success in {percent(told['if_true'])} if the claim is true{wrong}"
    return f"{chances}, {percent(told['assurance'])} over all draws"
