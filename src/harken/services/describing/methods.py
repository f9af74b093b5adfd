"""The methods section: paragraphs with this study's numbers, in the words of its approach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from harken._version import __version__
from harken.report import Section
from harken.services.agreeing.reporting.methods import methods_paragraph
from harken.services.agreeing.result import Agreement
from harken.services.describing.codebook_words import codebook_sentences
from harken.services.describing.coding_words import coding_sentences
from harken.services.describing.counting_words import (
    counting_sentences,
    prespecified_sentences,
    statistics_sentences,
)
from harken.services.describing.data_words import data_sentences
from harken.services.describing.facts import StudyFacts, read_facts
from harken.services.tabulating.result import ThemeTable
from harken.storage.store import Store


def methods_paragraphs(
    store: Store,
    *,
    by: str | None = None,
    table: ThemeTable | None = None,
    agreement: Agreement | None = None,
    threshold: int | None = None,
    facts: StudyFacts | None = None,
) -> tuple[str, ...]:
    """The methods section, a paragraph a topic; each sentence only where the project knows the fact.

    `table` and `agreement` are those that the paper shows: without them nothing is said of counting or
    of reliability. `threshold` is that of suppressed small cells.
    """
    known = facts or read_facts(store, by=by if table is None or table.by is None else table.by)
    paragraphs = (
        data_sentences(known, threshold=threshold),
        codebook_sentences(known),
        coding_sentences(known),
        [_without_software(methods_paragraph(agreement))] if agreement is not None else [],
        _table_sentences(known, table, threshold),
        _software(known),
    )
    return tuple(filter(None, map(_joined, paragraphs)))


def methods_section(
    store: Store,
    *,
    by: str | None = None,
    table: ThemeTable | None = None,
    agreement: Agreement | None = None,
    threshold: int | None = None,
    facts: StudyFacts | None = None,
) -> Section:
    """The paragraphs as a section of the book."""
    return Section(
        title="Methods",
        anchor="methods",
        paragraphs=methods_paragraphs(
            store, by=by, table=table, agreement=agreement, threshold=threshold, facts=facts
        ),
    )


def _joined(sentences: Iterable[str]) -> str:
    return " ".join(sentences)


def _table_sentences(facts: StudyFacts, table: ThemeTable | None, threshold: int | None) -> Iterator[str]:
    if table is not None:
        yield from counting_sentences(table)
        yield from statistics_sentences(table)
        yield from prespecified_sentences(facts.prespecified, table)
    if threshold is not None:
        yield (
            f"To protect participants, counts above 0 and below {threshold} are not shown, nor further cells "
            "from which they could be worked out, nor any figure of groups with fewer coded people than that."
        )


def _without_software(paragraph: str) -> str:
    """The paragraph on agreement without its last sentence: the methods end with the software themselves."""
    return paragraph.removesuffix(f" Figures were computed with Harken {__version__}.")


def _software(facts: StudyFacts) -> Iterator[str]:
    yield (
        f"Coding and counting were done with Harken {__version__}; the state of the project behind this text "
        f"has the hash {facts.project_hash}."
    )
