"""What is said of a claim: what is known, and what the model gave if it was run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from repigment.claims.catalogue import Claim
from repigment.claims.finding import Finding, short
from repigment.claims.shares import share
from repigment.regulation.statement import Statement, statements
from repigment.regulation.subjects import CELLS

COUNTRY = "TH"  # the country that the article is about


@dataclass(frozen=True)
class Verdict:
    """What a claim comes to, by `kind`.

    "draws": its `share` of `worlds` draws and the interval of that, from the number of draws and of persons; `holds`
    counts the draws whose effects are all beyond their margins. "persons": no draw was made, and `stands` says whether
    the whole interval of the patients lies beyond the margin (True), within it (False), or on both sides (None).
    "assumed": what the prior holds at nothing, so that nothing is found. "too few": of the persons are judged to tell.
    """

    kind: str
    worlds: int = 0
    holds: int = 0
    share: float | None = None
    low: float | None = None
    high: float | None = None
    stands: bool | None = None


@dataclass(frozen=True)
class Answer:
    """A claim with its findings, none if it was not run; `statements` are what rules say, where it is about rules."""

    claim: Claim
    findings: tuple[Finding, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """What its findings that count come to together; None if it was not run."""
        return verdict(self.findings) if self.findings else None

    def plain(self) -> dict[str, Any]:
        """As JSON has it."""
        told = asdict(self.claim)
        found = self.verdict
        return {
            **told,
            "can_be_run": self.claim.can_be_run,
            "verdict": asdict(found) if found else None,
            "questions": [finding.plain() for finding in self.findings],
            "statements": [asdict(each) for each in self.statements],
        }


def verdict(findings: Sequence[Finding]) -> Verdict:
    """A claim holds in a draw if each finding that counts does: with one and the same product.

    Share and interval are those of `shares.share`; persons with another condition are others.
    """
    counting = [finding for finding in findings if finding.counts]
    if any(finding.kind == "what-if" for finding in counting):
        return Verdict("assumed")
    if any(finding.chances is None for finding in counting):
        return Verdict("too few")
    if any(finding.kind == "lost" for finding in counting):
        return Verdict("persons", stands=_stands(counting))
    worlds = max(len(finding.holds) for finding in counting)
    holds, chances = ([_wide(each, worlds) for each in kind] for kind in _both(counting))
    persons, paired = [each.condition for each in counting], all(each.kind != "culture" for each in counting)
    middle, low, high = share([np.array(each) for each in chances], persons, paired)
    count = sum(all(each) for each in zip(*holds, strict=True))
    return Verdict("draws", worlds, count, short(middle), short(low), short(high))


def _both(counting: Sequence[Finding]) -> tuple[list[Sequence[Any]], list[Sequence[Any]]]:
    return [each.holds for each in counting], [each.chances or () for each in counting]


def _wide(one: Sequence[Any], worlds: int) -> list[Any]:
    return list(one) * (worlds if len(one) == 1 else 1)


def _stands(counting: Sequence[Finding]) -> bool | None:
    """Whether all intervals lie beyond their margin, or one within it."""
    ends = [(each.quantiles.get("low95"), each.quantiles.get("high95"), max(each.bar)) for each in counting]
    if any(high is not None and high < bar for _, high, bar in ends):
        return False
    return True if all(low is not None and low > bar for low, _, bar in ends) else None


def answered(claim: Claim, found: Mapping[int, Sequence[Finding]]) -> Answer:
    """The answer to a claim from the findings by number of claim."""
    rules = ruling() if claim.part == "regulation" else ()
    return Answer(claim, tuple(found.get(claim.number, ())), rules)


def ruling() -> tuple[Statement, ...]:
    """What is kept on cultured cells in the article's country."""
    return tuple(each for each in statements() if COUNTRY in each.countries and CELLS in each.subjects)
