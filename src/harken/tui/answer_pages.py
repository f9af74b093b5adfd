"""The listed answers: a long list of ids, of which only the pages in sight are read."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence

from harken.services.browsing import AnswerRow

PAGE = 64
"""Answers that are read at once: a screenful and a little more."""
MOST_PAGES = 12
"""Pages that are kept: those looked at last."""

Read = Callable[[Sequence[int]], Sequence[AnswerRow]]


class AnswerPages:
    """Answers by their place in the list."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._ids: Sequence[int] = ()
        self._pages: OrderedDict[int, Mapping[int, AnswerRow]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._ids)

    @property
    def ids(self) -> Sequence[int]:
        return self._ids

    def put(self, ids: Sequence[int]) -> None:
        """List other answers."""
        self._ids = ids
        self._pages.clear()

    def grow(self, ids: Sequence[int]) -> None:
        """List more: `ids` begins with what is listed now, so whole pages stay."""
        last = len(self._ids) // PAGE
        self._ids = ids
        self._pages.pop(last, None)

    def reread(self) -> None:
        """Forget what was read: it may have changed."""
        self._pages.clear()

    def id_at(self, place: int) -> int:
        return self._ids[place]

    def place_of(self, id: int) -> int | None:
        """Where an answer stands; None where it is not listed."""
        try:
            return self._ids.index(id)
        except ValueError:
            return None

    def row_at(self, place: int) -> AnswerRow | None:
        """The answer at a place; None where it has gone since it was listed."""
        return self._page(place // PAGE).get(self._ids[place])

    def _page(self, number: int) -> Mapping[int, AnswerRow]:
        page = self._pages.get(number)
        if page is None:
            rows = self._read(self._ids[number * PAGE : (number + 1) * PAGE])
            page = self._pages[number] = {row.id: row for row in rows}
            if len(self._pages) > MOST_PAGES:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page
