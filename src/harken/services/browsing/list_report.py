"""A list of answers, and one person's page, as reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harken.model import AnswerState
from harken.report import Cell, Column, Report, Table, text
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.listing import highlights
from harken.services.browsing.result import AnswerList, PersonView
from harken.services.browsing.rows import AnswerRow, CoderWork
from harken.services.browsing.wording import filter_words, look_notes
from harken.services.coding.work import WorkState

_BEFORE, _BEHIND = "«", "»"
"""Stand around the words that were searched for."""


def answers_report(result: AnswerList, *, marks_matches: bool = True) -> Report:
    """A row an answer; `marks_matches` puts «…» around the words that were searched for."""
    return Report(
        title=f"{result.look.title}: answers",
        notes=tuple(_notes(result)),
        tables=(
            (
                _table(
                    result.rows,
                    result.look.filter if marks_matches else AnswerFilter(),
                    title="Answers",
                    is_blind=result.look.reader.is_blind,
                    is_redacted=result.look.is_redacted,
                ),
            )
            if result.rows
            else ()
        ),
    )


def _notes(result: AnswerList) -> Iterator[str]:
    words = filter_words(result.look.filter)
    if result.n:
        yield f"{result.n:,} answer{'' if result.n == 1 else 's'}{f': {words}' if words else ''}."
    elif not result.look.alone:
        yield "The project has no answers yet. `harken import FILE` takes them in."
    if len(result.rows) < result.n:
        yield f"The first {len(result.rows):,} are shown."
    yield from look_notes(result.look)


def marked(words: str, filter: AnswerFilter) -> str:
    """A text with «…» around what the filter searches for."""
    parts, here = [], 0
    for start, end in highlights(words, filter):
        parts += [words[here:start], _BEFORE, words[start:end], _BEHIND]
        here = end
    return "".join((*parts, words[here:]))


def _table(
    rows: Sequence[AnswerRow], filter: AnswerFilter, *, title: str, is_blind: bool, is_redacted: bool
) -> Table:
    groups = list(dict.fromkeys(name for row in rows for name, _ in row.groups))
    has_occasions = any(row.key.occasion for row in rows)
    has_memos = any(work.memo for row in rows for work in row.works)
    workers = _workers(rows)
    several_rounds = len({round for _, round in workers}) > 1
    return Table(
        title=title,
        columns=(
            Column(heading="Participant"),
            *(Column(heading=name, is_detail=True) for name in groups),
            Column(heading="Question"),
            *([Column(heading="Occasion")] if has_occasions else []),
            Column(heading="Answer"),
            *(
                Column(
                    heading=f"{coder} ({round})" if several_rounds else coder,
                    group="Own codes" if is_blind else "Codes",
                )
                for coder, round in workers
            ),
            Column(heading="State"),
            *([Column(heading="Memo", is_detail=True)] if has_memos else []),
        ),
        rows=tuple(
            (
                text(row.key.participant),
                *(text(dict(row.groups).get(name, "")) for name in groups),
                text(row.key.question),
                *([text(row.key.occasion)] if has_occasions else []),
                text(marked(row.redacted_text if is_redacted else row.text, filter)),
                *(_codes(row.work_of(*worker)) for worker in workers),
                text(_state(row)),
                *([text(_memos(row))] if has_memos else []),
            )
            for row in rows
        ),
    )


def _workers(rows: Sequence[AnswerRow]) -> list[tuple[str, str]]:
    """Coders with their rounds, each in the order in which they come up."""
    return list(dict.fromkeys((work.coder, work.round) for row in rows for work in row.works))


def _codes(work: CoderWork | None) -> Cell:
    if work is None:
        return Cell("", None)
    words = ", ".join(work.codes) or ("uncodable" if work.is_uncodable else "no code")
    if work.state is WorkState.DRAFT:
        words = f"draft: {', '.join(work.codes) or 'empty'}"
    return text(f"{words} (unsure)" if work.is_unsure else words)


def _state(row: AnswerRow) -> str:
    words = [
        *(["excluded"] if row.is_excluded else []),
        *(["non-response"] if row.state is AnswerState.NON_RESPONSE else []),
        *(["alert"] if row.has_alert else []),
        *(["starred"] if row.is_starred else []),
    ]
    if row.is_answered and not row.is_excluded:
        states = {work.state.value for work in row.works} or {WorkState.UNDECIDED.value}
        words = [*sorted(states), *words]
    return ", ".join(words)


def _memos(row: AnswerRow) -> str:
    return "\n".join(f"{work.coder}: {work.memo}" for work in row.works if work.memo)


def person_report(result: PersonView) -> Report:
    """What is known of one participant, then all of their answers."""
    page = result.page
    known = [*page.groups, *page.closed, *page.attributes]
    tables = []
    if known:
        tables.append(
            Table(
                title="Groups, closed items and attributes",
                columns=(Column(heading="Column"), Column(heading="Value")),
                rows=tuple((text(name), text(value)) for name, value in known),
            )
        )
    if page.answers:
        tables.append(
            _table(
                page.answers,
                AnswerFilter(),
                title="Answers",
                is_blind=result.look.reader.is_blind,
                is_redacted=result.look.is_redacted,
            )
        )
    excluded = [f"Excluded: {page.exclusion}."] if page.exclusion else []
    return Report(
        title=f"{result.look.title}: participant {page.name}",
        notes=(*excluded, *look_notes(result.look)),
        tables=tuple(tables),
    )
