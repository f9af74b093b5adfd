"""What coders marked as tables: quotes, identifying details, references."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import ResponseKey
from harken.report import Cell, Column, Report, Table, count, text
from harken.services.marked.result import Marked, MarkedKind, MarkedList


def marks_report(found: MarkedList, *, title: str) -> Report:
    """The report of `harken marks`: a table a kind."""
    tables = {
        MarkedKind.QUOTE: _quotes,
        MarkedKind.IDENTIFYING: _identifying,
        MarkedKind.LINK: _links,
    }
    return Report(
        title=f"{title}: marks",
        notes=tuple(_notes(found)),
        tables=tuple(draw(found.of(kind)) for kind, draw in tables.items() if found.of(kind)),
    )


def _notes(found: MarkedList) -> Iterator[str]:
    if not found.items:
        yield "No marks here."
    if found.is_blind:
        yield f"Blind: quotes and references are {found.viewer}'s own alone until their blind round is done."
    if found.n_left_out:
        many = "1 mark" if found.n_left_out == 1 else f"{found.n_left_out:,} marks"
        yield f"{many} on answers of excluded people left out (--with-excluded shows them)."


def _quotes(items: Sequence[Marked]) -> Table:
    groups = list(dict.fromkeys(name for item in items for name, _ in item.groups))
    return Table(
        title="Quotes",
        columns=(
            Column(heading="Participant"),
            *(Column(heading=name) for name in groups),
            *_asked(items),
            Column(heading="Quote"),
            Column(heading="Marked by"),
        ),
        rows=tuple(
            (
                text(item.key.participant),
                *(text(dict(item.groups).get(name, "")) for name in groups),
                *_question(item.key, items),
                text(item.words),
                text(item.coder),
            )
            for item in items
        ),
    )


def _identifying(items: Sequence[Marked]) -> Table:
    shows_words = any(item.words for item in items)
    return Table(
        title="Identifying details",
        columns=(
            Column(heading="Participant"),
            *_asked(items),
            Column(heading="From", align="right"),
            Column(heading="To", align="right", glue="–"),
            Column(heading="Detail"),
            *([Column(heading="Words")] if shows_words else []),
            Column(heading="Marked by"),
        ),
        rows=tuple(
            (
                text(item.key.participant),
                *_question(item.key, items),
                count(item.start),
                count(item.end),
                text(item.detail),
                *([text(item.words)] if shows_words else []),
                text(item.coder),
            )
            for item in items
        ),
        notes=("Places count characters from 0; the last one is not part of it.",),
    )


def _links(items: Sequence[Marked]) -> Table:
    return Table(
        title="Answers that refer to others",
        columns=(
            Column(heading="Participant"),
            *_asked(items),
            Column(heading="Participant", group="Refers to"),
            Column(heading="Question", group="Refers to"),
            *([Column(heading="Occasion", group="Refers to")] if _has_occasions(items) else []),
            Column(heading="Noted by"),
        ),
        rows=tuple(
            (
                text(item.key.participant),
                *_question(item.key, items),
                *([text(item.to.participant), *_question(item.to, items)] if item.to else []),
                text(item.coder),
            )
            for item in items
        ),
    )


def _has_occasions(items: Sequence[Marked]) -> bool:
    return any(key.occasion for item in items for key in (item.key, item.to) if key is not None)


def _asked(items: Sequence[Marked]) -> tuple[Column, ...]:
    """The columns of the question, and of the occasion where any has one."""
    names = ("Question", "Occasion") if _has_occasions(items) else ("Question",)
    return tuple(Column(heading=name) for name in names)


def _question(key: ResponseKey, items: Sequence[Marked]) -> tuple[Cell, ...]:
    return (text(key.question), *([text(key.occasion)] if _has_occasions(items) else []))
