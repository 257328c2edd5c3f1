"""Write the pages of docs/ that are made from the code."""

import inspect
import sys
from collections.abc import Iterable
from pathlib import Path

import condition_pages
import study_keys
import treatment_pages
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from repigment.biology import PROCESSES
from repigment.biology.notation import EXPOSURES, PLACE, field_symbol, latex
from repigment.biology.rates import Process
from repigment.biology.typeset import SHARED, SPREAD_BY, Named, Term, parameters_of, terms, typeset
from repigment.conditions import conditions
from repigment.engine.step import doses, procedure
from repigment.evidence.parameters import STATUSES, Parameter, parameters
from repigment.skin.fields import ABOUT, Field, name
from repigment.treatments import treatments

HERE = Path(__file__).parent
FOLDERS = ("processes", "conditions", "treatments")
TITLES = {
    "cautions": "What is warned of",
    "cells": "The cell product",
    "creams": "Creams for pigment, and steroid creams",
    "drugs": "Drugs on the skin",
    "excimer": "Excimer light",
    "grafts": "Grafts",
    "immunity": "Immunity",
    "inflammation": "Inflammation and niche",
    "light": "Phototherapy",
    "melanin": "Light, melanin and its way out",
    "melanocytes": "Melanocytes and follicles",
    "needles": "Needles",
    "orals": "Drugs by mouth, and hormones",
    "people": "What differs between people",
    "procedures": "Procedures",
    "programme": "Programmes",
    "raters": "Raters",
    "sites": "Regions of the body",
    "skin_types": "Skin types",
    "sun": "Sun",
    "sunscreens": "Sunscreen",
    "tone": "Skin types in typology angles",
    "optics": "Light in skin",
    "groups": "Fits to measured skin",
    "pictures": "Cameras, cards and texture",
    "photographs": "Measures of photographs",
    "photographs_reading": "Which photographs are trusted",
    "photographs_compare": "Comparing photographs",
    "topicals": "Creams and ointments",
}


def escaped(text: str) -> str:
    """Text for the cell of a Markdown table."""
    return text.replace("|", r"\|")


def number(value: float) -> str:
    """A number as short as it can be told."""
    return f"{value:g}"


def row(parameter: Parameter) -> str:
    """A parameter as a row of a table: name, value, range, unit, meaning, source, status."""
    identifier = f" ({parameter.identifier})" if parameter.identifier else ""
    cells = (
        f"`{parameter.name}`",
        number(parameter.value),
        f"{number(parameter.low)} to {number(parameter.high)}",
        parameter.unit,
        parameter.meaning,
        f"{parameter.source}{identifier}",
        parameter.status,
    )
    return "| " + " | ".join(escaped(cell) for cell in cells) + " |"


def table(rows: Iterable[Parameter]) -> str:
    """Parameters as a Markdown table."""
    head = "| name | value | range | unit | meaning | source | status |\n|---|---|---|---|---|---|---|"
    return "\n".join([head, *(row(each) for each in rows)])


def themes() -> dict[str, list[Parameter]]:
    """Parameters by title of their theme."""
    found: dict[str, list[Parameter]] = {}
    for each in parameters().values():
        found.setdefault(TITLES.get(each.theme, each.theme.replace("_", " ").capitalize()), []).append(each)
    return found


def signed(text: str) -> str:
    """A term with its sign in front, for a sum that goes on over lines."""
    return text if text.startswith("-") else f"+ {text}"


def aligned(field: Field, parts: list[Term]) -> str:
    """The equation of a field, a line per process."""
    lines = [rf"{signed(typeset(part.rate))} && \text{{{part.process.replace('_', ' ')}}}" for part in parts]
    if field in SPREAD_BY:
        lines.append(rf"+ {latex(SPREAD_BY[field])} \nabla^2 {latex(field_symbol(field))} && \text{{spreading}}")
    left = rf"\frac{{d {latex(field_symbol(field))}}}{{dt}} ={{}}"
    body = " \\\\\n".join(rf"{left if i == 0 else ''}& {line}" for i, line in enumerate(lines))
    return f"```math\n\\begin{{aligned}}\n{body}\n\\end{{aligned}}\n```"


