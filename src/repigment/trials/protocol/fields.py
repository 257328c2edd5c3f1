"""What all parts of a study are made of: their kinds of number and text, and how they refuse a value."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

LONGEST = 520  # weeks
MOST_PATIENTS = 100_000
REFUSED = "study"  # the kind of pydantic error that carries its own range and remedy

Share = Annotated[float, Field(ge=0, le=1)]
Week = Annotated[int, Field(ge=0, le=LONGEST, description="weeks")]
Patients = Annotated[int, Field(ge=1, le=MOST_PATIENTS, description="patients")]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]


class Part(BaseModel):
    """A piece of a study: cannot be changed, and refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, allow_inf_nan=False)


def refusal(what: str, allowed: str = "", remedy: str = "") -> PydanticCustomError:
    """The error of a validator, with the range and the remedy that the user is told.

    >>> str(refusal("no visit at week 9"))
    'no visit at week 9'
    """
    return PydanticCustomError(REFUSED, "{what}", {"what": what, "allowed": allowed, "remedy": remedy})
