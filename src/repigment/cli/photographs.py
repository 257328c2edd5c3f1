"""Commands that measure photographs of skin."""

from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from repigment.cli.app import app
from repigment.errors import RepigmentError
from repigment.saving import save
from repigment.terminal import console, progress, table

RESULTS = ("measures.json", "measures.csv", "annotated.png", "maps.npz")
CHANGES = ("side-by-side.png", "difference.png", "comparison.json")
NO_DEVICE = "A research instrument, no medical device."
Card = Annotated[
    str, typer.Option(help="Colour card of 24 patches: classic, mini, nano, mm across six patches, auto, or none.")
]
Corners = Annotated[str | None, typer.Option(help="Where the card lies, if it is not found: x1,y1,x2,y2,x3,y3,x4,y4.")]
PerPixel = Annotated[float | None, typer.Option(help="Millimetres of skin a pixel of the whole photograph.")]
Scale = Annotated[
    str | None,
    typer.Option(help="Two points and the mm between them: x1,y1,x2,y2,mm; or ruler: its mm marks in the picture."),
]
Camera = Annotated[str | None, typer.Option(help="Camera of known sensitivities, e.g. nikon-5100; with --lamp.")]
Lamp = Annotated[str | None, typer.Option(help="Lamp that lit the skin, e.g. D65, A, LED-B3, FL11; with --camera.")]
Grey = Annotated[str | None, typer.Option(help="Something grey and its reflectance, for the exposure: x,y,w,h,0.18.")]
SkinType = Annotated[str | None, typer.Option(help="Skin type of the person, I to VI, for the exposure.")]
Own = Annotated[str | None, typer.Option(help="Box of the person's own skin: x,y,w,h.")]
Side = Annotated[str | None, typer.Option(help="What the lesion is against own skin: lighter or darker.")]
Site = Annotated[str | None, typer.Option(help="For MASI: forehead, right malar, left malar, chin or face.")]
AfterCorners = Annotated[str | None, typer.Option(help="--card-corners of the later photograph.")]
AfterScale = Annotated[str | None, typer.Option(help="--scale of the later photograph.")]
AfterPerPixel = Annotated[float | None, typer.Option(help="--mm-per-pixel of the later photograph, if it differs.")]
AfterGrey = Annotated[str | None, typer.Option(help="--grey of the later photograph.")]
AfterOwn = Annotated[str | None, typer.Option(help="--reference-skin of the later photograph.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


@app.command()
def measure(
    photograph: Annotated[Path, typer.Argument(help="A photograph, or a folder of them.")],
    card: Card = "auto",
    card_corners: Corners = None,
    mm_per_pixel: PerPixel = None,
    scale: Scale = None,
    camera: Camera = None,
    lamp: Lamp = None,
    grey: Grey = None,
    skin_type: SkinType = None,
    reference_skin: Own = None,
    lesion: Side = None,
    site: Site = None,
    json: Json = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print a table, one photograph a row, and nothing else.")] = False,
    anonymous: Annotated[bool, typer.Option("--anonymous", help="Rows of a folder name no files.")] = False,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with a folder; finished rows stay.")] = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the annotated picture and the tables.")] = None,
) -> None:
    """Measure a photograph of skin, or a folder of them: areas, colours, contrast, scores, with intervals."""
    places = (card_corners, mm_per_pixel, scale, grey, reference_skin)
    options = _options(*places, card=card, camera=camera, lamp=lamp, skin_type=skin_type, lesion=lesion, site=site)
    if json and csv:
        raise RepigmentError("a result is printed in one form", where="--json, --csv", remedy="leave one of them out")
    if photograph.is_dir():
        _measure_folder(photograph, options, out, json, csv, anonymous, resume)
    else:
        if anonymous or resume:
            raise RepigmentError(
                f"{photograph} is one photograph", where="--anonymous, --resume", remedy="they are for a folder"
            )
        _measure_one(photograph, options, out, json, csv)


@app.command()
def compare(
    before: Annotated[Path, typer.Argument(help="The earlier photograph.")],
    after: Annotated[Path, typer.Argument(help="The later photograph of the same place.")],
    card: Card = "auto",
    card_corners: Corners = None,
    card_corners_after: AfterCorners = None,
    mm_per_pixel: PerPixel = None,
    mm_per_pixel_after: AfterPerPixel = None,
    scale: Scale = None,
    scale_after: AfterScale = None,
    camera: Camera = None,
    lamp: Lamp = None,
    grey: Grey = None,
    grey_after: AfterGrey = None,
    skin_type: SkinType = None,
    reference_skin: Own = None,
    reference_skin_after: AfterOwn = None,
    lesion: Side = None,
    json: Json = False,
    out: Annotated[Path | None, typer.Option(help="Folder for the pictures of the change.")] = None,
) -> None:
    """Compare two photographs of one place: how much has repigmented or faded, with intervals.

    Places in pixels hold for the earlier photograph; those of the later one have their own options.
    """
    from repigment.photographs.comparing.report import comparison_json, write_comparison
    from repigment.photographs.comparing.visits import compare_photographs
    from repigment.photographs.files.originals import spare

    if out is not None:
        spare([before, after], out, CHANGES)
    if mm_per_pixel_after is None and scale_after is None:
        mm_per_pixel_after = mm_per_pixel
    both: dict[str, Any] = {"card": card, "camera": camera, "lamp": lamp, "skin_type": skin_type, "lesion": lesion}
    options = _options(card_corners, mm_per_pixel, scale, grey, reference_skin, **both)
    places = (card_corners_after, mm_per_pixel_after, scale_after, grey_after, reference_skin_after)
    try:
        later = _options(*places, **both)
    except RepigmentError as error:  # what holds for both photographs was told before
        raise RepigmentError(
            error.what, where=f"{error.where}, of the later one", allowed=error.allowed, remedy=error.remedy
        ) from None
    with progress("compare", quiet=json) as tell:
        found = compare_photographs(before, after, options, tell=tell, options_after=later)
    if json:
        typer.echo(comparison_json(found))
    else:
        _show_change(found)
    for path in write_comparison(found, out) if out else []:
        _written(path, json)


