"""What the page and the terminal say of a claim, in words and numbers."""

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import Any

import numpy as np

from repigment.claims import shares
from repigment.claims.answers import Answer, Verdict
from repigment.claims.catalogue import Claim
from repigment.claims.finding import Finding
from repigment.evidence.parameters import parameters, value
from repigment.trials.report.words import THIN, counted, listed, number

NOT_RUN = "not run"
SILENT = "the model cannot speak to it"
TOO_FEW = "too few persons to tell"
SMALL = 0.0005  # a share that rounds to 0.0 %
BEYOND = {True: "beyond the margin", False: "short of the margin"}
BETTER = {True: "better", False: "no better"}  # where no margin is asked for
REACH = (
    "At full strength, the open mark above the dots, is one world more with the same persons: each mechanism of the "
    "cells that is on works at its full strength, 1, all else that is drawn has its usual value, and luck of few "
    "persons is left in. It tells how far strength alone reaches at that dose and schedule: short of the margin, draws "
    "that hold, if any, owe it to what else is drawn, such as cells that live longer, or to mechanisms that harm; "
    "beyond it, a small share of draws is due to the prior, which seldom draws strengths near 1."
)


def percent(share: float | None) -> str:
    """A share in per cent; one that would round to none or to all says that it is neither.

    >>> percent(0.125).replace(THIN, " "), percent(0.0002).replace(THIN, " ")
    ('12.5 %', 'under 0.1 %')
    """
    if share is None:
        return "–"
    if 0 < share < SMALL:
        return f"under 0.1{THIN}%"
    if 1 - SMALL < share < 1:
        return f"over 99.9{THIN}%"
    return f"{number(100 * share, 1 if share else 0)}{THIN}%"


def of_draws(share: float, low: float, high: float, holds: int, worlds: int) -> str:
    """A share of draws; where none or all hold, how many draws that is and how far the interval goes.

    >>> of_draws(0.0, 0.0, 0.0747, 0, 64).replace(THIN, " ")
    'none of 64 draws (at most 7.5 %)'
    """
    if not holds and share * worlds < 1:
        return f"none of {counted(worlds, 'draw')} (at most {_bound(high, ceil)})"
    if holds == worlds and (1 - share) * worlds < 1:
        return f"all of {counted(worlds, 'draw')} (at least {_bound(low, floor)})"
    return f"{percent(share)} of {counted(worlds, 'draw')}"


def _bound(end: float, towards: Callable[[float], int]) -> str:
    """An end of an interval in per cent, never rounded to where it would claim more."""
    return f"{number(towards(round(1000 * end, 6)) / 10, 1)}{THIN}%"


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
    return said.get(found.kind) or _share(found)


def _share(found: Verdict) -> str:
    return of_draws(found.share or 0.0, found.low or 0.0, found.high or 0.0, found.holds, found.worlds)


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
    interval = f"95{THIN}% interval from the number of draws{persons}"
    said, end = _share(found), "lower" if found.holds else "upper"
    if said.endswith(")"):
        return f"It holds in {said.removesuffix(')')}, the {end} end of the {interval}){together}."
    return f"It holds in {said} ({interval} {percent(found.low)} to {percent(found.high)}){together}."


def holds(finding: Finding) -> str:
    """The same of one question."""
    persons = f"; {counted(finding.persons, 'person')} judged" if finding.persons else ""
    if finding.chances is None:
        return TOO_FEW + persons
    if len(finding.holds) == 1:
        return ("yes" if finding.holds[0] else "no") + f", one world{persons}"
    found = shares.share([np.array(finding.chances)], [finding.condition], paired=finding.kind != "culture")
    return of_draws(*found, sum(finding.holds), len(finding.holds)) + persons


def at_full(finding: Finding) -> str:
    """The effect at full strength in words, and whether it is beyond the margin; nothing where it has no meaning."""
    if finding.full_holds is None:
        return ""
    if finding.full_strength is None:
        least = number(value("claim_least_effect"), 0)
        return f"at full strength the effect stays below {least} percentage points, so that nothing could last"
    where = BEYOND if any(finding.bar) else BETTER
    further = " (in the direction that goes further)" if finding.better == "either" else ""
    return f"at full strength {number(finding.full_strength)} {finding.unit}{further}, {where[finding.full_holds]}"


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
