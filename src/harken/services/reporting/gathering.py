"""Everything that a study can report, gathered as a book: from who took part to the appendices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harken.model import Approach
from harken.report import Book, Listing, Section
from harken.services.agreeing import Agreement
from harken.services.checklists import (
    checklist_named,
    checklist_sections,
    fill,
    fitting_checklists,
    known_facts,
)
from harken.services.counting.loading import load_sheet
from harken.services.describing import codebook_section, memos_section, methods_section, read_facts
from harken.services.reporting.asked import Asked, Progress
from harken.services.reporting.behind import Anchors, answers_behind
from harken.services.reporting.chapters import (
    CHARACTERISTICS,
    QUOTES,
    agreement_section,
    analytic_sections,
    closed_sections,
    look_sections,
    measured_agreement,
    people_sections,
    quote_sections,
)
from harken.services.reporting.counted import as_shown, theme_sections
from harken.services.reporting.options import ReportOptions
from harken.services.reporting.title_page import running_line, title_facts
from harken.services.tabulating import ThemeTable
from harken.storage import notes, study
from harken.storage.store import Store


def gather_book(
    store: Store, options: ReportOptions, *, actor: str, progress: Progress | None = None
) -> Book:
    """The book of a project: the same project and options give the same book, whenever it is gathered.

    What the approach does not have is left out unless it is asked for. Raises `HarkenError` for a column,
    question, coder or checklist that is not there.
    """
    return gather(Asked(store=store, options=options, actor=actor, progress=progress))


def gather(asked: Asked) -> Book:
    """As `gather_book`, of what is asked already."""
    store, options = asked.store, asked.options
    for name in options.checklists:
        checklist_named(name)
    asked.tell("themes", 0.0)
    table = asked.theme_table
    described = as_shown(table, is_united=options.is_united) if table else None
    agreement = measured_agreement(asked)
    listings, anchors = _answers(asked) if table is not None else ((), Anchors())
    asked.tell("chapters", 0.35)
    chapters = [
        *people_sections(asked),
        methods_section(
            store, by=options.by, table=described, agreement=agreement, threshold=options.threshold
        ),
        *([agreement_section(asked, agreement)] if agreement else []),
        *(theme_sections(table, anchors=anchors, is_united=options.is_united) if table else []),
        *closed_sections(asked),
        *analytic_sections(asked),
        *quote_sections(asked),
        *look_sections(asked),
    ]
    return Book(
        title=study.settings(store).get("title", ""),
        facts=title_facts(store, options),
        running=running_line(store, options),
        sections=(*chapters, *_appendices(asked, chapters, described, agreement)),
        listings=listings,
    )


def _answers(asked: Asked) -> tuple[tuple[Listing, ...], Anchors]:
    options = asked.options
    if not options.shows_answers or not asked.may_see_answers:
        return (), Anchors()
    asked.tell("answers", 0.3)
    sheet = load_sheet(
        asked.store,
        questions=options.questions,
        by=options.by,
        basis=options.basis,
        with_excluded=options.with_excluded,
    )
    return answers_behind(asked.store, sheet)


def _appendices(
    asked: Asked, chapters: Sequence[Section], table: ThemeTable | None, agreement: Agreement | None
) -> Iterator[Section]:
    yield codebook_section(asked.store)
    yield from _checklists(asked, chapters, table, agreement)
    if asked.options.has_memos:
        yield memos_section(asked.store, actor=asked.actor)


def _checklists(
    asked: Asked, chapters: Iterable[Section], table: ThemeTable | None, agreement: Agreement | None
) -> Iterator[Section]:
    options = asked.options
    shown = {chapter.anchor: chapter for chapter in chapters}
    people = shown["participants"].report
    facts = known_facts(
        read_facts(asked.store, by=options.by),
        table=table,
        agreement=agreement,
        has_quotes=QUOTES in shown,
        has_flow_diagram=people is not None and bool(people.figures),
        has_characteristics=CHARACTERISTICS in shown,
        n_analytic_themes=len(tuple(notes.themes(asked.store))),
        threshold=options.threshold,
    )
    wanted = fitting_checklists(
        has_agreement=agreement is not None,
        is_reflexive=asked.approach == Approach.REFLEXIVE,
        also=options.checklists,
    )
    yield from checklist_sections(fill(one, facts) for one in wanted)
