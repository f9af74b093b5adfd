"""What became of codes and families since a meeting, in words: proposed, reworded, merged, retired."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harken.services.meeting.result import CodebookNews, NewsKind
from harken.storage import codebooks, talk
from harken.storage.codebooks import Change, Snapshot
from harken.storage.store import Store

_WORDINGS = (NewsKind.LABEL, NewsKind.DEFINITION, NewsKind.INCLUDE, NewsKind.EXCLUDE)


def codebook_news(store: Store, *, meeting_id: str, lead: str) -> tuple[CodebookNews, ...]:
    """Every change that came after the meeting and was not taken back; the oldest first.

    A code that somebody proposed and that is gone again is not among the proposed ones.
    """
    every = list(codebooks.changes(store))
    new_ids = talk.news_since(store, meeting_id, sorted({change.event.kind for change in every}))
    living = every[-1].after if every else None
    found: list[CodebookNews] = []
    for change in _standing([change for change in every if change.event.id in new_ids]):
        why = talk.words(store, str(change.event.payload.get("why", "")))
        found += _news(change, why, lead=lead, living=living)
    return tuple(found)


def _standing(changes: list[Change]) -> list[Change]:
    """Changes without those that were taken back, and without what took them back."""
    known = {change.event.id for change in changes}
    undone: set[str] = set()
    silent: set[str] = set()
    for change in changes:
        if change.undoes in known:
            undone.add(change.undoes)
            silent.add(change.event.id)
        elif change.redoes in known:
            undone.discard(change.redoes)
            silent.add(change.event.id)
    return [change for change in changes if change.event.id not in undone | silent]


def _news(change: Change, why: str, *, lead: str, living: Snapshot | None) -> Iterator[CodebookNews]:
    before, after, event = change.before, change.after, change.event

    def news(kind: NewsKind, code: str, old: str, new: str) -> CodebookNews:
        return CodebookNews(kind=kind, code=code, before=old, after=new, by=event.actor, why=why, at=event.at)

    for key, family in after.families.items():
        for kind, old, new in _reworded(before.families.get(key, family), family):
            yield news(kind, key, old, new)
    for id, code in after.codes.items():
        was = before.codes.get(id)
        if was is None:
            now = living.codes.get(id) if living else None
            if event.actor != lead and now is not None and not now.is_removed:
                yield news(NewsKind.PROPOSED, now.path, "", str(now.body.get("definition", "")))
            continue
        if was.is_removed and not code.is_removed:
            yield news(NewsKind.RESTORED, code.path, was.path, code.path)
            continue
        if code.is_removed and not was.is_removed:
            into = after.codes.get(code.merged_into)
            kind = NewsKind.MERGED if into else NewsKind.REMOVED
            yield news(kind, was.path, was.path, into.path if into else "")
            continue
        for kind, old, new in _reworded(was.body, code.body):
            yield news(kind, code.path, old, new)
        if was.is_retired != code.is_retired:
            kind = NewsKind.RETIRED if code.is_retired else NewsKind.RESTORED
            yield news(kind, code.path, was.path, code.path)
        if was.path != code.path and event.payload.get("code") == id:
            kind = NewsKind.RENAMED if event.kind == "code.renamed" else NewsKind.MOVED
            yield news(kind, code.path, was.path, code.path)


def _reworded(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[tuple[NewsKind, str, str]]:
    for kind in _WORDINGS:
        before, after = str(old.get(kind.value) or ""), str(new.get(kind.value) or "")
        if before != after:
            yield kind, before, after
