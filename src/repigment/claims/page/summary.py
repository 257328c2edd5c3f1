"""The top of the page: how many claims have which grade, and how many hold in how many draws."""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from repigment.claims.answers import Answer
from repigment.claims.catalogue import GRADES
from repigment.claims.page.words import outcome
from repigment.trials.report.blocks import Cell, Counts, Prose, Section, Table
from repigment.trials.report.words import counted, listed

HALF, HARDLY = 0.5, 0.01
BY_KIND = {"persons": "played without a draw", "assumed": "off by assumption", "too few": "too few persons to tell"}
PRIOR = (
    "A claim is played in draws of what nobody knows about the cells. The prior is centred on no effect, so a claim "
    "that asked only for an effect in one direction would hold in half of the draws whether it is true or not; most "
    "claims here ask for a margin as well. A share of draws is what prior and model allow. It is no chance that the "
    "claim is true. Beside each effect stands that of cells at full strength: it tells whether strength alone reaches "
    "the margin."
)
COLOURS = {
    "strong human": "hit",
    "weak human": "arm-1",
    "in vitro": "arm-5",
    "none": "arm-0",
    "contradicted": "miss",
}
KINDS = {
    "hold in more than half of the draws": "hit",
    "hold in some, at most half": "arm-5",
    "hold in none of the draws, or in fewer than 1 in 100 of them": "miss",
    "played without a draw": "arm-1",
    "off by assumption": "arm-4",
    "too few persons to tell": "arm-3",
    "not run": "rule",
    "the model cannot speak to": "arm-0",
}


def kind(answer: Answer) -> str:
    """Which of KINDS a claim is of."""
    found = answer.verdict
    if not answer.claim.can_be_run:
        return "the model cannot speak to"
    if found is None:
        return "not run"
    if found.share is None:
        return BY_KIND[found.kind]
    return [*KINDS][(found.share <= HALF) + (found.share < HARDLY)]


def section(answers: Sequence[Answer]) -> Section:
    """Counts of grades and of outcomes, in bars and in sentences."""
    grades = Counter(answer.claim.grade for answer in answers)
    kinds = Counter(kind(answer) for answer in answers)
    total = len(answers)
    said = [
        f"Evidence: of {counted(total, 'claim')}, {listed([f'{grades[grade]} {_graded(grade)}' for grade in GRADES])}.",
        f"Model: {listed([f'{kinds[each]} {each}' for each in KINDS if kinds[each]])}.",
        PRIOR,
    ]
    return Section(
        "summary",
        "Summary",
        [
            Counts(
                "Claims by grade of evidence",
                [(_bar(grade), grades[grade], COLOURS[grade]) for grade in GRADES if grades[grade]],
            ),
            Counts(
                "Claims by what the model gives", [(each, kinds[each], KINDS[each]) for each in KINDS if kinds[each]]
            ),
            Prose(said),
        ],
    )


def _graded(grade: str) -> str:
    return {
        "strong human": "rest on a controlled trial of these cells in these conditions that was large enough to tell",
        "weak human": "on small, uncontrolled or indirect studies in patients",
        "in vitro": "on cell cultures or animals",
        "none": "on nothing that was found",
        "contradicted": "are contradicted by what was found",
    }[grade]


def _bar(grade: str) -> str:
    return "no evidence found" if grade == "none" else grade


def table(answers: Sequence[Answer]) -> Section:
    """All claims in one table, each leading to its place."""
    rows: list[list[Cell | None]] = []
    for answer in answers:
        claim = answer.claim
        link = Markup('<a href="#claim-{0}">{0}</a>').format(claim.number)
        rows.append([link, claim.words, _bar(claim.grade), outcome(answer)])
    heads = ["Claim", "In our words", "Evidence", "Holds in"]
    return Section("all", "All claims", [Table("The claims of the article", heads, rows, text=(1, 2, 3))])
