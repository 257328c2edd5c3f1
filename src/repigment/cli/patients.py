"""Commands that follow one virtual patient."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError
from repigment.terminal import console, table

SHORT = ("ITA", "melanin index", "erythema index")
Condition = Annotated[str, typer.Option(help="vitiligo, melasma, lentigo, pih or freckles")]
Region = Annotated[str, typer.Option(help="face, neck, trunk, arms, hands, legs or feet")]
SkinType = Annotated[int, typer.Option(help="Fitzpatrick skin type, 1 to 6")]
Group = Annotated[str | None, typer.Option(help="Whose measured skin: AB, AF, CA, CN, IQ, JP, SA or TH.")]
Given = Annotated[
    list[str] | None, typer.Option(help="A treatment by name, or written out as in a study; repeat to combine.")
]
Weeks = Annotated[int, typer.Option(help="How long to follow the patient.")]
Mechanisms = Annotated[
    str | None, typer.Option(help="Mechanisms of UC-MSC that act, at full strength: e.g. support,immune; or none.")
]
Drawn = Annotated[bool, typer.Option("--drawn", help="Draw the patient's traits instead of taking the typical one.")]
Form = Annotated[
    list[str] | None,
    typer.Option(help="A form of the condition, e.g. dermal or hormonal in melasma; repeat it to combine."),
]
Active = Annotated[bool, typer.Option("--active", help="Active disease instead of stable.")]
Seed = Annotated[int, typer.Option(min=0, help="Number of the virtual world.")]


@app.command()
def simulate(
    condition: Condition = "vitiligo",
    site: Region = "face",
    skin_type: SkinType = 3,
    group: Group = None,
    treatment: Given = None,
    weeks: Weeks = 52,
    mechanisms: Mechanisms = None,
    drawn: Drawn = False,
    form: Form = None,
    active: Active = False,
    seed: Seed = 1,
    out: Annotated[Path | None, typer.Option(help="Folder for the tables, the curves and the pictures.")] = None,
) -> None:
    """Follow one virtual patient: curves, pictures of the skin, numbers."""
    from repigment.patients.album import write_album
    from repigment.patients.portrait import write_portrait

    whom = Whom(condition, site, skin_type, group, drawn, tuple(form or ()), active, seed)
    asked = Asked(whom, weeks, tuple(treatment or ()), mechanisms)
    course = asked.followed()
    _show_patient(course, asked.given())
    for path in [*write_portrait(course, out), *write_album(course, out / "pictures")] if out else []:
        typer.echo(f"written: {path}")


@app.command()
def render(
    out: Annotated[Path, typer.Option(help="Folder for the pictures and the film.")],
    condition: Condition = "vitiligo",
    site: Region = "face",
    skin_type: SkinType = 3,
    group: Group = None,
    treatment: Given = None,
    weeks: Weeks = 52,
    mechanisms: Mechanisms = None,
    drawn: Drawn = False,
    form: Form = None,
    active: Active = False,
    seed: Seed = 1,
    view: Annotated[str | None, typer.Option(help="patch, region or face; the condition's own if not given.")] = None,
    every: Annotated[int, typer.Option(help="Weeks from one picture to the next.")] = 4,
    width: Annotated[int, typer.Option(help="Width of a picture in pixels.")] = 768,
    card: Annotated[
        bool,
        typer.Option(
            "--card", help="Show a colour card beside the skin, for colour: it is drawn to fit, not to scale."
        ),
    ] = False,
    film: Annotated[list[str] | None, typer.Option(help="gif or mp4; repeat it for both; none for no film.")] = None,
) -> None:
    """Make pictures and a film of one virtual patient: patch, region or face."""
    from repigment.patients.album import Album, weeks_of, write_album

    whom = Whom(condition, site, skin_type, group, drawn, tuple(form or ()), active, seed)
    asked = Asked(whom, weeks, tuple(treatment or ()), mechanisms)
    films = _films(film or ["gif"])
    album = Album(view, width, card, films)
    asked.check()
    for path in write_album(asked.followed(weeks_of(weeks, every), album.check), out, album):
        typer.echo(f"written: {path}")
    typer.echo("Simulated skin, of nobody. A research instrument, no medical device.")


def _films(asked: list[str]) -> tuple[str, ...]:
    if "none" in asked and len(asked) > 1:
        raise RepigmentError("a film is either made or not", where="--film", remedy="leave out none, or the others")
    return () if asked == ["none"] else tuple(dict.fromkeys(asked))


@dataclass(frozen=True)
class Whom:
    """A virtual patient as it was asked for."""

    condition: str
    site: str
    skin_type: int
    group: str | None
    drawn: bool
    forms: tuple[str, ...]
    active: bool
    seed: int

    def person(self) -> Any:
        """The patient; RepigmentError for one that there cannot be."""
        from repigment.patients.simulate import drawn_person, forms, typical_person

        if self.active and self.condition != "vitiligo":
            raise RepigmentError(f"{self.condition} is not active or stable", where="--active", allowed="vitiligo")
        said = forms(self.condition, self.forms)
        details: dict[str, Any] = {"stable": not self.active, "said": said, "group": self.group}
        if self.drawn:
            return drawn_person(self.skin_type, self.site, self.seed, self.condition, **details)
        return typical_person(self.skin_type, self.site, self.condition, **details)


@dataclass(frozen=True)
class Asked:
    """Whom to follow, how long, and what is given."""

    whom: Whom
    weeks: int
    treatments: tuple[str, ...]
    mechanisms: str | None

    def check(self) -> None:
        """RepigmentError for a patient or a length that there cannot be."""
        from repigment.patients.simulate import check

        check(self.whom.condition, self.whom.site, self.whom.skin_type, self.weeks)

    def given(self) -> list[Any]:
        """The treatments."""
        from repigment.patients.prescribe import prescribe

        return prescribe(list(self.treatments), self.mechanisms)

    def followed(self, pictures: Sequence[int] | None = None, check: Callable[[Any], None] | None = None) -> Any:
        """The patient's course with pictures at these weeks, once `check` has found nothing wrong with the patient."""
        from repigment.patients.simulate import simulate

        self.check()
        known = self.whom
        given, person = self.given(), known.person()
        if check:
            check(person)
        return simulate(
            condition=known.condition,
            site=known.site,
            skin_type=known.skin_type,
            treatments=given,
            weeks=self.weeks,
            seed=known.seed,
            person=person,
            pictures=pictures,
        )


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
    _show_colours(course)
    typer.echo(f"discretisation error of {bound(course)}")
    for each in (treatment for treatment in given if isinstance(treatment, CellProduct)):
        acting = ", ".join(each.mechanisms) or "no mechanism"
        strength = "full strength" if each.strength is None else f"strength {each.strength:g}"
        typer.echo(f"UC-MSC with {acting} at {strength}: a what-if, no evidence that they act")
    for sentence in cautions(given, course.person.skin_type, course.weekly.sizes["week"] - 1):
        typer.echo(f"caution: {sentence}")


def _show_colours(course: Any) -> None:
    from repigment.patients.colours import colours

    known = colours(course)
    rows = table("week", *(f"{name}, {place}" for place in ("lesion", "around") for name in ("ITA", "MI", "EI")))
    for week, row in known.iterrows():
        rows.add_row(str(week), *(f"{row[place][name]:.0f}" for place in ("lesion", "around") for name in SHORT))
    console().print(rows)
    typer.echo("ITA: typology angle in degrees (D65, 2 degrees); MI, EI: melanin and erythema index; read by a sphere")
