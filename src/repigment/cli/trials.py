"""Commands that play trials."""

from json import dumps
from pathlib import Path
from typing import Annotated, Any

import typer

from repigment.cli.app import app, studies_app
from repigment.cli.assured import show as show_assurance
from repigment.terminal import console, progress, table


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
    assurance: Annotated[
        bool, typer.Option("--assurance", help="Chance of success over all that is not known, and what it would take.")
    ] = False,
    wanted: Annotated[float, typer.Option(help="With --assurance: the chance to find a sample size for.")] = 0.8,
    effect: Annotated[
        float | None,
        typer.Option(help="With --assurance: the benefit to tell the power at, in the unit of the primary endpoint."),
    ] = None,
    worlds: Annotated[
        int | None, typer.Option(help="Draws of what is not known; the study's own number if not given.")
    ] = None,
) -> None:
    """Play a virtual trial and write its report."""
    from repigment.trials.study import Study

    protocol = Study.load(study)
    if assurance or worlds is not None:
        protocol = _drawn(protocol, worlds, wanted, effect if assurance else None, assurance)
    if patients is not None:
        protocol = protocol.scaled(patients)
    folder = out or Path("results") / protocol.name
    with progress(protocol.name, quiet=json) as tell:
        result = protocol.run(seed=seed, out=folder, workers=workers, resume=resume, progress=tell)
    if not assurance:
        _forget(folder)
    assured = _assured(result, wanted, effect, folder) if assurance else None
    report = result.report(folder / "report.html", assured or ())
    if json:
        typer.echo(_json(result, assured))
    else:
        _show_trial(result, report, assured)


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


def _drawn(protocol: Any, worlds: int | None, wanted: float, effect: float | None, assurance: bool) -> Any:
    """The study with worlds to average over, before anything is played."""
    from repigment.trials.assurance import check_effect, check_wanted, with_worlds

    check_wanted(wanted)
    check_effect(protocol, effect)
    return with_worlds(protocol, worlds, else_treatments=assurance)


def _assured(result: Any, wanted: float, effect: float | None, folder: Path) -> Any:
    """The assurance of a finished trial, written into its folder."""
    from repigment.saving import save
    from repigment.trials.assurance import assure, written

    found = assure(result, wanted, effect)
    save(written.text(found), folder / written.FILE, "the assurance")
    return found


def _forget(folder: Path) -> None:
    """Remove the assurance of an earlier call, which the report no longer holds."""
    from repigment.saving import refusal
    from repigment.trials.assurance import written

    try:
        (folder / written.FILE).unlink(missing_ok=True)
    except OSError as error:
        raise refusal(error, folder / written.FILE, "the assurance") from error


def _json(result: Any, assured: Any) -> str:
    from repigment.trials.assurance import written

    if assured is None:
        return str(result.json())
    whole = result.summary() | written.plain(assured)
    return dumps(whole, indent=2, ensure_ascii=False, allow_nan=False)


def _show_trial(result: Any, report: Path, assured: Any = None) -> None:
    rows = table("endpoint", "week", "arm", "estimate", "interval", "n", "unit")
    for row in result.estimates.itertuples():
        mark = " (primary)" if row.primary else ""
        known = row.estimate == row.estimate  # not so of what cannot be said
        interval = f"{row.ci_low:.3g} to {row.ci_high:.3g}" if known else "cannot be said"
        middle = f"{row.estimate:.3g}" if known else "-"
        rows.add_row(row.endpoint + mark, str(row.week), row.arm, middle, interval, str(row.n), row.unit)
    console().print(rows)
    if assured is not None:
        show_assurance(assured)
    typer.echo(
        f"{result.enrolled} virtual patients in {result.seconds:.0f} s. A research instrument, no medical device."
    )
    typer.echo(f"report: {report}")
