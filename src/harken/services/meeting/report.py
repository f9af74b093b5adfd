"""The agenda as pages for the table, and the list of meetings."""

from __future__ import annotations

from collections.abc import Sequence

from harken.errors import many
from harken.report import DASH, Cell, Column, Report, Table, count, text
from harken.services.agreeing.disagreements.confusion_tables import KINDS
from harken.services.agreeing.disagreements.table_parts import NOTHING_ELSE
from harken.services.asking.report import answer_cells, minute, said_codes
from harken.services.meeting.result import Agenda, CodebookNews, Meetings, NewsKind

_MOST_CONFUSED = 10
"""Pairs of codes that an agenda lists."""
_FATES = {
    NewsKind.RENAMED: "renamed to",
    NewsKind.MOVED: "moved to",
    NewsKind.MERGED: "merged into",
    NewsKind.RETIRED: "retired",
    NewsKind.RESTORED: "restored",
    NewsKind.REMOVED: "removed",
}


def agenda_report(found: Agenda) -> Report:
    """The report of `harken meeting`: a table for each kind of matter, those without any left out."""
    sections = (
        _alerts(found),
        _disagreements(found),
        _confusions(found),
        _questions(found),
        _proposed(found.proposed),
        _wordings(found.wordings),
        _fates(found.fates),
    )
    return Report(
        title=f"{found.title}: agenda",
        notes=tuple(_notes(found)),
        tables=tuple(table for table in sections if table.rows),
    )


def meetings_report(found: Meetings, *, title: str) -> Report:
    """The report of `harken meeting list`."""
    rows = tuple((minute(one.at), text(one.held_by), text(one.outcome)) for one in found.items)
    return Report(
        title=f"{title}: meetings",
        notes=() if rows else ("No meeting is recorded yet: `harken meeting --record`.",),
        tables=(Table(title="", columns=_columns("held", "recorded by", "outcome"), rows=rows),)
        if rows
        else (),
    )


def _notes(found: Agenda) -> list[str]:
    since = found.since
    notes = [
        "Everything so far: no meeting is recorded yet."
        if since is None
        else f"Since the meeting of {minute(since.at).text} UTC, recorded by {since.held_by}."
    ]
    if found.is_empty:
        notes.append("There is nothing new to talk about.")
    notes += [f"{words}: `harken agreement disagreements`." for words in said_older(found)]
    notes += [f"Left out: {words}." for words in _left_out(found)]
    notes.append("`harken meeting --record TEXT` records what came of it; the next agenda begins there.")
    return notes


def said_older(found: Agenda) -> list[str]:
    """How many disagreements were left open since before the last meeting, in words; nothing for none."""
    n = found.n_older_disagreements
    return [f"{n:,} older disagreement{' is' if n == 1 else 's are'} open still"] if n else []


def _left_out(found: Agenda) -> list[str]:
    """What is no matter for a meeting while a blind round is not done."""
    said = []
    if found.n_blind_disagreements:
        said.append(
            f"{many(found.n_blind_disagreements, 'disagreement')} on answers that somebody has yet to "
            "decide in a blind round"
        )
    if found.n_blind:
        said.append(
            f"{many(found.n_blind, 'question')} of blind rounds or on answers in them, see `harken questions`"
        )
    return said


def _columns(*headings: str) -> tuple[Column, ...]:
    return tuple(Column(heading=heading) for heading in headings)


def _alerts(found: Agenda) -> Table:
    return Table(
        title="Alerts",
        columns=_columns("participant", "question", "answer", "raised by", "note"),
        rows=tuple(
            (
                *answer_cells(one.response, one.printed),
                text(one.coder),
                text(one.note) if one.note else DASH,
            )
            for one in found.alerts
        ),
    )


def _disagreements(found: Agenda) -> Table:
    return Table(
        title="Disagreements",
        columns=_columns("participant", "question", "answer", "round", "codes"),
        rows=tuple(
            (
                *answer_cells(one.response, one.printed),
                text(one.round),
                text("\n".join(f"{who}: {words}" for who, words in one.said())),
            )
            for one in found.disagreements
        ),
    )


def _confusions(found: Agenda) -> Table:
    n_more = max(len(found.confusions) - _MOST_CONFUSED, 0)
    return Table(
        title="Codes confused in these disagreements",
        short_title="Confused codes",
        columns=(
            *_columns("code", "instead", "how"),
            Column(heading="answers", align="right"),
            *(Column(heading=heading, group="Definition") for heading in ("of the code", "of the other")),
        ),
        rows=tuple(
            (
                text(one.codes[0]),
                text(one.codes[1] or NOTHING_ELSE),
                text(KINDS[one.kind]),
                count(one.n_responses),
                *(_or_dash(words) for words in one.definitions),
            )
            for one in found.confusions[:_MOST_CONFUSED]
        ),
        notes=(f"{many(n_more, 'more pair')} in two answers or more.",) if n_more else (),
    )


def _questions(found: Agenda) -> Table:
    return Table(
        title="Questions to the lead",
        columns=_columns("participant", "question", "answer", "coder", "codes", "asks"),
        rows=tuple(
            (
                *answer_cells(one.response, one.printed),
                text(one.coder),
                text(said_codes(one)),
                text(one.words),
            )
            for one in found.questions
        ),
    )


def _proposed(news: Sequence[CodebookNews]) -> Table:
    return Table(
        title="Proposed codes",
        columns=_columns("code", "definition", "proposed by", "on"),
        rows=tuple((text(one.code), _or_dash(one.after), text(one.by), minute(one.at)) for one in news),
    )


def _wordings(news: Sequence[CodebookNews]) -> Table:
    return Table(
        title="Changed wordings",
        columns=_columns("code", "what", "before", "now", "by", "why", "on"),
        rows=tuple(
            (
                text(one.code),
                text(one.kind.value),
                _or_dash(one.before),
                _or_dash(one.after),
                text(one.by),
                _or_dash(one.why),
                minute(one.at),
            )
            for one in news
        ),
    )


def _fates(news: Sequence[CodebookNews]) -> Table:
    return Table(
        title="Merged, retired and moved codes",
        columns=_columns("code", "what", "by", "why", "on"),
        rows=tuple(
            (text(one.before), text(said_fate(one)), text(one.by), _or_dash(one.why), minute(one.at))
            for one in news
        ),
    )


def said_fate(one: CodebookNews) -> str:
    """What became of a code, with where it went."""
    words = _FATES[one.kind]
    return f"{words} {one.after}" if words.endswith(("to", "into")) else words


def _or_dash(words: str) -> Cell:
    return text(words) if words else DASH
