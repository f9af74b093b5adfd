"""Who applied a code, as far as one coder may see: in blind rounds their own work alone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harken.model import ResponseKey, Round
from harken.storage import contents
from harken.storage.schema import CODABLE
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What a coder may see while working in a round."""

    coder: str
    round: Round

    @property
    def condition(self) -> str:
        """On a coding `g`."""
        if self.round.is_blind:
            return "g.coder = :coder AND g.round = :round"
        return "(g.coder = :coder OR g.round NOT IN (SELECT name FROM rounds WHERE is_blind))"

    def values(self, **more: object) -> dict[str, object]:
        own = (
            {"coder": self.coder, "round": self.round.name} if self.round.is_blind else {"coder": self.coder}
        )
        return {**own, **more}


class CodeUse(NamedTuple):
    """How often a code was applied to answers that count."""

    n_people: int
    n_codings: int


class MergeUse(NamedTuple):
    """What a merge does to answers."""

    n_answers: int
    """Answers that have the code that goes."""
    n_both: int
    """Of these, how many have the other code from the same coder too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedAnswer:
    """An answer with a code, and who gave it, each with the round."""

    response_id: int
    key: ResponseKey
    text: str
    coders: tuple[str, ...]


def code_use(store: Store, code_id: str, sight: Sight) -> CodeUse:
    row = store.connection.execute(
        "SELECT count(DISTINCT r.participant_id), count(*) FROM codings g "
        f"JOIN responses r ON r.id = g.response_id WHERE g.code_id = :code AND {sight.condition} "
        f"AND {CODABLE}",
        sight.values(code=code_id),
    ).fetchone()
    return CodeUse(*row)


def merge_use(store: Store, code_id: str, into_id: str, sight: Sight) -> MergeUse:
    row = store.connection.execute(
        "SELECT count(DISTINCT g.response_id), count(DISTINCT b.response_id) FROM codings g "
        "JOIN responses r ON r.id = g.response_id "
        "LEFT JOIN codings b ON b.response_id = g.response_id AND b.round = g.round AND b.coder = g.coder "
        f"AND b.code_id = :into WHERE g.code_id = :code AND {sight.condition} AND {CODABLE}",
        sight.values(code=code_id, into=into_id),
    ).fetchone()
    return MergeUse(*row)


def coded_answers(
    store: Store, code_id: str, sight: Sight, *, after: int, limit: int
) -> Sequence[CodedAnswer]:
    """The next answers with a code behind the response `after`, in the order of the file."""
    rows = store.connection.execute(
        "SELECT g.response_id, p.name, q.name, r.occasion, r.text_hash, "
        "json_group_array(DISTINCT g.coder || ' · ' || g.round) FROM codings g "
        "JOIN responses r ON r.id = g.response_id JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id "
        f"WHERE g.code_id = :code AND g.response_id > :after AND {sight.condition} AND {CODABLE} "
        "GROUP BY g.response_id ORDER BY g.response_id LIMIT :limit",
        sight.values(code=code_id, after=after, limit=limit),
    ).fetchall()
    return [
        CodedAnswer(
            response_id=id,
            key=ResponseKey(participant, question, occasion),
            text=contents.get(store.connection, text_hash),
            coders=tuple(sorted(json.loads(coders))),
        )
        for id, participant, question, occasion, text_hash, coders in rows
    ]
