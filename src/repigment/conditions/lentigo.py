"""Sun spots (solar lentigines): clones of the epidermis whose niche stays excited, whatever the season."""

from repigment.conditions.base import Disease, Who
from repigment.conditions.luck import Luck
from repigment.conditions.spotted import Spotted
from repigment.evidence.parameters import value


class Lentigo(Spotted):
    """Brown spots of 2 to 20 mm on face, hands and arms, more with age and sun; they do not fade in winter.

    In a spot the niche F has a set point of its own and forgets slowly (years), and slows the turnover; that there are
    more melanocytes is part of what F stands for, since density is relative here. A treatment that destroys melanin
    alone brings nothing that lasts; one that destroys the niche does. Plasmin has no part in it.
    """

    name = "lentigo"
    title = "Sun spots (solar lentigo)"
    lesion = "sun spot"
    sites = ("face", "hands", "arms")
    local = ("F_set", "dl_F", "slow_F", "bm", "k_TXA")

    def draw(self, who: Who, luck: Luck) -> Disease:
        """How excited the niche of this patient's spots is; older skin has more spots (`count`)."""
        years = max(who.age - value("lentigo.from_age"), 0.0)
        lesion = {
            "F_set": luck.spread("F_set.lentigo", "niche_sd"),
            "dl_F": value("dl_F.lentigo"),
            "slow_F": value("slow_F.lentigo"),
            "bm": value("bm.lentigo"),
            "k_TXA": 0.0,
        }
        return Disease(lesion=lesion, form={"count": 1 + value("lentigo.per_year") * years})
