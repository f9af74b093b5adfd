"""The codebook as an appendix: a table of its codes for each family."""

from __future__ import annotations

from harken.exporters.codebook_tables import family_notes, family_table
from harken.model import Codebook
from harken.report import Report, Section
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store


def codebook_report(codebook: Codebook) -> Report:
    """A table for each family, as `harken codebook export` writes it to a document."""
    notes = [words for family in codebook.families for words in family_notes(family)]
    return Report(
        title=codebook.title or "Codebook",
        notes=tuple(notes) if codebook.families else ("The codebook holds no code yet.",),
        tables=tuple(family_table(codebook, family) for family in codebook.families),
    )


def codebook_section(store: Store) -> Section:
    """The codebook as it stands, as an appendix of the book."""
    return Section(
        title="Codebook",
        anchor="codebook",
        report=codebook_report(stored_codebook(store).codebook),
        is_appendix=True,
    )
