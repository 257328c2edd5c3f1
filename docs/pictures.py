"""Make the pictures of the pages of conditions and treatments, those that are no longer what the model would show.

`python docs/pictures.py` makes what is out of date, `python docs/pictures.py --all` everything. Beside the pictures,
stamps.json says what each was made from: the numbers and the code that it depends on.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from numbers_read import numbers_read, reached
from shown import PATIENTS, Patient, given, shown, when

import repigment
from repigment.conditions import conditions
from repigment.engine.batching import defaults
from repigment.evidence.parameters import parameters
from repigment.optics.tissue import Pigments
from repigment.patients.simulate import simulate
from repigment.patients.ward import Resolution
from repigment.pictures.strip import Style, strips
from repigment.treatments import Treatment, treatments

PICTURES = Path(__file__).parent / "pictures"
STAMPS = PICTURES / "stamps.json"
COMMAND = ".venv/bin/python docs/pictures.py"
GRID = Resolution(n=32, dx=0.3, steps=2)
PIXELS, COLOURS = 96, 72  # width of one picture; colours of a strip
LARGEST = 25_000  # bytes
PACKAGE = Path(repigment.__file__).parent
CODE = ("biology", "engine", "skin", "optics")
PAINTED = ("developed", "files", "lookup", "strip")  # of pictures/
ALONE = ("patients/appearance.py", "patients/lesion.py", "patients/person.py", "patients/ward.py")
UNSEEN = (  # themes of which no picture knows
    *("scores", "raters", "cautions", "groups"),
    *("pictures", "photographs", "photographs_reading", "photographs_compare"),
)
REDNESS = ("redness_half", "redness_vessels")  # of the scores: pictures show them as blood
SPECTRA = ("haemoglobin", "lights", "observers")
DOCSTRING = re.compile(r'^\s*(?:"""(?:.|\n)*?""")\s*$', re.MULTILINE)
Rows = dict[str, Pigments]


def pages() -> list[str]:
    """Every page with a picture, as folder and name."""
    return [*(f"conditions/{name}" for name in conditions()), *(f"treatments/{name}" for name in treatments())]


def patient_of(page: str) -> Patient:
    """Who is shown on a page."""
    folder, name = page.split("/")
    return PATIENTS.get(name, Patient(name)) if folder == "conditions" else shown(name).patient


def treatment_of(page: str) -> Treatment | None:
    """What is given to the patient on a page, if anything is."""
    folder, name = page.split("/")
    return given(name) if folder == "treatments" else None


def stamp(page: str) -> str:
    """A short name of everything that a picture is made from: numbers, code, patient, treatment."""
    treatment, patient = treatment_of(page), patient_of(page)
    made_from = [repr(patient), repr(treatment), repr(GRID), f"{PIXELS} {COLOURS}"]
    made_from += [f"{name}={parameters()[name].value!r}" for name in depends(page)]
    made_from += [code_of(path) for path in files(page)]
    return hashlib.sha256("\n".join(made_from).encode()).hexdigest()[:16]


def depends(page: str) -> list[str]:
    """Numbers that a picture depends on: those of the model and of the people, and those of what it shows."""
    patient, treatment = patient_of(page), treatment_of(page)
    own = {p.name for kind in parts(treatment) for p in numbers_read(kind)}
    own |= {p.name for p in numbers_read(type(conditions()[patient.condition]))} | {*defaults()}
    kinds = [*treatments().values(), *(type(each) for each in conditions().values())]
    others = {p.name for kind in kinds for p in numbers_read(kind)}
    return [
        name
        for name, p in parameters().items()
        if name in own or (name not in others and (p.theme not in UNSEEN or name in REDNESS))
    ]


def parts(treatment: Treatment | None) -> list[type]:
    """Classes of a treatment and of those that it consists of."""
    if treatment is None:
        return []
    inner = [each for step in getattr(treatment, "steps", ()) for each in step.treatments]
    prepared = getattr(treatment, "preparation", None)
    return [type(each) for each in (treatment, *inner, *([prepared] if prepared else ()))]


def files(page: str) -> list[Path]:
    """Files of code that a picture depends on."""
    found = {file for room in CODE for file in (PACKAGE / room).rglob("*.py")} | {PACKAGE / each for each in ALONE}
    found |= {PACKAGE / "pictures" / f"{name}.py" for name in PAINTED}
    found |= {PACKAGE / "evidence" / "spectra" / f"{name}.csv" for name in SPECTRA}
    for kind in (*parts(treatment_of(page)), type(conditions()[patient_of(page).condition])):
        classes = {base for code in reached(kind) for base in (code.__mro__ if isinstance(code, type) else (code,))}
        modules = {each.__module__ for each in classes if each.__module__.startswith("repigment.")}
        found |= {Path(str(sys.modules[module].__file__)) for module in modules}
    return sorted(found)


@cache
def code_of(path: Path) -> str:
    """The code of a file without docstrings, comments and empty lines: what may change without a new picture."""
    text = DOCSTRING.sub("", path.read_text("utf-8"))
    return "\n".join(line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))


def known() -> dict[str, str]:
    """Stamps of the pictures that are there."""
    return dict(json.loads(STAMPS.read_text("utf-8"))) if STAMPS.is_file() else {}


def stale() -> list[str]:
    """Pages whose picture is not there, or would be another one today."""
    old = known()
    return [page for page in pages() if old.get(page) != stamp(page) or not (PICTURES / f"{page}.png").is_file()]


@cache
def maps(page: str) -> tuple[list[float], float, Pigments]:
    """Weeks, mm a pixel, and maps (visits, n, n) of the pigments of the patient of a page."""
    patient, treatment = patient_of(page), treatment_of(page)
    course = simulate(
        condition=patient.condition,
        site=patient.site,
        treatments=() if treatment is None else (treatment,),
        weeks=patient.weeks,
        person=patient.person(),
        resolution=GRID,
    )
    across = course.maps["x"].values
    return [float(week) for week in course.maps["visit"].values], float(across[1] - across[0]), course.pigments


@cache
def untreated(patient: str) -> Pigments:
    """Pigments of a patient without treatment, by who it is."""
    page = next(page for page in pages() if repr(patient_of(page)) == patient)
    one = patient_of(page)
    course = simulate(condition=one.condition, site=one.site, weeks=one.weeks, person=one.person(), resolution=GRID)
    return course.pigments


def paint(page: str) -> bytes:
    """The picture of a page: the patient untreated, and below that treated."""
    patient, treatment = patient_of(page), treatment_of(page)
    weeks, dx, seen = maps(page)
    rows: Rows = {"": seen}
    if treatment is not None:
        rows = {"untreated": untreated(repr(patient)), f"{page.split('/')[1]}, {when(treatment, patient.weeks)}": seen}
    return strips(rows, weeks, dx, style=Style(PIXELS, patient.skin(PIXELS), COLOURS))


def write(wanted: list[str]) -> Iterator[str]:
    """Write the pictures of these pages with their stamps, and tell how large they are; remove those of no page."""
    stamps = known()
    for page in wanted:
        content = paint(page)
        if len(content) > LARGEST:
            raise SystemExit(f"{page}: {len(content)} bytes are more than {LARGEST}; make PIXELS smaller")
        file = PICTURES / f"{page}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        stamps[page] = stamp(page)
        STAMPS.write_text(json.dumps({name: stamps[name] for name in sorted(stamps)}, indent=1) + "\n", "utf-8")
        yield f"{page}: {len(content)} bytes"


def tidy() -> None:
    """Remove pictures and stamps of pages that are no more."""
    there = {f"{file.parent.name}/{file.stem}": file for file in PICTURES.glob("*/*.png")}
    for page in there.keys() - {*pages()}:
        there[page].unlink()
    kept = {page: one for page, one in known().items() if page in pages()}
    STAMPS.write_text(json.dumps(kept, indent=1) + "\n", "utf-8")


def main() -> None:
    """Make the pictures that are out of date, or all."""
    wanted = pages() if "--all" in sys.argv else stale()
    for line in write(wanted):
        print(line, flush=True)
    tidy()
    print(f"{len(wanted)} pictures made, {len(pages()) - len(wanted)} were up to date")


if __name__ == "__main__":
    main()
