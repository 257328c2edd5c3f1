"""Every rule of a lot's check: what breaks it alone, and what must be taken away for it to be missing."""

from datetime import date, datetime
from typing import Any, NamedTuple

from tests.cells.conftest import GONE

MAY = datetime(2024, 5, 6).replace
COOLED = {
    "bag__0__shipping__state": "cooled",
    "bag__0__shipping__sent": MAY(hour=8),
    "bag__0__shipping__arrived": MAY(hour=10),
    "bag__0__shipping__coldest": 3.0,
    "bag__0__shipping__warmest": 6.0,
    "bag__0__thawed": MAY(hour=7),
    "bag__0__prepared": MAY(hour=7, minute=30),
}
AUTOMATED = {"quality__sterility_method": "automated", "quality__sterility_days": 7}
MARROW = {
    "source": "marrow",
    "donor__consent__by": "donor",
    "donor__eligibility__sample_of": "donor",
}
EUROPE = {"donor__eligibility__rules": "EU 2006/17"}
SOHO = {"donor__eligibility__rules": "EU 2024/1938"}
FAT = {**MARROW, "source": "fat"}
SEC = "codes__sec"


class Rule(NamedTuple):
    """`bad` breaks the line `item` of the lot `base`, and no other; `keys` taken away make it missing."""

    item: str
    bad: dict[str, Any]
    keys: tuple[str, ...]
    base: dict[str, Any] = {}


def one(item: str, key: str, value: Any, **base: Any) -> Rule:
    return Rule(item, {key: value}, (key,), base)


def told(item: str, *keys: str, **base: Any) -> Rule:
    """A line that nothing can break: it is there or not."""
    return Rule(item, {}, keys, base)


