"""What lies before one coder in one round: the open answer, the queue it stands in, the codebook as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.errors import HarkenError
from harken.model import Coding, Round, Suggestion
from harken.services.blindness import sight_of
from harken.services.coding.queue import CoderQueue
from harken.services.coding.reading import read_answer, read_notes
from harken.services.coding.sheet import CodeSheet, settled_sheet
from harken.services.coding.work import OpenAnswer
from harken.services.coding.writing import SharedFile
from harken.storage import codebooks
from harken.storage.codebooks import StoredCodebook
from harken.storage.coding import Draft, WorkOrder
from harken.storage.store import Store


class Workplace:
    """Opens and closes answers. What others do to the project is taken up when the next one opens."""

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        questions: Sequence[str],
        order: WorkOrder,
        only: int | None = None,
    ) -> None:
        self.store = store
        self.coder = coder
        self.round = round
        self.file = SharedFile(store, coder=coder)
        self.stored = codebooks.stored_codebook(store)
        self.sight = sight_of(store, coder, coding_in=round)
        self.order = order
        self.announces_turns = True
        self.queue = CoderQueue(
            store, coder=coder, round=round.name, questions=questions, order=order, only=only
        )
        self.current: OpenAnswer | None = None
        """None at the end of the queue."""
        self.typed: dict[str, str] = {}
        """What stands in a box that was closed without an effect, by the box's name, for this answer."""
        self.taken_off: dict[str, tuple[Coding, ...]] = {}
        """Segments that went off this answer with their code, by its path: the same key brings them back."""
        self.proposed: tuple[Suggestion, ...] = ()
        """What was suggested for this answer."""
        self.n_shown = 0
        """How many of these the coder could see."""
        self.walked: frozenset[int] = frozenset()
        """Answers that reopening went through in a row."""
        self._sheets: dict[str, CodeSheet] = {}

    @property
    def place(self) -> int:
        """Of the open answer in the queue; at its end the place before the first."""
        return -1 if self.current is None else self.current.position

    @property
    def sheet(self) -> CodeSheet:
        """The codes for the open answer's question; none at the end of the queue."""
        if self.current is None:
            return CodeSheet(question="", entries={}, hotkeys={})
        return self._sheets[self.current.response.key.question]

    def answer(self) -> OpenAnswer:
        if self.current is None:
            raise HarkenError("No answer is open. Backspace reopens the last decision.")
        return self.current

    def label(self, path: str) -> str:
        entry = self.stored.codebook.entries.get(path)
        return path if entry is None else entry.code.label

    # -- opening and closing -------------------------------------------------------------------------

    def open_at(self, position: int) -> None:
        """Open the answer at a place; where the queue has become shorter the last one."""
        self.catch_up()
        if not len(self.queue):
            self.close_answer()
            return
        place = min(position, len(self.queue) - 1)
        answer = self._read(place)
        self._prepare_sheet(answer.response.key.question)
        self.close_answer()
        self.current = answer

    def _read(self, place: int) -> OpenAnswer:
        with self.file.explained():
            return read_answer(
                self.store,
                self.stored,
                self.queue.id_at(place),
                position=place,
                round=self.round,
                coder=self.coder,
                sight=self.sight,
            )

    def close_answer(self) -> None:
        self.current = None
        self.proposed, self.n_shown = (), 0
        self.walked = frozenset()
        self.typed = {}
        self.taken_off = {}

    def keep_draft(self, answer: OpenAnswer, draft: Draft | None) -> None:
        """Take up the draft that is on disk now; None where none is."""
        self.current = replace(answer, draft=draft)
        self.queue.note_draft(answer.response.id, is_there=draft is not None)

    def reread_notes(self) -> None:
        """Take up what an action of ours noted about the open answer."""
        answer = self.answer()
        with self.file.explained():
            notes = read_notes(
                self.store, answer.response.id, round=self.round, coder=self.coder, sight=self.sight
            )
        self.current = replace(answer, notes=notes)

    # -- keeping up with the project -----------------------------------------------------------------

    def catch_up(self) -> None:
        """Take up what other programs wrote, between two answers."""
        news = self.file.news()
        with self.file.explained():
            if news.codebook:
                self.stored = codebooks.stored_codebook(self.store)
                self._sheets.clear()
            if news.rounds or news.survey or news.work:
                self.sight = sight_of(self.store, self.coder, coding_in=self.round)
            if news.survey:
                self.queue.reload()
            elif news.work:
                self.queue.reload_work()

    def take_up_changes(self) -> None:
        """Take up what was changed around the open answer; it stays open unless it left the queue."""
        self.catch_up()
        if self.current is None:
            return
        id = self.current.response.id
        if id not in self.queue:
            self.close_answer()
            return
        self.current = self._read(self.queue.place_of(id))
        self._prepare_sheet(self.current.response.key.question)

    def take_up_codebook(self) -> None:
        """See, inside a transaction, the codebook as it is now."""
        if codebooks.version_id(self.store) != self.stored.version_id:
            self.stored = codebooks.stored_codebook(self.store)

    def use_codebook(self, stored: StoredCodebook, sheet: CodeSheet) -> None:
        """Go on with a codebook that an action of ours changed."""
        self.stored, self._sheets = stored, {sheet.question: sheet}

    def _prepare_sheet(self, question: str) -> None:
        if question not in self._sheets:
            with self.file.action() as action:
                self._sheets[question] = settled_sheet(
                    action, self.store, self.stored, round=self.round.name, question=question
                )
