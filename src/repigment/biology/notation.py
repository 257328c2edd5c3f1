"""How a quantity is written in print: `dl_T` of the code is delta with subscript T on the page."""

import re

from repigment.skin.fields import ABOUT, Field

HEADS = {
    "al": r"\alpha",
    "beta": r"\beta",
    "dl": r"\delta",
    "kap": r"\kappa",
    "mu": r"\mu",
    "nu": r"\nu",
    "om": r"\omega",
    "phi": r"\varphi",
    "rho": r"\rho",
    "sig": r"\sigma",
    "tau": r"\tau",
    "theta": r"\theta",
}
EXPOSURES = {
    "sun": ("E_sun", "sun on the skin, SED/d"),
    "uv_dose": ("d", "dose of a phototherapy session, SED, at once"),
    "visible_light": ("VL", "visible light, 0 to 1"),
    "hormone": ("E_2", "hormone level, 0 to 1"),
    "jak_blockade": ("J", "JAK1/2 blockade, 0 to 1"),
    "calcineurin_blockade": ("I_CN", "calcineurin blockade, 0 to 1"),
    "il15_blockade": ("I_15", "IL-15 blockade, 0 to 1"),
    "tyrosinase_blockade": ("I_TYR", "tyrosinase inhibition, 0 to 1"),
    "transfer_blockade": ("I_TX", "inhibition of melanin transfer, 0 to 1"),
    "plasmin_blockade": ("I_PL", "plasmin blockade by tranexamic acid, 0 to 1"),
    "anti_inflammatory": ("AI", "anti-inflammatory drug, fold of extra clearance"),
    "turnover": ("z", "turnover under a drug, fold, 1 untreated"),
    "irritation": ("N_in", "irritation of the whole skin, 1/d"),
    "needling": ("N_needle", "inflammation by needles at their points, at once"),
    "cell_dose": ("Q_in", "dose of cells at the injection points, reference doses, at once"),
    "cell_clearance": ("c", "clearance of cells, fold, 1 for a first dose"),
    "vesicle_dose": ("V_in", "dose of vesicles, reference doses, at once"),
    "whole": ("w", "1 where a procedure meets all skin, 0 where the lesion only"),
    "viable_removal": ("x_P1", "melanin of the viable epidermis removed, share, at once"),
    "corneum_removal": ("x_P2", "melanin of the stratum corneum removed, share, at once"),
    "dermal_removal": ("x_D", "dermal melanin removed, share, at once"),
    "niche_removal": ("x_F", "niche removed, share, at once"),
    "melanocyte_loss": ("x_m", "melanocytes removed, share, at once"),
    "heat": ("h_in", "inflammation per melanin that absorbs light, at once"),
    "wound": ("N_wound", "inflammation by a procedure, at once"),
    "targeted_uv": ("d_target", "dose of a phototherapy session on the lesion only, SED, at once"),
    "injury": ("N_injury", "inflammation of the lesion, 1/d"),
    "injected_vesicles": ("V_inj", "dose of vesicles at the injection points, reference doses, at once"),
    "graft": ("m_in", "melanocytes placed, share of the vacancy, at once"),
}
PLACE = {
    "follicles": ("rho_i", "usable follicles per mm2 of the pixel"),
    "lesion": ("w_i", "how lesional the pixel is, 0 to 1"),
}


def latex(name: str) -> str:
    r"""A name as LaTeX: Greek letters spelt out, what follows `_` or a final number as subscript, words upright.

    >>> latex("dl_T"), latex("tau1"), latex("R_max")
    ('\\delta_{T}', '\\tau_{1}', 'R_{\\mathrm{max}}')
    """
    head, _, tail = name.partition("_")
    numbered = re.fullmatch(r"([A-Za-z]+)(\d+)", head)
    if numbered and not tail:
        head, tail = numbered.groups()
    head = HEADS.get(head, _word(head))
    return f"{head}_{{{_word(tail)}}}" if tail else head


def _word(text: str) -> str:
    return text if len(text) == 1 or text.isdigit() else rf"\mathrm{{{text}}}"


def field_symbol(field: Field) -> str:
    """The letter of a field in the equations.

    >>> field_symbol(Field.MELANIN_VIABLE)
    'P1'
    """
    return ABOUT[field].symbol
