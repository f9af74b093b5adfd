"""What questions and alerts say in a list and on a page.

Answers stand there as outputs print them: several people may look at the screen. Opening one shows all of it.
"""

from __future__ import annotations

from harken.model import ResponseKey
from harken.services.asking import Alert, AskedQuestion
from harken.services.asking.report import said_codes
from harken.tui.widgets.items import Item

DAY = 10
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
        note=f"{alert.coder}  {alert.raised_at[:DAY]}",
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
        note=f"{asked.coder}  {asked.at[:DAY]}",
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
            parts.append(("rule in", reply.said_rule))
    draft = " (draft)" if asked.is_draft else ""
    parts.append((f"{asked.coder} applied in {asked.round}{draft}", said_codes(asked)))
    return parts
