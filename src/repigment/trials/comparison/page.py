"""The page of all studies: totals, then study by study, then those without published results."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from repigment import __version__
from repigment.conditions import conditions
from repigment.saving import save
from repigment.trials.comparison import scatter, totals
from repigment.trials.comparison.compared import Compared
from repigment.trials.report.blocks import Block, Cell, Details, Prose, Section, Table
from repigment.trials.report.page import Head, page_of
from repigment.trials.report.published import misses, sums, table
from repigment.trials.report.purpose import NOTICE
from repigment.trials.report.words import number

INTRODUCTION = (
    "Every study that comes with the program, each published result beside the simulated one for the same arm, "
    "endpoint and week. Every published result that a study names stands here, hit or missed."
)
UNPUBLISHED = (
    "These studies name no published result, so nothing here says how near they are to patients. Where they give a "
    "cell product, what it does is drawn from a prior centred on no effect: their intervals show what is not known."
)


def render(studies: Sequence[Compared], seed: int, report: str) -> str:
    """The whole page as HTML; `report` is the name of each study's own report in its folder."""
    ran = [study for study in studies if not study.failure]
    known = [study for study in ran if study.pairs]
    other = [study for study in ran if not study.pairs]
    sections = [
        Section("about", "What this is", [Prose([INTRODUCTION], "lead"), Prose([NOTICE], "notice")]),
        *([_failed(studies)] if len(ran) < len(studies) else []),
        totals.section(known),
        *([scatter.section(known)] if known else []),
        _overview(ran, report),
        *(_condition(name, known, report) for name in _names(known)),
        *([_unpublished(other, report)] if other else []),
    ]
    facts = [
        ("Studies", len(studies)),
        ("Virtual patients", number(sum(study.patients for study in ran), 0)),
        ("Published results", sum(len(study.pairs) for study in ran)),
        ("Seed", seed),
        ("repigment", __version__),
    ]
    head = Head(
        "Published against simulated",
        "virtual trials",
        "Virtual trials · simulations",
        facts,
        f"all studies, seed {seed}",
    )
    return page_of(head, sections, __version__)


def write_page(studies: Sequence[Compared], seed: int, path: Path, report: str) -> None:
    """Write the page to `path`, whole or not at all; RepigmentError when the place cannot be written."""
    save(render(studies, seed, report), path, "the page of all studies")


def link(study: Compared, report: str) -> Markup:
    """The study's name, leading to its report."""
    return Markup('<a href="{0}/{1}">{0}</a>').format(study.name, report)


def _names(studies: Sequence[Compared]) -> list[str]:
    return [name for name in conditions() if any(study.condition == name for study in studies)]


def _failed(studies: Sequence[Compared]) -> Section:
    rows: list[list[Cell | None]] = [[study.name, study.failure] for study in studies if study.failure]
    said = Prose([f"Failed: {len(rows)} of {len(studies)}. The others were run all the same."], "misses")
    return Section(
        "failed", "Studies that failed", [said, Table("What went wrong", ["Study", "Message"], rows, text=(1,))]
    )


def _overview(studies: Sequence[Compared], report: str) -> Section:
    rows: list[list[Cell | None]] = []
    head = ""
    for study in sorted(studies, key=lambda study: study.condition):
        first = None if study.condition == head else study.condition
        size, time = number(study.patients, 0), f"{study.seconds:.0f} s"
        rows.append([first, link(study, report), study.title, size, time, study.told])
        head = study.condition
    heads = ["Condition", "Study", "Title", "Patients", "Time", "Published results"]
    caption = "The studies, each with its report"
    return Section("studies", "Studies", [Table(caption, heads, rows, text=(1, 2, 5))])


def _condition(name: str, studies: Sequence[Compared], report: str) -> Section:
    """The studies of one condition: its misses in words, then a table for each study."""
    mine = [study for study in studies if study.condition == name]
    blocks: list[Block] = []
    for study in mine:
        blocks.append(Prose([Markup("<b>{}</b>. {}.").format(link(study, report), study.title), *sums(study.pairs)]))
        if said := misses(study.pairs):
            blocks.append(Details("Misses in words", said))
        blocks.append(table(study.pairs, study.sure, f"{study.name}: published and simulated results"))
    return Section(f"condition-{name}", conditions()[name].title, blocks)


def _unpublished(studies: Sequence[Compared], report: str) -> Section:
    rows: list[list[Cell | None]] = [
        [
            link(study, report),
            study.title,
            number(study.patients, 0),
            Markup("<br>").join(study.primary),
        ]
        for study in studies
    ]
    heads = ["Study", "Title", "Patients", "Primary endpoint"]
    listed = Table("Studies without published results", heads, rows, text=(1, 3))
    return Section("unpublished", "Without published results", [Prose([UNPUBLISHED]), listed])
