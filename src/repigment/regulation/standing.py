"""How the treatments of one arm stand in a country, and the one line that sums it up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from repigment.regulation.statement import ANYTHING, KINDS, Statement, country_of, statements
from repigment.regulation.subjects import Subject, parts_of
from repigment.treatments import Treatment
from repigment.treatments.programme import every

NO_ADVICE = "A research instrument, no medical device. Never legal advice: ask the authority and a lawyer there."
RANKS = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True)
class Item:
    """One subject of a treatment there: how it stands, by the first statement; the others explain."""

    give: str
    subject: str
    standing: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Standing:
    """All subjects of an arm in one country; `condition` is what they are given for, or empty."""

    country: str
    condition: str
    items: tuple[Item, ...]

    @property
    def kind(self) -> str:
        """The worst standing of any subject; what is given last in `KINDS` is the worst."""
        return max((item.standing for item in self.items), key=RANKS.__getitem__, default="practice")

    @property
    def line(self) -> str:
        """The arm in one line, as in 'TH: lawful only inside an approved trial (uc-msc)'."""
        return f"{self.country}: {self.words}"

    @property
    def words(self) -> str:
        """The line without its country."""
        told = {
            "refused": "not accepted",
            "trial": "lawful only inside an approved trial",
            "unknown": "unknown",
        }.get(self.kind, "registered or allowed as practice")
        because = f" ({self._giving(self.kind)})" if self.kind in ("refused", "trial", "unknown") else ""
        rest = [
            f"; {KINDS[kind]}: {self._giving(kind)}"
            for kind in ("trial", "unknown")
            if RANKS[kind] < RANKS[self.kind] and self._giving(kind)
        ]
        recalled = dict.fromkeys(item.give for item in self.items if item.statements[0].status == "recalled")
        unsure = f"; recalled only: {', '.join(recalled)}" if recalled else ""
        return f"{told}{because}{''.join(rest)}{unsure}"

    def _giving(self, kind: str) -> str:
        """What stands so, by name, each once."""
        return ", ".join(dict.fromkeys(item.give for item in self.items if item.standing == kind))

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        return {"standing": self.kind, "line": self.line, "treatments": [asdict(item) for item in self.items]}


def standing(treatments: Sequence[Treatment], country: str, condition: str = "") -> Standing:
    """How `treatments` stand in `country` (TH, EU or US) if given for `condition`; programmes are opened.

    Of statements that decide, the one aimed closest holds: at the condition, then at the route. Without a condition
    only what holds for all of them is known. RepigmentError if nothing is kept on the country.

    >>> from repigment.treatments.uc_msc import UCMSC
    >>> standing([UCMSC(weeks=[0], spacing_mm=7, volume_ml=0.1)], "TH", "vitiligo").line
    'TH: lawful only inside an approved trial (uc-msc)'
    """
    code = country_of(country)
    found = [
        _item(name, subject, code, condition)
        for treatment in every(treatments)
        for name, subject in parts_of(treatment)
    ]
    return Standing(code, condition, tuple(dict.fromkeys(found)))


def _item(give: str, subject: Subject, country: str, condition: str) -> Item:
    about = [each for each in statements() if each.speaks_of(country, *subject, condition)]
    deciding = [each for each in about if each.standing]
    if not deciding:
        deciding = [each for each in statements() if each.speaks_of(country, ANYTHING, "", condition)]
    first = max(deciding, key=lambda each: each.precision)
    others = [each for each in about if not each.standing]
    return Item(give, str(subject), first.standing, (first, *others))
