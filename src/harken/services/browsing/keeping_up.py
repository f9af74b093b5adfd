"""What a screen of answers reads and writes beside its rows: memos, a star, that the project has changed."""

from __future__ import annotations

from harken.model import ResponseKey
from harken.services.blindness import codes_in
from harken.services.browsing.readers import Reader
from harken.services.coding.writing import SharedFile
from harken.services.memos import Memo, MemoReader, add_memo, change_memo, on_answer, remove_memo
from harken.storage import coding, notes, study
from harken.storage.store import Store


def put_star(store: Store, key: ResponseKey, *, coder: str, is_starred: bool) -> str:
    """Star an answer for oneself, or take the star away; returns a line to show."""
    with SharedFile(store, coder=coder).action() as action:
        notes.put_star(action, key, coder=coder, is_starred=is_starred)
    return "Starred." if is_starred else "No longer starred."


def last_change(store: Store) -> int:
    """A number that is another one as soon as anything is written to the project."""
    return coding.last_event_row(store)


def memos_on(store: Store, response_id: int, reader: Reader) -> tuple[Memo, ...]:
    """Memos on an answer that a reader may read; those on decisions stand with the decisions."""
    may = MemoReader(coder=reader.coder, is_blind=reader.is_blind)
    return tuple(memo for memo in notes.memos_on_answer(store, response_id) if may.may_read(memo))


def put_memo(store: Store, key: ResponseKey, body: str, *, before: Memo | None, coder: str) -> str:
    """Keep a coder's memo on an answer, a new one or another wording; without words it is taken away."""
    words = body.strip()
    if words == (before.body if before else ""):
        return ""
    if before is None:
        add_memo(store, on_answer(store, key), words, actor=coder)
    elif words:
        change_memo(store, before.id, words, actor=coder, as_read=before.body)
    else:
        remove_memo(store, before.id, actor=coder)
    return "Memo kept." if words else "Memo taken away."


def is_coding(store: Store, reader: Reader) -> bool:
    """Whether the reader's own states are meant where states are spoken of, and not everybody's."""
    return reader.is_blind or codes_in(store, reader.coder, study.round_named(store, reader.round))
