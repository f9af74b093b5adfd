"""The answers that a coder reads, in their order, and which of them are read and starred."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from harken.model import ResponseKey
from harken.services.coding.going_to import places_of
from harken.storage import notes, survey
from harken.storage.store import Store

MOST_FOUND = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingProgress:
    """How many answers there are to read, and how many of them are read."""

    n_answers: int
    n_read: int
    n_starred: int

    @property
    def n_left(self) -> int:
        return self.n_answers - self.n_read


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPlace:
    """An answer that a search came up with."""

    position: int
    key: ResponseKey
    is_read: bool
    is_starred: bool


class ReadingOrder:
    """Places 0 to n-1: question by question, or person by person, in file order."""

    def __init__(self, store: Store, *, coder: str, questions: Sequence[str], by_participant: bool) -> None:
        self._store = store
        self._coder = coder
        self._questions = questions
        self._by_participant = by_participant
        self.reload()

    def reload(self) -> None:
        """Read anew which answers there are, and what is read and starred."""
        self._ids: array[int] = notes.reading_order(
            self._store, questions=self._questions, by_participant=self._by_participant
        )
        self._read = notes.read_ids(self._store, coder=self._coder)
        self._starred = notes.starred_ids(self._store, coder=self._coder)
        self._n_read = sum(id in self._read for id in self._ids)
        self._n_starred = sum(id in self._starred for id in self._ids)
        self._keys: Mapping[int, ResponseKey] | None = None

    # -- looking -------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._ids)

    def id_at(self, place: int) -> int:
        return self._ids[place]

    def is_read(self, id: int) -> bool:
        return id in self._read

    def is_starred(self, id: int) -> bool:
        return id in self._starred

    @property
    def progress(self) -> ReadingProgress:
        return ReadingProgress(n_answers=len(self._ids), n_read=self._n_read, n_starred=self._n_starred)

    def place_to_go_on(self) -> int:
        """The first unread answer after the one that was read last; the first one where all are read."""
        here = frozenset(self._ids)
        last = next(
            (id for id in notes.read_latest_first(self._store, coder=self._coder) if id in here), None
        )
        return next(self.unread_after(-1 if last is None else self._ids.index(last)), 0)

    def unread_after(self, place: int) -> Iterator[int]:
        """Places that are not read, from the one behind `place` round the end and up to `place` itself."""
        n_answers = len(self._ids)
        for offset in range(1, n_answers + 1):
            other = (place + offset) % n_answers
            if self._ids[other] not in self._read:
                yield other

    def find(self, text: str, *, after: int) -> tuple[ReadingPlace, ...]:
        """Answers by participant or by number; for no text the starred ones and the next unread one."""
        wanted = text.strip().casefold()
        places = self._places_of(wanted) if wanted else self._worth_going_to(after)
        keys = self._all_keys()
        return tuple(
            ReadingPlace(
                position=place,
                key=keys[self._ids[place]],
                is_read=self._ids[place] in self._read,
                is_starred=self._ids[place] in self._starred,
            )
            for place in places[:MOST_FOUND]
        )

    def _worth_going_to(self, after: int) -> list[int]:
        starred = [place for place, id in enumerate(self._ids) if id in self._starred]
        following = next(self.unread_after(after), None)
        return starred if following is None or following in starred else [*starred, following]

    def _places_of(self, wanted: str) -> list[int]:
        keys = self._all_keys()
        return places_of((keys[id].participant for id in self._ids), wanted)

    def _all_keys(self) -> Mapping[int, ResponseKey]:
        if self._keys is None:
            self._keys = survey.response_keys(self._store)
        return self._keys

    # -- noting what was written ---------------------------------------------------------------------

    def note_read(self, id: int) -> None:
        if id not in self._read:
            self._read.add(id)
            self._n_read += 1

    def note_star(self, id: int, *, is_starred: bool) -> None:
        if is_starred and id not in self._starred:
            self._starred.add(id)
            self._n_starred += 1
        elif not is_starred and id in self._starred:
            self._starred.discard(id)
            self._n_starred -= 1
