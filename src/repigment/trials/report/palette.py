"""Colours of page and charts by name, by day and by night, and the mark of each arm."""

from collections.abc import Sequence
from dataclasses import dataclass

# name: (light, dark); charts are drawn in the light colour, which the page then replaces by the name
COLOURS = {
    "paper": ("#fbfaf7", "#15181b"),
    "card": ("#ffffff", "#1c2024"),
    "ink": ("#1e2327", "#e8e5de"),
    "muted": ("#566069", "#a4abb1"),
    "rule": ("#d8d5cd", "#3a4046"),
    "accent": ("#7c4a21", "#d9a066"),
    "hit": ("#00735f", "#4cc7ab"),
    "miss": ("#b3321b", "#ff8d72"),
    # arms: after Okabe and Ito, darkened to three to one and more against the paper
    "arm-0": ("#5b646c", "#b4bbc1"),
    "arm-1": ("#0067ad", "#63b3f0"),
    "arm-2": ("#c04f00", "#f3934f"),
    "arm-3": ("#00815e", "#3ec99c"),
    "arm-4": ("#a23a8d", "#e493d3"),
    "arm-5": ("#8a6b00", "#dcbf45"),
    "arm-6": ("#4b47a8", "#a7a3f5"),
    "arm-7": ("#9c2f44", "#f08aa0"),
}
MARKERS = ("o", "s", "^", "D", "v", "P", "X", "h")
ARM_COLOURS = tuple(name for name in COLOURS if name.startswith("arm-"))


def ink(name: str) -> str:
    """The colour that charts are drawn in for a named colour of the page."""
    return COLOURS[name][0]


def variables() -> str:
    """The colours as CSS custom properties, by day and, where the reader prefers it, by night."""
    day = "".join(f"--{name}:{light};" for name, (light, _) in COLOURS.items())
    night = "".join(f"--{name}:{dark};" for name, (_, dark) in COLOURS.items())
    return f":root{{{day}}}\n@media (prefers-color-scheme: dark){{@media screen{{:root{{{night}}}}}}}"


@dataclass(frozen=True)
class ArmMark:
    """How one arm is drawn everywhere on the page."""

    name: str
    colour: str  # a name of COLOURS
    marker: str
    filled: bool

    @property
    def ink(self) -> str:
        """The colour to draw this arm in."""
        return ink(self.colour)


def marks(names: Sequence[str], control: str) -> dict[str, ArmMark]:
    """A mark for each arm: open grey for the control, then colour and shape in turn."""
    others = [name for name in dict.fromkeys(names) if name != control]
    found = {control: ArmMark(control, ARM_COLOURS[0], MARKERS[0], False)}
    for i, name in enumerate(others):
        colour = ARM_COLOURS[1 + i % (len(ARM_COLOURS) - 1)]
        found[name] = ArmMark(name, colour, MARKERS[(1 + i) % len(MARKERS)], True)
    return {name: found[name] for name in dict.fromkeys(names)}
