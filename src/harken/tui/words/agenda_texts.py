"""What the other points of an agenda say in a list and on a page: disagreements, news of the codebook."""

from __future__ import annotations

from harken.services.meeting import CodebookNews, OpenDisagreement
from harken.services.meeting.report import said_fate
from harken.services.meeting.result import NewsKind
from harken.tui.widgets.items import Item
from harken.tui.words.asked_texts import DAY, Parts, time_of


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
    return Item(value=one, section=section, head=head, note=f"{one.by}  {one.at[:DAY]}", words=words)


def news_parts(one: CodebookNews) -> Parts:
    if one.kind.is_wording:
        parts = [(f"{one.kind.value} before", one.before or "–"), (f"{one.kind.value} now", one.after or "–")]
    elif one.kind is NewsKind.PROPOSED:
        parts = [("definition", one.after or "–")]
    else:
        parts = [("what became of it", said_fate(one))]
    return [*parts, ("by", f"{one.by}, {time_of(one.at)}"), ("why", one.why)]
