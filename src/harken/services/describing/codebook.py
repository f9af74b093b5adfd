"""The codebook as an appendix: a table of its codes for each family."""

from __future__ import annotations

from dataclasses import replace

from harken.exporters.codebook_families import family_notes, family_table
from harken.model import Code, Codebook
from harken.report import Report, Section, without_empty
from harken.services.redacting import Redactor, redactor
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store


def codebook_report(codebook: Codebook) -> Report:
    """A table for each family, without the columns that none of its codes fills."""
    notes = [f"{family.label}: {words}" for family in codebook.families for words in family_notes(family)]
    return Report(
        title=codebook.title or "Codebook",
        notes=tuple(notes) if codebook.families else ("The codebook holds no code yet.",),
        tables=tuple(without_empty(family_table(codebook, family)) for family in codebook.families),
    )


def codebook_section(store: Store) -> Section:
    """The codebook as it stands, as an appendix of the book; examples have brackets as answers do."""
    codebook = stored_codebook(store).codebook
    brackets = redactor(store)
    families = (
        replace(family, codes=tuple(_redacted(code, brackets) for code in family.codes))
        for family in codebook.families
    )
    return Section(
        title="Codebook",
        anchor="codebook",
        report=codebook_report(replace(codebook, families=tuple(families))),
        is_appendix=True,
    )


def _redacted(code: Code, brackets: Redactor) -> Code:
    return replace(
        code,
        label=brackets.words(code.label),
        definition=brackets.words(code.definition),
        include=brackets.words(code.include),
        exclude=brackets.words(code.exclude),
        examples=tuple(map(brackets.words, code.examples)),
        codes=tuple(_redacted(child, brackets) for child in code.codes),
    )
