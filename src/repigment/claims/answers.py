"""What is said of a claim: what is known, and what the model gave if it was run."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from repigment.claims.catalogue import Claim
from repigment.claims.finding import Finding, short
from repigment.regulation.statement import Statement, statements
from repigment.regulation.subjects import CELLS
from repigment.trials.analysis.proportions import wilson

COVERS = 0.95
COUNTRY = "TH"  # the country that the article is about


@dataclass(frozen=True)
class Verdict:
    """In how many of `worlds` draws a claim holds, its `share` and the interval of that from the number of draws.

    No share where no draw was made: then `stands` says whether the whole interval of the patients lies beyond the
    margin (True), within it (False), or on both sides (None).
    """

    worlds: int
    holds: int
    share: float | None
    low: float | None
    high: float | None
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

    The interval is Wilson's, of so many draws.
    """
    counting = [finding for finding in findings if finding.counts]
    worlds = max(len(finding.holds) for finding in counting)
    if any(finding.kind == "lost" for finding in counting):
        return Verdict(0, 0, None, None, None, _stands(counting))
    if any(finding.kind == "what-if" for finding in counting):
        return Verdict(0, 0, 0.0, None, None)
    wide = [list(finding.holds) * (worlds if len(finding.holds) == 1 else 1) for finding in counting]
    holds = sum(all(each) for each in zip(*wide, strict=True))
    low, high = wilson(holds / worlds, worlds, COVERS)
    return Verdict(worlds, holds, short(holds / worlds), short(low), short(high))


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
