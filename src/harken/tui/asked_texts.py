"""What questions, alerts and points of an agenda say in a list and on a page.

Answers stand there as outputs print them: several people may look at the screen. Opening one shows all of it.
"""

from __future__ import annotations

from harken.model import ResponseKey
from harken.services.asking import Alert, AskedQuestion
from harken.services.asking.report import said_codes
from harken.services.meeting import CodebookNews, OpenDisagreement
from harken.services.meeting.report import said_fate
from harken.services.meeting.result import NewsKind
from harken.tui.widgets.items import Item

_DAY = 10
_MINUTE = 16

Parts = list[tuple[str, str]]
"""Labels and their words, for a page."""


def title_of(key: ResponseKey) -> str:
    """Whose answer to what."""
    return " · ".join(part for part in key if part)


def time_of(at: str) -> str:
    return f"{at[:_MINUTE].replace('T', ' ')} UTC" if at else ""


def alert_item(alert: Alert, *, section: str) -> Item:
    return Item(
        value=alert,
        section=section,
        head=f"{alert.response.key.participant} · {alert.response.key.question}",
        note=f"{alert.coder}  {alert.raised_at[:_DAY]}",
        words=alert.note or alert.printed,
    )


def alert_parts(alert: Alert) -> Parts:
    return [
        ("answer", alert.printed),
        (f"alert by {alert.coder}, {time_of(alert.raised_at)}", alert.note or "(without a note)"),
        (f"closed by {alert.closed_by}, {time_of(alert.closed_at)}", alert.done),
    ]


def question_item(asked: AskedQuestion, *, section: str) -> Item:
    words = asked.words or (asked.reply.asked if asked.reply else "")
    return Item(
        value=asked,
        section=section,
        head=f"{asked.response.key.participant} · {asked.response.key.question}",
        note=f"{asked.coder}  {asked.at[:_DAY]}",
        words=words,
    )


def question_parts(asked: AskedQuestion) -> Parts:
    parts = [("answer", asked.printed)]
    if asked.words:
        parts.append((f"{asked.coder} asks, {time_of(asked.at)}", asked.words))
    reply = asked.reply
    if reply is not None:
        if reply.asked != asked.words:
            parts.append(("asked before", reply.asked))
        parts.append((f"{reply.by} replied, {time_of(reply.at)}", reply.words))
        if reply.rule_code:
            parts.append(("rule in", reply.rule_code))
    draft = " (draft)" if asked.is_draft else ""
    parts.append((f"{asked.coder} applied in {asked.round}{draft}", said_codes(asked)))
    return parts


def disagreement_item(one: OpenDisagreement) -> Item:
    return Item(
        value=one,
        section="Disagreements",
        head=f"{one.response.key.participant} · {one.response.key.question}",
        note=one.round,
        words=one.printed,
    )


def disagreement_parts(one: OpenDisagreement) -> Parts:
    said = [(who, words.replace(", ", "\n")) for who, words in one.said()]
    return [("answer", one.printed), *said]


def news_item(one: CodebookNews, *, section: str) -> Item:
    if one.kind.is_wording:
        head, words = one.code, f"{one.kind.value}: {one.after or '–'}"
    elif one.kind is NewsKind.PROPOSED:
        head, words = one.code, one.after or "without a definition"
    else:
        head, words = one.before, said_fate(one)
    return Item(value=one, section=section, head=head, note=f"{one.by}  {one.at[:_DAY]}", words=words)


def news_parts(one: CodebookNews) -> Parts:
    if one.kind.is_wording:
        parts = [(f"{one.kind.value} before", one.before or "–"), (f"{one.kind.value} now", one.after or "–")]
    elif one.kind is NewsKind.PROPOSED:
        parts = [("definition", one.after or "–")]
    else:
        parts = [("what became of it", said_fate(one))]
    return [*parts, ("by", f"{one.by}, {time_of(one.at)}"), ("why", one.why)]
