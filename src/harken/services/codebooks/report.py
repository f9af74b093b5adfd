"""The codebook as a table."""

from __future__ import annotations

from harken.model import CodebookEntry
from harken.report import EMPTY, Cell, Column, Report, Table, count, text
from harken.services.codebooks.exchange import current_codebook
from harken.storage import codebooks as stored
from harken.storage import study
from harken.storage.store import Store


def codebook_title(store: Store) -> str:
    """The codebook's title, else the study's."""
    return current_codebook(store).title or study.settings(store)["title"]


def codebook_report(store: Store) -> Report:
    """The codebook as a table: codes indented below their families, with definition and number of codings."""
    codebook, used = current_codebook(store), stored.usage(store)
    rows: list[tuple[Cell, ...]] = []
    for family in codebook.families:
        rows.append((text(family.label), text(family.key), text(family.definition), EMPTY))
        rows += [
            (
                text(f"{'  ' * (entry.depth + 1)}{_name(entry)}"),
                text(entry.path),
                text(entry.code.definition),
                count(used.get(entry.path, 0)),
            )
            for entry in codebook.entries.values()
            if entry.family is family
        ]
    columns = (
        Column(heading="code"),
        Column(heading="address"),
        Column(heading="definition"),
        Column(heading="codings", align="right"),
    )
    return Report(
        title=codebook_title(store),
        tables=(Table(title="", columns=columns, rows=tuple(rows)),),
        notes=() if rows else ("Empty: `harken codebook import FILE`, or make codes in `harken code`.",),
    )


def _name(entry: CodebookEntry) -> str:
    return f"{entry.code.label} (retired)" if entry.code.is_retired else entry.code.label
