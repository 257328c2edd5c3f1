"""Freckles (ephelides): small places where melanocytes answer to sun in skin that otherwise hardly does."""

from repigment.conditions.base import Disease, Who
from repigment.conditions.luck import Luck
from repigment.conditions.spotted import Spotted
from repigment.evidence.parameters import value


class Freckles(Spotted):
    """Spots of 2 to 4 mm on sun-exposed skin of people with variants of MC1R, dark in summer and faint in winter.

    Variants lower mc1r of all skin; in a freckle melanocytes answer to UV in full and more. That clone is what the
    niche F stands for here: F = 1 raises the answer to UV, s_F = a_u' mc1r'/(a_u mc1r) - 1, and nothing else, so that
    a freckle fades without sun, and is gone for a time where a laser has destroyed it. There are no more melanocytes.
    `mottled` makes the same map milder and without sharp spots, the irregular tone of sun-exposed skin.
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
    exclusive = ("one_variant", "two_variants")
    local = ("F_set", "dl_F", "a_F", "l_F", "s_F", "k_TXA")

    def draw(self, who: Who, luck: Luck) -> Disease:
        """How many variants of MC1R, and how much the spots answer to sun."""
        one, two = (who.says(name, value(f"freckles.{name}")) for name in ("one_variant", "two_variants"))
        variants = luck.one_of({"0": max(1 - one - two, 0.0), "1": one, "2": two})
        mild = luck.coin(who.says("mottled", 0.0))
        gain = luck.spread("a_u.freckle", "freckles.gain_sd")
        around = value("a_u") * value(f"mc1r.{variants}")
        answer = gain * (value("freckles.mild") if mild else 1.0) * value("mc1r.freckle")
        lesion = {
            "F_set": 1.0,
            "dl_F": value("dl_F.freckle"),
            "a_F": 0.0,
            "l_F": 0.0,
            "k_TXA": 0.0,
            "s_F": max(answer / around - 1, 0.0),
        }
        form = {"variants": float(variants), "mottled": float(mild), "count": value(f"freckles.count.{variants}")}
        return Disease(skin={"mc1r": value(f"mc1r.{variants}")}, lesion=lesion, form=form)

    def edge(self, disease: Disease) -> float:
        """Mottled places have a softer edge."""
        return value("freckles.mottled_edge") if disease.form["mottled"] > 0 else super().edge(disease)
