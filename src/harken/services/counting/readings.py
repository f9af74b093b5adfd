"""What one answer counts as when several coders, or one coder several times, decided it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from harken.errors import HarkenError, unknown_name
from harken.model import CONSENSUS, DecisionState, Round, RoundKind
from harken.storage.tables import DecisionRow, Order

SMALLEST_MAJORITY = 3
"""Coders from which a majority is offered: of two coders it is merely what both said."""


class Rule(StrEnum):
    """How an answer's codes are settled where several coders decided it."""

    DEFAULT = "default"
    MAJORITY = "majority"
    ANY = "any"
    ALL = "all"
    CODER = "coder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """By which rule an answer's codes are settled; `coder` names the one coder of that rule."""

    rule: Rule = Rule.DEFAULT
    coder: str = ""

    def __str__(self) -> str:
        return f"coder:{self.coder}" if self.rule is Rule.CODER else self.rule.value


def parse_basis(words: str, *, known_coders: Sequence[str], n_deciding_coders: int) -> Basis:
    """The basis that `words` name; raises for an unknown one and for a majority of too few coders."""
    rule, separator, coder = words.partition(":")
    if rule == Rule.CODER and separator:
        if coder not in known_coders:
            raise unknown_name("coder", coder, known_coders)
        return Basis(rule=Rule.CODER, coder=coder)
    if separator or rule not in set(Rule) - {Rule.CODER}:
        raise HarkenError(
            f"No basis {words!r}. Choose default, majority, any, all, or coder:NAME as in coder:ada."
        )
    if rule == Rule.MAJORITY and n_deciding_coders < SMALLEST_MAJORITY:
        raise HarkenError(
            f"A majority needs at least {SMALLEST_MAJORITY} coders and {n_deciding_coders} decided something "
            "in this project. Use the basis default, any or all."
        )
    return Basis(rule=Rule(rule))


class Reading(NamedTuple):
    """What an answer counts as. Sets of codes are bit masks."""

    is_decided: bool
    is_codable: bool
    codes: int
    all_codes: int
    """What every coder who decided the answer said."""
    any_codes: int
    """What at least one of them said."""
    n_coders: int = 0
    is_open: bool = False
    """Whether coders differ and nobody has settled it."""
    tied: int = 0
    """Codes that exactly half of the coders said (basis majority only)."""
    has_ballot: bool = False
    """Whether anybody decided it, in a round that counts for this basis or not."""
    has_codable_ballot: bool = False
    """Whether any of them found it codable."""


UNDECIDED = Reading(False, False, 0, 0, 0)


class Vote(NamedTuple):
    """One decision with its codes as a mask."""

    row: DecisionRow
    codes: int

    @property
    def is_codable(self) -> bool:
        return self.row.state == DecisionState.CODED


COUNTING = (RoundKind.MAIN, RoundKind.RECODE)
"""Kinds of rounds whose decisions an answer counts by."""


