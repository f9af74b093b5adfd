"""Lists of answers: which there are, which a filter finds, and what a page of them shows."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import replace

from harken.services.browsing.filters import AnswerFilter, AnswerSort
from harken.services.browsing.readers import Reader
from harken.services.browsing.resolving import conditions_of
from harken.services.browsing.searching import parse_search
from harken.storage import survey
from harken.storage.answers import finding
from harken.storage.store import Store


def all_ids(store: Store) -> range | array[int]:
    """Ids of all answers in file order; a range where it has no gap."""
    return finding.all_ids(store)


def n_answers(store: Store) -> int:
    """How many answers `all_ids` has."""
    return finding.n_answers(store)


def first_ids(store: Store, filter: AnswerFilter, reader: Reader, *, n: int = 200) -> array[int]:
    """The first `n` answers that a filter finds; at once in the order of the file and of questions.

    Any other order has to look at every match first.
    """
    found: array[int] = array("q")
    for part in find_ids(store, filter, reader):
        found += part[: n - len(found)]
        if len(found) >= n:
            break
    return found


def find_ids(store: Store, filter: AnswerFilter, reader: Reader) -> Iterator[array[int]]:
    """All answers that a filter finds, in its order, chunk by chunk; a chunk may be empty.

    Made to be run in a thread with a store of its own. Raises for names that the project does not have.
    """
    return finding.find(store, conditions_of(store, filter, reader), order=filter.sort)


def count_answers(store: Store, filter: AnswerFilter, reader: Reader) -> int:
    """How many answers a filter finds."""
    return sum(len(part) for part in finding.find(store, conditions_of(store, filter, reader)))


def fits(store: Store, response_id: int, filter: AnswerFilter, reader: Reader) -> bool:
    """Whether a filter finds this answer as it stands now."""
    participant = survey.response(store, response_id).key.participant
    if filter.participants and participant not in filter.participants:
        return False
    own = replace(filter, participants=(participant,), sort=AnswerSort.FILE)
    return any(response_id in part for part in find_ids(store, own, reader))


def highlights(text: str, filter: AnswerFilter) -> tuple[tuple[int, int], ...]:
    """Where in a text the words stand that the filter searches for: code points, half-open, in order."""
    return parse_search(filter.text).places(text) if filter.text.strip() else ()


def chunks(ids: Iterable[int], *, size: int) -> Iterator[list[int]]:
    """The ids in lists of at most `size`."""
    chunk: list[int] = []
    for id in ids:
        chunk.append(id)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
