"""Searching through all answers in a thread, so that no key waits for it."""

from __future__ import annotations

import sys
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import SimpleQueue

from harken.errors import HarkenError
from harken.services.browsing import AnswerFilter, Reader, find_ids
from harken.storage import driver
from harken.storage.store import Store

N_FIRST = 200
"""Matches that are shown as soon as they are found, while the rest is looked for."""
REPORT_SECONDS = 0.1
"""So often at most it is said how far a search is."""
PAINT_SECONDS = 0.15
"""So long at most a search waits until what it found is painted: two threads share one processor."""
_SWITCH_SECONDS = 0.000_5
"""How soon a key's thread gets its turn while the other one searches; ten times as soon as is usual."""
_END_SECONDS = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a search has come up with so far."""

    number: int
    """Of the search, as `AnswerSearch.begin` gave it."""
    ids: Sequence[int]
    """All that is found, from the first match on."""
    is_complete: bool
    refusal: str = ""
    """Why it could not be done."""


class AnswerSearch:
    """One search at a time; a new one ends the one before. The thread has a store of its own.

    A project in memory has one connection only: there the search is done where it is begun.
    """

    def __init__(self, store: Store, reader: Reader, *, on_found: Callable[[Found], object]) -> None:
        self._store = store
        self._reader = reader
        self._on_found = on_found
        self._number = 0
        self._wanted: SimpleQueue[tuple[int, AnswerFilter] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._go_on = threading.Event()
        self._lock = threading.Lock()
        self._searching: Store | None = None
        """The thread's store, while it is open."""

    @property
    def number(self) -> int:
        """Of the latest search."""
        return self._number

    def begin(self, filter: AnswerFilter) -> int:
        """Look for all answers that fit; what is found comes to `on_found`, maybe before this returns."""
        self._number += 1
        if str(self._store.path) == ":memory:":
            self._search(self._store, self._number, filter)
            return self._number
        self._interrupt()
        self._wanted.put((self._number, filter))
        if self._thread is None:
            sys.setswitchinterval(_SWITCH_SECONDS)
            self._thread = threading.Thread(target=self._work, name="answer search", daemon=True)
            self._thread.start()
        return self._number

    def go_on(self) -> None:
        """What was found is painted: the search may take the processor again."""
        self._go_on.set()

    def cancel(self) -> None:
        """End the search that runs; nothing more comes of it."""
        self._number += 1
        self._interrupt()

    def close(self) -> None:
        self.cancel()
        self._wanted.put(None)
        if self._thread is not None:
            self._thread.join(_END_SECONDS)

    def _interrupt(self) -> None:
        self._go_on.set()
        with self._lock:
            if self._searching is not None:
                self._searching.connection.interrupt()

    # -- in the thread -------------------------------------------------------------------------------

    def _work(self) -> None:
        try:
            with Store.open(self._store.path) as store:
                self._take_store(store)
                try:
                    while (task := self._wanted.get()) is not None:
                        self._search_until_replaced(store, *task)
                finally:
                    self._take_store(None)
        except HarkenError as error:
            self._refuse(self._number, str(error))

    def _take_store(self, store: Store | None) -> None:
        with self._lock:
            self._searching = store

    def _search_until_replaced(self, store: Store, number: int, filter: AnswerFilter) -> None:
        while number == self._number:
            try:
                self._search(store, number, filter)
                return
            except driver.OperationalError as error:
                # An interruption that was meant for the search before can hit this one: once more.
                if "interrupted" not in str(error):
                    self._refuse(number, str(driver.explain(error, store.path)))
                    return

    def _search(self, store: Store, number: int, filter: AnswerFilter) -> None:
        found, said_at, n_wanted = array("q"), time.monotonic(), N_FIRST
        try:
            for chunk in find_ids(store, filter, self._reader):
                if number != self._number:
                    return
                found.extend(chunk)
                if len(found) >= n_wanted or time.monotonic() - said_at > REPORT_SECONDS:
                    self._go_on.clear()
                    self._on_found(Found(number=number, ids=found[:], is_complete=False))
                    self._go_on.wait(PAINT_SECONDS)
                    # The first matches are shown at once; after them it is a matter of seconds.
                    said_at, n_wanted = time.monotonic(), sys.maxsize
        except HarkenError as error:
            self._refuse(number, str(error))
        else:
            self._on_found(Found(number=number, ids=found, is_complete=True))

    def _refuse(self, number: int, why: str) -> None:
        self._on_found(Found(number=number, ids=array("q"), is_complete=True, refusal=why))
