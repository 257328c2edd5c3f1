"""What cannot be had from a photograph, and why."""

from dataclasses import dataclass
from typing import Literal

Withheld = Literal["colour", "area", "all"]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Measures that are withheld, the reason as a sentence, and what would mend it.

    `what` is "colour" (everything that needs true colour), "area" (everything that needs an outline or a size) or
    "all".

    >>> print(Refusal("area", "the photograph is blurred.", "Hold the camera still."))
    No area: the photograph is blurred. Hold the camera still.
    """

    what: Withheld
    why: str
    remedy: str

    def __str__(self) -> str:
        name = "Nothing" if self.what == "all" else f"No {self.what}"
        return f"{name}: {self.why} {self.remedy}"
