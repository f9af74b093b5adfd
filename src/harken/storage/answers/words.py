"""Words as the index of answers knows them: without case and diacritics, cut where it cuts them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from threading import Lock
from typing import NamedTuple

from harken.storage.driver import Connection
from harken.storage.schema import TOKENIZER


class Word(NamedTuple):
    """A word of a text: its folded form, and where it stands (code points, half-open)."""

    folded: str
    start: int
    end: int


class _Character(NamedTuple):
    """What the index makes of a character in a word and at a word's beginning; None where it parts words."""

    within: str | None
    first: str | None


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in their order."""
    start, folded = -1, ""
    for place, character in enumerate(text):
        known = _character(character)
        fold = known.within if start >= 0 else known.first
        if fold is not None:
            if start < 0:
                start = place
            folded += fold
        elif start >= 0:
            yield Word(folded, start, place)
            start, folded = -1, ""
    if start >= 0:
        yield Word(folded, start, len(text))


class _Probe:
    """SQLite's own word cutter, asked about single characters: no table of ours could keep to its version."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._connection = Connection(":memory:", isolation_level=None, check_same_thread=False)
        self._connection.execute(f"CREATE VIRTUAL TABLE probe USING fts5(body, tokenize = '{TOKENIZER}')")
        self._connection.execute("CREATE VIRTUAL TABLE words USING fts5vocab(probe, 'instance')")

    def words(self, text: str) -> list[str]:
        with self._lock:
            self._connection.execute("INSERT INTO probe (rowid, body) VALUES (1, ?)", (text,))
            found = self._connection.execute('SELECT term FROM words ORDER BY "offset"').fetchall()
            self._connection.execute("DELETE FROM probe")
        return [word for (word,) in found]


_probe = lru_cache(maxsize=1)(_Probe)


@lru_cache(maxsize=8192)
def _character(character: str) -> _Character:
    if "\ud800" <= character <= "\udfff":
        return _Character(None, None)
    within, first = _probe().words(f"x{character}y"), _probe().words(f"{character}y")
    if len(within) != 1:
        return _Character(None, None)
    fold = within[0][1:-1]
    return _Character(fold, fold if first == [f"{fold}y"] and fold else None)
