"""How a patient's disease is drawn: at random, or the median of everything."""

from collections.abc import Mapping

import numpy as np

from repigment.evidence.parameters import parameter, value


class Luck:
    """Draws at random."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng

    def normal(self) -> float:
        """A standard normal number."""
        return float(self._rng.standard_normal())

    def coin(self, chance: float) -> bool:
        """Heads with this chance; nothing is drawn where there is none."""
        if chance in (0.0, 1.0):
            return chance == 1.0
        return bool(self._rng.random() < chance)

    def spread(self, name: str, by: str) -> float:
        """The parameter `name`, log-normal with the spread `by` (ln), inside its range.

        >>> Median().spread("f_u.melasma", "niche_sd") == value("f_u.melasma")
        True
        """
        known = parameter(name)
        return float(np.clip(known.value * np.exp(value(by) * self.normal()), known.low, known.high))

    def one_of(self, shares: Mapping[str, float]) -> str:
        """One of the names, by its share.

        >>> Median().one_of({"dermal": 0.2, "epidermal": 0.5})
        'epidermal'
        """
        names, weights = list(shares), np.array(list(shares.values()), float)
        return names[self._pick(weights / weights.sum())]

    def _pick(self, weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
        return int(self._rng.choice(len(weights), p=weights))


class Median(Luck):
    """Draws nothing: the median, the likelier side, the likeliest kind."""

    def __init__(self) -> None:
        super().__init__(np.random.default_rng(0))

    def normal(self) -> float:
        """0."""
        return 0.0

    def coin(self, chance: float) -> bool:
        """Whether heads is likelier."""
        return chance > 0.5

    def _pick(self, weights: np.ndarray[tuple[int], np.dtype[np.float64]]) -> int:
        return int(np.argmax(weights))
