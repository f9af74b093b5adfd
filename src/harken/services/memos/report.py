"""Memos as reports: prose by what they are on, and one flat table for other programs."""

from __future__ import annotations

from collections.abc import Sequence

from harken.report import Cell, Column, Report, Table, text
from harken.services.memos.listing import MEMO_COLUMNS, MemoList
from harken.services.memos.subjects import label_of
from harken.services.memos.writing import SHORT_ID
from harken.storage.notes import Memo, MemoAbout, MemoVersion

TITLES = {
    MemoAbout.PROJECT: "Diary",
    MemoAbout.QUESTION: "Memos on questions",
    MemoAbout.CODE: "Memos on codes",
    MemoAbout.PARTICIPANT: "Memos on participants",
    MemoAbout.ANSWER: "Memos on answers",
    MemoAbout.DECISION: "Memos on decisions",
}
_WITH_ANSWERS = frozenset({MemoAbout.ANSWER, MemoAbout.DECISION})


def memo_report(result: MemoList, *, title: str, with_ids: bool = True) -> Report:
    """A table for each kind of memo: when, who, on what, and the memo; beside it the answer it is on.

    `title` is the study's.
    """
    return Report(
        title=f"{title}: memos",
        notes=_notes(result),
        tables=tuple(
            _table(result, about, memos, with_ids=with_ids)
            for about in MemoAbout
            if (memos := [memo for memo in result.memos if memo.subject.about is about])
        ),
    )


def _notes(result: MemoList) -> tuple[str, ...]:
    notes = ["Times are UTC."] if result.memos else ["There are no such memos."]
    if result.is_blind:
        notes.append(
            "Others’ memos on people, answers and decisions are not shown: you have a blind round to finish."
        )
    return tuple(notes)


def _table(result: MemoList, about: MemoAbout, memos: Sequence[Memo], *, with_ids: bool) -> Table:
    is_diary, has_answers = about is MemoAbout.PROJECT, about in _WITH_ANSWERS
    columns = [Column(heading="date"), Column(heading="author")]
    if not is_diary:
        columns.append(Column(heading="on"))
    columns.append(Column(heading="memo"))
    if has_answers:
        columns.append(Column(heading="answer"))
    if with_ids and about is not MemoAbout.DECISION:
        columns.append(Column(heading="id"))
    rows = []
    for memo in memos:
        cells = [text(dated(memo)), text(memo.author)]
        if not is_diary:
            cells.append(text(label_of(memo.subject)))
        cells.append(text(memo.body))
        if has_answers:
            cells.append(text(result.answers.get(memo.response_id or 0, "")))
        if with_ids and about is not MemoAbout.DECISION:
            cells.append(text(memo.id[:SHORT_ID]))
        rows.append(tuple(cells))
    return Table(title=TITLES[about], columns=tuple(columns), rows=tuple(rows))


def minute(at: str) -> str:
    """A time as pages print it, to the minute."""
    return at[:16].replace("T", " ")


def dated(memo: Memo) -> str:
    """When a memo was written, and when and by whom it was changed."""
    if memo.is_draft:
        return f"{minute(memo.written_at)}, draft"
    if not memo.is_changed:
        return minute(memo.written_at)
    by = "" if memo.changed_by == memo.author else f" by {memo.changed_by}"
    return f"{minute(memo.written_at)}, changed {minute(memo.changed_at)}{by}"


def memo_table(result: MemoList, *, title: str) -> Report:
    """One row a memo, a column a fact: for spreadsheets and other programs. `title` is the study's."""
    rows = tuple(tuple(_plain(record[name]) for name in MEMO_COLUMNS) for record in result.to_records())
    columns = tuple(Column(heading=heading) for heading in MEMO_COLUMNS)
    return Report(
        title=f"{title}: memos",
        notes=_notes(result),
        tables=(Table(title="", columns=columns, rows=rows),),
    )


def _plain(value: object) -> Cell:
    if isinstance(value, bool):
        return text("yes" if value else "no")
    return text(str(value))


def history_report(memo: Memo, versions: Sequence[MemoVersion]) -> Report:
    """Every wording of one memo."""
    return Report(
        title=f"Memo {memo.id[:SHORT_ID]} on {label_of(memo.subject)}, by {memo.author}",
        notes=("Times are UTC.",),
        tables=(
            Table(
                title="",
                columns=(Column(heading="date"), Column(heading="by"), Column(heading="wording")),
                rows=tuple(
                    (
                        text(minute(one.at)),
                        text(one.by),
                        text("(removed)" if one.body is None else one.body or "(erased)"),
                    )
                    for one in versions
                ),
            ),
        ),
    )
