"""Writing memos, changing them and taking them away, each as one action in its author's name."""

from __future__ import annotations

from harken.errors import HarkenError, quoted
from harken.services.memos.visibility import memo_reader
from harken.storage import notes, study
from harken.storage.notes import Memo, MemoSubject, MemoVersion
from harken.storage.store import Store

SHORT_ID = 8
"""Characters of an id that lists show; any beginning that fits one memo alone will do."""


def add_memo(store: Store, subject: MemoSubject, body: str, *, actor: str, id: str = "") -> Memo:
    """Write a memo, with the id under which it was drafted. Raises where it says nothing."""
    words = _cleaned(body)
    with store.action(actor) as action:
        id = notes.write_memo(action, subject, words, author=actor, id=id)
    return _there(store, id)


def change_memo(store: Store, id: str, body: str, *, actor: str, as_read: str | None = None) -> Memo:
    """Give a memo another wording; the earlier ones stay in its history.

    Its author and the lead may. `as_read` is the wording that was changed: where another one was written
    meanwhile nothing is overwritten.
    """
    words = _cleaned(body)
    with store.action(actor) as action:
        memo = _own(store, id, actor)
        if as_read is not None and memo.body != as_read:
            raise HarkenError(
                f"{memo.changed_by} changed this memo meanwhile. Look at it again; yours is not written."
            )
        if memo.body != words:
            notes.write_memo(action, memo.subject, words, author=memo.author, id=memo.id)
    return _there(store, id)


def remove_memo(store: Store, id: str, *, actor: str) -> Memo:
    """Take a memo away and return it as it was. Its author and the lead may."""
    with store.action(actor) as action:
        memo = _own(store, id, actor)
        notes.remove_memo(action, memo.id)
    return memo


def find_memo(store: Store, beginning: str, *, actor: str) -> Memo:
    """The memo whose id begins so, of those that `actor` may read."""
    if not beginning:
        raise HarkenError("Memos on decisions have no id: their coder changes them where they code.")
    reader = memo_reader(store, actor)
    found = [_there(store, id) for id in notes.memo_ids(store, beginning)]
    found = [memo for memo in found if reader.may_read(memo)]
    if not found:
        raise HarkenError(f"No memo {quoted(beginning)} in this project. `harken memos` shows their ids.")
    if len(found) > 1:
        raise HarkenError(f"{quoted(beginning)} begins the ids of {len(found)} memos. Write more of it.")
    return found[0]


def memo_history(store: Store, id: str) -> tuple[MemoVersion, ...]:
    """Every wording of a memo with who wrote it and when, the first one first."""
    return notes.memo_versions(store, id)


def may_change(store: Store, memo: Memo, *, actor: str) -> bool:
    """Whether a coder may change or remove the memo."""
    return bool(memo.id) and actor in (memo.author, study.settings(store).get("lead"))


def _own(store: Store, id: str, actor: str) -> Memo:
    memo = notes.memo_by_id(store, id)
    if memo is None:
        raise HarkenError("This memo is not there any more; somebody removed it.")
    if not may_change(store, memo, actor=actor):
        raise HarkenError(f"This memo is {memo.author}’s. Its author and the lead may change or remove it.")
    return memo


def _there(store: Store, id: str) -> Memo:
    memo = notes.memo_by_id(store, id)
    if memo is None:
        raise HarkenError("This memo is not there any more; somebody removed it.")
    return memo


def _cleaned(body: str) -> str:
    words = body.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not words:
        raise HarkenError("A memo needs words; an empty one is not written.")
    return words
