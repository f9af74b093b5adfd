"""Which verbs of a coding session would do something now, for who shows a coder what they can do."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum, auto

from harken.services.coding import moving
from harken.services.coding.work import LastDecision, WorkState
from harken.services.coding.workplace import Workplace
from harken.storage import coding


class Verb(StrEnum):
    WORK = auto()
    """Anything that needs an open answer: codes, memo, unsure, the person behind it."""
    DECIDE = auto()
    DECIDE_WITHOUT_CODES = auto()
    """As no code applies, or as uncodable."""
    REPEAT = auto()
    """The codes of the last decision."""
    STEP_BACK = auto()
    STEP_ON = auto()
    GO_TO = auto()
    REOPEN = auto()
    UNDO = auto()
    REDO = auto()


def possible_verbs(work: Workplace, last: LastDecision | None) -> Iterator[Verb]:
    """The verbs that would not be refused."""
    answer, n_answers = work.current, len(work.queue)
    if answer is not None:
        yield Verb.WORK
        if answer.codings or answer.state is WorkState.DECIDED:
            yield Verb.DECIDE
        if not answer.codings:
            yield Verb.DECIDE_WITHOUT_CODES
        codes = () if last is None else last.codes
        if any(path in work.sheet.entries and path not in answer.codes for path in codes):
            yield Verb.REPEAT
    if n_answers:
        yield Verb.GO_TO
        if answer is None or answer.position > 0:
            yield Verb.STEP_BACK
        if answer is None or answer.position < n_answers - 1:
            yield Verb.STEP_ON
    if moving.reopenable(work) is not None:
        yield Verb.REOPEN
    place = {"coder": work.coder, "round": work.round.name}
    with work.file.explained():
        if coding.undoable(work.store.connection, **place) is not None:
            yield Verb.UNDO
        if coding.redoable(work.store.connection, **place) is not None:
            yield Verb.REDO
