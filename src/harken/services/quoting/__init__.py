"""Quotes for the paper: chosen by a stated rule, edited with brackets, cleared, under stable pseudonyms."""

from harken.services.quoting.consent import (
    Consent,
    missing_consent,
    parse_consent,
    read_consent,
    remember_consent,
)
from harken.services.quoting.editing import QuoteState, clear_quote, edit_quote, take_back_edits
from harken.services.quoting.quoting import PER_THEME, find_quotes
from harken.services.quoting.report import quotes_report
from harken.services.quoting.result import LeftOut, Quote, QuoteKind, QuoteList, ThemeQuotes

__all__ = [
    "PER_THEME",
    "Consent",
    "LeftOut",
    "Quote",
    "QuoteKind",
    "QuoteList",
    "QuoteState",
    "ThemeQuotes",
    "clear_quote",
    "edit_quote",
    "find_quotes",
    "missing_consent",
    "parse_consent",
    "quotes_report",
    "read_consent",
    "remember_consent",
    "take_back_edits",
]
