"""Paths as messages name them: nothing in them steers a terminal, and none fills the screen."""

from pathlib import Path

TOLD = 200  # characters


def shown(path: Path | str) -> str:
    r"""The path as it stands; signs that cannot be printed are written out, and a long one is cut.

    >>> shown("lots/UC-0147.toml"), shown("a" + chr(0x202E) + "b")
    ('lots/UC-0147.toml', "'a\\u202eb'")
    """
    text = str(path)
    text = text if text.isprintable() else repr(text)
    return text if len(text) <= TOLD else f"{text[:TOLD]}..."
