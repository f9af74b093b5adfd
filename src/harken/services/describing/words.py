"""Small things that sentences about the study share: numbers, lists, what the approach is called."""

from __future__ import annotations

from collections.abc import Iterable

from harken.model import Approach
from harken.report import percentage
from harken.stats.proportions import SMALLEST_BASE

NAMES = {
    Approach.CONTENT: "content analysis",
    Approach.STRUCTURED_TABULAR: "structured tabular thematic analysis",
    Approach.CODEBOOK: "a codebook approach to thematic analysis",
    Approach.REFLEXIVE: "reflexive thematic analysis",
}
"""What the analysis is called: by its own name, never by another one's."""
SOURCES = {
    Approach.STRUCTURED_TABULAR: " (Robinson 2022)",
    Approach.REFLEXIVE: " (Braun and Clarke 2019)",
}
SETTLED = {Approach.REFLEXIVE: "discussed"}
"""What happened to differences, where it is not called settling them."""
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(n: int, one: str, several: str = "") -> str:
    """A number and what it counts; one to nine in words, as running text has them."""
    said = _SMALL[n] if 0 <= n < len(_SMALL) else f"{n:,}"
    return f"{said} {one if n == 1 else several or one + 's'}"


def joined(names: Iterable[str], *, most: int = 8) -> str:
    """Names as a list in running text, the first few of them where they are many."""
    every = list(names)
    if len(every) > most:
        return f"{', '.join(every[:most])} and {len(every) - most} more"
    return " and ".join(filter(None, (", ".join(every[:-1]), *every[-1:])))


def of(n: int, base: int, what: str) -> str:
    """How many of a base of several things, with the percentage where the base bears one."""
    if n == base:
        return f"all {base:,} {what}" if n > 1 else f"{n:,} of {base:,} {what}"
    share = f" ({percentage(n, base)} %)" if base >= SMALLEST_BASE else ""
    return f"{n:,} of {base:,} {what}{share}"


def sentence(words: str) -> str:
    """The words with a capital first letter."""
    return words[:1].upper() + words[1:]
