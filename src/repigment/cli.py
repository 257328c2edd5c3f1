"""The command line: virtual trials, single patients, studies and parameters."""

import signal
import sys
from pathlib import Path
from typing import Annotated, Any, cast

import typer

from repigment import __version__
from repigment.errors import RepigmentError
from repigment.terminal import console, progress, table

# what Typer raises on a misuse, of the click that it brings with it
MISUSE = cast(type[typer.BadParameter], next(k for k in typer.BadParameter.__mro__ if k.__name__ == "ClickException"))
MISTAKE = 2  # exit code of everything that the user can mend
INTERRUPTED = 130  # what Typer makes of Ctrl-C

app = typer.Typer(
    help="Virtual trials and patient twins for skin pigmentation. A research instrument, no medical device.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
studies_app = typer.Typer(help="Built-in studies.", invoke_without_command=True, rich_markup_mode=None)
app.add_typer(studies_app, name="studies")


def main() -> None:
    """Run a command; a mistake of the user, or an interruption, is one message on standard error and exit code 2."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        code = app(standalone_mode=False)
    except RepigmentError as error:
        code = _mistake(f"repigment: {error}")
    except MISUSE as error:
        error.show()
        code = MISTAKE
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    if code == INTERRUPTED:
        code = _mistake("repigment: interrupted; what is finished is kept, the same command with --resume goes on")
    sys.exit(code)


def _mistake(message: str) -> int:
    typer.echo(message, err=True)
    return MISTAKE


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"repigment {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    pass


@app.command()
def trial(
    study: Annotated[str, typer.Argument(help="A built-in study (see `repigment studies`) or a TOML file.")],
    patients: Annotated[int | None, typer.Option(help="Patients in all; the study's own number if not given.")] = None,
    seed: Annotated[
        int, typer.Option(min=0, help="Number of the virtual world: the same seed gives the same bytes.")
    ] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for results and report; otherwise results/STUDY.")] = None,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Threads; all cores if not given.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with an interrupted run in the same folder.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON object and nothing else.")] = False,
) -> None:
    """Play a virtual trial and write its report."""
    from repigment.trials.study import Study

    protocol = Study.load(study)
    if patients is not None:
        protocol = protocol.scaled(patients)
    folder = out or Path("results") / protocol.name
    with progress(protocol.name, quiet=json) as tell:
        result = protocol.run(seed=seed, out=folder, workers=workers, resume=resume, progress=tell)
    report = result.report(folder / "report.html")
    if json:
        typer.echo(result.json())
    else:
        _show_trial(result, report)


@studies_app.callback()
def studies(context: typer.Context) -> None:
    """List the built-in studies; `studies show NAME` prints one as TOML to copy and edit."""
    if context.invoked_subcommand is not None:
        return
    from repigment.trials.study import Study, built_in_studies

    rows = table("study", "condition", "patients", "weeks", "title")
    for study in sorted(map(Study.load, built_in_studies()), key=lambda each: each.population.condition):
        rows.add_row(study.name, study.population.condition, str(study.patients), str(study.last_week), study.title)
    console().print(rows)


@studies_app.command("show")
def show(name: Annotated[str, typer.Argument(help="Name of a built-in study.")]) -> None:
    """Print a study as TOML."""
    from repigment.trials.study import Study

    typer.echo(Study.load(name).toml(), nl=False)


@studies_app.command("run-all")
def run_everything(
    out: Annotated[Path, typer.Option(help="Folder for each study's results, index.html and rows.csv.")],
    patients: Annotated[int | None, typer.Option(min=1, help="Patients a study; its own number if not given.")] = None,
    only: Annotated[list[str] | None, typer.Option(help="A study by name; repeat it for several.")] = None,
    seed: Annotated[int, typer.Option(min=0, help="Number of the virtual world.")] = 1,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Threads; all cores if not given.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on in the same folder; what is finished stays.")] = False,
) -> None:
    """Run every built-in study; one page shows all published results beside the simulated ones."""
    from repigment.trials.comparison import run_all

    studies = run_all(
        out, patients=patients, only=only or (), seed=seed, workers=workers, resume=resume, tell=typer.echo
    )
    typer.echo(f"the page: {out / 'index.html'}")
    if any(study.failure for study in studies):
        raise typer.Exit(1)


@app.command()
def simulate(
    condition: Annotated[str, typer.Option(help="vitiligo, melasma, lentigo, pih or freckles")] = "vitiligo",
    site: Annotated[str, typer.Option(help="face, neck, trunk, arms, hands, legs or feet")] = "face",
    skin_type: Annotated[int, typer.Option(help="Fitzpatrick skin type, 1 to 6")] = 3,
    treatment: Annotated[
        list[str] | None, typer.Option(help="A treatment by name, or written out as in a study; repeat to combine.")
    ] = None,
    weeks: Annotated[int, typer.Option(help="How long to follow the patient.")] = 52,
    mechanisms: Annotated[
        str | None,
        typer.Option(help="Mechanisms of UC-MSC that act, at full strength: e.g. support,immune; or none."),
    ] = None,
    drawn: Annotated[
        bool, typer.Option("--drawn", help="Draw the patient's traits instead of taking the typical one.")
    ] = False,
    form: Annotated[
        list[str] | None,
        typer.Option(help="A form of the condition, e.g. dermal or hormonal in melasma; repeat it to combine."),
    ] = None,
    active: Annotated[bool, typer.Option("--active", help="Active disease instead of stable.")] = False,
    seed: Annotated[int, typer.Option(min=0, help="Number of the virtual world.")] = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for the table, the curves and the pictures.")] = None,
) -> None:
    """Follow one virtual patient: curves, pictures of the patch, numbers."""
    from repigment.patients.portrait import write_portrait
    from repigment.patients.prescribe import prescribe
    from repigment.patients.simulate import check, drawn_person, forms, typical_person
    from repigment.patients.simulate import simulate as follow

    check(condition, site, skin_type, weeks)
    given = prescribe(treatment or [], mechanisms)
    said = forms(condition, form or [])
    if active and condition != "vitiligo":
        raise RepigmentError(f"{condition} is not active or stable", where="--active", allowed="vitiligo")
    if drawn:
        person = drawn_person(skin_type, site, seed, condition, stable=not active, said=said)
    else:
        person = typical_person(skin_type, site, condition, stable=not active, said=said)
    course = follow(
        condition=condition, site=site, skin_type=skin_type, treatments=given, weeks=weeks, seed=seed, person=person
    )
    _show_patient(course, given)
    for path in write_portrait(course, out) if out else []:
        typer.echo(f"written: {path}")


@app.command()
def parameters(
    pattern: Annotated[str, typer.Argument(help="Part of a name, meaning, theme or status.")] = "",
    json: Annotated[bool, typer.Option("--json", help="Print a JSON list.")] = False,
) -> None:
    """Every number of the model: value, range, unit, source, status."""
    from repigment.evidence.parameters import search

    found = search(pattern)
    if not found:
        raise RepigmentError(f"no parameter matches {pattern!r}", remedy="`repigment parameters` lists them all")
    if json:
        from dataclasses import asdict
        from json import dumps

        typer.echo(dumps([asdict(parameter) for parameter in found], indent=2, ensure_ascii=False))
        return
    for p in found:
        source = " ".join(part for part in (p.source, p.identifier) if part)
        typer.echo(f"{p.name:16s} {p.value:<10g} {p.low:g} to {p.high:g} {p.unit}  [{p.status}]")
        typer.echo(f"{'':16s} {p.meaning}; {source}")


def _show_trial(result: Any, report: Path) -> None:
    rows = table("endpoint", "week", "arm", "estimate", "interval", "n", "unit")
    for row in result.estimates.itertuples():
        mark = " (primary)" if row.primary else ""
        interval = f"{row.ci_low:.3g} to {row.ci_high:.3g}"
        rows.add_row(row.endpoint + mark, str(row.week), row.arm, f"{row.estimate:.3g}", interval, str(row.n), row.unit)
    console().print(rows)
    typer.echo(
        f"{result.enrolled} virtual patients in {result.seconds:.0f} s. A research instrument, no medical device."
    )
    typer.echo(f"report: {report}")


def _show_patient(course: Any, given: list[Any]) -> None:
    from repigment.patients.portrait import bound, heading, legend, short, visits_table
    from repigment.treatments.cautions import cautions
    from repigment.treatments.cell_product import CellProduct

    shown = visits_table(course)
    typer.echo(heading(course))
    rows = table("week", *shown.columns, whole=True)
    for week, row in shown.iterrows():
        rows.add_row(str(week), *map(short, row))
    console().print(rows)
    typer.echo(legend(course))
    typer.echo(f"discretisation error of {bound(course)}")
    for each in (treatment for treatment in given if isinstance(treatment, CellProduct)):
        acting = ", ".join(each.mechanisms) or "no mechanism"
        strength = "full strength" if each.strength is None else f"strength {each.strength:g}"
        typer.echo(f"UC-MSC with {acting} at {strength}: a what-if, no evidence that they act")
    for sentence in cautions(given, course.person.skin_type, course.weekly.sizes["week"] - 1):
        typer.echo(f"caution: {sentence}")