def definition(named: Named) -> str:
    """A shared quantity as a row of a table."""
    return rf"| $`{typeset(named.symbol)} = {typeset(named.value)}`$ | `{named.name}` |"


def equations(only: str | None = None) -> dict[str, str]:
    """Equation block by field name; of one process, if it is named."""
    by_field: dict[Field, list[Term]] = {}
    for term in terms():
        if only in (None, term.process):
            by_field.setdefault(term.field, []).append(term)
    if only is None:
        return {name(field): aligned(field, parts) for field, parts in sorted(by_field.items())}
    contributions = {}
    for field, parts in sorted(by_field.items()):
        left = rf"\frac{{d {latex(field_symbol(field))}}}{{dt}}"
        contributions[name(field)] = "\n".join(
            f"```math\n{left} = \\dots {signed(typeset(p.rate))}\n```" for p in parts
        )
    return contributions


def summary(process: Process) -> str:
    """First line of the process's file: what happens, in words."""
    return str(inspect.getdoc(sys.modules[process.__module__])).splitlines()[0]


def environment() -> Environment:
    """Templates, with what they may use."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"), undefined=StrictUndefined, keep_trailing_newline=True
    )
    made.globals.update(
        about=[(field_symbol(f), name(f), a.unit, a.meaning) for f, a in ABOUT.items()],
        exposures=[(latex(symbol), called, meaning) for called, (symbol, meaning) in EXPOSURES.items()],
        place=[(latex(symbol), called, meaning) for called, (symbol, meaning) in PLACE.items()],
        escaped=escaped,
        latex=latex,
        parameters=parameters(),
        statuses=STATUSES,
        table_of=table,
    )
    return made


def model_page(pages: Environment) -> str:
    """The model: fields, shared quantities, equations, jumps, and the parameters that the equations read."""
    read = {each for process in PROCESSES for each in parameters_of(process)} | set(SPREAD_BY.values())
    by_theme = {title: [p for p in rows if p.name in read] for title, rows in themes().items()}
    return pages.get_template("model.md.j2").render(
        definitions=[definition(named) for named in SHARED],
        equations=equations(),
        jumps=inspect.getdoc(doses),
        procedures=inspect.getdoc(procedure),
        processes=[(p.__name__, summary(p)) for p in PROCESSES],
        read=[parameters()[each] for each in sorted(read)],
        themes={title: rows for title, rows in by_theme.items() if rows},
    )


def process_page(pages: Environment, process: Process) -> str:
    """One process: what happens, its equation as the code states it and as the code runs it, its parameters."""
    return pages.get_template("process.md.j2").render(
        title=process.__name__.replace("_", " ").capitalize(),
        process=process.__name__,
        summary=summary(process),
        stated=inspect.getdoc(process),
        contributions=equations(process.__name__),
        own=[parameters()[each] for each in parameters_of(process)],
    )


def pages() -> dict[str, str]:
    """Every generated page by its path under docs/."""
    templates = environment()
    made = {
        "model.md": model_page(templates),
        "study-file.md": templates.get_template("study-file.md.j2").render(study_keys.context()),
        "parameters.md": templates.get_template("parameters.md.j2").render(themes=themes()),
    }
    made |= {f"processes/{p.__name__}.md": process_page(templates, p) for p in PROCESSES}
    for folder, names, told in (
        ("conditions", list(conditions()), condition_pages.context),
        ("treatments", list(treatments()), treatment_pages.context),
    ):
        template = templates.get_template(f"{folder[:-1]}.md.j2")
        made |= {f"{folder}/{each}.md": template.render(told(each)) for each in names}
    return made


def main() -> None:
    """Write them, and remove pages of what is no more."""
    made = pages()
    for folder in FOLDERS:
        for old in (HERE / folder).glob("*.md"):
            if f"{folder}/{old.name}" not in made:
                old.unlink()
    for path, text in made.items():
        (HERE / path).parent.mkdir(exist_ok=True)
        (HERE / path).write_text(text, "utf-8")
    print(f"{len(made)} pages written under {HERE.name}/")


if __name__ == "__main__":
    main()
