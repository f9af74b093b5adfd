"""Keys that come faster than a person can read, and keys that are held down."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto

READING_SECONDS = 0.3
"""No deciding key counts so soon after a new answer: it was meant for the one before."""
REPEAT_SECONDS = 0.1
"""Nobody presses a key twice so quickly; a keyboard repeats a held one so, after half a second or so."""


class Pace(Enum):
    """What a deciding key is."""

    DECIDES = auto()
    TOO_SOON = auto()
    HELD = auto()
    """It is being held, and the decision before this one was its first repeat, not the coder's."""


class DecisionGuard:
    """Lets a deciding key through only when the answer has been there for a moment.

    A key that is refused starts the wait anew. A keyboard's first repeat of a held key comes late enough to
    look like a second press; the next one follows at once and gives it away.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._opened_at = float("-inf")
        self._refused_at = float("-inf")
        self._last_key = ""
        self._last_at = float("-inf")
        self._may_be_held = False
        self._back_at: float | None = None

    def answer_opened(self) -> None:
        self._opened_at = self._clock()

    def came_back(self) -> None:
        """Another screen has closed: what is typed on may have been meant for that one."""
        self._back_at = self._clock()
        self.answer_opened()

    def is_meant_elsewhere(self) -> bool:
        """Whether a key of a text comes so soon after another screen; it starts the wait anew."""
        if self._back_at is None:
            return False
        now = self._clock()
        self._back_at = now if now - self._back_at < READING_SECONDS else None
        return self._back_at is not None

    def other_key(self) -> None:
        """A key that decides nothing was pressed: the last one is not being held."""
        self._last_key = ""

    def judge(self, key: str) -> Pace:
        now = self._clock()
        is_again = key == self._last_key
        is_repeat = is_again and now - self._last_at < REPEAT_SECONDS
        was_in_doubt, self._may_be_held = self._may_be_held, False
        self._last_key, self._last_at = key, now
        if is_repeat and was_in_doubt:
            self._refused_at = now
            return Pace.HELD
        if now - max(self._opened_at, self._refused_at) < READING_SECONDS:
            self._refused_at = now
            return Pace.TOO_SOON
        self._may_be_held = is_again
        return Pace.DECIDES
