"""What a user is told when something cannot be done."""


class RepigmentError(Exception):
    """A mistake in what the user gave, told as what, where, what is allowed and what to do.

    >>> print(RepigmentError("skin type 9 does not exist", where="--skin-type", allowed="1 to 6"))
    skin type 9 does not exist. In: --skin-type. Allowed: 1 to 6.
    """

    def __init__(self, what: str, *, where: str = "", allowed: str = "", remedy: str = "") -> None:
        self.what, self.where, self.allowed, self.remedy = what, where, allowed, remedy
        parts = [what, where and f"In: {where}", allowed and f"Allowed: {allowed}", remedy and f"Do: {remedy}"]
        super().__init__(" ".join(_ended(part) for part in parts if part))


def _ended(part: str) -> str:
    """A part with its full stop; a question has its mark.

    >>> _ended("did you mean 'D65'?")
    "did you mean 'D65'?"
    """
    return part if part.endswith("?") else f"{part.rstrip('.')}."
