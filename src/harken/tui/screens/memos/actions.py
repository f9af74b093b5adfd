"""What the memos screen does with one memo: reading, writing, changing, taking away, going to its answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.content import Content

from harken.errors import HarkenError
from harken.model import Round
from harken.report import visible
from harken.services.memos import (
    Memo,
    MemoSubject,
    UnfinishedMemos,
    add_memo,
    change_memo,
    dated,
    label_of,
    may_change,
    memo_history,
    minute,
    remove_memo,
)
from harken.storage import survey
from harken.storage.store import Store
from harken.tui.words.memo_subjects import MemoSubjects

if TYPE_CHECKING:
    from harken.tui.screens.room import Room

    _Base = Room[int]
else:
    _Base = object


class MemoActions(_Base):
    """The part of the memos screen that opens dialogs; they are imported when they are wanted first."""

    _store: Store
    _coder: str
    _round: Round
    _clock: Callable[[], float]
    _answer_id: int | None
    """The answer to go to."""
    _unfinished: UnfinishedMemos
    """Words that are not written yet, for the next time their memo is opened."""

    def _read(self, choose: str = "") -> None:
        """Read the memos anew; `choose` is the id of the one to point at, else the place stays."""
        raise NotImplementedError

    def _written(self, memo: Memo) -> None:
        """Show a memo that was written or changed, and point at it."""
        raise NotImplementedError

    def _removed(self, memo: Memo) -> None:
        """Show a memo no longer."""
        raise NotImplementedError

    def _chosen(self, verb: Callable[[Memo], None]) -> None:
        """Do something with the chosen memo; say so where there is none."""
        raise NotImplementedError

    def _answer_of(self, memo: Memo) -> str:
        return "" if memo.response_id is None else survey.response(self._store, memo.response_id).text

    def action_open(self) -> None:
        self._chosen(self._open)

    def _open(self, memo: Memo) -> None:
        if not may_change(self._store, memo, actor=self._coder):
            self._look_at(memo)
            return
        from harken.tui.screens.boxes.note import NoteDialog

        dialog = NoteDialog(
            title=f"Memo on {label_of(memo.subject)}",
            text=self._unfinished.words_on(memo.subject, memo) or memo.body,
            context=self._answer_of(memo),
            keep=lambda words: self._unfinished.keep(memo.subject, words, memo=memo),
        )
        self.app.push_screen(dialog, lambda words: self._keep(memo, words))

    def _look_at(self, memo: Memo) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog

        title = f"{label_of(memo.subject)} · {memo.author} · {dated(memo)}"
        self.app.push_screen(ReadingDialog(title=title, content=_harmless(memo.body)))

    def _keep(self, memo: Memo, words: str | None) -> None:
        if not words or words == memo.body:
            self._give_up(memo.subject, memo)
            if words == "":
                self.refuse("An emptied memo stays as it was; x takes it away.")
            return
        try:
            changed = change_memo(self._store, memo.id, words, actor=self._coder, as_read=memo.body)
        except HarkenError as error:
            is_there = self._unfinished.save(memo.subject, words, memo)
            self._read()
            self.refuse(f"{error} {'↵ opens it with' if is_there else 'n opens'} your words.")
            return
        self._unfinished.end(memo.subject, memo, is_written=True)
        self._written(changed)
        self.say("Memo changed; h shows what it said before.")

    def _give_up(self, subject: MemoSubject, memo: Memo | None = None) -> None:
        try:
            self._unfinished.end(subject, memo, is_written=False)
        except HarkenError as error:
            self.refuse(str(error))

    def action_write(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        picker = Picker(
            title="A memo on what?",
            search=MemoSubjects(self._store).find,
            placeholder="diary, or a part of a question, a code or a participant",
        )
        self.app.push_screen(picker, self._write_on)

    def _write_on(self, subject: Callable[[], MemoSubject] | None) -> None:
        if subject is not None:
            self.call_later(self._open_new, subject)

    def _open_new(self, named: Callable[[], MemoSubject]) -> None:
        from harken.tui.screens.boxes.note import NoteDialog

        try:
            subject = named()
        except HarkenError as error:
            self.refuse(str(error))
            return
        label = label_of(subject)
        dialog = NoteDialog(
            title=f"Memo on {label}",
            text=self._unfinished.words_on(subject),
            keep=lambda words: self._unfinished.keep(subject, words),
        )
        self.app.push_screen(dialog, lambda words: self._add(subject, words))

    def _add(self, subject: MemoSubject, words: str | None) -> None:
        if not words:
            self._give_up(subject)
            return
        id = self._unfinished.id_on(subject)
        try:
            memo = add_memo(self._store, subject, words, actor=self._coder, id=id)
        except HarkenError as error:
            self._unfinished.save(subject, words)
            self.refuse(f"{error} n opens your words again.")
            return
        self._unfinished.end(subject, is_written=True)
        self._written(memo)
        self.say("Memo written.")

    def action_remove(self) -> None:
        self._chosen(self._ask_to_remove)

    def _ask_to_remove(self, memo: Memo) -> None:
        if not memo.id:
            self.refuse(f"This memo belongs to {memo.author}’s decision; it is changed where they code.")
            return
        if not may_change(self._store, memo, actor=self._coder):
            self.refuse(f"This memo is {memo.author}’s. Its author and the lead may change or remove it.")
            return
        from harken.tui.screens.boxes.note import RemovalDialog

        dialog = RemovalDialog(title=f"Remove the memo on {label_of(memo.subject)}?", text=memo.body[:300])
        self.app.push_screen(dialog, lambda is_meant: self._remove(memo) if is_meant else None)

    def _remove(self, memo: Memo) -> None:
        try:
            remove_memo(self._store, memo.id, actor=self._coder)
        except HarkenError as error:
            self._read()
            self.refuse(str(error))
            return
        self._removed(memo)
        self.say("Memo removed; the journal keeps what it said.")

    def action_history(self) -> None:
        self._chosen(self._show_history)

    def _show_history(self, memo: Memo) -> None:
        if not memo.id:
            self.refuse("The history of a memo on a decision is that of the decision.")
            return
        from harken.tui.screens.boxes.reading import ReadingDialog

        versions = memo_history(self._store, memo.id)
        words = "\n\n".join(f"{minute(one.at)} · {one.by}\n{one.body or '(erased)'}" for one in versions)
        self.app.push_screen(
            ReadingDialog(title=f"Memo on {label_of(memo.subject)}", content=_harmless(words))
        )

    def action_go_to_answer(self) -> None:
        self._chosen(self._go_to_answer)

    def _go_to_answer(self, memo: Memo) -> None:
        if memo.response_id is None:
            self.refuse("This memo is on no single answer.")
        elif self.is_first:
            self._visit(memo.response_id)
        else:
            self._answer_id = memo.response_id
            self.dismiss(self.result())

    def _visit(self, response_id: int) -> None:
        """Code this one answer and come back."""
        from harken.services.coding import CodingSession
        from harken.tui.screens.coding.visit import VisitScreen

        try:
            session = CodingSession.visit(
                self._store, coder=self._coder, round=self._round.name, response_id=response_id
            )
        except HarkenError as error:
            self.refuse(str(error))
            return
        screen = VisitScreen(session, size=self.size, clock=self._clock, keymap=self.keymap)
        self.app.push_screen(screen, lambda _: self._read())


def _harmless(words: str) -> Content:
    return Content(visible(words, keep_lines=True))
