"""From what the models refuse to what the user is told."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from repigment.treatments import treatments
from repigment.trials.protocol.fields import REFUSED
from repigment.trials.reading.closest import closest
from repigment.trials.reading.lines import KeyPath
from repigment.trials.reading.mistakes import MOST_FOUND, Mistake, shorten, shown
from repigment.trials.reading.schema import home_of, keys_at, node_at, range_at

Told = Callable[[Mapping[str, Any], KeyPath], Mistake]

NOTHING: Mapping[str, str] = {  # what it means that something is not there
    "question": "the study asks no question",
    "context_of_use": "the study does not say what its result may be used for",
    "visits": "the study has no visits",
    "population": "the study does not say who is enrolled",
    "arm": "the study has no arms",
    "endpoint": "the study has no endpoint",
    "treatments": "the arm has no treatment",
    "give": "the treatment does not say what is given",
}
EXAMPLES: Mapping[str, str] = {
    "question": 'question = "Does ... repigment better than ...?"',
    "context_of_use": 'context_of_use = "planning a phase 2 trial; no evidence of efficacy"',
    "visits": "visits = [0, 12, 24], in weeks",
    "population": "[population] with condition, age, skin_types and latitude",
    "condition": 'condition = "vitiligo"',
    "age": "age = { mean = 38, sd = 14, min = 18, max = 75 }",
    "skin_types": "skin_types = { III = 0.5, IV = 0.4, V = 0.1 }",
    "latitude": "latitude = 45",
    "arm": "[[arm]] with name, n and treatments",
    "n": "n = 50",
    "name": 'name = "vehicle"',
    "treatments": 'treatments = [{ give = "vehicle" }]',
    "give": 'give = "nb-uvb"',
    "weeks": "weeks = [0, 4, 8]",
    "endpoint": '[[endpoint]] with score = "F-VASI75" and week = 24',
    "score": 'score = "F-VASI75"',
    "week": "week = 24",
}
NAMES = {
    "skin_types": "skin type",
    "sun_habits": "sun habit",
    "areas": "region",
    "missing": "rule for missing values",
    "adjust": "adjustment",
    "mechanisms": "mechanism",
}
KINDS = {
    "float": "a number",
    "int": "a whole number",
    "string": "a text in quotes",
    "bool": "true or false",
    "tuple": "a list in [ ]",
    "list": "a list in [ ]",
    "dict": "a table of key = value",
    "model": "a table of key = value",
}
OWN_KINDS = {"latitude": "a number of degrees, or { mean = 45, sd = 6 }"}
ABOVE_HEADINGS = ("title", "question", "context_of_use", "design", "visits", "rater")


def translate(error: ValidationError) -> list[Mistake]:
    """The first mistakes in a study that its models refused."""
    found = [each for each in error.errors(include_url=False) if not _follows(each)]
    misspelt = [_meant(tuple(each["loc"])) for each in found[:MOST_FOUND] if each["type"] == "extra_forbidden"]
    told = [_told(each) for each in found[:MOST_FOUND] if not _is_missing_from(misspelt, each)]
    return [replace(each, path=_as_written(each.path)) for each in told]


def _follows(error: Any) -> bool:
    """Whether a list is too short only because one of its entries was refused."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _meant(path: KeyPath) -> KeyPath:
    """The path that a misspelt key probably stands for."""
    return (*path[:-1], closest(str(path[-1]), keys_at(path[:-1])) or "")


def _is_missing_from(misspelt: Sequence[KeyPath], error: Any) -> bool:
    """Whether something is only missing because its name, or that of its section, is misspelt."""
    return error["type"] == "missing" and any(tuple(error["loc"][: len(path)]) == path for path in misspelt)


def _as_written(path: KeyPath) -> KeyPath:
    """The path without the name of the treatment that the models put into it."""
    kept = [key for i, key in enumerate(path) if not (i >= 2 and path[i - 2] == "treatments" and key in treatments())]
    return tuple(kept)


def _told(error: Any) -> Mistake:
    kind, path = str(error["type"]), tuple(error["loc"])
    for ending, told in TOLD.items():
        if kind == ending or kind.endswith(f"_{ending}"):
            return told(error, path)
    said = str(error["msg"]).removeprefix("Value error, ")
    return Mistake(said[:1].lower() + said[1:], path, range_at(path))


