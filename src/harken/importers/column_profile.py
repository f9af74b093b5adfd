"""Measures a column's values: how many, how varied, how wordy, and of which kind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_N_MEASURED = 5_000
_NUMBER = re.compile(r"[+-]?(\d{1,3}([ ,.']\d{3})+|\d+)?([.,]\d+)?([eE][+-]?\d+)?\s*%?")
_DATE = re.compile(
    r"(\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4})([T ].*)?"
    r"|\d{1,2}:\d{2}(:\d{2})?(\s?[AaPp][Mm])?"
)
_ADDRESS = re.compile(r"\S+@\S+\.\S+|https?://\S+|\d{1,3}(\.\d{1,3}){3}")
_OPAQUE = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9_-]{4,64}")
_LIST_MARK = re.compile(r"\s*[,;|]\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnProfile:
    """What a sample of a column's cells looks like; shares are of the filled cells measured."""

    n_rows: int
    n_filled: int
    n_distinct: int
    mean_words: float
    most_words: int
    has_line_breaks: bool
    share_numbers: float
    share_dates: float
    share_addresses: float
    """E-mail, web and network addresses."""
    share_opaque: float
    """Single tokens of letters and digits, as machines give for ids."""
    items_per_option: float
    """Items of lists per different item: high for ticked options that were joined in one cell."""
    share_lists: float

    @property
    def share_distinct(self) -> float:
        return self.n_distinct / self.n_filled if self.n_filled else 0.0


def profile_column(values: Sequence[str]) -> ColumnProfile:
    """Measure a column; of a long one, cells in equal steps."""
    step = max(1, len(values) // _N_MEASURED)
    sample = values[::step]
    filled = [value.strip() for value in sample if value.strip()]
    n_filled = len(filled)
    words = [len(value.split()) for value in filled]
    items = [item for value in filled for item in _LIST_MARK.split(value)]
    return ColumnProfile(
        n_rows=len(sample),
        n_filled=n_filled,
        n_distinct=len(set(filled)),
        mean_words=sum(words) / n_filled if n_filled else 0.0,
        most_words=max(words, default=0),
        has_line_breaks=any("\n" in value or "\r" in value for value in filled),
        share_numbers=_share(_NUMBER, filled),
        share_dates=_share(_DATE, filled),
        share_addresses=_share(_ADDRESS, filled),
        share_opaque=_share(_OPAQUE, filled),
        items_per_option=len(items) / len(set(items)) if items else 0.0,
        share_lists=sum(1 for value in filled if _LIST_MARK.search(value)) / n_filled if n_filled else 0.0,
    )


def _share(pattern: re.Pattern[str], values: list[str]) -> float:
    return sum(1 for value in values if pattern.fullmatch(value)) / len(values) if values else 0.0
