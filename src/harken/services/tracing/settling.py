"""What an answer counts as and, decision by decision, by which rule: the theme table's rules told in words.

This is written apart from the counting of tables, so that a test can hold the two against each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harken.model import CONSENSUS, Round, RoundKind
from harken.services.counting.readings import Basis, Rule
from harken.storage.tables import Order


class Ballot(NamedTuple):
    """One coder's decision that stands in one round."""

    round: str
    coder: str
    is_codable: bool
    codes: frozenset[str]
    """Paths of the codes that may be applied to the question."""
    order: Order
    first_order: Order
    """When the coder first decided the answer in this round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What an answer counts as. `rules` says of each ballot, in order, whether it counts and why."""

    is_decided: bool
    is_codable: bool
    codes: frozenset[str]
    rules: tuple[tuple[bool, str], ...]

    @property
    def counting(self) -> tuple[int, ...]:
        """Places of the ballots that count."""
        return tuple(place for place, (counts, _) in enumerate(self.rules) if counts)


UNDECIDED = Settled(is_decided=False, is_codable=False, codes=frozenset(), rules=())

_REPEAT = "a repeat round tells how steady a coder is and counts nowhere"
_RELIABILITY = "a reliability round changes no count; a main or recode round decides"
_SUPERSEDED = "a later adjudicated decision stands in for it"
_ADJUDICATED = "the adjudicated decision counts"