class Reader:
    """Settles answers by one basis."""

    def __init__(
        self,
        basis: Basis,
        rounds: Sequence[Round],
        first_orders: Mapping[tuple[int, str, str], Order],
    ) -> None:
        self.basis = basis
        self._rounds = {round.name: (position, round) for position, round in enumerate(rounds)}
        self._first_orders = first_orders

    def read(self, votes: Sequence[Vote]) -> Reading:
        """The reading of one answer from all that was decided on it.

        A repeat round says how steady a coder is and counts nowhere. A recode round stands in for the
        rounds before it. Of one coder's decisions the latest of a main or recode round counts, else the
        latest of a reliability round.
        """
        if len(votes) == 1 and self._is_plain(votes[0]):
            codes, is_codable = votes[0].codes, votes[0].is_codable
            return Reading(
                is_decided=True,
                is_codable=is_codable,
                codes=codes,
                all_codes=codes,
                any_codes=codes,
                n_coders=1,
                has_ballot=True,
                has_codable_ballot=is_codable,
            )
        settled = max((vote for vote in votes if vote.row.coder == CONSENSUS), key=self._latest, default=None)
        raw = self._standing([vote for vote in votes if vote.row.coder != CONSENSUS])
        by_coder: dict[str, Vote] = {}
        for vote in raw:
            held = by_coder.get(vote.row.coder)
            if held is None or self._weight(vote) > self._weight(held):
                by_coder[vote.row.coder] = vote
        ballots = list(by_coder.values()) or ([settled] if settled else [])
        if not ballots:
            return UNDECIDED
        all_codes, any_codes = ballots[0].codes, 0
        for ballot in ballots:
            all_codes &= ballot.codes
            any_codes |= ballot.codes
        is_codable = any(ballot.is_codable for ballot in ballots)
        reading = Reading(
            is_decided=True,
            is_codable=is_codable,
            codes=0,
            all_codes=all_codes,
            any_codes=any_codes,
            n_coders=len(by_coder),
            is_open=settled is None and len({(ballot.row.state, ballot.codes) for ballot in ballots}) > 1,
            has_ballot=True,
            has_codable_ballot=is_codable,
        )
        return self._settle(reading, ballots, settled, raw)

    def _is_plain(self, vote: Vote) -> bool:
        """Whether a decision that stands alone is what its answer counts as: by far the usual case."""
        coder = vote.row.coder
        return coder != CONSENSUS and self._kind(vote) in COUNTING and self.basis.coder in ("", coder)

    def _settle(
        self, reading: Reading, ballots: Sequence[Vote], settled: Vote | None, raw: Sequence[Vote]
    ) -> Reading:
        rule = self.basis.rule
        if rule is Rule.ANY:
            return reading._replace(codes=reading.any_codes)
        if rule is Rule.ALL:
            return reading._replace(codes=reading.all_codes)
        if rule is Rule.MAJORITY:
            codes, tied = _majority(ballots)
            return reading._replace(codes=codes, tied=tied)
        if rule is Rule.CODER:
            own = [vote for vote in (*ballots, settled) if vote and vote.row.coder == self.basis.coder]
            chosen = own[0] if own else None
        else:
            chosen = settled or self._primary(raw)
        if chosen is None:
            return reading._replace(is_decided=False, is_codable=False)
        return reading._replace(codes=chosen.codes, is_codable=chosen.is_codable)

    def _primary(self, raw: Sequence[Vote]) -> Vote | None:
        """The latest decision of the answer's primary coder; None where no main or recode round has one."""
        counting = [vote for vote in raw if self._kind(vote) in COUNTING]
        if len(counting) < 2:
            return counting[0] if counting else None
        first = min(map(self._position, counting))
        candidates = [vote for vote in counting if self._position(vote) == first]
        deciding = {vote.row.coder for vote in candidates}
        round = self._round(candidates[0])
        named = [coder for coder in (round.primary_coder, *round.coders) if coder in deciding]
        coder = named[0] if named else min(candidates, key=self._first).row.coder
        return max((vote for vote in counting if vote.row.coder == coder), key=self._latest)

    def _standing(self, votes: Sequence[Vote]) -> list[Vote]:
        kept = [vote for vote in votes if self._kind(vote) is not RoundKind.REPEAT]
        if len(kept) < 2:
            return kept
        recoded = [self._position(vote) for vote in kept if self._kind(vote) is RoundKind.RECODE]
        return [vote for vote in kept if self._position(vote) >= max(recoded)] if recoded else kept

    def _round(self, vote: Vote) -> Round:
        return self._rounds[vote.row.round][1]

    def _kind(self, vote: Vote) -> RoundKind:
        return self._round(vote).kind

    def _position(self, vote: Vote) -> int:
        return self._rounds[vote.row.round][0]

    def _latest(self, vote: Vote) -> Order:
        return vote.row.order

    def _weight(self, vote: Vote) -> tuple[bool, Order]:
        return self._kind(vote) is not RoundKind.RELIABILITY, vote.row.order

    def _first(self, vote: Vote) -> Order:
        row = vote.row
        return self._first_orders.get((row.response_id, row.round, row.coder), row.order)


def _majority(ballots: Sequence[Vote]) -> tuple[int, int]:
    """Codes that more than half of the coders said, and those that exactly half of them said."""
    if len(ballots) == 1:
        return ballots[0].codes, 0
    codes = tied = 0
    seen = 0
    for ballot in ballots:
        seen |= ballot.codes
    while seen:
        bit = seen & -seen
        seen ^= bit
        n_votes = sum(1 for ballot in ballots if ballot.codes & bit)
        if 2 * n_votes > len(ballots):
            codes |= bit
        elif 2 * n_votes == len(ballots):
            tied |= bit
    return codes, tied
