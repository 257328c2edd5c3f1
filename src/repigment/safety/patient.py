"""What is asked of a patient before a cell product: the answers of PATIENT.toml."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

NEVER = "never"
Months = Annotated[Literal["never"] | Annotated[float, Field(ge=0, le=1200)], Field()]
Answer = bool | None


def _asked(question: str, **limits: Any) -> Any:
    return Field(default=None, description=question, **limits)


class Patient(BaseModel):
    """Answers about one patient; None is not said. No name is asked for, and none belongs here.

    Months are counted back from the day of the screen; "never" if it never was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, allow_inf_nan=False)

    condition: Literal["vitiligo", "melasma", "lentigo", "pih", "freckles"] = Field(description="what is to be treated")
    consent: Answer = _asked("has the patient agreed in writing?")
    age: float | None = _asked("age in years", ge=0, le=120)
    pregnant: Answer = _asked("pregnant? false for men")
    breastfeeding: Answer = _asked("breastfeeding?")
    planning_pregnancy: Answer = _asked("a pregnancy planned within the trial?")
    infection_there: Answer = _asked("infection or open wound where it would be given?")
    infection_elsewhere: Answer = _asked("any infection of the body, acute or chronic?")
    skin_disease_there: Answer = _asked("another active skin disease where it would be given?")
    skin_cancer: Answer = _asked("skin cancer, now or ever, or a spot that might be one?")
    cancer: Answer = _asked("another cancer, now or ever?")
    clotting: Answer = _asked("thrombosis ever, tendency to it, or abnormal clotting?")
    anticoagulants: Answer = _asked("anticoagulants?")
    keloid: Answer = _asked("keloids, or tendency to them?")
    immune_dysfunction: Answer = _asked("weak immunity, or drugs that suppress it?")
    autoimmune_disease: Answer = _asked("an autoimmune disease other than vitiligo?")
    hiv: Answer = _asked("HIV, by a test?")
    hepatitis_b: Answer = _asked("hepatitis B, by a test?")
    hepatitis_c: Answer = _asked("hepatitis C, by a test?")
    uncontrolled_diabetes: Answer = _asked("diabetes that is out of control?")
    organ_disease: Answer = _asked("serious disease of heart, lung, liver, kidney or glands?")
    severe_allergy: Answer = _asked("a severe allergy, or several?")
    anaesthetic_allergy: Answer = _asked("allergy to local anaesthetics?")
    photosensitivity: Answer = _asked("photosensitive, or drugs that make it?")
    reaction_to_cells: Answer = _asked("a serious event after a cell product before?")
    months_since_cells: Months | None = _asked("since any cell product")
    months_since_treatment: Months | None = _asked("since another treatment of the colour")
    months_since_trial: Months | None = _asked("since another trial")
    months_since_new_lesion: Months | None = _asked("since a new or growing lesion (vitiligo, melasma)")
    form: Literal["non-segmental", "segmental", "focal"] | None = _asked("form (vitiligo)")
    area_percent: float | None = _asked("vitiligo in percent of the body (vitiligo)", ge=0, le=100)
    koebner: Answer = _asked("white patches after injuries (vitiligo)?")
    months_since_hormones: Months | None = _asked("since contraceptives or hormones (melasma)")
    pih_before: Answer = _asked("dark marks after inflammation before (melasma, lentigo, freckles)?")

    def answer(self, key: str) -> bool | float | str | None:
        """What is said to one question."""
        said: bool | float | str | None = getattr(self, key)
        return said


def admitted(key: str) -> str:
    """What may be written for a key, in words.

    >>> admitted("area_percent"), admitted("months_since_cells"), admitted("hiv")
    ('0 to 100', '0 to 1200, or "never"', 'true or false')
    """
    told = Patient.model_json_schema()["properties"][key]
    parts = [part for part in told.get("anyOf", [told]) if part.get("type") != "null"]
    return ", or ".join(_words(part) for part in sorted(parts, key=lambda part: str(part["type"])))


def _words(part: dict[str, Any]) -> str:
    if part["type"] == "boolean":
        return "true or false"
    if part["type"] == "string":
        return ", ".join(f'"{name}"' for name in part.get("enum", [part.get("const")]))
    return f"{part['minimum']:g} to {part['maximum']:g}"
