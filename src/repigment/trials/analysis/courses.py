"""From the tidy table of scores to arrays: the course of each patient of an arm in each world."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from repigment.errors import RepigmentError
from repigment.trials.analysis.summary import Floats

LARGEST = 1e12  # of a score: no area, burden or per cent comes near, and its square is still a number
COLUMNS = ("world", "patient", "arm", "score", "week", "value")


@dataclass(frozen=True)
class Course:
    """One score of one arm.

    patients (n,) identifiers; weeks (V,) visits; values (K worlds, M imputations, n, V), NaN where not seen;
    scheduled (n, V): the patient was due in this arm at this visit; dropout (n,) weeks, inf for who stays.
    """

    arm: str
    score: str
    patients: NDArray[np.int64]
    weeks: Floats
    values: Floats
    scheduled: NDArray[np.bool_]
    dropout: Floats

    def at(self, week: float) -> Floats:
        """The values at a week, (K, M, n); NaN if there is no such visit."""
        found = np.flatnonzero(self.weeks == week)
        return self.values[..., found[0]] if found.size else np.full(self.values.shape[:-1], np.nan)


@dataclass(frozen=True)
class Courses:
    """All courses of a trial, cut from its tables once; ask with `course(arm, score)`."""

    rows: pd.DataFrame
    dropout: pd.Series
    arms: tuple[str, ...]
    worlds: tuple[int, ...]
    weeks: tuple[int, ...]
    design: str
    groups: dict[tuple[str, str], NDArray[np.int64]]
    _cut: dict[tuple[str, str], Course] = field(default_factory=dict)

    def course(self, arm: str, score: str) -> Course:
        """The course of a score in an arm; without any patient where the arm has no such rows."""
        if (arm, score) not in self._cut:
            self._cut[arm, score] = self._make(arm, score)
        return self._cut[arm, score]

    def _make(self, arm: str, score: str) -> Course:
        rows = self.rows.take(self.groups.get((arm, score), np.empty(0, dtype=np.int64)))
        patients, who = np.unique(rows["patient"].to_numpy(), return_inverse=True)
        worlds = self._worlds_of(arm, rows["world"].to_numpy())
        weeks = np.array(self.weeks, dtype=float)
        where = (np.searchsorted(worlds, rows["world"]), who, np.searchsorted(weeks, rows["week"]))
        shape = (len(worlds), len(patients), len(weeks))
        _check_once(np.ravel_multi_index(where, shape), arm, score)
        values = np.full(shape, np.nan)
        values[where] = rows["value"].to_numpy(dtype=float)
        scheduled = np.zeros(shape[1:], dtype=bool)
        scheduled[where[1:]] = True
        if self.design == "randomised-withdrawal":
            self._lead_in(arm, score, values, patients, worlds, scheduled)
        else:  # a row that somebody left out counts as a missed visit, not as a smaller arm
            scheduled |= scheduled.any(axis=0)
        dropout = self.dropout.reindex(patients).to_numpy(dtype=float, na_value=np.inf)
        return Course(arm, score, patients, weeks, values[:, None], scheduled, dropout)

    def _worlds_of(self, arm: str, present: NDArray[np.int64]) -> NDArray[np.int64]:
        """All worlds, or the first alone for an arm that is the same in every world."""
        found, every = np.unique(present), np.array(self.worlds)
        if found.size == 0 or np.array_equal(found, every[:1]):
            return every[:1]
        if not np.array_equal(found, every):
            raise RepigmentError(
                f"the arm '{arm}' has {found.size} of {every.size} worlds",
                where="scores, column world",
                allowed=f"all of the worlds {every[0]} to {every[-1]}, or world {every[0]} alone",
                remedy="complete the run with --resume",
            )
        return every

    def _lead_in(
        self,
        arm: str,
        score: str,
        values: Floats,
        patients: NDArray[np.int64],
        worlds: NDArray[np.int64],
        scheduled: NDArray[np.bool_],
    ) -> None:
        """Put each patient's visits before he joined this arm in front of it: there is his baseline."""
        first = np.argmax(scheduled, axis=1) if scheduled.size else np.zeros(0, dtype=int)
        for (other, name), index in sorted(self.groups.items()):
            if name != score or other == arm:
                continue
            rows = self.rows.take(index)
            rows = rows[rows["patient"].isin(patients)]
            who = np.searchsorted(patients, rows["patient"])
            when = np.searchsorted(np.array(self.weeks), rows["week"])
            before = when < first[who]
            rows, who, when = rows[before], who[before], when[before]
            world, value = rows["world"].to_numpy(), rows["value"].to_numpy(dtype=float)
            if len(self._worlds_of(other, world)) == 1:
                values[:, who, when] = value
            elif len(worlds) > 1:
                values[np.searchsorted(worlds, world), who, when] = value


