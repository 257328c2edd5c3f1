"""Commands on whether a plan may be carried out: where, on whom, and what is looked at afterwards."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError
from repigment.terminal import console, table

if TYPE_CHECKING:
    from repigment.regulation import Standing
    from repigment.safety.follow_up import Visit
    from repigment.safety.screen import Line

Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
INDENT = "  "
NO_DEVICE = "A research instrument, no medical device."
NO_SOURCE = ("recalled", "none seen")


@app.command()
def where(
    plan: Annotated[str, typer.Argument(help="A built-in study (see `repigment studies`) or a TOML file.")],
    country: Annotated[str, typer.Option(help="TH, EU or US.")],
    json: Json = False,
) -> None:
    """What each treatment of a plan is in a country: registered, allowed, only in a trial, not accepted, unknown."""
    from repigment.regulation.standing import NO_ADVICE, standing
    from repigment.regulation.statement import COUNTRIES, country_of
    from repigment.trials.study import Study

    code = country_of(country)
    study = Study.load(plan)
    condition = study.population.condition
    arms = {arm.name: standing(arm.treatments, code, condition) for arm in study.all_arms}
    if json:
        told = {"study": study.name, "country": code, "condition": condition}
        _print({**told, "arms": [{"arm": name, **each.plain()} for name, each in arms.items()], "note": NO_ADVICE})
        return
    typer.echo(f"{study.name}, for {condition}, in {COUNTRIES[code]}\n")
    for name, each in arms.items():
        _wrapped(f"{name}: {each.line}", INDENT)
    _show_items(arms)
    _wrapped(NO_ADVICE)


@app.command()
def screen(
    patient: Annotated[Path | None, typer.Argument(help="A patient in TOML.", metavar="PATIENT.toml")] = None,
    json: Json = False,
    new: Annotated[bool, typer.Option("--new", help="Print a patient to fill in, and nothing else.")] = False,
) -> None:
    """Screen a patient against what trials of cell products excluded; exit code 1 if excluded or not all is said."""
    from repigment.safety.patient_file import REMEDY, example, load
    from repigment.safety.screen import NO_CLEARANCE, passes
    from repigment.safety.screen import screen as screened

    if new:
        typer.echo(example(), nl=False)
        return
    if patient is None:
        raise RepigmentError("no patient is given", where="PATIENT.toml", remedy=REMEDY)
    known = load(patient)
    lines = screened(known)
    if json:
        told = {"condition": known.condition, "clear": passes(lines), "lines": [line.plain() for line in lines]}
        _print({**told, "note": NO_CLEARANCE})
    else:
        _show_lines(lines)
        _wrapped(NO_CLEARANCE)
    if not passes(lines):
        raise typer.Exit(1)


@app.command("follow-up")
def follow_up(
    first_dose: Annotated[str, typer.Option(help="Day of the first dose, as 2027-01-31.")],
    sessions: Annotated[
        list[str] | None, typer.Option(help="Days of the later doses, commas between; or repeat the option.")
    ] = None,
    json: Json = False,
) -> None:
    """When a patient is seen after a cell product, within which days, and what is looked at.

    The visits of the first weeks follow each dose, those of months and years the last one.
    """
    from repigment.safety.follow_up import date_of, schedule

    later = [date_of(day, "--sessions") for several in sessions or () for day in several.split(",")]
    visits = schedule(date_of(first_dose, "--first-dose"), later)
    if json:
        _print({"visits": [visit.plain() for visit in visits], "note": NO_DEVICE})
    else:
        _show_visits(visits)


def _show_lines(lines: "tuple[Line, ...]") -> None:
    used = {rule.trial: rule for line in lines for rule in line.rules}
    numbers = {trial: number for number, trial in enumerate(used, 1)}
    rows = table("verdict", "asked", "answer", "excluded if (by trial)")
    for line in lines:
        star = " *" if line.verdict == "not said" and line.required else ""
        rows.add_row(line.verdict + star, line.item, line.answer, line.limits(numbers))
    console().print(rows)
    if any(line.stops and line.verdict == "not said" for line in lines):
        _wrapped("* must be known before anything is given")
    for line in (line for line in lines if line.verdict == "excluded"):
        _wrapped(f"excluded, {line.item}: {line.reason}", INDENT)
    typer.echo("")
    for trial, rule in used.items():
        _wrapped(f"{numbers[trial]} {trial}, {rule.product}: {_cited(rule)} [{rule.status}]", INDENT)
    typer.echo("")
    kinds = [line.verdict for line in lines]
    _wrapped(", ".join(f"{kinds.count(kind)} {kind}" for kind in ("clear", "excluded", "not said")) + ".")


def _show_visits(visits: "tuple[Visit, ...]") -> None:
    rows = table("visit", "date", "window", "looked at")
    for visit in visits:
        after = f", dose {visit.dose}" if visit.dose and any(each.dose > 1 for each in visits) else ""
        early, late = (visit.day - visit.earliest).days, (visit.latest - visit.day).days
        window = f"{-early} to +{late} days"
        looked = ", ".join(look.harm for look in visit.looks) + (f" ({visit.note})" if visit.note else "")
        rows.add_row(visit.name + after, str(visit.day), window, looked)
    console().print(rows)
    for look in dict.fromkeys(look for visit in visits for look in visit.looks):
        _wrapped(f"{look.harm}: {look.look}", INDENT)
        cited = f"; {_cited(look)}" if look.source != look.status else ""
        _wrapped(f"{INDENT}[{look.status}] {look.why}{cited}", INDENT * 2)
    _wrapped(
        f"Visits as in trials, recalled; that they go on for five years, and the windows, are assumed. {NO_DEVICE}"
    )


def _show_items(arms: "dict[str, Standing]") -> None:
    from repigment.regulation.statement import KINDS, STATUSES

    items = list(dict.fromkeys(item for each in arms.values() for item in each.items))
    rows = table("treatment", "to a regulator", "standing")
    for item in items:
        rows.add_row(item.give, "" if item.subject == item.give else item.subject, KINDS[item.standing])
    console().print(rows)
    by_statements = {item.statements: item.subject for item in reversed(items)}
    for item in items:
        if by_statements.pop(item.statements, None) is None:
            continue
        alike = dict.fromkeys(other.subject for other in items if other.statements == item.statements)
        _wrapped("; ".join(alike), INDENT)
        for each in item.statements:
            _wrapped(f"{INDENT}[{each.status}] {each.statement}", INDENT * 2)
            if each.source not in NO_SOURCE:
                _wrapped(INDENT * 2 + _cited(each), INDENT * 2)
        typer.echo("")
    told = [each for item in items for each in item.statements]
    used = {each.status for each in told}
    _wrapped("; ".join(f"{status}: {meaning}" for status, meaning in STATUSES.items() if status in used) + ".")
    _wrapped(f"Sources were looked for until {max(each.checked for each in told)}; rules change.")


def _cited(statement: Any) -> str:
    """Source, date and identifier of a statement."""
    dated = "no date seen" if statement.date == "not known" else statement.date
    identifier = f"; {statement.identifier}" if statement.identifier else ""
    return f"{statement.source}, {dated}{identifier}"


def _print(told: Any) -> None:
    from json import dumps

    typer.echo(dumps(told, indent=2, ensure_ascii=False))


def _wrapped(text: str, hanging: str = "") -> None:
    """Text broken to the width of the terminal; further lines begin with `hanging`."""
    from textwrap import fill

    width = max(40, console().width)
    typer.echo(fill(text, width, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False))
