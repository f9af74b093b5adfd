"""The answers that a coder is to decide in a round, and which of them wait."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from harken.model import ResponseKey
from harken.services.coding.work import Progress, WorkState
from harken.storage import coding, study, survey
from harken.storage.coding import WorkOrder
from harken.storage.store import Store

if TYPE_CHECKING:
    from harken.services.coding.going_to import FoundAnswer

MOST_FOUND = 200


class CoderQueue:
    """Places 0 to n-1, by question or by person. An answer waits while it is undecided or holds a draft."""

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: str,
        questions: Sequence[str],
        order: WorkOrder,
        only: int | None = None,
    ) -> None:
        self._store = store
        self._coder = coder
        self._round = round
        self._questions = questions
        self._order = order
        self._only = only
        self.reload()

    def reload(self) -> None:
        """Read anew who is to be coded, and what is decided."""
        self._ids: array[int] = coding.queue(
            self._store,
            coder=self._coder,
            round=self._round,
            questions=self._questions,
            order=self._order,
            only=self._only,
        )
        self._known = frozenset(self._ids)
        self._keys: Mapping[int, ResponseKey] | None = None
        self.reload_work()

    def reload_work(self) -> None:
        """Read anew what is decided and drafted."""
        self._decided = dict.fromkeys(
            coding.decided_in_order(self._store, coder=self._coder, round=self._round)
        )
        self._drafts = coding.draft_ids(self._store, coder=self._coder, round=self._round)
        self._n_done = sum(id in self._decided for id in self._ids)

    # -- looking -------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id: object) -> bool:
        return id in self._known

    def id_at(self, place: int) -> int:
        return self._ids[place]

    def place_of(self, id: int) -> int:
        return self._ids.index(id)

    def state_at(self, place: int) -> WorkState:
        id = self._ids[place]
        if id in self._drafts:
            return WorkState.DRAFT
        return WorkState.DECIDED if id in self._decided else WorkState.UNDECIDED

    def waiting_after(self, place: int) -> Iterator[int]:
        """Places that wait, from the one behind `place` round the end and up to `place` itself."""
        n_answers = len(self._ids)
        for offset in range(1, n_answers + 1):
            other = (place + offset) % n_answers
            if self.state_at(other) is not WorkState.DECIDED:
                yield other

    def decided_latest_first(self) -> Iterator[int]:
        """Ids of decided answers, in this queue or not."""
        return reversed(self._decided)

    @property
    def progress(self) -> Progress:
        return Progress(
            n_answers=len(self._ids),
            n_done=self._n_done,
            n_drafts=len(self._drafts & self._known),
            n_saved=len(self._decided),
        )

    def find(self, text: str, *, after: int) -> tuple[FoundAnswer, ...]:
        """Answers by participant or by number; for no text those with drafts and the next that waits."""
        from harken.services.coding.going_to import FoundAnswer, places_of

        keys = self._all_keys()
        wanted = text.strip().casefold()
        if wanted:
            places = places_of((keys[id].participant for id in self._ids), wanted)
        else:
            drafts = [place for place, id in enumerate(self._ids) if id in self._drafts]
            following = next(self.waiting_after(after), None)
            places = [*drafts, *([] if following is None or following in drafts else [following])]
        return tuple(
            FoundAnswer(position=place, key=keys[self._ids[place]], state=self.state_at(place))
            for place in places[:MOST_FOUND]
        )

    def _all_keys(self) -> Mapping[int, ResponseKey]:
        if self._keys is None:
            self._keys = survey.response_keys(self._store)
        return self._keys

    # -- noting what was written ---------------------------------------------------------------------

    def note_draft(self, id: int, *, is_there: bool) -> None:
        if is_there:
            self._drafts.add(id)
        else:
            self._drafts.discard(id)

    def note_decision(self, id: int) -> None:
        if id in self._known and id not in self._decided:
            self._n_done += 1
        self._decided.pop(id, None)
        self._decided[id] = None
        self._drafts.discard(id)


def has_answers_left(store: Store, *, coder: str, round: str, questions: Iterable[str] = ()) -> bool:
    """Whether a coder has undecided answers in a round; raises for an unknown one. Writes nothing."""
    study.round_named(store, round)
    questions = [survey.question_named(store, name).name for name in questions]
    decided = coding.decided_ids(store, coder=coder, round=round)
    queue = coding.queue(store, coder=coder, round=round, questions=questions)
    return any(id not in decided for id in queue)
