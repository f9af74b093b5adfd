"""Memos: on the project, on a question, a code, a participant or an answer, and on a coder's decisions."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.errors import HarkenError
from harken.model import ResponseKey
from harken.storage import contents
from harken.storage.codebooks import living_id
from harken.storage.journal import REPLAY_ORDER, new_id
from harken.storage.store import Action, Store


class MemoAbout(StrEnum):
    """What a memo is on."""

    PROJECT = "project"
    """The study as a whole: an entry of the diary."""
    QUESTION = "question"
    CODE = "code"
    PARTICIPANT = "participant"
    ANSWER = "answer"
    DECISION = "decision"
    """What a coder noted while coding an answer; it belongs to that coder's decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoSubject:
    """What a memo is on, by names; fields that do not belong to `about` are empty."""

    about: MemoAbout
    question: str = ""
    occasion: str = ""
    participant: str = ""
    code: str = ""
    """The code's path now."""
    code_id: str = ""
    round: str = ""
    """Of the decision."""

    @property
    def key(self) -> ResponseKey | None:
        """The answer that the memo is on, or on whose decision."""
        if self.about in (MemoAbout.ANSWER, MemoAbout.DECISION):
            return ResponseKey(self.participant, self.question, self.occasion)
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Memo:
    """A signed and dated note. Times are UTC, ISO 8601."""

    id: str
    """Empty for a memo on a decision, which its coder changes where they code."""
    subject: MemoSubject
    response_id: int | None
    author: str
    body: str
    written_at: str
    changed_at: str
    changed_by: str
    is_draft: bool = False
    """Whether it belongs to a decision that is not made yet."""

    @property
    def is_changed(self) -> bool:
        return self.changed_at != self.written_at


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoVersion:
    """A wording of a memo; None where it was removed."""

    at: str
    by: str
    body: str | None


# -- reading -----------------------------------------------------------------------------------------

_OWN = """SELECT m.id, m.about, coalesce(q.name, m.question), coalesce(r.occasion, ''), coalesce(p.name, ''),
m.code_id, '' AS round, m.response_id, m.author, coalesce(c.body, ''), m.written_at, m.changed_at,
m.changed_by, 0 FROM memos m
LEFT JOIN responses r ON r.id = m.response_id
LEFT JOIN questions q ON q.id = r.question_id
LEFT JOIN participants p ON p.id = coalesce(m.participant_id, r.participant_id)
LEFT JOIN contents c ON c.hash = m.body_hash"""
_PLACES = """JOIN responses r ON r.id = d.response_id
JOIN participants p ON p.id = r.participant_id
JOIN questions q ON q.id = r.question_id
LEFT JOIN contents c ON c.hash = d.memo_hash"""
_ON_DECISIONS = f"""SELECT '', 'decision', q.name, r.occasion, p.name, '', d.round, r.id, d.coder,
coalesce(c.body, ''), d.at, d.at, d.coder, 0
FROM decisions d {_PLACES} WHERE d.memo_hash <> ''"""
_ON_DRAFTS = f"""SELECT '', 'decision', q.name, r.occasion, p.name, '', d.round, r.id, d.coder,
coalesce(c.body, ''), d.at, d.at, d.coder, 1
FROM drafts d {_PLACES} WHERE d.memo_hash <> '' AND NOT EXISTS (
SELECT 1 FROM decisions o WHERE o.response_id = d.response_id AND o.round = d.round AND o.coder = d.coder
AND o.memo_hash = d.memo_hash)"""


def memos(store: Store) -> Iterator[Memo]:
    """Every memo, those on decisions and drafts among them, the newest first."""
    paths = CodePaths(store)
    for row in store.connection.execute(
        f"SELECT * FROM ({_OWN} UNION ALL {_ON_DECISIONS} UNION ALL {_ON_DRAFTS}) "
        "ORDER BY written_at DESC, id DESC, response_id, round, author"
    ):
        yield _memo(row, paths)


def memo_by_id(store: Store, id: str) -> Memo | None:
    """The memo with this id; None where it is gone. Memos on decisions have none."""
    row = store.connection.execute(f"SELECT * FROM ({_OWN}) WHERE id = ?", (id,)).fetchone()
    return _memo(row, CodePaths(store)) if row else None


