"""Memos that are not written yet: a coder's words so far, which the journal keeps through a torn program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from harken.model import ResponseKey
from harken.storage import contents
from harken.storage.journal import REPLAY_ORDER
from harken.storage.notes.memos import CodePaths, MemoAbout, MemoSubject
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoDraft:
    """What a coder typed so far; `id` is that of the memo, there already or yet to be."""

    id: str
    subject: MemoSubject
    body: str
    at: str


def memo_drafts(store: Store, *, coder: str) -> Iterator[MemoDraft]:
    """A coder's drafts that came to nothing yet, in the order of the journal.

    A draft ends when its coder writes the memo, when anybody removes it, and when a later draft is empty.
    """
    latest: dict[str, tuple[str, str]] = {}
    for kind, at, text in store.connection.execute(
        "SELECT kind, at, payload FROM events WHERE actor = ? AND kind IN ('memo.drafted', 'memo.written') "
        f"OR kind = 'memo.removed' ORDER BY {REPLAY_ORDER}",
        (coder,),
    ):
        if kind == "memo.drafted":
            latest[json.loads(text)["memo"]] = at, text
        elif latest:
            latest.pop(json.loads(text)["memo"], None)
    paths = CodePaths(store)
    for id, (at, text) in latest.items():
        payload = json.loads(text)
        body = contents.get(store.connection, payload["body"])
        if body:
            yield MemoDraft(id=id, subject=_subject(payload, paths), body=body, at=at)


def _subject(payload: dict[str, str], paths: CodePaths) -> MemoSubject:
    key = ResponseKey(*payload["response"]) if payload["response"] else None
    return MemoSubject(
        about=MemoAbout(payload["about"]),
        question=key.question if key else payload["question"],
        occasion=key.occasion if key else "",
        participant=key.participant if key else payload["participant"],
        code=paths[payload["code"]],
        code_id=payload["code"],
    )
