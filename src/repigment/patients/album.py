"""Pictures of a simulated patient: a patch, a region or the face at each visit, before beside after, and a film."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from PIL import Image

from repigment.conditions import Condition, condition
from repigment.engine.batching import model_parameters, unstack
from repigment.engine.observe import shown
from repigment.engine.precision import computing
from repigment.engine.wellmixed import run_well_mixed
from repigment.errors import RepigmentError
from repigment.evidence.parameters import value
from repigment.optics.tissue import Pigments
from repigment.patients.appearance import appearance
from repigment.patients.complexion import complexion
from repigment.patients.lesion import parameter_arrays
from repigment.patients.person import Person
from repigment.patients.simulate import PatientCourse
from repigment.patients.ward import histories
from repigment.pictures.face import face
from repigment.pictures.film import FORMS, film
from repigment.pictures.pair import pair
from repigment.pictures.render import check_width, patch, region
from repigment.pictures.rounded import rounded
from repigment.pictures.strip import png
from repigment.pictures.writing import captioned
from repigment.saving import save

View = Literal["patch", "region", "face"]
SAID = "simulated"  # on every picture: none of them is of anybody
FIELD = (4.0, 3.0)  # width and height of a region, in windows or lesions
HALF = 0.5  # lesional share of skin at the edge of a lesion
MARGIN = 0.6  # skin around a whole lesion, in radii
SHORTEST, FRAME = 0.15, 6.0  # seconds of a frame at least, and of a whole film


@dataclass(frozen=True)
class Album:
    """What is made of a course: its view, how many pixels wide, with a colour card or not, films in which forms."""

    view: str | None = None
    width: int = 768
    card: bool = False
    films: tuple[str, ...] = ("gif",)

    def check(self, person: Person) -> None:
        """RepigmentError if the person's condition has no such view, or if no such picture or film is made."""
        known = views(condition(person.condition))
        if self.view is not None and self.view not in known:
            title = condition(person.condition).title
            raise RepigmentError(f"{title} has no view {self.view!r}", where="--view", allowed=", ".join(known))
        check_width(self.width)
        for form in self.films:
            if form not in FORMS:
                allowed = ", ".join((*FORMS, "none"))
                raise RepigmentError(f"no film is written as {form!r}", where="--film", allowed=allowed)

    def frames(self, course: PatientCourse) -> list[Image.Image]:
        """A picture of each visit, all of the same skin; RepigmentErrors as of `check`."""
        self.check(course.person)
        view = self.view or views(course.lesion.condition)[0]
        around = own_skin(course) if view == "region" else [Pigments(0.0, 0.0)] * len(visits(course))
        return [self._frame(course, *each, view) for each in zip(visits(course), around, strict=True)]

    def _frame(self, course: PatientCourse, pigments: Pigments, around: Pigments, view: str) -> Image.Image:
        lesion, mm, columns = course.lesion, spacing(course), course.maps.sizes["x"]
        drawn: dict[str, Any] = {"width": self.width, "tissue": course.tissue, "seed": lesion.seed, "card": self.card}
        if view == "face":
            outline = lesion.condition.outline(columns)
            assert outline is not None, "views() says so"
            return face(pigments, mm, outline, complexion(course.person)[0], **drawn)
        if view == "patch":
            return patch(pigments, mm, **drawn)
        window = pigments
        if white(course):
            edge = float(np.argmax(lesion.window(columns, mm).share.mean(axis=0) >= HALF))
            window = rounded(pigments, mm, edge, lesion.radius, MARGIN * lesion.radius, around)
        size = tuple(share * len(window.melanin) * mm for share in FIELD)
        return region(window, mm, around, (size[0], size[1]), round(value("lesions_per_region")), **drawn)


PLAIN = Album()


def views(known: Condition) -> tuple[View, ...]:
    """The views that a condition has, its own first."""
    return ("patch", "region") if known.outline(8) is None else ("face",)


def white(course: PatientCourse) -> bool:
    """Whether the lesion is a strip across the margin of a white patch."""
    return course.lesion.condition.scale == "white patches"


def spacing(course: PatientCourse) -> float:
    """Width of a pixel of the course's maps, mm."""
    x = course.maps["x"].values
    return float(x[1] - x[0])


def visits(course: PatientCourse) -> list[Pigments]:
    """Pigments (rows, columns) at each visit of a course."""
    many = np.broadcast_arrays(*course.pigments)
    return [Pigments(*each) for each in zip(*many, strict=True)]


def own_skin(course: PatientCourse) -> list[Pigments]:
    """Pigments at each visit of the person's skin far from any lesion: tanned as it may be, without the disease."""
    lesion, weeks = course.lesion, [int(week) for week in course.maps["visit"].values]
    parameters = parameter_arrays([lesion])
    table = lesion.exposure(7 * max(weeks[-1], 1)).table[:, :, None]
    state = histories([lesion])[:, 0]
    found = []
    for before, after in itertools.pairwise([0, *weeks]):
        if after > before:
            state = run_well_mixed(state, parameters, table[7 * before : 7 * after], after - before)
        with computing("single") as dtype:
            seen = shown(unstack(state[:, :, None, None], dtype), model_parameters(parameters, dtype))
        looks = appearance(np.asarray(seen)[0], lesion)
        found.append(Pigments(*(float(np.mean(each)) for each in looks)))
    return found


def write_album(course: PatientCourse, folder: Path, album: Album = PLAIN) -> list[Path]:
    """Write week-NNN.png, before-after.png and film.gif or .mp4 into `folder`; RepigmentError if that is impossible."""
    weeks, told = [int(week) for week in course.maps["visit"].values], f"{SAID} {course.lesion.condition.title.lower()}"
    frames = album.frames(course)
    files = {
        f"week-{week:03d}.png": png(captioned(frame, f"week {week}, {told}"))
        for week, frame in zip(weeks, frames, strict=True)
    }
    captions = f"week {weeks[0]}, {told}", f"week {weeks[-1]}, {told}"
    files["before-after.png"] = png(pair(frames[0], frames[-1], captions))
    if album.films:
        plain = replace(album, card=False).frames(course) if album.card else frames  # a film has colours for skin only
        seconds = max(SHORTEST, FRAME / len(frames))
        files |= {f"film.{form}": film(plain, weeks, form, seconds, told) for form in album.films}
    return _written(files, folder)


def _written(files: dict[str, bytes], folder: Path) -> list[Path]:
    for name, content in files.items():
        save(content, folder / name, name)
    return [folder / name for name in files]


def weeks_of(last: int, every: int) -> Sequence[int]:
    """Weeks 0, every, ... last.

    >>> weeks_of(10, 4)
    [0, 4, 8, 10]
    """
    if not 1 <= every <= last:
        raise RepigmentError(
            f"no picture can be taken every {every} weeks of {last}", where="--every", allowed=f"1 to {last}"
        )
    return sorted({*range(0, last, every), last})
