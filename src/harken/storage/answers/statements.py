"""SQL with its values, and whose work it is about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

RANGE = "BETWEEN ? AND ?"
"""Of response ids: the end of every statement."""


class Statement(NamedTuple):
    """A query for response ids that ends in a range of them: its last two values are low and high."""

    sql: str
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Whose work counts in which rounds; empty: everybody's, in every round."""

    coders: tuple[str, ...] = ()
    rounds: tuple[str, ...] = ()
    drafts_of: str = ""
    """The coder whose drafts alone count; empty: drafts are as everything else."""
    drafts_in: tuple[str, ...] = ()
    """Rounds in which the drafts of others count nevertheless."""

    def condition(self, alias: str, *, has_round: bool = True) -> Statement:
        """On a row that has a coder and, mostly, a round.

        The plus keeps SQLite from walking through all of a coder's work for a small range of responses.
        """
        parts, values = ["true"], list[object]()
        if self.coders:
            parts.append(f"+{alias}.coder IN ({placeholders(self.coders)})")
            values += self.coders
        if self.rounds and has_round:
            parts.append(f"+{alias}.round IN ({placeholders(self.rounds)})")
            values += self.rounds
        return Statement(" AND ".join(parts), tuple(values))

    def draft_condition(self, alias: str, *, with_others: bool = True) -> Statement:
        """On a row of `drafts`; without others those of `drafts_of` alone count."""
        where = self.condition(alias)
        if not self.drafts_of:
            return where
        whose, values = f"+{alias}.coder = ?", (*where.values, self.drafts_of)
        if with_others and self.drafts_in:
            whose = f"({whose} OR +{alias}.round IN ({placeholders(self.drafts_in)}))"
            values += self.drafts_in
        return Statement(f"{where.sql} AND {whose}", values)


def placeholders(values: Iterable[object]) -> str:
    """A question mark for each value."""
    return ", ".join("?" for _ in values)
