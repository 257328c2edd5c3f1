"""The protocol of a trial: one file of TOML, read and checked, that can be run."""

import hashlib
import json
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Self

from pydantic import Field, PrivateAttr, model_validator

from repigment.errors import RepigmentError
from repigment.trials.protocol.arms import Arm, Withdrawal
from repigment.trials.protocol.checks import contradictions
from repigment.trials.protocol.fields import MOST_PATIENTS, Name, Part, Text, Week
from repigment.trials.protocol.plan import (
    Analysis,
    Comparison,
    Design,
    Dropout,
    Endpoint,
    Rater,
    Simulation,
    Uncertainty,
)
from repigment.trials.protocol.population import Population
from repigment.trials.protocol.published import Published, Result, Source
from repigment.trials.protocol.sharing import share_out
from repigment.trials.reading.library import built_in_studies
from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import StudyError
from repigment.trials.reading.writing import write

if TYPE_CHECKING:
    from repigment.trials.result import TrialResult
    from repigment.trials.run import Progress

__all__ = ["Study", "built_in_studies"]


class Study(Part):
    """A trial before it is run: question, population, arms, visits, endpoints, analysis.

    Weeks count from randomisation. Made by `Study.load` or `Study.from_toml`, which fill in what a study may leave out.
    """

    name: Name
    title: Text
    question: Text
    context_of_use: Text
    design: Design = "parallel"
    visits: Annotated[tuple[Week, ...], Field(min_length=2, max_length=60)]
    population: Population
    arms: Annotated[tuple[Arm, ...], Field(alias="arm", min_length=1, max_length=20)]
    withdrawal: Withdrawal | None = None
    endpoints: Annotated[tuple[Endpoint, ...], Field(alias="endpoint", min_length=1, max_length=60)]
    comparisons: Annotated[tuple[Comparison, ...], Field(alias="comparison", max_length=60)] = ()
    analysis: Analysis
    dropout: Dropout = Dropout()
    rater: Rater = "live"
    sources: Annotated[tuple[Source, ...], Field(alias="published", max_length=50)] = ()
    uncertainty: Uncertainty
    simulation: Simulation

    _text: str = PrivateAttr("")

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        found = contradictions(self)
        if found:
            raise StudyError(found, self._plain(), f"the study '{self.name}'")
        return self

    @classmethod
    def load(cls, name_or_path: str | PathLike[str]) -> "Study":
        """The built-in study of that name, or the study in a TOML file.

        RepigmentError if there is neither, or if the file is not a study.

        >>> Study.load("true-v").patients
        674
        """
        from repigment.trials.reading.reader import load

        return load(name_or_path)

    @classmethod
    def from_toml(cls, text: str, *, where: str = "the study", name: str = "study") -> "Study":
        """A study from TOML text.

        `where` is what messages call the text; `name` is the study's name unless it says one itself. RepigmentError
        with the first mistakes if the text is no study.
        """
        from repigment.trials.reading.reader import read

        return read(text, where=where, name=name)

    def toml(self) -> str:
        """The study as TOML: the text that it was read from, otherwise written from its values."""
        return self._text or write(self._plain())

    def fingerprint(self) -> str:
        """A short name of the content (16 hexadecimal digits), the same however the file is laid out.

        >>> study = Study.load("true-v")
        >>> Study.from_toml("# the same" + chr(10) + study.toml()).fingerprint() == study.fingerprint()
        True
        """
        content = json.dumps(self._plain(), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()[:16]

    @property
    def patients(self) -> int:
        """How many patients are enrolled; where each is in every arm, each counts once."""
        return self.arms[0].n if self.design == "within-patient" else sum(arm.n for arm in self.arms)

    @property
    def last_week(self) -> int:
        """Week of the last visit."""
        return self.visits[-1]

    @property
    def published(self) -> tuple[Published, ...]:
        """The published results of all sources, each with its source."""
        return tuple(result for source in self.sources for result in source.published())

    def published_paths(self) -> list[tuple[KeyPath, Result]]:
        """Every published result with the path to it in the study's file."""
        return [
            (("published", i, "results", j), result)
            for i, source in enumerate(self.sources)
            for j, result in enumerate(source.results)
        ]

    @property
    def all_arms(self) -> tuple[Arm, ...]:
        """The arms as first randomised, then those of a second randomisation."""
        return (*self.arms, *(self.withdrawal.arms if self.withdrawal else ()))

    def scaled(self, patients: int) -> "Study":
        """The same study with `patients` patients, shared out among the arms as before, at least one in each.

        >>> [arm.n for arm in Study.load("true-v").scaled(300).arms]
        [100, 200]
        """
        least = 1 if self.design == "within-patient" else len(self.arms)
        if type(patients) is not int or not least <= patients <= MOST_PATIENTS:
            raise RepigmentError(
                f"the study '{self.name}' can't be run with {patients!r} patients",
                where="patients",
                allowed=f"a whole number from {least} to {MOST_PATIENTS}",
                remedy="at least one patient in every arm" if least > 1 else "",
            )
        counts = [arm.n for arm in self.arms]
        shared = [patients] * len(counts) if self.design == "within-patient" else share_out(patients, counts)
        arms = tuple(arm.model_copy(update={"n": n}) for arm, n in zip(self.arms, shared, strict=True))
        changed = self.model_copy(update={"arms": arms})
        changed._text = self._text if shared == counts else ""
        return changed

    def run(
        self,
        patients: int | None = None,
        seed: int = 1,
        out: str | Path | None = None,
        workers: int | None = None,
        resume: bool = False,
        progress: "Progress | None" = None,
    ) -> "TrialResult":
        """Run the trial; patients, scores, endpoints and comparisons are in the result.

        `patients` scales the arms, `seed` names the virtual world, `out` is a folder that results are kept in as
        they come, `resume` goes on with a run that was interrupted there, `progress(done, total)` is told how far
        it is. RepigmentError if the folder can't be used.
        """
        from repigment.trials.run import run_study  # here, because it brings the whole model with it

        return run_study(self, patients=patients, seed=seed, out=out, workers=workers, resume=resume, progress=progress)

    def _plain(self) -> dict[str, Any]:
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)
