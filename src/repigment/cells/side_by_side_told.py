"""The comparison of sources in words, rows and JSON."""

from dataclasses import asdict, dataclass
from json import dumps

from repigment.cells.expansion import Expansion, expand
from repigment.cells.numbers import ranged, spoken
from repigment.cells.side_by_side import barred, conflicts, folds, properties, reports, spread
from repigment.cells.sources import SOURCES

PLAYED = "repigment trial cell-sources"


@dataclass(frozen=True)
class Comparison:
    """Cord, marrow and fat at one dose, with what may come of one donation of each."""

    dose: float
    passage: int
    grown: dict[str, Expansion]

    @classmethod
    def of(cls, dose: float, passage: int, seed: int) -> "Comparison":
        """Grow one donation of every source to `passage`."""
        return cls(dose, passage, {source: expand(source, passage, dose, seed=seed) for source in SOURCES})

    def title(self) -> str:
        """At which dose."""
        return f"cells of three sources at one dose, {spoken(self.dose)} living cells"

    def rows(self) -> list[list[str]]:
        """A row a property, a column a source: numbers where there are any, otherwise what was reported."""
        found = [[about, *(_cell(about, source) for source in SOURCES)] for about in properties()]
        found.append(["T-cell suppression, fold", *(_fold(source) for source in SOURCES)])
        found.append([f"doses by passage {self.passage}", *map(self._doses, SOURCES)])
        return found

    def _doses(self, source: str) -> str:
        return ranged(*self.grown[source].middle("doses", self.passage))

    def lines(self) -> list[str]:
        """Conflicts in words with all their sources, what is barred, and where the numbers come from."""
        said = [
            f"Reports conflict on {about}: " + "; ".join(f"{row.says} ({row.cited})" for row in found) + "."
            for about, found in conflicts().items()
        ]
        said.append(
            "So the fold of T-cell suppression has the median 1 and a range that holds all of them; it is a prior, "
            "no measurement. Numbers are the lowest to the highest value reported, without the spread "
            "within a report; doses are a median with 90 %."
        )
        said += [f"Barred, never used: {row.study}, {row.identifier}: {row.says}." for row in barred()]
        said.append("Reports: " + "; ".join(dict.fromkeys(row.cited for row in reports())) + ".")
        said.append("Secondary: read in another's table, not in the study. Recalled: not found again.")
        said.append(f"Played on patients, in the same worlds: {PLAYED}")
        return said

    def json(self) -> str:
        """Everything as one JSON object."""
        told = {
            "dose": self.dose,
            "passage": self.passage,
            "reports": [asdict(row) for row in reports()],
            "conflicts": {about: [asdict(row) for row in found] for about, found in conflicts().items()},
            "fold": {source: {"median": p.value, "low": p.low, "high": p.high} for source, p in folds().items()},
            "doses": {
                source: dict(zip(("low", "median", "high"), grown.middle("doses", self.passage), strict=True))
                for source, grown in self.grown.items()
            },
            "barred": [asdict(row) for row in barred()],
            "notes": self.lines(),
            "note": "A research instrument, no medical device.",
        }
        return dumps(told, indent=2, ensure_ascii=False)


def _cell(about: str, source: str) -> str:
    """What is known of one property of one source: numbers, words of its own, or that reports conflict."""
    found = spread(about, source)
    told = [row for row in reports(about) if source in row.sources and row.value is None]
    own = [row.says for row in told if row.sources == (source,) and not row.conflict]
    words = own or [row.says for row in told if not row.conflict]
    if any(row.conflict for row in told):
        words.append("conflict below")
    if found is not None:
        low, high, unit = found
        unit = f" {unit}" if unit != "-" else ""
        words.insert(0, f"{low:.3g}{unit}" if low == high else f"{low:.3g}–{high:.3g}{unit}")
    return "; ".join(words) or "not told"


def _fold(source: str) -> str:
    known = folds()[source]
    return "1, by definition" if known.low == known.high else ranged(known.low, known.value, known.high)
