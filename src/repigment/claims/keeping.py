"""What is kept of a run, so that it need not be run again: findings of each study under a key of all that made them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from repigment import __version__
from repigment.claims.finding import Finding
from repigment.claims.question import Question
from repigment.errors import RepigmentError
from repigment.evidence.parameters import digest
from repigment.saving import refusal, save
from repigment.trials.study import Study

STUDIES, PAGE, ALL = "studies", "claims.html", "claims.json"


def key(study: Study, questions: Sequence[Question], seed: int) -> dict[str, Any]:
    """All that decides what a study gives: its content, worlds, patients, questions, seed, numbers, and what asks."""
    asked = json.dumps([asdict(question) for question in questions], sort_keys=True)
    return {
        "study": study.fingerprint(),
        "questions": hashlib.sha256(asked.encode()).hexdigest()[:16],
        "seed": seed,
        "worlds": study.uncertainty.prior_draws,
        "patients": study.patients,
        "parameters": digest(),
        "version": __version__,
        "claims": _code(),
    }


@cache
def _code() -> str:
    """A short name of the code of the claims: findings of another are made anew. The model itself is its version."""
    here = files("repigment.claims")
    texts = [entry.read_bytes() for entry in sorted(here.iterdir(), key=str) if entry.name.endswith(".py")]
    return hashlib.sha256(b"".join(texts)).hexdigest()[:16]


def keep(folder: Path, name: str, made_from: Mapping[str, Any], findings: Sequence[Finding]) -> None:
    """Keep the findings of a study."""
    content = {"key": dict(made_from), "findings": [finding.plain() for finding in findings]}
    save(written(content), folder / STUDIES / f"{name}.json", f"the findings of {name}")


def kept(folder: Path, name: str, made_from: Mapping[str, Any]) -> list[Finding] | None:
    """The findings of a study that were kept under the same key; None if there are none, or not whole."""
    try:
        found = json.loads((folder / STUDIES / f"{name}.json").read_text("utf-8"))
        if found["key"] != dict(made_from):
            return None
        return [Finding(**each) for each in found["findings"]]
    except (OSError, ValueError, TypeError, KeyError):
        return None


def written(content: Any) -> str:
    """As the text of a JSON file."""
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def check(folder: Path) -> None:
    """Refuse a folder that is not empty and holds nothing of ours: nothing of a stranger is mixed with ours."""
    try:
        if not folder.exists():
            return
        there = {entry.name for entry in folder.iterdir()}
    except OSError as error:
        raise refusal(error, folder, "the claims") from error
    if there and not there & {STUDIES, PAGE, ALL}:
        raise RepigmentError(
            "the folder is not empty and holds no claims of repigment",
            where=str(folder),
            remedy="choose an empty or a new folder for --out",
        )
