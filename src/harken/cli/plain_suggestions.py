"""Suggestions in the plain mode: made when an answer is read out, and never changed while it is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harken.errors import HarkenError
from harken.model import Response, Suggestion
from harken.services.coding import CodingSession

if TYPE_CHECKING:
    from harken.plugins import CodeSuggester

MOST = 9


class PlainSuggestions:
    """In this process: a line may wait for spaCy where a key may not."""

    def __init__(self, session: CodingSession, *, is_wanted: bool) -> None:
        self._session = session
        self._is_wanted = is_wanted
        self._shows = is_wanted and not session.hides_suggestions
        self._off_because = ""
        self._codebook_version = ""
        self._suggester: CodeSuggester | None = None
        self._made_for: int | None = None
        self.shown: tuple[Suggestion, ...] = ()
        """Those of the open answer that the coder can see."""

    @property
    def note(self) -> str:
        """Why there are none in this sitting; empty if there may be some."""
        if self._off_because:
            return f"Suggestions are off: {self._off_because}"
        if self._is_wanted and not self._shows:
            return "Suggestions are hidden in this round; /suggest shows them from the next answer on."
        return ""

    def switch(self) -> str:
        if not self._is_wanted:
            raise HarkenError("This sitting was started without suggestions.")
        self._shows = not self._shows
        return f"Suggestions are {'shown' if self._shows else 'hidden'} from the next answer on."

    def answer_opened(self) -> None:
        """Make those of the open answer, unless they are there."""
        current = self._session.current
        if current is None:
            self.shown, self._made_for = (), None
            return
        if current.response.id != self._made_for:
            self.shown, self._made_for = self._made(current.response), current.response.id
        self._session.note_suggestions(self.shown, n_shown=len(self.shown))

    def _made(self, response: Response) -> tuple[Suggestion, ...]:
        suggester = self._suggester_now() if self._shows else None
        if suggester is None:
            return ()
        from harken.tui.answer_suggestions import worth_showing

        found = suggester.suggest(response.text, response.key.question, top=MOST)
        fitting = [one for one in found if one.code in self._session.sheet.entries]
        return worth_showing(fitting, response.text)

    def _suggester_now(self) -> CodeSuggester | None:
        if not self._session.codebook.families or self._off_because:
            return None
        if self._codebook_version != self._session.codebook_version:
            from harken.plugins import load_suggester

            self._codebook_version = self._session.codebook_version
            try:
                self._suggester = load_suggester(self._session.codebook)
            except HarkenError as error:
                self._off_because = str(error)
                self._suggester = None
        return self._suggester
