"""The whole page: summary, table, then claim by claim in the parts of the article."""

from pathlib import Path

from repigment import __version__
from repigment.claims.answers import Answer
from repigment.claims.catalogue import PARTS
from repigment.claims.page import summary, told
from repigment.claims.page.words import REACH
from repigment.claims.question import all_questions
from repigment.claims.running import Run
from repigment.evidence.parameters import value
from repigment.saving import save
from repigment.skin.fields import ABOUT, name
from repigment.trials.report.blocks import Code, Prose, Section, Table
from repigment.trials.report.endpoint_words import SCORES
from repigment.trials.report.page import Head, page_of
from repigment.trials.report.purpose import NOTICE

LEAD = (
    "An article on stem-cell treatment of skin colour makes {} claims. Here each stands in our words, with the "
    "evidence that was found, with what a model of the skin gives when the claim is played as a trial, and with the "
    "trial that would settle it."
)
READ = (
    "Each dot of a drawing is one draw: one guess at what the cells do, how long they live and how they are "
    "rejected, played on {} virtual persons in each arm with cells. Coloured dots are draws whose effect is beyond "
    "the margin, the broken line. The same persons are in all arms, so arms differ by treatment alone."
)


def render(run: Run) -> str:
    """The page as HTML; the same run gives the same text."""
    answers = run.answers
    sections = [
        Section("about", "What this is", [Prose([LEAD.format(len(answers))], "lead"), Prose([NOTICE], "notice")]),
        summary.section(answers),
        summary.table(answers),
        *(_part(name, title, [each for each in answers if each.claim.part == name]) for name, title in PARTS.items()),
        _made(run),
    ]
    facts = [
        ("Claims", len(answers)),
        ("Run", sum(bool(each.findings) for each in answers)),
        ("Draws", run.worlds),
        ("Virtual persons an arm", run.patients),
        ("Seed", run.seed),
        ("repigment", __version__),
    ]
    head = Head(
        "Thirty-one claims, played", "claims", "Virtual trials · simulations", facts, f"all claims, seed {run.seed}"
    )
    return page_of(head, sections, __version__)


def write_page(run: Run, path: Path) -> None:
    """Write the page to `path`, whole or not at all; RepigmentError when the place cannot be written."""
    save(render(run), path, "the page of claims")


def _part(name: str, title: str, answers: list[Answer]) -> Section:
    return Section(name, title, [told.item(answer) for answer in answers])


def _made(run: Run) -> Section:
    wanted = value("claim_assurance")
    margins = sorted({f"{each.margin:g} {each.unit}" for each in all_questions() if each.margin})
    said = [
        READ.format(run.patients),
        REACH,
        "A share of draws is the mean over draws of the chance that the effect of all persons is beyond the margin, "
        "given what so few show: near the margin a draw counts in part. Its interval combines the luck of the persons "
        "with the number of draws, which come in pairs and count as no more than they are worth. With "
        f"fewer than {value('claim_least_judged'):g} persons judged nothing is said.",
        f"Margins are choices of ours, no measurements: {', '.join(margins)}.",
        "Smallest trial: two arms of equal size, two-sided 5 %; success is a difference significantly better than "
        "none whose estimate reaches the margin. Its size is the smallest with a mean chance of "
        f"{100 * wanted:g} % over the "
        "draws in which the claim holds. What is not drawn (numbers of skin, disease and other treatments) is held.",
        "What a result depends on: rank correlation with each drawn number, the others held; named are at most three "
        "whose 90 % interval excludes 0.",
    ]
    command = f"repigment claims --run --out DIR --seed {run.seed} --worlds {run.worlds} --patients {run.patients}"
    return Section(
        "made", "How it was made", [Prose(said), _glossary(), Code("The command that makes this page", command)]
    )


def _glossary() -> Table:
    """What the outcomes are, in a table."""
    meanings = {name(field): about.meaning for field, about in ABOUT.items()}
    meanings |= {score: told.meaning for score, told in SCORES.items()}
    asked = dict.fromkeys(score for question in all_questions() for score in question.scores)
    rows = [[score, meanings[score]] for score in asked]
    note = (
        "A change is in per cent of the value at week 0. F-VASI25 and the like: patients who improve by 25 % or more."
    )
    return Table("What is measured", ["Outcome", "What it is"], rows, note=note, text=(1,))
