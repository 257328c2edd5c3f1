"""What a result rests on: the numbers that no measurement stands behind, of those that the study uses."""

from typing import Any

from repigment.evidence.parameters import Parameter, parameters

WEAK = ("prior", "assumed", "fitted")
THEMES_OF = {
    "nb-uvb": {"light"},
    "ruxolitinib-cream": {"topicals"},
    "tacrolimus-ointment": {"topicals"},
    "uc-msc": {"cells", "needles"},
    "sham-injection": {"needles"},
}
PREFIX_OF = {"ruxolitinib-cream": "rux_", "tacrolimus-ointment": "tac_"}
TREATED = {"light", "topicals", "needles", "cells"}
CLOSED = {"F_set", "f_u", "h_E", "a_v"}  # nothing in vitiligo opens these


def assumptions(study: Any) -> list[Parameter]:
    """Prior, assumed and fitted parameters that act in a study, priors first."""
    given = {treatment.give for arm in _arms(study) for treatment in arm.treatments}
    sites = {str(site) for site in study.population.areas}
    acting = [p for p in parameters().values() if p.status in WEAK and _acts(p, given, sites)]
    return sorted(acting, key=lambda p: (WEAK.index(p.status), p.theme, p.name))


def _arms(study: Any) -> list[Any]:
    return [*study.arms, *(study.withdrawal.arms if study.withdrawal else [])]


def _acts(parameter: Parameter, given: set[str], sites: set[str]) -> bool:
    if parameter.name in CLOSED:
        return False
    if parameter.theme == "sites":
        return parameter.name.split(".")[1] in sites
    if parameter.theme not in TREATED:
        return True
    return any(
        parameter.theme in THEMES_OF.get(give, set()) and parameter.name.startswith(PREFIX_OF.get(give, ""))
        for give in given
    )
