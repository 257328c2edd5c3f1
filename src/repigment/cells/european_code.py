"""The Single European Code of tissues and cells, read by its structure: 21 characters of donation, 19 of product.

It has no check character: a mistyped digit of a number cannot be seen. What can be seen is told with its place.
Directive 2006/86/EC, article 10a and annex VII, as amended by (EU) 2015/565.
"""

from dataclasses import dataclass
from datetime import date
from string import ascii_uppercase, digits

from repigment.errors import RepigmentError

LENGTH = 40
BETWEEN = " \t\r\n\u00a0\u202f-\u2010\u2011"  # blanks and hyphens as printed between the parts
NO_EXPIRY = "00000000"
SYSTEMS = {"E": "EUTC", "A": "ISBT 128", "B": "Eurocode"}
LETTERS_AND_DIGITS = ascii_uppercase + digits
PARTS = (  # name, characters, what each may be
    ("country", 2, ascii_uppercase, "a capital letter"),
    ("tissue establishment", 6, LETTERS_AND_DIGITS, "a capital letter or a digit"),
    ("donation number", 13, LETTERS_AND_DIGITS, "a capital letter or a digit"),
    ("coding system", 1, "".join(SYSTEMS), "E, A or B"),
    ("product number", 7, LETTERS_AND_DIGITS, "a capital letter or a digit"),
    ("split number", 3, LETTERS_AND_DIGITS, "a capital letter or a digit"),
    ("expiry date", 8, digits, "a digit"),
)
ISO_3166 = (
    "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ "
    "CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO "
    "FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE "
    "JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO "
    "MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW "
    "PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM "
    "TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW"
)
COUNTRIES = frozenset(ISO_3166.split())


@dataclass(frozen=True, slots=True)
class EuropeanCode:
    """The parts of a Single European Code; `expires` is None for what does not expire."""

    country: str
    establishment: str
    donation: str
    system: str
    product: str
    split: str
    expires: date | None

    def names(self, donation: str) -> bool:
        """Whether its donation is that of a laboratory's code, by letters and digits; zeros in front only fill it up.

        The laboratory's may also be all 21 characters, with country and tissue establishment.

        >>> read("DE00012300000000C0147 E999999900120250325").names("C-0147")
        True
        """
        told = "".join(letter for letter in donation.upper() if letter in LETTERS_AND_DIGITS)
        whole = self.country + self.establishment + self.donation
        return told == whole or told.lstrip("0") == self.donation.lstrip("0")


def read(text: str) -> EuropeanCode:
    """The parts of a code as printed, with or without blanks, hyphens and SEC before it.

    RepigmentError, with the place in the 40 characters, if its structure is not that of a Single European Code.

    >>> read("DE000123A000024000147 E999999900120250325").expires
    datetime.date(2025, 3, 25)
    """
    code = "".join(letter for letter in text if letter not in BETWEEN)
    code = code.removeprefix("SEC:").removeprefix("SEC") if len(code) > LENGTH else code
    parts, start = [], 0
    for name, length, allowed, meaning in PARTS:
        part = code[start : start + length]
        for place, letter in enumerate(part, start + 1):
            if letter not in allowed:
                raise _wrong(f"{letter!r} cannot stand there", f"character {place} ({name})", meaning)
        if len(part) < length:
            raise _length(code, f"after character {len(code)} ({name})")
        parts.append(part)
        start += length
    if len(code) > LENGTH:
        raise _length(code, f"character {LENGTH + 1}")
    if parts[0] not in COUNTRIES:
        raise _wrong(f"{parts[0]} is no country", "characters 1 to 2 (country)", "two letters of ISO 3166-1")
    country, establishment, donation, system, product, split, expires = parts
    return EuropeanCode(country, establishment, donation, system, product, split, _day(expires))


def _day(text: str) -> date | None:
    if text == NO_EXPIRY:
        return None
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        raise _wrong(
            f"{text} is no day",
            "characters 33 to 40 (expiry date)",
            "a day that exists as YYYYMMDD, or 00000000 for none",
        ) from None


def _length(code: str, place: str) -> RepigmentError:
    return _wrong(f"the code has {len(code)} characters", place, f"{LENGTH}: 21 of the donation, 19 of the product")


def _wrong(what: str, place: str, allowed: str) -> RepigmentError:
    return RepigmentError(f"no Single European Code: {what}", where=place, allowed=allowed)
