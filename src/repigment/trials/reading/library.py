"""The studies that come with the program."""

from functools import cache
from importlib.resources import files

ASSUMED = "_assumed"  # not a study: what a study that says nothing is taken to mean


@cache
def _texts() -> dict[str, str]:
    folder = files("repigment.trials") / "studies"
    entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    return {
        entry.name.removesuffix(".toml"): entry.read_text("utf-8") for entry in entries if entry.name.endswith(".toml")
    }


def built_in_studies() -> dict[str, str]:
    """The TOML text of every built-in study by its name.

    >>> "true-v" in built_in_studies()
    True
    """
    return {name: text for name, text in _texts().items() if name != ASSUMED}


def assumptions() -> str:
    """TOML of what a study may leave unsaid."""
    return _texts()[ASSUMED]
