"""Questions and alerts as tables."""

from __future__ import annotations

from harken.model import Response, ResponseKey
from harken.report import DASH, Cell, Column, Report, Table, text
from harken.services.asking.result import Alerts, AskedQuestion, AskedState, Questions

_MINUTE = 16
"""Characters of a time up to its minute."""


def questions_report(found: Questions, *, title: str, is_stacked: bool = False) -> Report:
    """The report of `harken questions`: open ones first, then those with replies.

    Stacked, a question has a line for each thing said, which reads well where there is little width.
    """
    open_ones = [item for item in found.items if item.state is AskedState.OPEN]
    replied = [item for item in found.items if item.state is not AskedState.OPEN]
    tables = []
    if open_ones:
        has_reply = any(item.reply for item in open_ones)
        tables.append(
            _stack("Open", open_ones) if is_stacked else _table("Open", open_ones, with_reply=has_reply)
        )
    if replied:
        said = "Replied to"
        tables.append(_stack(said, replied) if is_stacked else _table(said, replied, with_reply=True))
    notes = [] if tables else ["No questions here."]
    if any(item.codes is None for item in found.items):
        notes.append(
            "Codes are hidden on answers that you have yet to decide in a blind round, and in others' drafts."
        )
    if open_ones:
        notes.append("Reply with `harken questions reply PARTICIPANT QUESTION TEXT`.")
    return Report(title=f"{title}: questions to the lead", notes=tuple(notes), tables=tuple(tables))


def alerts_report(found: Alerts, *, title: str) -> Report:
    """The report of `harken alerts`."""
    is_any_closed = any(not item.is_open for item in found.items)
    columns = [
        Column(heading=name) for name in ("participant", "question", "answer", "raised by", "note", "on")
    ]
    columns += [Column(heading=name) for name in ("closed by", "what was done", "closed")] * is_any_closed
    rows = []
    for item in found.items:
        row = [
            *answer_cells(item.response, item.printed),
            text(item.coder),
            text(item.note) if item.note else DASH,
            minute(item.raised_at),
        ]
        if is_any_closed:
            row += (
                [DASH] * 3
                if item.is_open
                else [text(item.closed_by), text(item.done), minute(item.closed_at)]
            )
        rows.append(tuple(row))
    return Report(
        title=f"{title}: alerts to the lead",
        notes=() if rows else ("No alerts here.",),
        tables=(Table(title="", columns=tuple(columns), rows=tuple(rows)),) if rows else (),
    )


def _stack(title: str, items: list[AskedQuestion]) -> Table:
    rows: list[tuple[Cell, Cell]] = []
    heads = []
    for item in items:
        heads.append(len(rows))
        where = said_question(item.response.key).text
        rows.append(
            (
                text(item.response.key.participant),
                text(f"{where} · {item.coder} in {item.round}, {minute(item.at).text}"),
            )
        )
        said = [("answer", item.printed), ("codes", said_codes(item))]
        reply = item.reply
        asked_before = reply.asked if reply is not None and reply.asked != item.words else ""
        said += [("asked", asked_before), ("asks", item.words)]
        if reply is not None:
            said += [("reply", f"{reply.by}: {reply.words}"), ("rule in", reply.said_rule)]
        rows += [(text(name), text(words)) for name, words in said if words]
    columns = (Column(heading=""), Column(heading=""))
    return Table(title=title, columns=columns, rows=tuple(rows), heads=tuple(heads))


def _table(title: str, items: list[AskedQuestion], *, with_reply: bool) -> Table:
    columns = [
        Column(heading="participant"),
        Column(heading="question"),
        Column(heading="answer"),
        Column(heading="coder"),
        Column(heading="round", is_detail=True),
        Column(heading="codes"),
        Column(heading="asks"),
        Column(heading="asked", is_detail=True),
    ]
    if with_reply:
        columns += [Column(heading="reply"), Column(heading="by"), Column(heading="rule in", is_detail=True)]
    return Table(title=title, columns=tuple(columns), rows=tuple(_row(item, with_reply) for item in items))


def _row(item: AskedQuestion, with_reply: bool) -> tuple[Cell, ...]:
    row = [
        *answer_cells(item.response, item.printed),
        text(item.coder),
        text(item.round),
        text(said_codes(item)),
        text(item.words or (item.reply.asked if item.reply else "")),
        minute(item.at),
    ]
    if with_reply and item.reply is None:
        row += [DASH] * 3
    elif with_reply and item.reply is not None:
        rule = text(item.reply.said_rule) if item.reply.rule_code else DASH
        row += [text(item.reply.words), text(item.reply.by), rule]
    return tuple(row)


def said_codes(item: AskedQuestion) -> str:
    """The codes that the asker applied, or what else they said of the answer."""
    if item.codes is None:
        return "(hidden)"
    if item.is_uncodable:
        return "(uncodable)"
    return ", ".join(item.codes) or ("(none yet)" if item.is_draft else "(no code applies)")


def minute(at: str) -> Cell:
    """A time to the minute, in UTC."""
    return text(at[:_MINUTE].replace("T", " "))


def answer_cells(response: Response, printed: str) -> tuple[Cell, Cell, Cell]:
    """Who answered which question, and the answer as it is printed."""
    return text(response.key.participant), said_question(response.key), text(printed)


def said_question(key: ResponseKey) -> Cell:
    """The question, with the occasion where there is one."""
    return text(f"{key.question} · {key.occasion}" if key.occasion else key.question)
