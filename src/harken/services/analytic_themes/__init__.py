"""Analytic themes: named readings of the material above its codes, for reflexive work."""

from harken.services.analytic_themes.counting import PeopleWithCodes, people_for
from harken.services.analytic_themes.listing import list_themes, shown_quotes
from harken.services.analytic_themes.quoting import QuoteCandidate, QuoteFinder
from harken.services.analytic_themes.report import themes_report, themes_table
from harken.services.analytic_themes.result import AnalyticTheme, ShownQuote, ThemeList
from harken.services.analytic_themes.writing import (
    make_theme,
    quote_of,
    remove_theme,
    rename_theme,
    theme_named,
    toggle_code,
    toggle_memo,
    toggle_quote,
    write_idea,
    write_theme,
)
from harken.storage.notes import ThemeQuote

__all__ = [
    "AnalyticTheme",
    "PeopleWithCodes",
    "QuoteCandidate",
    "QuoteFinder",
    "ShownQuote",
    "ThemeList",
    "ThemeQuote",
    "list_themes",
    "make_theme",
    "people_for",
    "quote_of",
    "remove_theme",
    "rename_theme",
    "shown_quotes",
    "theme_named",
    "themes_report",
    "themes_table",
    "toggle_code",
    "toggle_memo",
    "toggle_quote",
    "write_idea",
    "write_theme",
]