class Settler:
    """Settles answers by one basis."""

    def __init__(self, basis: Basis, rounds: Sequence[Round]) -> None:
        self.basis = basis
        self._rounds = {round.name: (place, round) for place, round in enumerate(rounds)}

    def settle(self, ballots: Sequence[Ballot]) -> Settled:
        """The outcome of all that was decided on one answer."""
        why: dict[int, tuple[bool, str]] = {}
        places = range(len(ballots))
        consensus = [place for place in places if ballots[place].coder == CONSENSUS]
        settled = max(consensus, key=lambda place: ballots[place].order, default=None)
        why.update((place, (False, _SUPERSEDED)) for place in consensus if place != settled)
        raw = self._standing(ballots, [place for place in places if place not in consensus], why)
        best = self._one_each(ballots, raw, why)
        voting = best or ([settled] if settled is not None else [])
        rule = self.basis.rule
        if rule is Rule.DEFAULT:
            chosen = self._default(ballots, raw, settled, why)
        elif rule is Rule.CODER:
            chosen = self._of_coder(ballots, voting, settled, why)
        else:
            return self._together(ballots, voting, settled, why)
        return Settled(
            is_decided=chosen is not None,
            is_codable=chosen is not None and ballots[chosen].is_codable,
            codes=frozenset() if chosen is None else ballots[chosen].codes,
            rules=tuple(why[place] for place in places),
        )

    def _standing(
        self, ballots: Sequence[Ballot], places: Iterable[int], why: dict[int, tuple[bool, str]]
    ) -> list[int]:
        """Without repeat rounds, and from the latest recode round on."""
        kept = []
        for place in places:
            if self._kind(ballots[place]) is RoundKind.REPEAT:
                why[place] = (False, _REPEAT)
            else:
                kept.append(place)
        recoded = [place for place in kept if self._kind(ballots[place]) is RoundKind.RECODE]
        if not recoded:
            return kept
        latest = max(recoded, key=lambda place: self._position(ballots[place]))
        since = self._position(ballots[latest])
        for place in kept:
            if self._position(ballots[place]) < since:
                why[place] = (False, f"the recode round {ballots[latest].round} stands in for it")
        return [place for place in kept if self._position(ballots[place]) >= since]

    def _one_each(
        self, ballots: Sequence[Ballot], raw: Iterable[int], why: dict[int, tuple[bool, str]]
    ) -> list[int]:
        """Of each coder's decisions the latest of a main or recode round, else of a reliability round."""
        held: dict[str, int] = {}
        for place in raw:
            coder = ballots[place].coder
            if coder not in held or self._weight(ballots[place]) > self._weight(ballots[held[coder]]):
                held[coder] = place
        for place in raw:
            kept = held[ballots[place].coder]
            if place != kept:
                why[place] = (
                    False,
                    f"of this coder's decisions that of round {ballots[kept].round} goes first",
                )
        return list(held.values())

    def _default(
        self,
        ballots: Sequence[Ballot],
        raw: Sequence[int],
        settled: int | None,
        why: dict[int, tuple[bool, str]],
    ) -> int | None:
        if settled is not None:
            why.update((place, (False, _ADJUDICATED)) for place in raw)
            why[settled] = (True, _ADJUDICATED)
            return settled
        primary, reason = self._primary(ballots, raw)
        for place in raw:
            if place == primary:
                why[place] = (True, reason)
            elif self._kind(ballots[place]) is RoundKind.RELIABILITY:
                why[place] = (False, _RELIABILITY)
            elif primary is not None and ballots[place].coder == ballots[primary].coder:
                why[place] = (False, f"this coder's later decision in round {ballots[primary].round} counts")
            elif primary is not None:
                why[place] = (False, f"{ballots[primary].coder} is the answer's primary coder")
        return primary

    def _primary(self, ballots: Sequence[Ballot], raw: Iterable[int]) -> tuple[int | None, str]:
        """The latest decision of the answer's primary coder, and why that coder is it."""
        counting = [place for place in raw if self._kind(ballots[place]) is not RoundKind.RELIABILITY]
        if not counting:
            return None, ""
        coders = {ballots[place].coder for place in counting}
        first = min(self._position(ballots[place]) for place in counting)
        candidates = [place for place in counting if self._position(ballots[place]) == first]
        deciding = {ballots[place].coder for place in candidates}
        round = self._round(ballots[candidates[0]])
        if round.primary_coder in deciding:
            coder, reason = round.primary_coder, f"primary coder, as round {round.name} names them"
        elif named := [name for name in round.coders if name in deciding]:
            coder, reason = named[0], f"primary coder: the first of round {round.name} who decided it"
        else:
            coder = ballots[min(candidates, key=lambda place: ballots[place].first_order)].coder
            reason = "primary coder: the earliest to decide it"
        if len(coders) == 1:
            reason = "the one coder who decided it"
        own = [place for place in counting if ballots[place].coder == coder]
        return max(own, key=lambda place: ballots[place].order), reason

    def _of_coder(
        self,
        ballots: Sequence[Ballot],
        voting: Sequence[int],
        settled: int | None,
        why: dict[int, tuple[bool, str]],
    ) -> int | None:
        name = self.basis.coder
        candidates = [*voting, *([settled] if settled is not None and settled not in voting else [])]
        chosen = next((place for place in candidates if ballots[place].coder == name), None)
        for place in candidates:
            why[place] = (
                (True, f"the basis is {name}'s decisions")
                if place == chosen
                else (False, f"the basis is {name}'s decisions alone")
            )
        return chosen

    def _together(
        self,
        ballots: Sequence[Ballot],
        voting: Sequence[int],
        settled: int | None,
        why: dict[int, tuple[bool, str]],
    ) -> Settled:
        rule = self.basis.rule
        counted = {
            Rule.ANY: "a code counts that any coder applied",
            Rule.ALL: "a code counts that every coder applied",
            Rule.MAJORITY: "a code counts that more than half of the coders applied",
        }[rule]
        if settled is not None and settled not in voting:
            why[settled] = (False, f"the basis {rule} counts coders' own decisions")
        for place in voting:
            why[place] = (
                True,
                f"one of {len(voting)}: {counted}" if len(voting) > 1 else "the one decision on it",
            )
        votes = [ballots[place].codes for place in voting]
        said = {code: sum(code in codes for codes in votes) for codes in votes for code in codes}
        least = {Rule.ANY: 1, Rule.ALL: len(votes), Rule.MAJORITY: len(votes) // 2 + 1}[rule]
        return Settled(
            is_decided=bool(voting),
            is_codable=any(ballots[place].is_codable for place in voting),
            codes=frozenset(code for code, n in said.items() if n >= least),
            rules=tuple(why[place] for place in range(len(ballots))),
        )

    def _round(self, ballot: Ballot) -> Round:
        return self._rounds[ballot.round][1]

    def _kind(self, ballot: Ballot) -> RoundKind:
        return self._round(ballot).kind

    def _position(self, ballot: Ballot) -> int:
        return self._rounds[ballot.round][0]

    def _weight(self, ballot: Ballot) -> tuple[bool, Order]:
        return self._kind(ballot) is not RoundKind.RELIABILITY, ballot.order


def paths_of(code_ids: str, path_of: Mapping[str, str]) -> frozenset[str]:
    """The paths of living codes whose ids are joined by commas."""
    return frozenset(path_of[id] for id in code_ids.split(",") if id in path_of)
