"""Everything that a study can report, gathered as a book: from who took part to the appendices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from harken.model import Approach
from harken.report import Book, Listing, Section
from harken.services.agreeing import Agreement, agreement_report, measure_agreement
from harken.services.agreeing.thresholds import read_thresholds
from harken.services.agreeing.yardstick import Yardstick, make_uncertainty
from harken.services.analytic_themes import list_themes, themes_report
from harken.services.blindness import sight_of
from harken.services.closed_items import closed_report, count_closed_items
from harken.services.describing import (
    codebook_section,
    memos_section,
    methods_section,
    participants_section,
)
from harken.services.flowing import flow, flow_report
from harken.services.reporting.behind import Anchors, answers_behind
from harken.services.reporting.counted import theme_sections
from harken.services.reporting.options import ReportOptions
from harken.services.reporting.title_page import running_line, title_facts
from harken.services.tabulating import Base, ThemeTable, tabulate
from harken.services.tabulating.tabulate import load_sheet
from harken.storage import codebooks, study, survey
from harken.storage.store import Store

Progress = Callable[[str, float], None]

_STAGES = ("flow", "agreement", "themes", "closed items", "quotes", "methods", "answers")


@dataclass(slots=True)
class _Course:
    """Tells whoever waits which stage has begun."""

    progress: Progress | None
    n_begun: int = 0

    def begin(self, stage: str) -> None:
        if self.progress is not None:
            self.progress(stage, self.n_begun / (len(_STAGES) + 4))
        self.n_begun += 1


def gather_book(
    store: Store, options: ReportOptions, *, actor: str, progress: Progress | None = None
) -> Book:
    """The book of a project: the same project and options give the same book, whenever it is gathered.

    What the approach does not have is left out unless it is asked for. Raises `HarkenError` for a column,
    question, coder or checklist that is not there.
    """
    course = _Course(progress)
    settings = study.settings(store)
    approach = settings.get("approach", Approach.CONTENT.value)
    agreement = _agreement(store, options, approach, course)
    course.begin("themes")
    table = _themes(store, options) if options.shows_counts(approach) else None
    listings, anchors = _answers(store, options, course, actor=actor) if table else ((), Anchors())
    sections = [
        *_people(store, options, course),
        *_methods(store, options, table, agreement, course),
        *(_agreement_sections(store, agreement) if agreement else ()),
        *(theme_sections(table, anchors=anchors, is_united=options.is_united) if table else ()),
        *_closed_items(store, options, course),
        *_analytic_themes(store, actor=actor),
        codebook_section(store),
        *([memos_section(store, actor=actor)] if options.has_memos else ()),
    ]
    return Book(
        title=settings.get("title", ""),
        facts=title_facts(store, options),
        running=running_line(store, options),
        sections=tuple(sections),
        listings=listings,
    )


def _agreement(store: Store, options: ReportOptions, approach: str, course: _Course) -> Agreement | None:
    """Agreement where the approach has it and two coders decided the same answers."""
    course.begin("agreement")
    if not options.shows_agreement(approach):
        return None
    thresholds = read_thresholds(store)
    measured = measure_agreement(
        store,
        questions=options.questions,
        yardstick=Yardstick(
            uncertainty=make_uncertainty(level=options.level), bands=thresholds.bands, study=thresholds.study
        ),
        with_excluded=options.with_excluded,
    )
    scope = measured.whole.scope
    return measured if len(scope.coders) > 1 and scope.n_units_pairable else None


def _themes(store: Store, options: ReportOptions) -> ThemeTable:
    return tabulate(
        store,
        questions=options.questions,
        by=options.by,
        basis=options.basis,
        base=Base(options.base),
        level=options.level,
        with_excluded=options.with_excluded,
    )


def _answers(
    store: Store, options: ReportOptions, course: _Course, *, actor: str
) -> tuple[tuple[Listing, ...], Anchors]:
    course.begin("answers")
    sight = sight_of(store, actor)
    if not options.shows_answers or sight.is_blind or (sight.hides_group and options.by):
        return (), Anchors()
    sheet = load_sheet(
        store,
        questions=options.questions,
        by=options.by,
        basis=options.basis,
        with_excluded=options.with_excluded,
    )
    return answers_behind(store, sheet)


def _people(store: Store, options: ReportOptions, course: _Course) -> Iterator[Section]:
    course.begin("flow")
    report = flow_report(flow(store, by=options.by), title="")
    yield Section(title="Participants", anchor="participants", report=report)
    yield participants_section(store, by=options.by)


def _methods(
    store: Store,
    options: ReportOptions,
    table: ThemeTable | None,
    agreement: Agreement | None,
    course: _Course,
) -> Iterator[Section]:
    course.begin("methods")
    yield methods_section(store, by=options.by, table=table, agreement=agreement, threshold=options.threshold)


def _agreement_sections(store: Store, agreement: Agreement) -> Iterator[Section]:
    report = agreement_report(agreement, codebooks.stored_codebook(store).codebook, title="")
    yield Section(title="Agreement between coders", anchor="agreement", report=report)


def _closed_items(store: Store, options: ReportOptions, course: _Course) -> Iterator[Section]:
    course.begin("closed items")
    if not any(variable.role.value == "closed" for variable in survey.variables(store)):
        return
    counted = count_closed_items(
        store, by=options.by, level=options.level, with_excluded=options.with_excluded
    )
    if counted.items:
        yield Section(title="Closed items", anchor="closed-items", report=closed_report(counted))


def _analytic_themes(store: Store, *, actor: str) -> Iterator[Section]:
    found = list_themes(store, coder=actor)
    if found.themes:
        yield Section(
            title="Analytic themes", anchor="analytic-themes", report=replace(themes_report(found), title="")
        )
