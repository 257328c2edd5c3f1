"""Commands that follow one virtual patient."""

from pathlib import Path
from typing import Annotated, Any

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError
from repigment.terminal import console, table


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
