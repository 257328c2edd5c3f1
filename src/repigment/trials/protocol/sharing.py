"""Sharing whole patients out among arms."""

from collections.abc import Sequence


def share_out(total: int, weights: Sequence[int]) -> list[int]:
    """Whole numbers in the proportions of `weights` that sum to `total`, each at least 1 (largest remainder).

    Needs total >= len(weights) and positive weights.

    >>> share_out(10, [2, 1])
    [7, 3]
    """
    whole = sum(weights)
    shares = [max(1, total * weight // whole) for weight in weights]
    over = sum(shares) - total
    while over > 0:  # arms lifted to 1 take from the largest
        shares[shares.index(max(shares))] -= 1
        over -= 1
    wanting = sorted(range(len(weights)), key=lambda i: total * weights[i] / whole - shares[i], reverse=True)
    for i in wanting[: total - sum(shares)]:
        shares[i] += 1
    return shares