IDENTITY = [
    *(one(mark.upper(), f"quality__identity__{mark}", 94.9) for mark in ("cd73", "cd90", "cd105")),
    *(one(mark.upper(), f"quality__identity__{mark}", 2.1) for mark in ("cd45", "cd34")),
    one("CD14 or CD11b", "quality__identity__cd14", 2.1),
    one("CD19 or CD79a", "quality__identity__cd19", 2.1),
    one("HLA-DR", "quality__identity__hla_dr", 2.1),
    *(one(f"becomes {fate}", f"quality__identity__{fate}", False) for fate in ("bone", "fat", "cartilage")),
    one("holds on plastic", "quality__identity__adherent", False),
]
QUALITY = [
    one("viability", "quality__viability", 79.9),
    one("viability", "quality__viability", 69.9, **MARROW),
    one("viability", "quality__viability", 69.9, **FAT),
    one("endotoxin", "quality__endotoxin", 0.5),
    one("sterility", "quality__sterility", "growth"),
    one("sterility test", "quality__sterility_days", 13),
    one("automated culture", "quality__sterility_days", 6, **AUTOMATED),
    told("sterility method", "quality__sterility_method"),
    one("mycoplasma", "quality__mycoplasma", "positive"),
    one("karyotype", "quality__karyotype", "abnormal"),
    one("T-cell inhibition", "quality__inhibition", 19.9),
]
CULTURE = [
    one("passage", "culture__passage", 6),
    one("passage", "culture__passage", 6, **MARROW),
    told("doublings", "culture__doublings"),
    Rule("doublings a passage", {"culture__doublings": 60.0}, ("culture__doublings",)),
    Rule("doublings a passage", {"culture__doublings": 1.9}, ("culture__passage",)),
    one("DMSO", "freezing__dmso", 100.0),
    one("store", "freezing__celsius", -80.0),
    told("isolation method", "isolation__method"),
]
DONOR = [
    one("consent in writing", "donor__consent__written", False),
    one("consent by", "donor__consent__by", "donor"),
    one("consent by", "donor__consent__by", "mother", **MARROW),
    one("consent may be withdrawn", "donor__consent__may_withdraw", False),
    one("donor was paid", "donor__consent__paid", True),
    one("donor's age", "donor__age", 17),
    one("eligible", "donor__eligibility__eligible", False),
    told("eligible under", "donor__eligibility__rules"),
    Rule("rules in force", SOHO, ("donation__taken",), SOHO),
    one("screened", "donor__eligibility__screened", False),
    one("blood sample of", "donor__eligibility__sample_of", "donor"),
    one("blood sample of", "donor__eligibility__sample_of", "mother", **MARROW),
    one("blood sample", "donor__eligibility__sampled", date(2024, 1, 7)),
    one("blood sample", "donor__eligibility__sampled", date(2024, 1, 23)),
    one("blood sample", "donor__eligibility__sampled", date(2023, 12, 15), **MARROW),
    one("blood sample, EU", "donor__eligibility__sampled", date(2024, 1, 14), **EUROPE),
    one("blood sample, EU", "donor__eligibility__sampled", date(2024, 1, 23), **EUROPE),
]
TESTS = [
    *(
        one(item, f"donor__tests__{key}", "positive")
        for item, key in (
            ("HIV", "hiv"),
            ("hepatitis B", "hbv"),
            ("hepatitis C", "hcv"),
            ("syphilis", "syphilis"),
            ("HTLV", "htlv"),
            ("tuberculosis", "tuberculosis"),
            ("West Nile virus", "west_nile"),
            ("Zika virus", "zika"),
        )
    ),
    told("cytomegalovirus", "donor__tests__cmv"),
]
BAG = [
    Rule("bag 1: endotoxin a kg", {"bag__0__ml": 10_000.0}, ("bag__0__kg",)),
    Rule("bag 1: journey, frozen", {"bag__0__shipping__sent": datetime(2024, 4, 26)}, ("bag__0__shipping__sent",)),
    Rule(
        "bag 1: journey, cooled",
        {"bag__0__shipping__sent": datetime(2024, 5, 5, 9)},
        ("bag__0__shipping__sent",),
        {**COOLED, "bag__0__thawed": date(2024, 5, 5), "bag__0__prepared": date(2024, 5, 5)},
    ),
    told("bag 1: frozen or cooled", "bag__0__shipping__state"),
    one("bag 1: warmest, frozen", "bag__0__shipping__warmest", -134.0),
    one("bag 1: warmest, cooled", "bag__0__shipping__warmest", 9.0, **COOLED),
    one("bag 1: coldest, cooled", "bag__0__shipping__coldest", 1.0, **COOLED),
    Rule("bag 1: from thaw to skin", {"bag__0__injected": MAY(hour=14, minute=1)}, ("bag__0__thawed",)),
]
STEPS = [
    told("consent", "donor__consent__date"),
    Rule("donation", {"donor__consent__date": date(2024, 1, 16)}, ("donation__taken",)),
    one("isolation", "isolation__date", date(2024, 1, 14)),
    one("master bank", "bank__master__frozen", date(2024, 1, 15)),
    one("working bank", "bank__working__frozen", date(2024, 2, 5)),
    one("harvest", "culture__harvested", date(2024, 2, 25)),
    one("freezing", "freezing__frozen", date(2024, 3, 24)),
    one("release tests", "quality__tested", date(2024, 3, 24)),
    Rule("release", {"quality__tested": date(2024, 4, 17)}, ("quality__released",)),
    one("days for the sterility test", "quality__released", date(2024, 4, 7)),
    one("bag 1: coldest to warmest", "bag__0__shipping__coldest", -160.0),
    one("bag 1: arrived", "bag__0__shipping__arrived", datetime(2024, 5, 3, 13)),
    Rule("bag 1: sent", {"quality__released": date(2024, 5, 4)}, ("bag__0__shipping__sent",)),
    Rule("bag 1: thawed", {"bag__0__shipping__arrived": MAY(hour=9, minute=1)}, ("bag__0__thawed",)),
    one("bag 1: prepared", "bag__0__prepared", MAY(hour=8, minute=59)),
    one("bag 1: injected", "bag__0__injected", MAY(hour=9, minute=39)),
    one("eligibility decided", "donor__eligibility__determined", date(2024, 1, 14)),
    Rule(
        "kept apart until eligible",
        {"donor__eligibility__determined": date(2024, 4, 17)},
        ("donor__eligibility__determined",),
    ),
    Rule(
        "bag 1: before expiry",
        {"freezing__expires": date(2024, 5, 5), SEC: "DE00012300000000C0147 E999999900120240505"},
        ("freezing__expires",),
    ),
]
CHAIN = [
    Rule("chain: donor", {"donor__code": "Jane Smith", "donation__of": "Jane Smith"}, ("donor__code",)),
    one("chain: donation", "donation__of", "D-9999"),
    one("chain: master bank", "bank__master__of", "C-9999"),
    one("chain: working bank", "bank__working__of", "M-9999"),
    one("chain: passages", "bank__working__passage", 0),
    one("chain: bag 1", "bag__0__of", "UC-9999"),
    one("chain: bag 1: patient", "bag__0__patient", "John Smith"),
    one("chain: bag 1: points", "bag__0__points", ["L1-01", "L1-01"]),
    told("chain: bags", "bag"),
]
CODES = [
    one("Single European Code", SEC, "DE00012300000000C0147 X999999900120250325"),
    one("Single European Code: donation", SEC, "DE00012300000000C0148 E999999900120250325"),
    told("ISBT 128", "codes__isbt128"),
]
RULES = [*IDENTITY, *QUALITY, *CULTURE, *DONOR, *TESTS, *BAG, *STEPS, *CHAIN, *CODES]
__all__ = ["GONE", "RULES", "Rule"]
