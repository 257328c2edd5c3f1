"""The report of a trial as one HTML file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from repigment.saving import save
from repigment.trials.report import (
    again,
    answer,
    assurance,
    comparisons,
    design,
    endpoints,
    enrolled,
    gallery,
    grounds,
    mechanism,
    numerics,
    published,
    purpose,
    safety,
)
from repigment.trials.report.assurance import Assured
from repigment.trials.report.blocks import Section
from repigment.trials.report.disease import disease
from repigment.trials.report.followed import Followed
from repigment.trials.report.palette import variables
from repigment.trials.report.reads import Place, Trial, patients

SECTIONS: Sequence[Callable[[Trial], Section]] = (
    purpose.question,
    purpose.context,
    answer.section,
    design.section,
    enrolled.section,
    endpoints.section,
    comparisons.section,
    gallery.section,
    mechanism.section,
    published.section,
    safety.section,
    numerics.section,
    grounds.section,
    again.section,
)
CONTROLS = {code: None for code in [*range(32), *range(127, 160)] if chr(code) not in "\n\t"}


def _text(name: str) -> str:
    return (files("repigment.trials.report") / name).read_text("utf-8")


def _without_controls(value: Any) -> Any:
    """Text without the control characters that HTML does not know."""
    return value.translate(CONTROLS) if isinstance(value, str) else value


@dataclass(frozen=True)
class Head:
    """What stands above the sections of a page and at its foot; `facts` are names with what they say."""

    title: str
    tab: str
    kicker: str
    facts: Sequence[tuple[str, object]]
    made_from: str


def page_of(head: Head, sections: Sequence[Section], version: str) -> str:
    """A whole page as HTML, from what stands above and its sections."""
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css = Markup(variables() + "\n" + _text("page.css"))  # noqa: S704 - our own file
    page = environment.get_template("page.html.j2").render(head=head, sections=sections, version=version, css=css)
    return page.strip() + "\n"


def render(result: Trial, assured: Sequence[Assured] = ()) -> str:
    """The whole page of a finished trial as HTML; the same result gives the same text.

    `assured`: its assurances, which then have a section behind the comparisons.
    """
    trial = Followed.of(result)
    study, seed, version = trial.study, trial.seed, trial.version
    facts = [
        ("Study", study.name),
        ("Condition", disease(study).title),
        ("Virtual patients", patients(trial)),
        ("Weeks", max(study.visits)),
        ("Seed", seed),
        ("repigment", version),
    ]
    made_from = f"study {study.name}, seed {seed}"
    head = Head(study.title, "virtual trial", "Virtual trial · a simulation", facts, made_from)
    sections = [make(trial) for make in SECTIONS]
    if assured:
        sections.insert(SECTIONS.index(comparisons.section) + 1, assurance.section(trial, assured))
    return page_of(head, sections, version)


def write_report(result: Trial, path: Place, assured: Sequence[Assured] = ()) -> None:
    """Write the report of a finished trial to `path`: one HTML file that needs no network.

    `result` is a finished trial; the same result gives the same bytes. The file appears whole or not at all; raises
    RepigmentError when the place cannot be written.
    """
    save(render(result, assured), Path(path), "the report")
