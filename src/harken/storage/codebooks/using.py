"""Who applied a code to which answers, as far as one coder may see."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from harken.model import ResponseKey
from harken.storage import contents
from harken.storage.answers.statements import Work
from harken.storage.schema import CODABLE
from harken.storage.store import Store


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
    """An answer with a code, and who gave it."""

    response_id: int
    key: ResponseKey
    text: str
    coders: tuple[str, ...]


def code_uses(store: Store, work: Work) -> dict[str, CodeUse]:
    """By id of every code that was applied; looks through all codings."""
    seen = work.condition("g")
    return {
        id: CodeUse(n_people, n_codings)
        for id, n_people, n_codings in store.connection.execute(
            "SELECT g.code_id, count(DISTINCT r.participant_id), count(*) FROM codings g "
            f"JOIN responses r ON r.id = g.response_id WHERE {seen.sql} AND {CODABLE} GROUP BY g.code_id",
            seen.values,
        )
    }


def merge_use(store: Store, code_id: str, into_id: str, work: Work) -> MergeUse:
    seen = work.condition("g")
    row = store.connection.execute(
        "SELECT count(DISTINCT g.response_id), count(DISTINCT b.response_id) FROM codings g "
        "JOIN responses r ON r.id = g.response_id "
        "LEFT JOIN codings b ON b.response_id = g.response_id AND b.round = g.round AND b.coder = g.coder "
        f"AND b.code_id = ? WHERE g.code_id = ? AND {seen.sql} AND {CODABLE}",
        (into_id, code_id, *seen.values),
    ).fetchone()
    return MergeUse(*row)


def coded_answers(store: Store, code_id: str, work: Work, *, after: int, limit: int) -> Sequence[CodedAnswer]:
    """The next answers with a code behind the response `after`, in the order of the file."""
    seen = work.condition("g")
    rows = store.connection.execute(
        "SELECT g.response_id, p.name, q.name, r.occasion, r.text_hash, json_group_array(DISTINCT g.coder) "
        "FROM codings g JOIN responses r ON r.id = g.response_id "
        "JOIN participants p ON p.id = r.participant_id JOIN questions q ON q.id = r.question_id "
        f"WHERE g.code_id = ? AND g.response_id > ? AND {seen.sql} AND {CODABLE} "
        "GROUP BY g.response_id ORDER BY g.response_id LIMIT ?",
        (code_id, after, *seen.values, limit),
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
