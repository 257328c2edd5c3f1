"""One step of a programme: what is given in it, and what ends it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union

from pydantic import BaseModel, ConfigDict, Field, SerializeAsAny, TypeAdapter, ValidationInfo
from pydantic_core import core_schema

from repigment.evidence.parameters import value
from repigment.treatments.base import Treatment
from repigment.treatments.seasons import Season


@cache
def _inner() -> TypeAdapter[Treatment]:
    """Whatever may stand in a step: every treatment but a programme. Asked for late, for they find themselves."""
    from repigment.treatments import treatments

    kinds = tuple(kind for name, kind in treatments().items() if name != "programme")
    any_of_them: Any = Annotated[Union[kinds], Field(discriminator="give")]  # noqa: UP007
    return TypeAdapter(any_of_them)


class _OneOfThem:
    """Reads a treatment of a step as an arm of a study reads its own."""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:
        return core_schema.with_info_before_validator_function(cls._read, handler(source))

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:
        return handler(_inner().core_schema)

    @staticmethod
    def _read(written: Any, info: ValidationInfo) -> Treatment:
        if info.mode == "json":
            return _inner().validate_json(json.dumps(written), strict=True)
        return _inner().validate_python(written)


class Step(BaseModel):
    """One step of a programme: its treatments, their weeks counted from its start, and what ends it.

    It lasts `weeks` at most; none of its treatments is a pause. In `season` only, if given, is anything given.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    treatments: Annotated[tuple[Annotated[SerializeAsAny[Treatment], _OneOfThem], ...], Field(max_length=12)] = ()
    weeks: Annotated[int, Field(ge=1, le=520)]
    until: Literal["time", "clear", "relapse", "no better"] = "time"
    season: Annotated[tuple[Season, ...], Field(min_length=1, max_length=4)] | None = None

    def fulfilled(self, begin: int, week: int, grades: Mapping[int, float], patience: int) -> bool:
        """Whether what is seen at `week` ends the step that began at `begin`; `grades` as in `unfold`."""
        known = [grade for when, grade in sorted(grades.items()) if when <= begin]
        first = known[-1] if known else 1.0
        best = min([first, *(grade for when, grade in grades.items() if begin <= when <= week)])
        now = grades[week]
        if self.until == "clear":
            return now <= value("programme_clear")
        if self.until == "relapse":
            return now - best >= value("programme_relapse")
        return self.until == "no better" and week >= begin + patience and first - now < value("programme_better")
