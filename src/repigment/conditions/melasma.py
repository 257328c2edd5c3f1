"""Melasma: on the face of women mostly, a niche that sun, visible light and hormones keep excited."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from repigment.conditions.base import Condition, Disease, Region, Who
from repigment.conditions.luck import Luck
from repigment.evidence.parameters import value
from repigment.skin.face import areas, melasma_map, outline
from repigment.skin.window import Window, core, weighed, window_of_parts

DEPTHS = ("epidermal", "mixed", "dermal")


class Melasma(Condition):
    """Symmetrical brown patches on forehead, cheeks, upper lip and chin, worse in summer and under hormones.

    In the map of a face the niche F (growth factors, mast cells, vessels) has a raised set point and answers to UV and
    hormones; melanogenesis answers to visible light too, in skin type III and darker. Melanin leaks into the dermis by
    a damaged basement membrane: hardly in the epidermal form, most in the dermal one. Drugs calm it; the map stays.
    """

    name = "melasma"
    title = "Melasma"
    lesion = "brown patch"
    scale = "face"
    in_halves = True
    parts = 6
    says = {
        "hormonal": "share of women who take oestrogen or are pregnant throughout",
        "mixed": "share of patients with melanin in epidermis and dermis",
        "dermal": "share of patients with melanin mostly in the dermis",
    }
    exclusive = ("mixed", "dermal")
    local = ("F_set", "f_u", "h_E", "a_v", "l_F", "bm")

    def width(self, site: str, n: int, dx: float) -> float:
        """The width of a face, mm."""
        return value("face_width")

    def draw(self, who: Who, luck: Luck) -> Disease:
        """F_set, f_u, h_E and a_v of the map, how leaky its basement membrane is, and whether hormones drive it."""
        mixed, dermal = (who.says(kind, value(f"melasma.{kind}")) for kind in ("mixed", "dermal"))
        depth = luck.one_of({"epidermal": max(1 - mixed - dermal, 0.0), "mixed": mixed, "dermal": dermal})
        hormonal = who.female and luck.coin(who.says("hormonal", value("melasma.hormonal")))
        severity = float(np.exp(value("niche_sd") * luck.normal()))
        lesion = {
            "F_set": value("F_set.melasma") * severity,
            "f_u": value("f_u.melasma") * severity,
            "h_E": luck.spread("h_E.melasma", "niche_sd"),
            "a_v": luck.spread("a_v.melasma", "niche_sd") if who.skin_type >= 3 else 0.0,
            "l_F": value(f"l_F.{depth}"),
            "bm": value(f"bm.{depth}"),
        }
        form = {"hormone": float(hormonal), "depth": float(DEPTHS.index(depth)), "asymmetry": value("asymmetry")}
        return Disease(lesion=lesion, form=form)

    def outline(self, n: int) -> NDArray[np.bool_]:
        """The face."""
        return outline(n)

    def window(self, n: int, dx: float, region: Region, rng: np.random.Generator) -> Window:
        """The whole face; its parts are the halves of the areas of MASI."""
        face = value("face_area") * value("hand_area")
        share = melasma_map(n, region.area / face, region.disease.form["asymmetry"], value("melasma_edge"), rng)
        window = window_of_parts(dx, areas(n).astype(float), region.density * region.usable, share)
        return replace(window, outside=weighed(core(outline(n) * (1 - share))))
