"""The command that tells and runs the article's claims."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from repigment.cli.app import app
from repigment.terminal import console, progress, table

if TYPE_CHECKING:
    from repigment.claims.answers import Answer
    from repigment.claims.running import Run

NO_DEVICE = "A research instrument, no medical device; no evidence that any treatment works."


@app.command()
def claims(
    numbers: Annotated[
        list[int] | None, typer.Argument(metavar="N", help="Numbers of claims; all without any.")
    ] = None,
    run: Annotated[bool, typer.Option("--run", help="Play each claim as a virtual trial.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for claims.html; otherwise results/claims.")] = None,
    seed: Annotated[int, typer.Option(help="Number of the virtual world: the same seed gives the same bytes.")] = 1,
    worlds: Annotated[int, typer.Option(help="Draws of what nobody knows about the cells, 2 to 256.")] = 64,
    patients: Annotated[int, typer.Option(help="Virtual persons in each arm with cells, 2 to 1000.")] = 20,
    workers: Annotated[int | None, typer.Option(min=1, max=256, help="Threads; all cores if not given.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Keep what was run before in the same folder.")] = False,
) -> None:
    """What the article claims: evidence, and with --run what the model gives and which trial would settle it."""
    from repigment.claims.catalogue import chosen

    wanted = [claim.number for claim in chosen(numbers or ())]
    if run:
        _run(wanted, out or Path("results") / "claims", seed, worlds, patients, workers, resume, json)
        return
    from repigment.claims.answers import answered

    _refuse(out is not None, "--out")
    _refuse(resume, "--resume")
    answers = [answered(claim, {}) for claim in chosen(wanted)]
    if json:
        _print_json([answer.plain() for answer in answers])
    elif numbers:
        for answer in answers:
            _full(answer)
        typer.echo(NO_DEVICE)
    else:
        _list(answers)


def _refuse(given: bool, option: str) -> None:
    from repigment.errors import RepigmentError

    if given:
        raise RepigmentError("nothing is run, so there is nothing to keep", where=option, remedy="add --run")


def _run(
    wanted: list[int],
    out: Path,
    seed: int,
    worlds: int,
    patients: int,
    workers: int | None,
    resume: bool,
    json: bool,
) -> None:
    import os

    from repigment.claims.keeping import ALL, PAGE, written
    from repigment.claims.page import write_page
    from repigment.claims.running import run
    from repigment.saving import save

    with progress("claims", quiet=json) as tell:
        made: Run = run(
            wanted,
            out=out,
            seed=seed,
            worlds=worlds,
            patients=patients,
            workers=workers or os.cpu_count() or 1,
            resume=resume,
            progress=tell or (lambda done, total: None),
        )
    save(written(made.plain()), out / ALL, ALL)
    write_page(made, out / PAGE)
    answers = [answer for answer in made.answers if answer.claim.number in wanted]
    if json:
        _print_json([answer.plain() for answer in answers])
        return
    if len(answers) <= 3:
        for answer in answers:
            _full(answer)
    else:
        _list(answers)
    typer.echo(f"the page: {out / PAGE}")


def _print_json(told: object) -> None:
    from json import dumps

    typer.echo(dumps(told, indent=2, ensure_ascii=False, allow_nan=False))


def _list(answers: "list[Answer]") -> None:
    """All claims in a table: as many columns as fit without breaking a word, the others are named below it."""
    from textwrap import fill

    from repigment.claims.columns import fitted
    from repigment.claims.page.words import outcome

    heads = ["claim", "in our words", "evidence", "best reference", "concerns", "holds in"]
    rows = []
    for answer in answers:
        claim, first = answer.claim, answer.claim.references[0]
        cited = f"{first.name} {first.identifier}".strip()
        rows.append([str(claim.number), claim.words, claim.grade, cited, claim.outcome, outcome(answer)])
    found = any(answer.findings for answer in answers)
    order = [0, 1, 2, *([5] if found else []), 3, 4]
    shown = console()
    widths = fitted([heads, *rows], order, shown.width)
    made = table(*(heads[place] for place in widths))
    made.show_edge = False
    for column, place in zip(made.columns, widths, strict=True):
        column.width = widths[place]
    for row in rows:
        made.add_row(*(row[place] for place in widths))
    shown.print(made)
    left_out = [heads[place] for place in order if place not in widths]
    wider = [f"A wider window shows: {', '.join(left_out)}."] if left_out else []
    for line in (*wider, "`repigment claims N` tells one in full, --run plays it.", NO_DEVICE):
        typer.echo(fill(line, shown.width))


def _full(answer: "Answer") -> None:
    from repigment.claims.page.best import best
    from repigment.claims.page.drawing import said
    from repigment.claims.page.words import depends, holds, reference, trial, verdict

    claim = answer.claim
    lines = [
        f"Claim {claim.number}. {claim.words}.",
        f"  Evidence: {claim.grade}. {claim.comment}",
        f"  References: {reference(claim)}",
        f"  Concerns: mechanism {claim.mechanism}; outcome: {claim.outcome}",
        f"  Model: {claim.run or claim.cannot}",
    ]
    lines += [f"  [{each.status}] {each.statement} ({each.source}, {each.date})" for each in answer.statements]
    if answer.findings:
        lines.append(f"  {verdict(answer)} {best(answer)}")
    for finding in answer.findings:
        lines += [
            f"  {'' if finding.counts else 'Beside: '}{finding.criterion}",
            f"    Effect: {said(finding)}. Holds in: {holds(finding)}.",
            *([f"    {finding.note}"] if finding.note else []),
            f"    Depends most on: {depends(finding)}",
            f"    Smallest trial: {trial(finding)}",
        ]
    typer.echo("\n".join(lines) + "\n")
