"""Who is looking at answers, and what stays hidden from them."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import MAIN_ROUND, RoundKind
from harken.services.blindness import sight_of
from harken.storage import study
from harken.storage.answers.statements import Work
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, from which round, and what stays hidden from them."""

    coder: str
    round: str = MAIN_ROUND
    is_blind: bool = False
    """They see their own work alone."""
    hides_group: bool = False
    drafts_in: tuple[str, ...] = ()
    """Rounds in which they see others' drafts."""
    sees_one_round: bool = False
    """Not even their own work in other rounds, which they repeat here."""

    @property
    def work(self) -> Work:
        """All the work that they may see."""
        return Work(
            coders=(self.coder,) if self.is_blind else (),
            rounds=(self.round,) if self.sees_one_round else (),
            drafts_of=self.coder,
            drafts_in=self.drafts_in,
        )


def reader_for(store: Store, coder: str, *, round: str = MAIN_ROUND, is_coding: bool = False) -> Reader:
    """The reader that a coder is in a round, by the rule in `services.blindness`; raises for an unknown one.

    `is_coding` says that they come from coding in the round.
    """
    here = study.round_named(store, round)
    sight = sight_of(store, coder, coding_in=here if is_coding else None)
    return Reader(
        coder=coder,
        round=round,
        is_blind=sight.is_blind,
        hides_group=sight.hides_group,
        drafts_in=sight.drafts_in,
        sees_one_round=here.kind is RoundKind.REPEAT,
    )
