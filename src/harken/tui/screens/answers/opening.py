"""What is opened from the chosen answer: its coding, its memos, the pages of its person and codes, a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from harken.errors import HarkenError
from harken.model import MAIN_ROUND
from harken.report import visible
from harken.services.browsing import AnswerRow, Reader
from harken.storage.store import Store
from harken.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.screen import Screen

    _Base = Screen[Any]
else:
    _Base = object

AGAIN_SECONDS = 0.7
"""A keyboard repeats a held key so late; Enter that decided an answer must not open it again."""


class AnswerOpening(_Base):
    """The part of a screen that opens other ones on an answer."""

    store: Store
    reader: Reader
    keymap: Mapping[str, str]
    clock: Callable[[], float]
    _came_back_at: float = float("-inf")

    @property
    def chosen(self) -> AnswerRow | None:
        """The answer that the keys mean."""
        raise NotImplementedError

    def reread(self) -> None:
        raise NotImplementedError

    if TYPE_CHECKING:

        def say(self, text: str) -> None: ...
        def refuse(self, text: str) -> None: ...

    def _row(self) -> AnswerRow | None:
        row = self.chosen
        if row is None:
            self.refuse("No answer is chosen.")
        return row

    # -- coding --------------------------------------------------------------------------------------

    def action_code(self) -> None:
        row = self._row()
        if row is not None and self.clock() - self._came_back_at >= AGAIN_SECONDS:
            self._visit(row)

    def _visit(self, row: AnswerRow) -> None:
        from harken.services.coding import CodingSession
        from harken.tui.screens.coding.visit import VisitScreen

        try:
            session = CodingSession.visit(
                self.store, row.id, coder=self.reader.coder, round=self.reader.round or MAIN_ROUND
            )
        except HarkenError as error:
            self.refuse(str(error))
            return
        screen = VisitScreen(session, size=self.app.size, clock=self.clock, keymap=self.keymap)
        self.app.push_screen(screen, self._came_back)

    def _came_back(self, is_decided: bool | None) -> None:
        self._came_back_at = self.clock()
        self.reread()
        self.say("")
        if is_decided:
            self.answer_decided()

    def answer_decided(self) -> None:
        """The chosen answer was opened from here, and decided."""

    def action_star(self) -> None:
        from harken.services.browsing.keeping_up import put_star

        row = self._row()
        if row is None:
            return
        is_starred = not row.is_starred
        self._write(lambda: put_star(self.store, row.key, coder=self.reader.coder, is_starred=is_starred))

    # -- reading -------------------------------------------------------------------------------------

    def action_show_memos(self) -> None:
        from harken.services.browsing.keeping_up import memos_on
        from harken.services.memos import minute
        from harken.tui.screens.boxes.reading import ReadingDialog

        row = self._row()
        if row is None:
            return
        said = [(f"{work.coder} · {work.round}", work.memo) for work in row.works if work.memo]
        said += [
            (f"{memo.author}   {minute(memo.changed_at)}", memo.body)
            for memo in memos_on(self.store, row.id, self.reader)
        ]
        if not said:
            self.say("No memo on this answer that you may read. w writes one.")
            return
        parts = [
            Content.assemble((visible(who), "bold"), "\n", visible(words, keep_lines=True))
            for who, words in said
        ]
        title = f"Memos on {row.key.participant}"
        self.app.push_screen(ReadingDialog(title=title, content=Content("\n\n").join(parts)))

    def action_write_memo(self) -> None:
        from harken.services.browsing.keeping_up import memos_on, put_memo
        from harken.tui.screens.boxes.memo import MemoDialog

        row = self._row()
        if row is None:
            return
        own = (memo for memo in memos_on(self.store, row.id, self.reader) if memo.author == self.reader.coder)
        before = next(own, None)

        def keep(words: str | None) -> None:
            if words is not None:
                self._write(
                    lambda: put_memo(self.store, row.key, words, before=before, coder=self.reader.coder)
                )

        dialog = MemoDialog(participant=row.key.participant, memo=before.body if before else "")
        self.app.push_screen(dialog, keep)

    def _write(self, verb: Callable[[], str]) -> None:
        try:
            said = verb()
        except HarkenError as error:
            self.refuse(str(error))
            return
        self.reread()
        self.say(said)

    # -- pages ---------------------------------------------------------------------------------------

    def action_show_person(self) -> None:
        from harken.tui.screens.answers.pages import PersonRoom

        row = self._row()
        if row is not None:
            options = self._options()
            self._open(PersonRoom(self.store, row.key.participant, chosen_id=row.id, **options))

    def action_show_code(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        row = self._row()
        if row is None:
            return
        paths = list(dict.fromkeys(path for work in row.works for path in work.codes))
        if not paths:
            self.say("No code is applied to this answer. c lists the answers of any code.")
        elif len(paths) == 1:
            self._open_code(paths[0])
        else:
            picker = Picker(title="Which code's page?", search=lambda text: _paths(paths, text))
            self.app.push_screen(picker, self._open_code)

    def _open_code(self, path: str | None) -> None:
        from harken.tui.screens.answers.pages import CodeRoom

        if path is not None:
            self.call_later(self._open, CodeRoom(self.store, path, **self._options()))

    def _open(self, room: Screen[None]) -> None:
        self.app.push_screen(room, lambda _: self._came_back(None))

    def _options(self) -> dict[str, Any]:
        return {"reader": self.reader, "clock": self.clock, "keymap": self.keymap}


def _paths(paths: Sequence[str], text: str) -> list[Choice]:
    wanted = text.strip().casefold()
    return [Choice(value=path, text=path) for path in paths if wanted in path.casefold()]
