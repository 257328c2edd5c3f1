"""The question of a trial and what its answer may be used for."""

from repigment.trials.report.blocks import Prose, Section
from repigment.trials.report.reads import Trial
from repigment.trials.report.words import capital

NOTICE = (
    "A research instrument for hypotheses and for planning trials. It is no medical device, "
    "supports no advertising and chooses no dose for a patient."
)


def question(trial: Trial) -> Section:
    """The question as the study asks it."""
    return Section("question", "The question", [Prose([str(trial.study.question)], "lead")])


def _sentence(text: str) -> str:
    return capital(text) if text.endswith((".", "?", "!")) else f"{capital(text)}."


def context(trial: Trial) -> Section:
    """The context of use, and the one line that stands in every report."""
    return Section(
        "context", "Context of use", [Prose([_sentence(str(trial.study.context_of_use))]), Prose([NOTICE], "notice")]
    )
