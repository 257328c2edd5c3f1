"""The studies that claims are run as: ordinary study files, sized by worlds and patients."""

from functools import cache
from importlib.resources import files

from repigment.errors import RepigmentError
from repigment.trials.study import Study

WORLDS, PATIENTS = 64, 20  # draws of what is not known; patients in each arm with cells
MOST_WORLDS, MOST_PATIENTS = 256, 1000


@cache
def _texts() -> dict[str, str]:
    folder = files("repigment.claims") / "studies"
    found = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name)
    return {entry.name.removesuffix(".toml"): entry.read_text("utf-8") for entry in found}


def names() -> tuple[str, ...]:
    """Names of all studies of claims.

    >>> "vitiligo" in names()
    True
    """
    return tuple(_texts())


def study(name: str, worlds: int = WORLDS, patients: int = PATIENTS) -> Study:
    """The study of that name with so many worlds, and patients in its smallest arm; RepigmentError if out of range.

    >>> [arm.n for arm in study("vitiligo", patients=5).arms]
    [5, 5, 5, 5, 20]
    """
    check_size(worlds, patients)
    made = Study.from_toml(_texts()[name], where=f"the study '{name}' of the claims", name=name)
    least = min(arm.n for arm in made.arms)
    arms = tuple(arm.model_copy(update={"n": round(arm.n * patients / least)}) for arm in made.arms)
    uncertainty = made.uncertainty.model_copy(update={"prior_draws": worlds})
    return made.model_copy(update={"arms": arms, "uncertainty": uncertainty})


def check_size(worlds: int, patients: int) -> None:
    """Refuse numbers of worlds or patients that cannot be run."""
    for value, least, most, option in (
        (worlds, 2, MOST_WORLDS, "--worlds"),
        (patients, 2, MOST_PATIENTS, "--patients"),
    ):
        if not least <= value <= most:
            raise RepigmentError(
                f"{option.removeprefix('--')} is {value}",
                where=option,
                allowed=f"{least} to {most}",
                remedy="an even number of worlds is centred on no effect" if option == "--worlds" else "",
            )
