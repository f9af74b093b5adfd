"""Letting the codebook grow out of an answer: its words become a keyword or an example of a code."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from harken.errors import HarkenError
from harken.model import Code, ResponseKey
from harken.services.coding.work import WorkState
from harken.services.coding.workplace import Workplace
from harken.services.marking import removed_places
from harken.storage import survey

if TYPE_CHECKING:
    from harken.suggesters.foresight import AnswerWords

READING_SECONDS = 0.6
"""So long waiting answers are read for what the words would find; the rest is not counted."""
CHUNK = 500
N_SHOWN = 20


class GrowthKind(StrEnum):
    KEYWORD = "keyword"
    EXAMPLE = "example"


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundElsewhere:
    """A waiting answer in which the words were found, and where in it."""

    key: ResponseKey
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """What a keyword or an example would add to a code, before it is kept."""

    kind: GrowthKind
    path: str
    label: str
    words: str
    base: Code
    """The code as it was when this was looked at."""
    n_found: int
    """Waiting answers for which the code would be suggested, the open one left out."""
    n_read: int
    n_waiting: int
    first: tuple[FoundElsewhere, ...]


class Growing:
    """Looks at what words of the open answer would find, and keeps them in the codebook."""

    def __init__(self, work: Workplace, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._work = work
        self._clock = clock

    def foresee(self, kind: GrowthKind, path: str, *, words: str, segment: tuple[int, int]) -> Growth:
        """What `words`, as they are printed of a part of the open answer, would find in waiting answers."""
        entry = self._work.stored.codebook.entries.get(path)
        if entry is None:
            raise HarkenError(f"{path!r} is not in the codebook any more.")
        line = " ".join(words.split())
        self._refuse(kind, entry.code, line, segment)
        # Base forms and comparisons are loaded when somebody wants them first.
        from harken.suggesters.foresight import AnswerWords

        found_in = AnswerWords(self._work.stored.codebook.language)
        ids, n_waiting = self._read_waiting(found_in, path)
        found = found_in.with_keyword(line) if kind is GrowthKind.KEYWORD else found_in.like(line)
        first = []
        for one in found[:N_SHOWN]:
            response = survey.response(self._work.store, ids[one.place])
            first.append(FoundElsewhere(key=response.key, text=response.text, start=one.start, end=one.end))
        return Growth(
            kind=kind,
            path=path,
            label=entry.code.label,
            words=line,
            base=entry.code,
            n_found=len(found),
            n_read=len(ids),
            n_waiting=n_waiting,
            first=tuple(first),
        )

    def keep(self, growth: Growth) -> str:
        """Write it into the codebook, in one event."""
        from harken.services.codebooks.codes import change_code

        if growth.kind is GrowthKind.KEYWORD:
            wording = {"keywords": (*growth.base.keywords, growth.words)}
        else:
            wording = {"examples": (*growth.base.examples, growth.words)}
        with self._work.file.explained():
            change_code(
                self._work.store, growth.path, actor=self._work.coder, wording=wording, base=growth.base
            )
        self._work.take_up_changes()
        return f"{growth.label} has the {growth.kind} “{growth.words}” now."

    def _refuse(self, kind: GrowthKind, code: Code, line: str, segment: tuple[int, int]) -> None:
        if not line:
            raise HarkenError("No words are selected.")
        if kind is GrowthKind.KEYWORD:
            marks = self._work.answer().notes.marks
            if any(one.start < segment[1] and segment[0] < one.end for one in removed_places(marks)):
                raise HarkenError(
                    "These words tell who somebody is, so they cannot become a keyword. Select others."
                )
            if line.casefold() in (known.casefold() for known in code.keywords):
                raise HarkenError(f"{code.label} has the keyword “{line}” already.")
        elif line in (" ".join(known.split()) for known in code.examples):
            raise HarkenError(f"{code.label} has this example already.")

    def _read_waiting(self, found_in: AnswerWords, path: str) -> tuple[list[int], int]:
        """Read the answers that wait behind the open one, as many as time allows; their ids."""
        entry, queue = self._work.stored.codebook.entries[path], self._work.queue
        here = self._work.answer().response.id
        waiting = [
            queue.id_at(place)
            for place in queue.waiting_after(self._work.place)
            if queue.id_at(place) != here and queue.state_at(place) is WorkState.UNDECIDED
        ]
        until = self._clock() + READING_SECONDS
        ids: list[int] = []
        n_skipped = 0
        for begin in range(0, len(waiting), CHUNK):
            for id, question, text in survey.texts(self._work.store, waiting[begin : begin + CHUNK]):
                if entry.applies_to(question):
                    found_in.add(text)
                    ids.append(id)
                else:
                    n_skipped += 1
            if self._clock() >= until:
                break
        n_unread = len(waiting) - len(ids) - n_skipped
        return ids, len(ids) + n_unread
