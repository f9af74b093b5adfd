"""What is suggested for the open answer, and whether the coder is to see it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from harken.errors import HarkenError
from harken.model import Suggestion
from harken.services.coding import CodingSession

if TYPE_CHECKING:
    from harken.tui.suggesting import SuggestionDesk

N_AHEAD = 6
"""Answers for which suggestions are prepared before they are opened."""
N_ALWAYS = 3
WORDS_PER_MORE = 12
"""In so many words of an answer one suggestion more than these is shown, however weak."""
LEAST_SHARE = 0.25
"""Of the best one's strength, that any further suggestion must have."""
HIDDEN = "hidden in this round, F2 shows them from the next answer on"


class AnswerSuggestions:
    """On their way, there, hidden, or off.

    What is shown for an answer never changes while it is open, except where a suggested code itself goes
    away. `on_ready` and `on_off` are called from another thread: they should post a message and return.
    """

    def __init__(
        self,
        session: CodingSession,
        *,
        is_wanted: bool,
        on_ready: Callable[[int], object],
        on_off: Callable[[str], object],
    ) -> None:
        self._session = session
        self.is_wanted = is_wanted
        self._on_ready = on_ready
        self._on_off = on_off
        self._desk: SuggestionDesk | None = None
        self._codebook_version = session.codebook_version
        self._off_because = ""
        self._shows = is_wanted and not session.hides_suggestions
        self._is_hiding = not self._shows
        """For the open answer: it stays so until the next one."""
        self._found: tuple[Suggestion, ...] | None = None
        """For the open answer; None until they come."""

    @property
    def found(self) -> Sequence[Suggestion]:
        return self._found or ()

    def drop_gone(self) -> bool:
        """Forget them where a suggested code went away, as when it is moved or merged; whether they were."""
        entries = self._session.sheet.entries
        is_gone = any(suggestion.code not in entries for suggestion in self.found)
        if is_gone:
            self._found = None
        return is_gone

    @property
    def note(self) -> str:
        """Why there is nothing, if there is nothing."""
        if not self.is_wanted:
            return "off in this sitting"
        if self._off_because:
            return f"off: {self._off_because}"
        if self._is_hiding:
            return HIDDEN
        if self._found is None:
            return "…" if self._session.codebook.families else "none"
        return "" if self._found else "none"

    def answer_opened(self) -> None:
        self._found = None
        self._is_hiding = not self._shows

    def take(self) -> bool:
        """Take up what is there for the open answer; whether that is news."""
        current, desk = self._session.current, self._desk
        if current is None or desk is None or self._found is not None or self._is_hiding:
            return False
        found = desk.ready(current.response)
        if found is None:
            return False
        entries = self._session.sheet.entries
        fitting = [suggestion for suggestion in found if suggestion.code in entries]
        self._found = worth_showing(fitting, current.response.text)
        return True

    def note_shown(self, n_places: int) -> None:
        """Let the session know what was proposed, and that so many of it can be seen."""
        if self._found is not None:
            self._session.note_suggestions(self._found, n_shown=len(self._found[:n_places]))

    def switch(self) -> str:
        """Show them from the next answer on, or no longer."""
        if not self.is_wanted:
            raise HarkenError("This sitting was started without suggestions.")
        self._shows = not self._shows
        return f"Suggestions are {'shown' if self._shows else 'hidden'} from the next answer on."

    def turn_off(self, reason: str) -> None:
        self._off_because = reason

    def ask(self) -> None:
        """Ask for those of the open answer if they are missing, and for the next answers'.

        The process that makes them is started by the first call that finds a codebook.
        """
        if not self.is_wanted or not self._session.codebook.families:
            return
        version = self._session.codebook_version
        if self._desk is None:
            self._desk = self._started_desk()
        elif self._codebook_version != version:
            self._desk.change_codebook(self._session.codebook)
        self._codebook_version = version
        try:
            upcoming = list(self._session.upcoming(N_AHEAD))
        except HarkenError:
            upcoming = []
        self._desk.prepare(upcoming)
        current = self._session.current
        if current is not None and self._found is None and not self._is_hiding:
            self._desk.ask(current.response)

    def close(self) -> None:
        if self._desk is not None:
            self._desk.close()

    def _started_desk(self) -> SuggestionDesk:
        # Not at the top: the first answer is painted sooner without.
        from harken.tui.suggesting import SuggestionDesk

        desk = SuggestionDesk(self._session.codebook, on_ready=self._on_ready, on_off=self._on_off)
        desk.start()
        return desk


def worth_showing(suggestions: Sequence[Suggestion], text: str) -> tuple[Suggestion, ...]:
    """The suggestions, best first, without the weak ones behind those that a text of its length can bear.

    The first three always stay, so recall among three is what it was. `benchmarks/suggestions.py` shows how
    often those left out would have been right, and those kept behind the third.
    """
    n_kept = N_ALWAYS + len(text.split()) // WORDS_PER_MORE
    least = LEAST_SHARE * _strength(suggestions[0]) if suggestions else 0.0
    further = [suggestion for suggestion in suggestions[n_kept:] if _strength(suggestion) >= least]
    return (*suggestions[:n_kept], *further)


def _strength(suggestion: Suggestion) -> float:
    """The score as odds: evidence adds up on this scale."""
    return suggestion.score / max(1 - suggestion.score, 1e-9)
