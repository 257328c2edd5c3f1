"""Numbers of the cell product as they are printed."""

from decimal import Decimal

HUGE = 1e15  # from here on, and below TINY, a power of ten says more than noughts
TINY = 1e-4
NAMES = ((1e12, " trillion"), (1e9, " billion"), (1e6, " million"))


def spoken(number: float) -> str:
    """A number in words of magnitude.

    >>> spoken(2.84e5), spoken(1.234e7), spoken(0.388)
    ('284,000', '12.3 million', '0.388')
    """
    for size, name in NAMES:
        if number >= size:
            return f"{number / size:.3g}{name}"
    return f"{float(f'{number:.3g}'):,.0f}" if number >= 100 else f"{number:.3g}"


def brief(number: float) -> str:
    """A number in a column: 0.39, 41, 2.8e5.

    >>> brief(2.84e5), brief(41.3), brief(0.388), brief(6.5e14)
    ('2.8e5', '41', '0.39', '6.5e14')
    """
    if number < 10:
        return f"{number:.2g}"
    if number < 1000:
        return f"{number:.0f}"
    digits, _, power = f"{number:.1e}".partition("e")
    return f"{digits.removesuffix('.0')}e{int(power)}"


def ranged(low: float, middle: float, high: float) -> str:
    """A number with its interval.

    >>> ranged(1.2, 32, 896)
    '32 (1.2–896)'
    """
    ends, value = (brief(low), brief(high)), brief(middle)
    return value if ends[0] == ends[1] else f"{value} ({ends[0]}–{ends[1]})"


def plain(number: float, digits: int) -> str:
    """A number with so many digits, the whole of it never rounded, and no power of ten in what people count.

    >>> plain(26280.0, 4), plain(79.999, 4), plain(79.999, 5), plain(0.5, 4), plain(-180.0, 4)
    ('26,280', '80', '79.999', '0.5', '-180')
    """
    if not TINY <= abs(number) < HUGE:
        return f"{number:.{digits}g}"
    rounded = float(f"{number:.{max(digits, len(str(int(abs(number)))))}g}")
    whole, _, part = f"{Decimal(repr(rounded)):,f}".partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole
