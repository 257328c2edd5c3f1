"""Write anew the tables of regulation.md and safety.md that are made from the files of evidence/."""

from collections.abc import Callable, Iterable
from pathlib import Path

from repigment.evidence.tables import rows
from repigment.regulation.statement import COUNTRIES, KINDS, statements
from repigment.safety.exclusions import exclusions
from repigment.safety.follow_up import looks

HERE = Path(__file__).parent


def cell(text: str) -> str:
    """Text for the cell of a Markdown table."""
    return " ".join(text.split()).replace("|", r"\|")


def table(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """A Markdown table."""
    head = list(headings)
    ruled = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*ruled, *("| " + " | ".join(map(cell, line)) + " |" for line in lines)])


def cited(source: str, date: str, identifier: str) -> str:
    """Where it stands, and of which date."""
    dated = (
        "" if source in ("recalled", "none seen", "assumed") else f", {'no date seen' if date == 'not known' else date}"
    )
    return source + dated + (f"; {identifier}" if identifier else "")


def statements_of(country: str) -> str:
    """All statements on one country."""
    found = (each for each in statements() if country in each.countries)
    return table(
        ("what", "for", "standing", "statement", "source", "status"),
        (
            (
                " or ".join("anything else" if name == "*" else name for name in each.subjects)
                + (f", {each.route}" if each.route else ""),
                ", ".join(each.conditions) or "anything",
                KINDS.get(each.standing, "-"),
                each.statement,
                cited(each.source, each.date, each.identifier),
                each.status,
            )
            for each in found
        ),
    )


def exclusion_table() -> str:
    """What excludes, by which trials, and why."""
    grouped: dict[tuple[str, str, str, str, str], list[str]] = {}
    for each in exclusions():
        key = (each.item, each.told, ", ".join(each.conditions) or "all", each.need, each.reason)
        grouped.setdefault(key, []).append(each.trial)
    return table(
        ("asked", "excluded if", "conditions", "answer", "why (our words)", "trials"),
        ((*key, ", ".join(trials)) for key, trials in grouped.items()),
    )


def trial_table() -> str:
    """The trials whose registrations were read."""
    known = {each.trial: each for each in exclusions()}
    return table(
        ("trial", "product and disease", "read at", "status"),
        (
            (trial, each.product, cited(each.source, each.date, each.identifier), each.status)
            for trial, each in known.items()
        ),
    )


def visit_table() -> str:
    """The visits with their windows."""
    return table(
        ("visit", "counted from", "window, days", "looked at", "status"),
        (
            (
                row["visit"],
                row["counted_from"],
                f"-{row['early_days']} to +{row['late_days']}",
                ", ".join(look.harm for look in looks() if row["visit"] in look.visits),
                row["status"],
            )
            for row in rows("follow_up_visits")
        ),
    )


def harm_table() -> str:
    """What is looked at for each harm, and why."""
    return table(
        ("harm", "what is looked at", "why", "source", "status"),
        (
            (look.harm, look.look, look.why, cited(look.source, look.date, look.identifier), look.status)
            for look in looks()
        ),
    )


SECTIONS: dict[str, dict[str, Callable[[], str]]] = {
    "regulation.md": {country: lambda country=country: statements_of(country) for country in COUNTRIES},  # type: ignore[misc]
    "safety.md": {
        "exclusions": exclusion_table,
        "trials": trial_table,
        "visits": visit_table,
        "harms": harm_table,
    },
}


def filled(page: str) -> str:
    """The page with every table as it should be."""
    text = (HERE / page).read_text("utf-8")
    for name, make in SECTIONS[page].items():
        begin, end = f"<!-- {name}: made by statement_tables.py -->\n", f"<!-- {name}: end -->"
        before, _, rest = text.partition(begin)
        _, _, after = rest.partition(end)
        if not rest or end not in rest:
            raise ValueError(f"{page} has no place for {name}")
        text = f"{before}{begin}\n{make()}\n\n{end}{after}"
    return text


if __name__ == "__main__":
    for name in SECTIONS:
        (HERE / name).write_text(filled(name), "utf-8")
