"""The memos screen: the diary and every memo, searched while one types, written, changed, taken away."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget
from textual.widgets import Input

from harken.model import Round
from harken.services.coding.writing import PATIENCE_MS
from harken.services.memos import (
    Memo,
    UnfinishedMemos,
    dated,
    label_of,
    list_memos,
    minute,
    says,
)
from harken.storage import coding
from harken.storage.store import Store
from harken.tui.commands.memos import MEMOS
from harken.tui.screens.boxes.dialog import LineInput
from harken.tui.screens.memos.actions import MemoActions
from harken.tui.screens.room import Room
from harken.tui.widgets.answer import AnswerView
from harken.tui.widgets.memo_list import KINDS, KindLine, MemoLines

NONE_YET = "There are no memos yet. n writes one: an entry of the diary, or a memo on a code, a person …"
NONE_FOUND = "No memo holds all of these words. Esc clears the search."
NONE_OF_KIND = "No memos of this kind. ←→ lists others, n writes one."


class MemosScreen(MemoActions, Room[int]):
    """Gives the id of the answer to go to, if one was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*MEMOS]
    DEFAULT_CSS = """
    MemosScreen #memo-body { height: 1fr; layout: vertical; }
    MemosScreen AnswerView { height: 1fr; }
    """
    ROOM_TITLE = "Memos"
    HELP_GROUP = "Memos"

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(keymap=keymap)
        self._store = store
        self._coder = coder
        self._round = round
        self._clock = clock
        coding.wait_at_most(store, PATIENCE_MS)
        self._unfinished = UnfinishedMemos(store, coder=coder)
        self._memos: Sequence[Memo] = ()
        """All that the coder may read."""
        self._kind = 0
        self._answer_id: int | None = None
        self._is_warned = False
        self._list = MemoLines()
        self._kinds = KindLine()
        self._page = AnswerView()

    def body(self) -> Iterable[Widget]:
        yield self._kinds
        yield LineInput(placeholder="search: / and words that the memo holds")
        yield Container(self._list, self._page, id="memo-body")

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        draft = self._unfinished.latest
        self._read(choose=draft.id if draft else "")
        if draft is not None:
            chosen = self._list.chosen
            key = "↵" if chosen and chosen.id == draft.id else "n"
            self.say(
                f"Unfinished since {minute(draft.at)}: {label_of(draft.subject)}. {key} goes on with it."
            )

    def heading(self) -> str:
        return self._coder

    def result(self) -> int | None:
        return self._answer_id

    # -- showing -------------------------------------------------------------------------------------

    def _read(self, choose: str = "") -> None:
        found = list_memos(self._store, coder=self._coder, round=self._round)
        self._memos = found.memos
        if found.is_blind:
            self.say("A blind round: others' memos on people and answers are not shown.")
        before = self._list.chosen
        self._show(choose or (before.id if before else ""))

    # What others write meanwhile comes with the next whole look: reading very many memos takes a second.

    def _written(self, memo: Memo) -> None:
        is_there = any(one.id == memo.id for one in self._memos)
        others = [memo if one.id == memo.id else one for one in self._memos]
        self._memos = others if is_there else [memo, *others]
        self._show(memo.id)

    def _removed(self, memo: Memo) -> None:
        self._memos = [one for one in self._memos if one.id != memo.id]
        self._show()

    def _show(self, choose: str = "") -> None:
        about, words = KINDS[self._kind][0], self.query_one(Input).value
        shown = [
            memo
            for memo in self._memos
            if (about is None or memo.subject.about is about) and says(memo.body, words)
        ]
        index = next((at for at, memo in enumerate(shown) if choose and memo.id == choose), 0)
        nothing = NONE_FOUND if words.strip() else NONE_OF_KIND if self._memos else NONE_YET
        self._list.show(shown, index=index, nothing=nothing)
        n_memos = len(self._memos)
        self._kinds.show(self._kind, f"{len(shown)} of {n_memos}" if len(shown) < n_memos else f"{n_memos}")
        self._show_page()

    def _show_page(self) -> None:
        memo = self._list.chosen
        if memo is None:
            self._page.show_answer("")
            return
        head = f"{label_of(memo.subject)} · {memo.author} · {dated(memo)}"
        answer = self._answer_of(memo)
        self._page.show_answer(
            "\n\n".join([head, memo.body, *([f"The answer:\n{answer}"] if answer else [])])
        )

    # -- moving --------------------------------------------------------------------------------------

    def action_step(self, n: int) -> None:
        self._list.step(n)
        self._show_page()

    def action_page(self, n: int) -> None:
        self.action_step(n * self._list.n_in_sight)

    def action_jump(self, index: int) -> None:
        self._list.choose(index if index >= 0 else len(self._memos))
        self._show_page()

    def action_about(self, n: int) -> None:
        self._kind = (self._kind + n) % len(KINDS)
        self._show()

    @on(MemoLines.Picked)
    def _picked(self, event: MemoLines.Picked) -> None:
        self._list.choose(event.index)
        self._show_page()

    def _chosen(self, verb: Callable[[Memo], None]) -> None:
        memo = self._list.chosen
        if memo is None:
            self.refuse("No memo is chosen.")
        else:
            verb(memo)

    # -- searching -----------------------------------------------------------------------------------

    def action_search(self) -> None:
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self) -> None:
        self._show()

    @on(Input.Submitted)
    def _searched(self) -> None:
        self.set_focus(None)

    def action_back(self) -> None:
        search = self.query_one(Input)
        if search.has_focus:
            self.set_focus(None)
        elif search.value:
            search.value = ""
        elif self._may_leave("Esc"):
            super().action_back()

    def action_leave(self) -> None:
        if self._may_leave("Ctrl+Q"):
            super().action_leave()

    def _may_leave(self, key: str) -> bool:
        """Whether no words would be lost, or the coder was told so and asks again."""
        if self._unfinished.has_refused and not self._is_warned:
            self._is_warned = True
            self.refuse(f"The file did not take your words; they go when you leave. {key} again leaves.")
            return False
        return True
