"""Who is looking at answers, and what stays hidden from them."""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import MAIN_ROUND, Round, RoundKind
from harken.services.memos.visibility import is_at_work
from harken.storage import study
from harken.storage.answers.conditions import Work
from harken.storage.answers.naming import has_work
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """Who looks, from which round, and what stays hidden from them."""

    coder: str
    round: str = MAIN_ROUND
    is_blind: bool = False
    """They see their own work alone."""
    hides_group: bool = False
    sees_one_round: bool = False
    """Not even their own work in other rounds, which they repeat here."""

    @property
    def work(self) -> Work:
        """All the work that they may see."""
        return Work(
            coders=(self.coder,) if self.is_blind else (),
            rounds=(self.round,) if self.sees_one_round else (),
        )


def reader_for(store: Store, coder: str, *, round: str = MAIN_ROUND) -> Reader:
    """The reader that a coder is in a round; raises for an unknown round.

    Blind in a blind round, and elsewhere while a blind round in which they code is not done: what others
    made of the same answers would tell.
    """
    here = study.round_named(store, round)
    unfinished = [
        one
        for one in study.rounds(store)
        if (one.is_blind or one.hides_group) and one != here and is_at_work(store, coder, one)
    ]
    return Reader(
        coder=coder,
        round=round,
        is_blind=(here.is_blind and codes_in(store, coder, here)) or any(one.is_blind for one in unfinished),
        hides_group=here.hides_group or any(one.hides_group for one in unfinished),
        sees_one_round=here.kind is RoundKind.REPEAT,
    )


def codes_in(store: Store, coder: str, round: Round) -> bool:
    """Whether a coder works in a round; where no coders are named, the lead only once they have begun."""
    if coder in round.coders or (not round.coders and study.settings(store).get("lead") != coder):
        return True
    return has_work(store, coder=coder, round=round.name)