def _show_change(found: Any) -> None:
    from repigment.photographs.comparing.report import comparison_lines, comparison_notes

    rows = table("change", "value", "95 % interval", "unit", whole=True)
    lines = comparison_lines(found)
    for *told, _ in lines:
        rows.add_row(*told)
    console().print(rows)
    for name, *_, meaning in lines:
        typer.echo(f"{name}: {meaning}")
    for note in comparison_notes(found):
        typer.echo(f"note: {note}")
    typer.echo(found.change.covers)
    typer.echo(NO_DEVICE)


def _options(
    card_corners: str | None,
    mm_per_pixel: float | None,
    scale: str | None,
    grey: str | None,
    reference_skin: str | None,
    **named: Any,
) -> Any:
    """Options as they are typed: lengths and places of one photograph, and what is called by a name."""
    from repigment.photographs.options import RULER, SCALES, Options

    return Options(
        card_corners=_numbers(card_corners, "--card-corners"),
        mm_per_pixel=mm_per_pixel,
        scale=scale if scale == RULER else _numbers(scale, "--scale", SCALES),
        grey=_numbers(grey, "--grey"),
        reference_skin=_numbers(reference_skin, "--reference-skin"),
        **named,
    )


def _numbers(text: str | None, where: str, allowed: str = "numbers with commas between") -> tuple[float, ...] | None:
    """Numbers with commas between them."""
    if text is None:
        return None
    try:
        return tuple(float(each) for each in text.split(","))
    except ValueError:
        raise RepigmentError(f"{text!r} are no numbers", where=where, allowed=allowed) from None


def _measure_one(photograph: Path, options: Any, out: Path | None, json: bool, csv: bool) -> None:
    from repigment.photographs.annotate import annotate
    from repigment.photographs.files.originals import spare
    from repigment.photographs.maps_file import maps_npz
    from repigment.photographs.measure import measure
    from repigment.photographs.tables import as_csv, row

    if out is not None:
        spare([photograph], out, RESULTS)
    found = measure(photograph, options)
    if json:
        typer.echo(found.to_json())
    elif csv:
        typer.echo(as_csv([row(found)]), nl=False)
    else:
        _show(found)
    if out is None:
        return
    files: dict[str, str | bytes] = {"measures.json": found.to_json() + "\n", "measures.csv": as_csv([row(found)])}
    if found.seen is not None:
        files["annotated.png"] = annotate(found)
        with suppress(RepigmentError):  # without colours that can be trusted there are no maps, and the table says why
            files["maps.npz"] = maps_npz(found)
    for name, content in files.items():
        save(content, out / name, name)
        _written(out / name, json or csv)


def _measure_folder(
    folder: Path, options: Any, out: Path | None, json: bool, csv: bool, anonymous: bool, resume: bool
) -> None:
    from repigment.photographs.folder import ALL, TABLE, measure_folder
    from repigment.photographs.tables import as_csv

    place = out or Path("results") / folder.resolve().name
    with progress("photographs", quiet=json or csv) as tell:
        rows = measure_folder(folder, place, options, anonymous=anonymous, resume=resume, tell=tell)
    if json:
        from json import dumps

        typer.echo(dumps(rows, indent=2, ensure_ascii=False))
    elif csv:
        typer.echo(as_csv(rows, ALL), nl=False)
    else:
        kinds = [each["status"] for each in rows]
        typer.echo(", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds)))
    _written(place / TABLE, json or csv)


def _show(found: Any) -> None:
    from repigment.photographs.tables import lines

    if found.measures:
        rows = table("measure", "value", "95 % interval", "unit", "rests on")
        for column in rows.columns:  # names, and what a measure rests on, share what room numbers leave
            column.no_wrap = column.header not in ("measure", "rests on")
        known = lines(found)
        for line in (each for each in known if each[1]):
            rows.add_row(*line)
        console().print(rows)
        for name, _, _, _, meant in (each for each in known if not each[1]):
            typer.echo(f"{name}: {meant}")
    for refusal in found.refusals:
        typer.echo(f"withheld: {refusal}")
    for note in found.notes:
        typer.echo(f"note: {note}")
    typer.echo(NO_DEVICE)


def _written(path: Path, quiet: bool) -> None:
    typer.echo(f"written: {path}", err=quiet)
