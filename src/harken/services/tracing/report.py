"""A figure taken apart, as a report: how it adds up, and who is behind it with answers and decisions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.errors import many
from harken.model import ResponseKey
from harken.report import DASH, EMPTY, Cell, Column, Report, Table, count, text
from harken.services.tracing.result import (
    CellTrace,
    Standing,
    TracedAnswer,
    TracedDecision,
    TracedPerson,
)
from harken.storage.traces import EventRef

_BASES = {
    "coded": "people whose answers in scope are all decided and not all uncodable",
    "eligible": "people who were asked",
    "substantive": "people whose answers in scope are all decided, with at least one code",
}
_HASH = 8
"""Characters of an event's hash that are printed; files of data have all of it."""


def why_report(result: CellTrace) -> Report:
    """The report of `harken why`: the figure, and a table for each kind of people that was asked for."""
    kinds = (
        ("Who mentioned it", [one for one in result.people if one.standing is Standing.MENTIONED]),
        (
            "In the base, without it",
            [one for one in result.people if one.in_base and one.standing is not Standing.MENTIONED],
        ),
        ("Outside the base", [one for one in result.people if not one.in_base]),
    )
    return Report(
        title=f"{result.title}: why {result.n} of {result.base} mentioned {result.label}",
        notes=tuple(_notes(result)),
        tables=(_sum(result), *(_people_table(title, people, result) for title, people in kinds if people)),
    )


def _notes(result: CellTrace) -> Iterator[str]:
    codes = ", ".join(result.counted_codes)
    of = f" Codes that count towards it: {codes}." if result.counted_codes != (result.code,) else ""
    yield f"Theme: {result.label} ({result.code}).{of}"
    group = f"{result.by} {result.group}" if result.group is not None else "everybody"
    where = "".join(f", {column} {value or '(blank)'}" for column, value in result.where)
    occasions = f", on occasion {', '.join(result.occasions)}" if result.occasions else ""
    yield f"Scope: {group}{where}; {', '.join(result.questions) or 'no question'}{occasions}."
    yield f"Basis: {result.basis}. Base: {result.base_of}, that is {_BASES[result.base_of]}."
    if result.own_decisions_of:
        yield f"Blind: decisions of {result.own_decisions_of} alone, until their blind round is done."
    if result.with_excluded:
        yield "Excluded people are kept on what they answered."
    book = "none" if result.codebook is None else f"that of {_moment(result.codebook)}"
    yield f"Codebook: {book}. Project {result.project_hash[:_HASH]}."


def _moment(event: EventRef) -> str:
    return f"{event.at[:16].replace('T', ' ')} (event {event.counter}, {event.hash[:_HASH]})"


def _sum(result: CellTrace) -> Table:
    """How base and n come about, every person in one row."""
    rows = (
        (text(standing.value), count(n), text("yes" if result.has_in_base(standing) else "no"))
        for standing, n in result.standings
    )
    return Table(
        title="How the figure adds up",
        short_title="The figure",
        columns=(
            Column(heading="People"),
            Column(heading="n", align="right"),
            Column(heading="In the base"),
        ),
        rows=tuple(rows),
        notes=(f"{result.n} of {result.base} people mentioned it.",),
    )


def _people_table(title: str, people: Sequence[TracedPerson], result: CellTrace) -> Table:
    shows_group = result.by is not None and result.group is None
    has_occasions = any(answer.key.occasion for one in people for answer in one.answers)
    rows = [
        (
            text(person.participant),
            *([text(person.group)] if shows_group else []),
            *_place(answer, has_occasions),
            *_decided(person, answer, decision, is_first=is_first),
        )
        for person in people
        for answer, decision, is_first in _lines(person)
    ]
    return Table(
        title=f"{title}: {many(len(people), 'person', 'people')}",
        short_title=title,
        columns=(
            Column(heading="Participant"),
            *([Column(heading=result.by)] if result.by is not None and shows_group else []),
            Column(heading="Question", is_detail=len(result.questions) == 1),
            *([Column(heading="Occasion")] if has_occasions else []),
            Column(heading="Answer"),
            Column(heading="Coder"),
            Column(heading="Round", is_detail=True),
            Column(heading="Decided (UTC)", is_detail=True),
            Column(heading="Codes"),
            Column(heading="Counts"),
            Column(heading="Why"),
            Column(heading="Event", align="right", is_detail=True),
            Column(heading="Hash", is_detail=True),
            Column(heading="Codebook", is_detail=True),
        ),
        rows=tuple(rows),
        notes=("A row is a decision; the answer stands with the first one on it.",) if rows else (),
    )


def _lines(
    person: TracedPerson,
) -> Iterator[tuple[TracedAnswer | None, TracedDecision | None, bool]]:
    for answer in person.answers:
        for number, decision in enumerate(answer.decisions):
            yield answer, decision, number == 0
        if not answer.decisions:
            yield answer, None, True
    if not person.answers:
        yield None, None, True


def _place(answer: TracedAnswer | None, has_occasions: bool) -> tuple[Cell, ...]:
    key = answer.key if answer else ResponseKey("", "", "")
    return (text(key.question), *([text(key.occasion)] if has_occasions else []))


def _decided(
    person: TracedPerson, answer: TracedAnswer | None, decision: TracedDecision | None, *, is_first: bool
) -> tuple[Cell, ...]:
    words = text(answer.text) if answer and is_first else EMPTY
    if decision is None:
        why = person.why if answer is None else answer.standing.value
        return (words, EMPTY, EMPTY, EMPTY, EMPTY, EMPTY, text(why), EMPTY, EMPTY, EMPTY)
    codes = ", ".join(decision.codes) or ("uncodable" if decision.state == "uncodable" else "no code applies")
    return (
        words,
        text(decision.coder),
        text(decision.round),
        text(decision.at[:16].replace("T", " ")),
        text(codes),
        text("yes" if decision.counts else "no"),
        text(decision.why),
        count(decision.event.counter),
        Cell(decision.event.hash[:_HASH], decision.event.hash),
        DASH if decision.codebook is None else Cell(decision.codebook.hash[:_HASH], decision.codebook.hash),
    )
