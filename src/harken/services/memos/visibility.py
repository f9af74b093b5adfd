"""Whose memos a coder may read: in a blind round nobody learns what others make of an answer."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import Round
from harken.storage import coding, study
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
    """The reader that a coder is: blind in a blind `round`, and while a blind round of theirs is not done.

    Memos on the project, on questions and on codes are the team's, and open to everybody always.
    """
    is_blind = (round is not None and round.is_blind) or any(
        one.is_blind and is_at_work(store, coder, one) for one in study.rounds(store)
    )
    return MemoReader(coder=coder, is_blind=is_blind)


def is_at_work(store: Store, coder: str, round: Round) -> bool:
    """Whether a coder has answers left in a round in which they code.

    Where a round names no coders everybody codes in it, save the lead who has not begun to.
    """
    decided = coding.decided_ids(store, coder=coder, round=round.name)
    if round.coders and coder not in round.coders and not decided:
        return False
    has_begun = bool(decided or coding.draft_ids(store, coder=coder, round=round.name))
    is_lead = study.settings(store).get("lead") == coder
    if is_lead and coder not in round.coders and not has_begun:
        return False
    return any(id not in decided for id in coding.queue(store, coder=coder, round=round.name))
