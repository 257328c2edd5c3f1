"""What the arms of a study must fulfil: names of their own, sizes, treatments within the study, no arm unknown."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from repigment.treatments import Treatment
from repigment.treatments.cell_product import CellProduct
from repigment.treatments.programme import every
from repigment.trials.protocol.arms import Arm
from repigment.trials.protocol.fields import LONGEST, MOST_PATIENTS
from repigment.trials.reading.closest import closest
from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import Mistake, shorten

if TYPE_CHECKING:
    from repigment.trials.study import Study


def all_arms(study: "Study") -> list[tuple[KeyPath, Arm]]:
    """Every arm with its path, those of a second randomisation last."""
    first: list[tuple[KeyPath, Arm]] = [(("arm", i), arm) for i, arm in enumerate(study.arms)]
    later = study.withdrawal.arms if study.withdrawal else ()
    return first + [(("withdrawal", "arm", i), arm) for i, arm in enumerate(later)]


def arm_names(study: "Study") -> Iterator[Mistake]:
    """No two arms go by the same name."""
    seen: dict[str, str] = {}
    for path, arm in all_arms(study):
        name = shorten(arm.name)
        other = seen.get(arm.name.casefold())
        if other is not None:
            unlike = f"'{other}' and '{name}' differ only in capitals"
            what = f"two arms are called '{name}'" if other == name else unlike
            yield Mistake(what, (*path, "name"), "a name of its own for each arm", "rename one of them")
        seen[arm.name.casefold()] = name


def sizes(study: "Study") -> Iterator[Mistake]:
    """Not more patients than can be run; where everybody is in every arm, as many in each."""
    if study.patients > MOST_PATIENTS:
        yield Mistake(f"the arms have {study.patients} patients together", ("arm",), f"1 to {MOST_PATIENTS} patients")
    counts = [arm.n for arm in study.arms]
    if study.design == "within-patient" and len(set(counts)) > 1:
        yield Mistake(
            f"the arms have {', '.join(map(str, counts))} patients, but every patient is in every arm",
            ("arm",),
            "the same n in all arms of a within-patient study",
            f"write n = {max(counts)} in each",
        )


def treatment_times(study: "Study") -> Iterator[Mistake]:
    """Every treatment begins within the study, and one that takes over not before it can."""
    for path, arm in all_arms(study):
        takes_over = path[0] == "withdrawal" and study.withdrawal is not None and study.withdrawal.week in study.visits
        earliest = study.withdrawal.week if takes_over and study.withdrawal else 0
        for position, treatment in enumerate(arm.treatments):
            yield from _in_time(treatment, (*path, "treatments", position), earliest, study.last_week)


def _in_time(treatment: Treatment, path: KeyPath, earliest: int, last: int) -> Iterator[Mistake]:
    key = "weeks" if "weeks" in type(treatment).model_fields else "from"
    weeks = [start for start, _ in treatment.timeline(float(LONGEST))]
    late = next((week for week in weeks if week >= last), None)
    allowed = f"week {earliest} to before week {last}"
    if late is not None:
        what = f"{_give(treatment)} is given from week {late:g}, but the last visit is in week {last}"
        yield Mistake(what, (*path, key), allowed, "begin it earlier or add later visits")
    elif weeks[0] < earliest:
        what = f"{_give(treatment)} begins in week {weeks[0]:g}, but this arm only takes over in week {earliest}"
        yield Mistake(what, (*path, key), allowed, f"write {key} = {earliest if key == 'from' else [earliest]}")


def _give(treatment: Treatment) -> str:
    return str(getattr(treatment, "give", "a treatment"))


def whole_body(study: "Study") -> Iterator[Mistake]:
    """What acts on the whole body acts on all lesions of a patient: where those are compared, every arm has it."""
    if study.design != "within-patient":
        return
    given = [every(arm.treatments) for arm in study.arms]
    for path, arm in all_arms(study):
        for position, treatment in enumerate(arm.treatments):
            for each in every([treatment]):
                if type(each).systemic and not all(each in others for others in given):
                    yield Mistake(
                        f"{_give(each)} acts on the whole body, so on all lesions, but not all arms have it",
                        (*path, "treatments", position),
                        "in a within-patient study, the same in all arms",
                        "give it in both arms, or run a parallel study",
                    )


def one_cell_product(study: "Study") -> Iterator[Mistake]:
    """The skin has one strength for each mechanism, so all cell products of an arm do the same."""
    for path, arm in all_arms(study):
        first: CellProduct | None = None
        for position, treatment in enumerate(arm.treatments):
            for each in every([treatment]):
                if not isinstance(each, CellProduct):
                    continue
                first = first or each
                if _acting(each) != _acting(first):
                    unlike = f"{_give(each)} differs in mechanisms, strength, source or lot from {_give(first)}"
                    yield Mistake(
                        f"{unlike} in the same arm",
                        (*path, "treatments", position),
                        "the same mechanisms, strength, source and lot for all cell products of an arm",
                        "write the same in both, or give them in two arms",
                    )


def _acting(product: CellProduct) -> tuple[object, ...]:
    """What makes a cell product act as it does."""
    return frozenset(product.mechanisms), product.strength, product.source, product.lot


def known_arms(study: "Study") -> Iterator[Mistake]:
    """Comparisons, published results and the control name arms that exist."""
    names = list(dict.fromkeys(arm.name for _, arm in all_arms(study)))
    asked: list[tuple[str, KeyPath]] = [(study.analysis.control, ("analysis", "control"))]
    for i, pair in enumerate(study.comparisons):
        asked += [(name, ("comparison", i, "arms")) for name in pair.arms]
        if pair.arms[0] == pair.arms[1]:
            yield Mistake(
                f"'{shorten(pair.arms[0])}' is compared with itself",
                ("comparison", i, "arms"),
                "two different arms",
            )
    asked += [(row.arm, (*path, "arm")) for path, row in study.published_paths()]
    for name, path in asked:
        if name not in names:
            near = closest(name, names)
            told = ", ".join(f"'{shorten(each)}'" for each in names)
            yield Mistake(f"no arm is called '{shorten(name)}'", path, told, f"write '{near}'" if near else "")
