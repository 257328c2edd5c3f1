"""Freckles (ephelides): small places where melanocytes answer to sun in skin that otherwise hardly does."""

from repigment.conditions.base import Disease, Who
from repigment.conditions.luck import Luck
from repigment.conditions.spotted import Spotted
from repigment.evidence.parameters import value


class Freckles(Spotted):
    """Spots of 2 to 4 mm on sun-exposed skin of people with variants of MC1R, dark in summer and faint in winter.

    Variants lower mc1r of all skin; in a freckle it works, and answers more (a_u). There are no more melanocytes and
    no niche: without sun a freckle fades by itself. `mottled` makes the same map milder and without sharp spots, the
    irregular tone of sun-exposed skin.
    """

    name = "freckles"
    title = "Freckles (ephelides)"
    lesion = "freckle"
    sites = ("face", "arms")
    says = {
        "one_variant": "share of patients with one variant of MC1R",
        "two_variants": "share of patients with two variants of MC1R",
        "mottled": "share of patients with a milder, mottled map instead of spots",
    }
    local = ("mc1r", "a_u")

    def draw(self, who: Who, luck: Luck) -> Disease:
        """How many variants of MC1R, and how much the spots answer to sun."""
        one, two = (who.says(name, value(f"freckles.{name}")) for name in ("one_variant", "two_variants"))
        variants = luck.one_of({"0": max(1 - one - two, 0.0), "1": one, "2": two})
        mild = luck.coin(who.says("mottled", 0.0))
        gain = luck.spread("a_u.freckle", "freckles.gain_sd")
        lesion = {"mc1r": value("mc1r.freckle"), "a_u": gain * (value("freckles.mild") if mild else 1.0)}
        form = {"variants": float(variants), "mottled": float(mild), "count": value(f"freckles.count.{variants}")}
        return Disease(skin={"mc1r": value(f"mc1r.{variants}")}, lesion=lesion, form=form)

    def edge(self, disease: Disease) -> float:
        """Mottled places have a softer edge."""
        return value("freckles.mottled_edge") if disease.form["mottled"] > 0 else super().edge(disease)
