"""One rule: what stays hidden from a coder while they have to judge answers for themselves.

Who codes in a round: those whom it names, who have answers assigned in it or who have begun (a decision or a
draft is there); where it names nobody, everybody but the lead.

**Others' work.** Of an answer that a coder has yet to decide in a blind round in which they code, they see
nobody else's codes, memos on the answer or its person, quotes, questions and disagreements, and not the
adjudicated layer, whatever round these are of. Where answers stand together (lists, pages, memos, analytic
themes, notes beside an answer), this holds for all answers until the last one of the round is decided, since
what is said of one answer tells of others like it. What comes answer by answer (questions, agenda,
disagreements) is left out one by one, and counted.

**Groups.** A round that hides the groups hides them from a coder in every screen and output of single
answers, in every round, while they have an answer left in it.

Where one codes in such a round (coding screen and rooms opened from it, workbook, reading before the round)
both hold even when all is decided, for decisions can be reopened there; and for a lead who opens it to begin.

**Drafts.** What stands on an answer before the key that decides it is its coder's alone, at all times. The
lead sees the codes of drafts in rounds that are not blind; colleagues see the words of a question alone.

Figures over many answers (agreement, themes, flow, status) and the codings file are the lead's, and whole.
"""

from __future__ import annotations

from dataclasses import dataclass

from harken.model import Round
from harken.storage import coding, study
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a coder may see beside their own work."""

    is_blind: bool = False
    """Others' work is hidden where answers stand together."""
    hides_group: bool = False
    drafts_in: tuple[str, ...] = ()
    """Rounds in which they see others' drafts."""


def sight_of(store: Store, coder: str, *, coding_in: Round | None = None) -> Sight:
    """What a coder may see; `coding_in` is the round in which they code where they look."""
    binding = [
        one
        for one in study.rounds(store)
        if (one.is_blind or one.hides_group) and one != coding_in and is_at_work(store, coder, one)
    ]
    if coding_in is not None:
        binding.append(coding_in)
    return Sight(
        is_blind=any(one.is_blind for one in binding),
        hides_group=any(one.hides_group for one in binding),
        drafts_in=_open_rounds(store, coder),
    )


def may_see_draft(store: Store, viewer: str, *, coder: str, round: str) -> bool:
    """Whether somebody may see the codes of a coder's draft in a round."""
    return viewer == coder or round in _open_rounds(store, viewer)


def _open_rounds(store: Store, viewer: str) -> tuple[str, ...]:
    if study.settings(store).get("lead") != viewer:
        return ()
    return tuple(one.name for one in study.rounds(store) if not one.is_blind)


def codes_in(store: Store, coder: str, round: Round) -> bool:
    """Whether a coder codes in a round."""
    is_asked = coder in round.coders or (not round.coders and study.settings(store).get("lead", "") != coder)
    return is_asked or coding.has_work(store, coder=coder, round=round.name)


def is_at_work(store: Store, coder: str, round: Round) -> bool:
    """Whether a coder has answers left to decide in a round in which they code."""
    return codes_in(store, coder, round) and coding.has_undecided(store, coder=coder, round=round.name)


def undecided_blind(store: Store, coder: str) -> frozenset[int]:
    """Ids of the answers that a coder has yet to decide in the blind rounds in which they code."""
    return frozenset(
        id
        for round in study.rounds(store)
        if round.is_blind and codes_in(store, coder, round)
        for id in _undecided(store, coder, round)
    )


def undecided_blind_in_team(store: Store, viewer: str) -> frozenset[int]:
    """Ids of the answers that are no matter for a team of which `viewer` is one.

    They are the viewer's own, and those of everybody who is named in a blind round or has work in it. A round
    that names nobody does not wait for those who never begin.
    """
    return undecided_blind(store, viewer) | frozenset(
        id
        for round in study.rounds(store)
        if round.is_blind
        for coder in study.coders(store)
        if coder in round.coders or coding.has_work(store, coder=coder, round=round.name)
        for id in _undecided(store, coder, round)
    )


def _undecided(store: Store, coder: str, round: Round) -> set[int]:
    decided = coding.decided_ids(store, coder=coder, round=round.name)
    return set(coding.queue(store, coder=coder, round=round.name)) - decided
