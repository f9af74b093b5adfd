"""Typed cells: what is printed and the unrounded value behind it. All rounding happens here."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """What is printed (`text`) and the unrounded value behind it (for formats that keep numbers)."""

    text: str
    value: str | int | float | None = None
    leads_to: str = ""
    """Anchor of the listing in the same book that shows what is behind the figure; only pages link to it."""


EMPTY = Cell("", None)
DASH = Cell("–", None)
HIDDEN = Cell("[c]", None)
"""A figure kept back so that nobody is known by it: confidential, as official statistics mark it."""


def text(value: str) -> Cell:
    """A text that prints as it is."""
    return Cell(value, value)


def count(value: int | None) -> Cell:
    """A whole number; `None` prints as a dash."""
    return DASH if value is None else Cell(str(value), value)


def decimal(value: float | None, places: int = 3, *, undefined: str = "undefined") -> Cell:
    """A coefficient, rounded to `places`; `None` prints the word for why there is none."""
    if value is None:
        return Cell(undefined, None)
    printed = f"{value:.{places}f}"
    return Cell(printed[1:] if float(printed) == 0 and printed.startswith("-") else printed, value)


def interval(low: float | None, high: float | None, places: int = 3) -> Cell:
    """Two limits in brackets, as one cell."""
    if low is None or high is None:
        return Cell("–", None)
    printed = f"[{decimal(low, places).text}, {decimal(high, places).text}]"
    return Cell(printed, printed)


def percentage(n: int, base: int, decimals: int = 1) -> str:
    """`n` of `base` in percent, rounded exactly half up; never a false 0 or 100 (METHODS, Printing)."""
    scale = 10**decimals
    units = (200 * scale * n + base) // (2 * base)
    if n > 0 and units == 0:
        return f"<{1 / scale:.{decimals}f}"
    if n < base and units == 100 * scale:
        return f">{100 - 1 / scale:.{decimals}f}"
    return f"{units // scale}.{units % scale:0{decimals}d}" if decimals else str(units)


def share_in_percent(share: float, decimals: int = 1) -> str:
    """A share that is no fraction of whole people, as a weighted one, printed as `percentage` prints.

    Half up by the shortest digits that mean the number, for the number itself lies beside the tie.
    """
    percent = (100 * Decimal(repr(share))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if share > 0 and percent == 0:
        return f"<{10.0**-decimals:.{decimals}f}"
    if share < 1 and percent == 100:
        return f">{100 - 10.0**-decimals:.{decimals}f}"
    return f"{percent:f}"
