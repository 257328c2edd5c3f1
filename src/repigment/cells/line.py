"""One line of a lot's check: an item, what was found, what is allowed, and who says so."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["pass", "fail", "missing"]


@dataclass(frozen=True, slots=True)
class Line:
    """What `repigment lot check` says of one item. `where` is its key in LOT.toml; missing hurts only if `required`.

    `found` is empty where the lot tells nothing. `status` says of the limit whether it was read, recalled or chosen.
    """

    item: str
    verdict: Verdict
    found: str
    limit: str
    source: str
    required: bool = True
    group: str = ""
    where: str = ""
    status: str = ""

    @property
    def refuses(self) -> bool:
        """Whether a lot with this line may not be given."""
        return self.verdict == "fail" or (self.verdict == "missing" and self.required)
