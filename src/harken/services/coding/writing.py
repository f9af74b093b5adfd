"""Writing beside others: a short wait for the file, and word of what other programs wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from harken.storage import coding, driver
from harken.storage.codebooks import CODEBOOK_KINDS
from harken.storage.store import Action, Store

PATIENCE_MS = 800
"""How long a key waits for another program's write; then it says so instead of freezing the screen."""

_CODEBOOK = frozenset({*CODEBOOK_KINDS, "settings.changed"})
_SURVEY = frozenset(
    {
        "survey.imported",
        "texts.listed",
        "participants.excluded",
        "participants.included",
        "participant.withdrawn",
    }
)
_ROUNDS = frozenset({"round.added"})
_WORK = frozenset({"decided", "drafted", "codings.imported", "decision.undone", "decision.redone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Which parts of the project others changed."""

    codebook: bool = False
    survey: bool = False
    rounds: bool = False
    work: bool = False
    """Decisions or drafts in this coder's name, made elsewhere."""

    def __or__(self, other: News) -> News:
        return News(
            codebook=self.codebook or other.codebook,
            survey=self.survey or other.survey,
            rounds=self.rounds or other.rounds,
            work=self.work or other.work,
        )


class SharedFile:
    """A project file in which one coder writes while others may."""

    def __init__(self, store: Store, *, coder: str) -> None:
        self.store = store
        self.coder = coder
        coding.wait_at_most(store, PATIENCE_MS)
        self._seq = coding.last_event_row(store)
        self._news = News()

    @contextmanager
    def action(self) -> Iterator[Action]:
        """One action of the coder; what others wrote before it is kept for `news`."""
        with self.explained(), self.store.action(self.coder) as action:
            _, others = coding.events_after(self.store, self._seq)
            yield action
            last = coding.last_event_row(self.store)
        self._seq = last
        self._news |= self._what(others)

    def news(self) -> News:
        """What others changed since this was asked last."""
        with self.explained():
            self._seq, others = coding.events_after(self.store, self._seq)
        found, self._news = self._news | self._what(others), News()
        return found

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn SQLite's errors into a sentence with the way out."""
        try:
            yield
        except driver.DatabaseError as error:
            raise driver.explain(error, self.store.path) from error

    def _what(self, events: list[coding.NewEvent]) -> News:
        kinds = {event.kind for event in events}
        return News(
            codebook=bool(kinds & _CODEBOOK),
            survey=bool(kinds & _SURVEY),
            rounds=bool(kinds & _ROUNDS),
            work=any(event.kind in _WORK and event.actor == self.coder for event in events),
        )
