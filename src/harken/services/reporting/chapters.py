"""The chapters of a report beside its theme tables: each from the verb that shows the same by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harken.model import VariableRole
from harken.report import Section
from harken.services.agreeing import Agreement, agreement_report, measure_agreement
from harken.services.agreeing.thresholds import read_thresholds
from harken.services.agreeing.yardstick import Yardstick, make_uncertainty
from harken.services.analytic_themes import list_themes, themes_report
from harken.services.closed_items import closed_report, count_closed_items
from harken.services.cooccurring import cooccurrence_report, count_pairs
from harken.services.describing import describe_participants, participants_report
from harken.services.describing.protecting import protect_participants
from harken.services.flowing import flow_report
from harken.services.protecting import protect_closed
from harken.services.quoting import PER_THEME, find_quotes, quotes_report, read_consent
from harken.services.reporting.asked import Asked
from harken.services.reporting.printing import printed
from harken.services.saturating import measure_saturation, saturation_report
from harken.storage import survey

CHARACTERISTICS, QUOTES = "characteristics", "quotes"
"""Anchors by which checklists learn what is shown."""


def people_sections(asked: Asked) -> Iterator[Section]:
    """Who came, who is left, and who they are."""
    options = asked.options
    report = printed(flow_report(asked.people, title=""))
    yield Section(title="Participants", anchor="participants", report=report)
    table = describe_participants(asked.store, by=options.by)
    if options.threshold is not None:
        table = protect_participants(table, threshold=options.threshold)
    if table.characteristics:
        yield Section(
            title="Characteristics of participants",
            anchor=CHARACTERISTICS,
            level=2,
            report=participants_report(table),
        )


def measured_agreement(asked: Asked) -> Agreement | None:
    """Agreement where it is reported and two coders decided the same answers."""
    options = asked.options
    if not options.shows_agreement(asked.approach):
        return None
    thresholds = read_thresholds(asked.store)
    with asked.waiting("agreement", 0.05, 0.3) as progress:
        measured = measure_agreement(
            asked.store,
            questions=options.questions,
            yardstick=Yardstick(
                uncertainty=make_uncertainty(level=options.level),
                bands=thresholds.bands,
                study=thresholds.study,
            ),
            with_excluded=options.with_excluded,
            progress=progress,
        )
    scope = measured.whole.scope
    return measured if len(scope.coders) > 1 and scope.n_units_pairable else None


def agreement_section(asked: Asked, agreement: Agreement) -> Section:
    """Agreement as `harken agreement` shows it."""
    report = agreement_report(agreement, asked.codebook, title="")
    # What the command could print beside this is no news to a reader.
    notes = tuple(note for note in report.notes if not note.startswith("With --all"))
    shown = printed(replace(report, notes=notes))
    return Section(title="Agreement between coders", anchor="agreement", report=shown)


def closed_sections(asked: Asked) -> Iterator[Section]:
    """What people chose in closed items."""
    options = asked.options
    roles = {variable.role for variable in survey.variables(asked.store)}
    if VariableRole.CLOSED not in roles:
        return
    counted = count_closed_items(
        asked.store, by=options.by, level=options.level, with_excluded=options.with_excluded
    )
    if options.threshold is not None:
        counted = protect_closed(counted, threshold=options.threshold)
    if counted.items:
        yield Section(title="Closed items", anchor="closed-items", report=printed(closed_report(counted)))


def quote_sections(asked: Asked) -> Iterator[Section]:
    """Quotes of each theme by the stated rule, of people who consented."""
    options = asked.options
    if options.n_quotes == 0 or not asked.may_see_answers:
        return
    found = find_quotes(
        asked.store,
        viewer=asked.actor,
        questions=options.questions,
        by=options.by,
        basis=options.basis,
        per_theme=options.n_quotes or PER_THEME,
        consent=read_consent(asked.store),
        threshold=options.threshold,
    )
    if any(theme.quotes for theme in found.themes):
        yield Section(title="Quotes", anchor=QUOTES, report=printed(quotes_report(found)))


def analytic_sections(asked: Asked) -> Iterator[Section]:
    """Named readings above the codes, where there are any."""
    found = list_themes(asked.store, coder=asked.actor)
    if found.themes and asked.options.threshold is None:
        yield Section(title="Analytic themes", anchor="analytic-themes", report=themes_report(found))


def look_sections(asked: Asked) -> Iterator[Section]:
    """Codes on the same people, and whether new codes ceased to come up."""
    options = asked.options
    if not options.has_looks or options.threshold is not None:
        return
    pairs = count_pairs(
        asked.store,
        questions=options.questions,
        basis=options.basis,
        level=options.level,
        with_excluded=options.with_excluded,
    )
    yield Section(
        title="Codes that go together", anchor="cooccurrence", report=printed(cooccurrence_report(pairs))
    )
    saturation = measure_saturation(
        asked.store,
        questions=options.questions,
        basis=options.basis,
        level=options.level,
        with_excluded=options.with_excluded,
    )
    yield Section(title="Saturation", anchor="saturation", report=printed(saturation_report(saturation)))
