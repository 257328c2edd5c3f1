"""Who is shown on the page of a condition, and on that of a treatment what is given to whom."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from repigment.conditions import condition, conditions
from repigment.optics.people import skin_type_name
from repigment.patients.person import Person
from repigment.patients.simulate import typical_person
from repigment.skin.face import outline
from repigment.treatments import Treatment, treatments
from repigment.treatments.base import Sessions

SESSIONS = (0, 4, 8)  # weeks
CELLS = {"strength": 1.0}  # a what-if: every mechanism in full


@dataclass(frozen=True)
class Patient:
    """The typical patient of a condition, with what is said of this one, followed for `weeks`.

    `stop` is the week of a picture: what is used until then is seen to leave the skin in the pictures after it.
    """

    condition: str
    skin_type: int = 4
    site: str = "face"
    details: dict[str, Any] = field(default_factory=dict)
    told: str = ""
    weeks: int = 52
    stop: int = 31

    def person(self) -> Person:
        """The patient."""
        return typical_person(self.skin_type, self.site, self.condition, **self.details)

    def words(self) -> str:
        """Who it is."""
        told = f", {self.told}" if self.told else ""
        return f"typical patient with {conditions()[self.condition].title[0].lower()}{self.rest()}{told}"

    def rest(self) -> str:
        """The end of the condition's title, with skin type and site."""
        return f"{conditions()[self.condition].title[1:]}, skin type {skin_type_name(self.skin_type)}, {self.site}"

    def skin(self, pixels: int) -> NDArray[np.bool_] | None:
        """Which of the picture's pixels show skin, where it shows a whole face."""
        return outline(pixels) if condition(self.condition).in_halves else None


@dataclass(frozen=True)
class Shown:
    """A treatment with these settings, on the patient of a condition or on another one."""

    patient: Patient
    settings: dict[str, Any] = field(default_factory=dict)
    told: str = ""


SPENT = {"segmental": 1.0, "leukotrichia": 1.0}
VITILIGO = Patient("vitiligo")
ACTIVE = Patient("vitiligo", details={"stable": False}, told="spreading")
MELASMA = Patient("melasma")
HORMONAL = Patient("melasma", details={"said": {"hormonal": 1.0}}, told="under hormones")
SEGMENTAL = Patient("vitiligo", details={"said": SPENT}, told="segmental, with white hair")
LENTIGO = Patient("lentigo", skin_type=3)
PIH = Patient("pih", skin_type=5, details={"duration": 0.1}, told="five weeks after the injury", weeks=20, stop=12)
FRECKLES = Patient("freckles", skin_type=2)
PATIENTS = {each.condition: each for each in (VITILIGO, MELASMA, LENTIGO, PIH, FRECKLES)}
IN_FULL = "every mechanism set to its full strength, which nobody has shown"

SHOWN = {
    "adapalene": Shown(PIH, {"strength": 0.3}),
    "azelaic-acid": Shown(PIH),
    "corticosteroid-cream": Shown(ACTIVE),
    "cryotherapy": Shown(LENTIGO, {"weeks": (0,)}),
    "cysteamine": Shown(MELASMA),
    "excimer": Shown(VITILIGO),
    "graft": Shown(SEGMENTAL, {"weeks": (0,)}),
    "hormone-stop": Shown(HORMONAL, {"until": None}),
    "hormones": Shown(MELASMA),
    "hydroquinone": Shown(MELASMA),
    "ipl": Shown(LENTIGO),
    "laser": Shown(LENTIGO, {"device": "q-switched", "weeks": (0,)}),
    "microneedling": Shown(MELASMA),
    "mini-pulse": Shown(ACTIVE),
    "nb-uvb": Shown(VITILIGO),
    "niacinamide": Shown(MELASMA),
    "oral-jak": Shown(VITILIGO),
    "oral-tranexamic-acid": Shown(MELASMA),
    "peel": Shown(MELASMA),
    "placebo": Shown(VITILIGO),
    "programme": Shown(
        MELASMA,
        {
            "until": None,
            "repeat": True,
            "steps": (
                {"weeks": 12, "until": "clear", "treatments": ({"give": "triple-cream"},)},
                {"weeks": 24, "until": "relapse", "treatments": ({"give": "azelaic-acid"},)},
            ),
        },
        "12 weeks of triple cream, 24 of azelaic acid, and again",
    ),
    "ruxolitinib-cream": Shown(VITILIGO),
    "sham-injection": Shown(VITILIGO),
    "sunscreen": Shown(FRECKLES),
    "tacrolimus-ointment": Shown(VITILIGO),
    "tranexamic-acid-cream": Shown(MELASMA),
    "tretinoin": Shown(MELASMA),
    "triple-cream": Shown(MELASMA),
    "uc-msc": Shown(VITILIGO, CELLS, IN_FULL),
    "uc-msc-intravenous": Shown(VITILIGO),
    "uc-msc-topical": Shown(VITILIGO, {**CELLS, "on": "needled"}, f"after needles, {IN_FULL}"),
    "uc-msc-vesicles": Shown(VITILIGO, CELLS, IN_FULL),
    "vehicle": Shown(VITILIGO),
    "vitamin-c": Shown(MELASMA),
}


def shown(name: str) -> Shown:
    """What the page of a treatment shows; for one that stands in no table, its usual course in melasma."""
    return SHOWN.get(name, Shown(MELASMA))


def given(name: str) -> Treatment:
    """The treatment as it is shown.

    >>> given("hydroquinone").until
    31.0
    """
    kind = treatments()[name]
    usual: dict[str, Any] = {"weeks": SESSIONS} if issubclass(kind, Sessions) else {"until": shown(name).patient.stop}
    settings = {key: value for key, value in (usual | shown(name).settings).items() if value is not None}
    return kind.model_validate({"give": name, **settings})


def when(treatment: Treatment, weeks: int) -> str:
    """The weeks out of so many in which it is given, in words."""
    times = treatment.timeline(weeks)
    if all(first == last for first, last in times):
        told = ", ".join(f"{first:g}" for first, _ in times)
        return f"in week{'s' if len(times) > 1 else ''} {told}"
    (first, last), *_ = times
    return f"week {first:g} to {last:g}"