def _refused(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    context = error["ctx"]
    return Mistake(context["what"], path, context["allowed"], context["remedy"])


def _missing(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    key = str(path[-1])
    what = NOTHING.get(key, f"'{key}' is missing")
    return Mistake(what, path[:-1], range_at(path), f"write {EXAMPLES[key]}" if key in EXAMPLES else f"add {key}")


def _extra(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    key, names = str(path[-1]), keys_at(path[:-1])
    near, home = closest(key, names), home_of(path[:-1], key)
    if key in ABOVE_HEADINGS and len(path) > 1:
        remedy = f"move {key} to the top of the file, above the first [heading]"
    elif home:
        remedy = f"put {key} into an entry of {home}"
    else:
        remedy = f"write '{near}'" if near else "delete it"
    return Mistake(f"the key '{shorten(key)}' is not known here", path, ", ".join(names), remedy)


def _no_such_treatment(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    given = str(error["ctx"]["tag"])
    names = [name.strip(" '") for name in error["ctx"]["expected_tags"].split(",")]
    return _unknown("treatment", given, names, (*path, "give"))


def _no_give(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    names = ", ".join(node_at(path).get("discriminator", {}).get("mapping", {}))
    return Mistake(NOTHING["give"], path, names, f"write {EXAMPLES['give']}")


def _no_such_name(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    given, keys = error["input"], [key for key in path if isinstance(key, str) and key != "[key]"]
    if not isinstance(given, str):
        return _wrong_kind({**error, "type": "string_type"}, path)
    if path[-1] == "[key]":
        keys.pop()
    names = [name.strip(" '") for name in str(error["ctx"]["expected"]).replace(" or ", ",").split(",")]
    return _unknown(NAMES.get(keys[-1], keys[-1].replace("_", " ")), given, names, path)


def _unknown(what: str, given: str, names: list[str], path: KeyPath) -> Mistake:
    near = closest(given, names)
    return Mistake(
        f"the {what} '{shorten(given)}' is not known",
        path,
        ", ".join(names),
        f"write '{near}'" if near else "",
    )


def _out_of_range(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    return Mistake(f"{_name(path)} is {shown(error['input'])}", path, range_at(path))


def _size(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    given = error["input"]
    count = len(given.strip() if isinstance(given, str) else given)
    if not count:
        key = str(path[-1])
        what = NOTHING.get(key, f"{_name(path)} is empty")
        return Mistake(what, path, range_at(path), f"write {EXAMPLES[key]}" if key in EXAMPLES else "")
    kind = "characters" if isinstance(given, str) else "entries" if count > 1 else "entry"
    return Mistake(f"{_name(path)} has {count} {kind}", path, range_at(path))


def _wrong_kind(error: Mapping[str, Any], path: KeyPath) -> Mistake:
    kind = str(error["type"]).split("_")[0]
    given = error["input"]
    needed = OWN_KINDS.get(str(path[-1]) if path else "", KINDS.get(kind, "something else"))
    allowed = ", ".join(part for part in (needed, range_at(path)) if part)
    whole = isinstance(given, float) and kind == "int" and given.is_integer()
    return Mistake(f"{_name(path)} is {shown(given)}", path, allowed, f"write {given:.0f}" if whole else "")


def _name(path: KeyPath) -> str:
    """What a value is called in a sentence."""
    keys = [key for key in path if isinstance(key, str)]
    name = shorten(keys[-1]) if keys else "the study"
    return f"an entry of {name}" if path and isinstance(path[-1], int) else name


TOLD: Mapping[str, Told] = {
    REFUSED: _refused,
    "missing": _missing,
    "extra_forbidden": _extra,
    "union_tag_invalid": _no_such_treatment,
    "union_tag_not_found": _no_give,
    "literal_error": _no_such_name,
    "enum": _no_such_name,
    "too_short": _size,
    "too_long": _size,
    "greater_than": _out_of_range,
    "greater_than_equal": _out_of_range,
    "less_than": _out_of_range,
    "less_than_equal": _out_of_range,
    "multiple_of": _out_of_range,
    "type": _wrong_kind,
    "parsing": _wrong_kind,
    "from_float": _wrong_kind,
}
