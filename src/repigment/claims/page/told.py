"""One claim on the page: its words and grade, what is known, what the model gives, the trial that would settle it."""

from collections.abc import Sequence

from markupsafe import Markup

from repigment.claims.answers import Answer
from repigment.claims.catalogue import Reference
from repigment.claims.finding import Finding
from repigment.claims.page.best import best
from repigment.claims.page.drawing import distribution, legend, said
from repigment.claims.page.words import depends, holds, trial, verdict
from repigment.trials.report.blocks import Block, Cell, Figures, Item, Prose, Table
from repigment.trials.report.chart import Chart
from repigment.trials.report.words import capital


def item(answer: Answer) -> Item:
    """All that the page says of one claim."""
    claim, drawn = answer.claim, _drawings(answer)
    known = [
        Markup("<b>Evidence: {}.</b> {}").format(claim.grade, claim.comment),
        _references(claim.references),
        f"It concerns: mechanism {claim.mechanism}; outcome: {claim.outcome}.",
    ]
    model = Markup("<b>Model.</b> {} {}").format(_coded(claim.run or claim.cannot), _said(answer))
    right: list[Block] = [Prose([model])]
    below: list[Block] = []
    if drawn:
        (right if len(drawn) == 1 else below).append(Figures(drawn, legend(answer.findings)))
        below.append(_table(answer))
    if answer.statements:
        below.append(_rules(answer))
    return Item(f"claim-{claim.number}", f"{claim.number}. {claim.words}", [Prose(known)], right, below)


def _coded(text: str) -> Markup:
    """Text with what stands between backticks set as code."""
    parts = text.split("`")
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(part) if place % 2 else part for place, part in enumerate(parts))


def _said(answer: Answer) -> str:
    if not answer.claim.can_be_run:
        return ""
    return " ".join(filter(None, [verdict(answer), best(answer)])) or "Not run for this page."


def _references(references: Sequence[Reference]) -> Markup:
    told = [
        Markup("{} ({})").format(each.name, _identified(each.identifier))
        if each.identifier
        else Markup("{}").format(each.name)
        for each in references
    ]
    head = Markup("<b>Best {}.</b> ").format("reference" if len(references) == 1 else "references")
    return head + Markup("; ").join(told) + Markup(".")


def _identified(identifier: str) -> Markup:
    if identifier.startswith("10."):
        return Markup('<a href="https://doi.org/{0}">doi:{0}</a>').format(identifier)
    return Markup("{}").format(identifier)


def _drawings(answer: Answer) -> list[Chart]:
    several = len(answer.findings)
    return [
        distribution(finding, f"drawn-{answer.claim.number}-{place}", _mark(place, several) + _title(finding))
        for place, finding in enumerate(answer.findings, 1)
    ]


def _mark(place: int, several: int) -> str:
    return f"{chr(ord('a') + place - 1)}. " if several > 1 else ""


def _title(finding: Finding) -> str:
    return capital(finding.criterion) + ("" if finding.counts else " (beside)")


def _table(answer: Answer) -> Table:
    several = len(answer.findings)
    rows: list[list[Cell | None]] = [
        [_mark(place, several) + said(finding), holds(finding), depends(finding), trial(finding)]
        for place, finding in enumerate(answer.findings, 1)
    ]
    notes = [finding.note for finding in answer.findings if finding.note]
    beside = any(not finding.counts for finding in answer.findings)
    notes += ["What is marked beside is shown for comparison and not counted."] if beside else []
    heads = ["Effect", "Holds in", "Depends most on", "Smallest trial that would tell"]
    caption = f"Claim {answer.claim.number}: what the model gives, and the trial that would settle it"
    return Table(caption, heads, rows, note=" ".join(dict.fromkeys(notes)), text=(1, 2, 3))


def _rules(answer: Answer) -> Table:
    rows: list[list[Cell | None]] = [
        [each.source, each.date or "–", each.status, each.statement] for each in answer.statements
    ]
    heads = ["Source", "Date", "Status", "What it says, in our words"]
    return Table(f"Claim {answer.claim.number}: what rules say of cultured cells", heads, rows, text=(1, 2, 3))
