"""The declared themes as a table."""

from __future__ import annotations

from collections.abc import Iterator

from harken.report import Column, Report, Table, text
from harken.services.prespecifying.result import Prespecification


def prespecification_report(result: Prespecification) -> Report:
    """The report of `harken themes prespecify`."""
    words = "themes declared before the tables by group"
    table = Table(
        title="",
        columns=tuple(
            Column(heading=name)
            for name in ("Theme", "Code", "Compared by", "Declared (UTC)", "By", "In time")
        ),
        rows=tuple(
            (
                text(theme.label or "(no longer in the codebook)"),
                text(theme.code),
                text(theme.by or "any column"),
                text(_minute(theme.at)),
                text(theme.actor),
                text("yes" if theme.in_time else "too late"),
            )
            for theme in result.themes
        ),
    )
    return Report(
        title=f"{result.title}: {words}" if result.title else words.capitalize(),
        notes=tuple(_notes(result)),
        tables=(table,) if result.themes else (),
    )


def _notes(result: Prespecification) -> Iterator[str]:
    first = result.first_table_at
    if first is None:
        yield "Nobody has looked at themes by group so far, as far as was noted."
    else:
        yield f"The first table of themes by group was looked at on {_minute(first)} (UTC)."
    if not result.themes:
        yield (
            "No theme is declared: every comparison is exploratory. `harken themes prespecify CODE` "
            "declares one."
        )
    if any(not theme.in_time for theme in result.themes):
        yield "What was declared after the first table stays exploratory: its figures had been seen."


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")
