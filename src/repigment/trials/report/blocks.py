"""What a section of the page is made of; the template knows how to set each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from markupsafe import Markup

from repigment.trials.report.chart import Chart
from repigment.trials.report.palette import ArmMark

Cell = str | Markup


@dataclass(frozen=True)
class Prose:
    """Paragraphs; `look` names a style of the page: plain, lead, notice, answer or misses."""

    kind: ClassVar[str] = "prose"
    paragraphs: Sequence[Cell]
    look: str = "plain"


@dataclass(frozen=True)
class Figures:
    """Charts side by side as the width allows, under one legend of arms; `size` is small, medium or wide."""

    kind: ClassVar[str] = "figures"
    charts: Sequence[Chart]
    legend: Sequence[ArmMark] = ()
    size: str = "small"


@dataclass(frozen=True)
class Adaptive:
    """One drawing in two settings: for wide and for narrow windows."""

    kind: ClassVar[str] = "adaptive"
    wide: Chart
    narrow: Chart


@dataclass(frozen=True)
class Table:
    """A table: caption, column heads, rows whose first cell is their head; `text` columns are set left.

    A row whose first cell is None goes on under the head of the row above.
    """

    kind: ClassVar[str] = "table"
    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell | None]]
    note: Cell = ""
    text: Sequence[int] = ()

    @property
    def groups(self) -> list[list[Sequence[Cell | None]]]:
        """The rows under each head."""
        found: list[list[Sequence[Cell | None]]] = []
        for row in self.rows:
            if row[0] is None and found:
                found[-1].append(row)
            else:
                found.append([row])
        return found


@dataclass(frozen=True)
class Counts:
    """A bar divided by counts: (name, count, colour)."""

    kind: ClassVar[str] = "counts"
    label: str
    parts: Sequence[tuple[str, int, str]]


@dataclass(frozen=True)
class Code:
    """Text to copy."""

    kind: ClassVar[str] = "code"
    label: str
    text: str


@dataclass(frozen=True)
class Picture:
    """One photograph-like picture with its week: PNG as base64, scale bar in per cent of its width."""

    week: str
    alt: str
    data: str
    scale: str
    scale_share: float


@dataclass(frozen=True)
class PatientStrip:
    """The pictures of one patient."""

    caption: str
    detail: str
    pictures: Sequence[Picture]


@dataclass(frozen=True)
class Strips:
    """The pictures of several patients."""

    kind: ClassVar[str] = "strips"
    patients: Sequence[PatientStrip]


@dataclass(frozen=True)
class Details:
    """Blocks that are folded away until asked for."""

    kind: ClassVar[str] = "details"
    summary: str
    blocks: Sequence["Block"]


@dataclass(frozen=True)
class Item:
    """One of several things that a section tells in the same way: a heading, two halves side by side, what is below."""

    kind: ClassVar[str] = "item"
    key: str
    title: str
    left: Sequence["Block"]
    right: Sequence["Block"] = ()
    below: Sequence["Block"] = ()


Block = Prose | Figures | Adaptive | Table | Counts | Code | Strips | Details | Item


@dataclass(frozen=True)
class Section:
    """One numbered section of the page."""

    key: str
    title: str
    blocks: Sequence[Block] = field(default_factory=tuple)
