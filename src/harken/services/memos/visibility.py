"""Whose memos a coder may read: in a blind round nobody learns what others make of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import Round
from harken.services.blindness import sight_of
from harken.storage.notes import Memo, MemoAbout
from harken.storage.store import Store

_ON_PEOPLE = frozenset({MemoAbout.PARTICIPANT, MemoAbout.ANSWER, MemoAbout.DECISION})
"""What a memo says of these can tell how its author would code an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoReader:
    """Who reads memos, and whether others' memos on people and their answers are among them."""

    coder: str
    is_blind: bool = False

    def may_read(self, memo: Memo) -> bool:
        """Whether the memo is open to this reader; a draft is its coder's alone."""
        if memo.author == self.coder:
            return True
        return not memo.is_draft and not (self.is_blind and memo.subject.about in _ON_PEOPLE)


def memo_reader(store: Store, coder: str, *, round: Round | None = None) -> MemoReader:
    """The reader that a coder is; `round` is the one in which they are at work (see `services.blindness`).

    Memos on the project, on questions and on codes are the team's, and open to everybody always.
    """
    sight = sight_of(store, coder, coding_in=round)
    return MemoReader(coder=coder, is_blind=sight.is_blind)