def memos_on_answer(store: Store, response_id: int) -> tuple[Memo, ...]:
    """The memos on one answer, those on decisions about it left out; the newest first."""
    paths = CodePaths(store)
    return tuple(
        _memo(row, paths)
        for row in store.connection.execute(
            f"{_OWN} WHERE m.response_id = ? ORDER BY m.written_at DESC, m.id DESC", (response_id,)
        )
    )


def memo_ids(store: Store, prefix: str) -> tuple[str, ...]:
    """Ids of memos that begin so."""
    return tuple(
        id
        for (id,) in store.connection.execute(
            "SELECT id FROM memos WHERE substr(id, 1, ?) = ? ORDER BY id", (len(prefix), prefix)
        )
    )


class CodePaths:
    """Code ids to paths; a merged code is what it went into, a removed one keeps its last path."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {"": ""}

    def __getitem__(self, id: str) -> str:
        if id not in self._known:
            row = self._store.connection.execute(
                "SELECT path FROM codes WHERE id = ?", (living_id(self._store, id),)
            ).fetchone()
            self._known[id] = row[0] if row else id
        return self._known[id]


def _memo(row: tuple[Any, ...], paths: CodePaths) -> Memo:
    id, about, question, occasion, participant, code, round, response, author, body, *rest = row
    written_at, changed_at, changed_by, is_draft = rest
    return Memo(
        id=id,
        subject=MemoSubject(
            about=MemoAbout(about),
            question=question,
            occasion=occasion,
            participant=participant,
            code=paths[code],
            code_id=code,
            round=round,
        ),
        response_id=response,
        author=author,
        body=body,
        written_at=written_at,
        changed_at=changed_at,
        changed_by=changed_by,
        is_draft=bool(is_draft),
    )


def memo_versions(store: Store, id: str) -> tuple[MemoVersion, ...]:
    """Every wording of a memo, the first one first; a wording that a withdrawal erased is empty."""
    found = []
    for at, by, kind, payload in store.connection.execute(
        "SELECT at, actor, kind, payload FROM events WHERE kind IN ('memo.written', 'memo.removed') "
        f"AND payload ->> '$.memo' = ? ORDER BY {REPLAY_ORDER}",
        (id,),
    ):
        is_removed = kind == "memo.removed"
        body = None if is_removed else contents.get(store.connection, json.loads(payload)["body"])
        found.append(MemoVersion(at=at, by=by, body=body))
    return tuple(found)


# -- writing -----------------------------------------------------------------------------------------


def write_memo(action: Action, subject: MemoSubject, body: str, *, author: str, id: str = "") -> str:
    """Write a memo, or with `id` its next wording, and return its id.

    What is said of a participant or of an answer is kept with the participant's texts and goes with them.
    """
    id = id or new_id()
    action.append("memo.written", _payload(action, subject, body, author=author, id=id))
    return id


def draft_memo(action: Action, subject: MemoSubject, body: str, *, author: str, id: str) -> None:
    """Keep what a memo says so far, there already or not; no words end the draft."""
    action.append("memo.drafted", _payload(action, subject, body, author=author, id=id))


def _payload(
    action: Action, subject: MemoSubject, body: str, *, author: str, id: str
) -> Mapping[str, object]:
    key = subject.key
    return {
        "memo": id,
        "about": subject.about,
        "question": subject.question if key is None else "",
        "code": subject.code_id,
        "participant": subject.participant if key is None else "",
        "response": list(key) if key else None,
        "author": author,
        "body": action.put_content(body, kind="memo", participant_id=_person(action, subject)),
    }


def _person(action: Action, subject: MemoSubject) -> int | None:
    """The id of the participant of whom the memo speaks; raises for an answer that is not there."""
    key = subject.key
    if key is None and not subject.participant:
        return None
    if key is None:
        row = action.connection.execute(
            "SELECT id FROM participants WHERE name = ?", (subject.participant,)
        ).fetchone()
    else:
        row = action.connection.execute(
            "SELECT p.id FROM responses r JOIN participants p ON p.id = r.participant_id "
            "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ?",
            key,
        ).fetchone()
    if row is None:
        on = f" on occasion {subject.occasion!r}" if subject.occasion else ""
        what = (
            f"No answer of {subject.participant!r} to {subject.question!r}{on}"
            if key
            else (f"No participant {subject.participant!r}")
        )
        raise HarkenError(f"{what} in this project.")
    return int(row[0])


def remove_memo(action: Action, id: str) -> None:
    """Take a memo away; its wordings stay in the journal's history."""
    action.append("memo.removed", {"memo": id})
