"""Words that a coder has typed into memos that are not written yet: on disk while they are typed."""

from __future__ import annotations

from contextlib import suppress

from harken.errors import HarkenError
from harken.services.memos.subjects import label_of
from harken.storage import notes
from harken.storage.journal import new_id
from harken.storage.notes import Memo, MemoDraft, MemoSubject
from harken.storage.store import Store


class UnfinishedMemos:
    """One coder's drafts: a new memo's by what it is on, those of other memos by the memo.

    They outlive the program. Nobody else sees them.
    """

    def __init__(self, store: Store, *, coder: str) -> None:
        self._store = store
        self._coder = coder
        self._ids: dict[str, str] = {}
        """Ids of new memos by what they are on."""
        self._words: dict[str, str] = {}
        self._on_disk: dict[str, str] = {}
        self._refused: set[str] = set()
        self._latest: MemoDraft | None = None
        for draft in notes.memo_drafts(store, coder=coder):
            if notes.memo_by_id(store, draft.id) is None:
                self._ids[label_of(draft.subject)] = draft.id
            self._words[draft.id] = self._on_disk[draft.id] = draft.body
            self._latest = draft

    @property
    def latest(self) -> MemoDraft | None:
        """The draft that was left last when this began; None where there was none."""
        return self._latest

    @property
    def has_refused(self) -> bool:
        """Whether there are words that the file did not take and that go with the program."""
        return bool(self._refused)

    def id_on(self, subject: MemoSubject, memo: Memo | None = None) -> str:
        """The id that a memo has, or will have."""
        return memo.id if memo else self._ids.setdefault(label_of(subject), new_id())

    def words_on(self, subject: MemoSubject, memo: Memo | None = None) -> str:
        """What was typed and not written; empty where there is nothing."""
        return self._words.get(self.id_on(subject, memo), "")

    def keep(self, subject: MemoSubject, words: str, *, memo: Memo | None = None) -> None:
        """Keep what is typed so far; raises where the file refuses it, and remembers it all the same."""
        id = self.id_on(subject, memo)
        self._words[id] = words
        self._refused.discard(id)
        if words == self._on_disk.get(id, memo.body if memo else ""):
            return
        self._refused.add(id)
        with self._store.action(self._coder) as action:
            author = memo.author if memo else self._coder
            notes.draft_memo(action, subject, words, author=author, id=id)
        self._refused.discard(id)
        self._on_disk[id] = words

    def save(self, subject: MemoSubject, words: str, memo: Memo | None = None) -> bool:
        """Keep words that could not be written as a memo; whether that memo is still there to take them.

        Where it is gone they wait for a new one. What the file refuses this program remembers.
        """
        is_there = memo is not None and notes.memo_by_id(self._store, memo.id) is not None
        with suppress(HarkenError):
            self.keep(subject, words, memo=memo if is_there else None)
        return is_there

    def end(self, subject: MemoSubject, memo: Memo | None = None, *, is_written: bool) -> None:
        """Forget what was typed: it is a memo now, or was given up."""
        id = self.id_on(subject, memo)
        self._words.pop(id, None)
        self._refused.discard(id)
        if id in self._on_disk and not is_written:
            with self._store.action(self._coder) as action:
                author = memo.author if memo else self._coder
                notes.draft_memo(action, subject, "", author=author, id=id)
        self._on_disk.pop(id, None)
        if memo is None:
            self._ids.pop(label_of(subject), None)
