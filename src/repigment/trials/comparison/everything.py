"""Running all built-in studies, one after the other; a study that fails does not stop the others."""

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from repigment.errors import RepigmentError
from repigment.saving import save
from repigment.trials.comparison.compared import Compared, compared, identity, keep, read, written
from repigment.trials.comparison.page import write_page
from repigment.trials.comparison.table import table
from repigment.trials.reading.closest import closest
from repigment.trials.reading.library import built_in_studies
from repigment.trials.study import Study

KEPT, REPORT, RUN, PAGE, ROWS = "compared.json", "report.html", "run.json", "index.html", "rows.csv"
Tell = Callable[[str], None]


def run_all(
    out: Path,
    *,
    patients: int | None = None,
    only: Sequence[str] = (),
    seed: int = 1,
    workers: int | None = None,
    resume: bool = False,
    tell: Tell = lambda line: None,
) -> list[Compared]:
    """Run every built-in study, or those of `only`, into `out`/STUDY, and write `out`/index.html and rows.csv.

    `patients` is how many each study has, its own number if None. With `resume` finished studies are not run again,
    an interrupted one goes on, and studies that `out` holds already stay on the page. `tell` is told of each study.
    RepigmentError if a name is unknown or the folder cannot be used; a study that fails is in what is returned.
    """
    wanted = _wanted(only)
    _refuse(out, resume)
    found: dict[str, Compared] = {}
    for count, name in enumerate(wanted, 1):
        found[name] = _one(name, out, patients, seed, workers, resume)
        tell(f"[{count}/{len(wanted)}] {line(found[name])}")
    for name in built_in_studies():
        if resume and name not in found and (finished := _finished(name, out, patients, seed)) is not None:
            found[name] = finished
    everything = [found[name] for name in built_in_studies() if name in found]
    save(table(everything).to_csv(index=False, lineterminator="\n"), out / ROWS, ROWS)
    write_page(everything, seed, out / PAGE, REPORT)
    return everything


def line(study: Compared) -> str:
    """What is told of one study when it is through."""
    if study.failure:
        return f"{study.name}: failed: {study.failure}"
    return f"{study.name}: {study.patients} patients, {study.seconds:.0f} s, {study.told}"


def _wanted(only: Sequence[str]) -> list[str]:
    known = list(built_in_studies())
    for name in only:
        if name not in known:
            near = closest(name, known)
            remedy = f"write '{near}'" if near else ""
            raise RepigmentError(
                f"no study is called '{name}'", where="--only", allowed=", ".join(known), remedy=remedy
            )
    return [name for name in known if not only or name in only]


def _refuse(out: Path, resume: bool) -> None:
    """Nothing of a stranger is overwritten, and nothing is run twice by mistake."""
    if not out.is_dir() or not any(out.iterdir()):
        return
    ours = any((out / name / RUN).exists() for name in built_in_studies())
    if not ours:
        raise RepigmentError(
            "the folder is not empty and holds no studies of repigment",
            where=str(out),
            remedy="choose an empty or a new folder for --out, so that nothing of yours is overwritten",
        )
    if not resume:
        raise RepigmentError(
            "the folder already holds studies",
            where=str(out),
            remedy="add --resume to go on with them, or choose another --out",
        )


def _one(name: str, out: Path, patients: int | None, seed: int, workers: int | None, resume: bool) -> Compared:
    """One study, run or found finished; what went wrong where it fails."""
    study: Any = None
    try:
        study = _sized(name, patients)
        kept = _kept(study, out / name, seed) if resume else None
        if kept is None:
            started = time.perf_counter()
            result = study.run(seed=seed, out=out / name, workers=workers, resume=resume)
            result.report(out / name / REPORT)
            kept = keep(result, time.perf_counter() - started)
            save(written(kept), out / name / KEPT, KEPT)
        return compared(study, kept)
    except Exception as error:  # whatever it is: the other studies are still run, and the page says so
        what = str(error) if isinstance(error, RepigmentError) else f"{type(error).__name__}: {error}"
        condition = study.population.condition if study is not None else ""
        return Compared(name, study.title if study is not None else name, condition, failure=what)


def _sized(name: str, patients: int | None) -> Study:
    """The study with `patients` patients, or with one in each arm where that is more."""
    study = Study.load(name)
    if patients is None:
        return study
    return study.scaled(patients if study.design == "within-patient" else max(patients, len(study.arms)))


def _kept(study: Study, folder: Path, seed: int) -> dict[str, Any] | None:
    """What is kept of the same run, if it was finished."""
    try:
        found = read((folder / KEPT).read_text("utf-8"))
    except OSError:
        return None
    return found if found is not None and found["identity"] == identity(study, seed) else None


def _finished(name: str, out: Path, patients: int | None, seed: int) -> Compared | None:
    """A study that was run before, though it was not asked for this time."""
    if not (out / name / KEPT).exists():
        return None
    study = _sized(name, patients)
    kept = _kept(study, out / name, seed)
    return None if kept is None else compared(study, kept)