def _check_once(cells: NDArray[np.intp], arm: str, score: str) -> None:
    if np.unique(cells).size != cells.size:
        raise RepigmentError(
            f"a patient has two values of {score} at the same visit",
            where=f"scores, arm '{arm}'",
            allowed="one row for each world, patient, arm, score and week",
        )


def read(scores: pd.DataFrame, people: pd.DataFrame, design: str, arms: Sequence[str] | None = None) -> Courses:
    """Cut the tidy tables of a trial into courses.

    scores: world, patient, arm, score, week, value; people: patient, arm and, if known, dropout_week (weeks).
    arms: their order; without it, that of the patients' numbers. RepigmentError for a missing column,
    a value beyond all bounds, or two values where there can be one.

    >>> table = pd.DataFrame({"world": 0, "patient": [1, 1], "arm": "a", "score": "F-VASI", "week": [0, 24],
    ...                       "value": [2.0, 0.5]})
    >>> read(table, pd.DataFrame({"patient": [1], "arm": ["a"]}), "parallel").course("a", "F-VASI").values
    array([[[[2. , 0.5]]]])
    """
    _check_columns(scores, COLUMNS, "scores")
    _check_columns(people, ("patient", "arm"), "people")
    if (scores["value"].abs() > LARGEST).any():
        where, allowed = "scores, column value", f"-{LARGEST:.0e} to {LARGEST:.0e}, or NaN if missed"
        raise RepigmentError("a score is beyond all bounds", where=where, allowed=allowed)
    groups = scores.groupby(["arm", "score"], observed=True, sort=True).indices
    return Courses(
        rows=scores,
        dropout=_dropout(people),
        arms=tuple(arms) if arms is not None else _order(scores, people, design),
        worlds=tuple(np.unique(scores["world"])) or (0,),
        weeks=tuple(int(week) for week in np.unique(scores["week"])),
        design=design,
        groups={(str(arm), str(score)): index for (arm, score), index in groups.items()},
    )


def _check_columns(table: pd.DataFrame, columns: Sequence[str], name: str) -> None:
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise RepigmentError(
            f"the table of {name} lacks {', '.join(absent)}",
            where=name,
            allowed=f"columns {', '.join(columns)}",
        )


def _dropout(people: pd.DataFrame) -> pd.Series:
    once = people.drop_duplicates("patient").set_index("patient")
    if "dropout_week" not in once:
        return pd.Series(np.inf, index=once.index)
    return once["dropout_week"].astype(float)


def _order(scores: pd.DataFrame, people: pd.DataFrame, design: str) -> tuple[str, ...]:
    """Arms by their first patient: the order of the study, however the rows are shuffled."""
    tables = [scores[["arm", "patient"]].drop_duplicates()]
    if design != "within-patient":  # there a person has no single arm
        tables.append(people[["arm", "patient"]])
    first = pd.concat(tables).groupby("arm", observed=True)["patient"].min()
    return tuple(sorted((str(arm) for arm in first.index), key=lambda arm: (first[arm], arm)))
