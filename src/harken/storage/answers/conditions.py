"""What is looked for among the answers, with all names resolved, and the SQL that says it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from harken.storage.answers.disputes import Dispute, disputed_answers
from harken.storage.answers.statements import RANGE, Statement, Work, placeholders
from harken.storage.schema import CODABLE

NAMED = ("non_response", "undecided", "draft", "decided", "coded", "no_code", "uncodable")
"""States of which an answer has one or more; naming several asks for any of them."""
FLAGS = ("unsure", "disagreed", "excluded", "starred", "unread", "memo", "quote", "identifying", "alert")
"""What an answer can have besides; naming several asks for all of them."""


@cache
def _spaces() -> str:
    """What Python takes off the ends of a text, for SQLite's `trim`, which by itself knows spaces alone."""
    return f"char({', '.join(str(code) for code in range(0x3001) if chr(code).isspace())})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One of these values of a variable; blank ones are the empty string."""

    variable: str
    values: tuple[str, ...]

    def reading(self, sql: str) -> Statement:
        """The variable's value without spaces around it; `sql` has `?` for the place in the JSON."""
        path = "$." + json.dumps(self.variable, ensure_ascii=False)
        return Statement(f"trim({sql}, {_spaces()})", (path,) * sql.count("?"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """All that an answer must be; a field at its default asks for nothing."""

    expression: str = ""
    """Of the index of words."""
    unwanted_expression: str = ""
    matches: Callable[[str], bool] | None = None
    """Says of a text what the expressions say."""
    code_ids: tuple[str, ...] | None = None
    without_code_ids: tuple[str, ...] = ()
    coding: Work = field(default_factory=Work)
    """Whose codes are meant."""
    question_ids: tuple[int, ...] = ()
    participant_ids: tuple[int, ...] = ()
    occasions: tuple[str, ...] = ()
    personal: tuple[Value, ...] = ()
    """Of the participant."""
    own: tuple[Value, ...] = ()
    """Of the single response, where a variable differs within participants."""
    states: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    state: Work = field(default_factory=Work)
    """Whose states and flags are meant."""
    dispute: Dispute = field(default_factory=Dispute)
    """What the flag `disagreed` means."""
    reader: str = ""
    """Who starred or read."""
    memo_matches: Callable[[str], bool] | None = None
    memo: Work = field(default_factory=Work)
    shortest: int | None = None
    longest: int | None = None
    only_codable: bool = False
    """Answered, by people who count."""


def narrowing(conditions: Conditions) -> Iterator[tuple[Statement, ...]]:
    """Groups of queries over indexes; an answer must be found by one query of every group."""
    if conditions.participant_ids:
        yield (
            Statement(
                "SELECT id FROM responses "
                f"WHERE participant_id IN ({placeholders(conditions.participant_ids)}) AND +id {RANGE}",
                conditions.participant_ids,
            ),
        )
    if conditions.code_ids is not None:
        yield tuple(_coded_with(id, conditions.coding) for id in conditions.code_ids)
    for flag in conditions.flags:
        found = tuple(_flag(flag, conditions))
        if found:
            yield found
    if conditions.states:
        yield tuple(statement for state in conditions.states for statement in _state(state, conditions.state))


def without_codes(conditions: Conditions) -> tuple[Statement, ...]:
    """Queries for what has a code that an answer must not have."""
    return tuple(_coded_with(id, conditions.coding) for id in conditions.without_code_ids)


def _coded_with(code_id: str, work: Work) -> Statement:
    where = work.condition("g")
    return Statement(
        f"SELECT g.response_id FROM codings g WHERE g.code_id = ? AND {where.sql} AND g.response_id {RANGE}",
        (code_id, *where.values),
    )


def _state(state: str, work: Work) -> Iterator[Statement]:
    if state == "non_response":
        yield Statement(f"SELECT response_id FROM non_responses WHERE response_id {RANGE}", ())
    elif state == "undecided":
        yield from _undecided(work)
    elif state == "draft":
        where = work.draft_condition("d")
        yield Statement(
            f"SELECT d.response_id FROM drafts d WHERE {where.sql} AND d.response_id {RANGE}", where.values
        )
    else:
        yield _decided(_DECIDED[state], work)


_CODINGS = (
    "EXISTS (SELECT 1 FROM codings g WHERE g.response_id = d.response_id AND g.round = d.round "
    "AND g.coder = d.coder)"
)
_DECIDED = {
    "decided": "true",
    "coded": f"d.state = 'coded' AND {_CODINGS}",
    "no_code": f"d.state = 'coded' AND NOT {_CODINGS}",
    "uncodable": "d.state = 'uncodable'",
}


def _decided(condition: str, work: Work) -> Statement:
    where = work.condition("d")
    return Statement(
        f"SELECT d.response_id FROM decisions d WHERE {where.sql} AND {condition} AND d.response_id {RANGE}",
        where.values,
    )


def _undecided(work: Work) -> Iterator[Statement]:
    """Answers that count, and that a coder is to decide in a round and has not touched.

    Without coders: that nobody has touched in any of the rounds.
    """
    if not work.coders:
        yield _untouched(work, Statement("true", ()))
    for coder in work.coders:
        for round in work.rounds:
            theirs = replace(work, coders=(coder,), rounds=(round,))
            yield _untouched(theirs, _assigned(coder, round))


def _untouched(work: Work, theirs: Statement) -> Statement:
    conditions = {"decisions": work.condition("d"), "drafts": work.draft_condition("d")}
    untouched = " AND ".join(
        f"NOT EXISTS (SELECT 1 FROM {table} d WHERE d.response_id = r.id AND {where.sql})"
        for table, where in conditions.items()
    )
    values = [value for where in conditions.values() for value in where.values]
    return Statement(
        f"SELECT r.id FROM responses r WHERE {CODABLE} AND {untouched} AND {theirs.sql} AND r.id {RANGE}",
        (*values, *theirs.values),
    )


def _assigned(coder: str, round: str) -> Statement:
    """That a response is a coder's to decide: assigned, or anybody's where the coder has no assignments."""
    own = "SELECT 1 FROM assignments a WHERE a.round = ? AND a.coder = ?"
    return Statement(
        f"(NOT EXISTS ({own}) OR EXISTS ({own} AND a.response_id = r.id))", (round, coder, round, coder)
    )


def _flag(flag: str, conditions: Conditions) -> Iterator[Statement]:
    """Queries over indexes for a flag; none for those that `row_conditions` asks for."""
    work = conditions.state
    if flag == "starred":
        yield Statement(
            f"SELECT response_id FROM stars WHERE coder = ? AND response_id {RANGE}", (conditions.reader,)
        )
    elif flag == "disagreed":
        dispute = conditions.dispute
        for ids in dispute.code_ids or ((),):
            yield disputed_answers(dispute, ids)
    elif flag == "unsure":
        whose = {"decisions": work.condition("d"), "drafts": work.draft_condition("d")}
        for table, where in whose.items():
            yield Statement(
                f"SELECT d.response_id FROM {table} d WHERE {where.sql} AND d.is_unsure "
                f"AND d.response_id {RANGE}",
                where.values,
            )
    elif flag in ("quote", "identifying"):
        where = work.condition("m", has_round=False)
        yield Statement(
            f"SELECT m.response_id FROM marks m WHERE m.kind = ? AND {where.sql} AND m.response_id {RANGE}",
            (flag, *where.values),
        )
    elif flag == "alert":
        where = work.condition("a", has_round=False)
        yield Statement(
            f"SELECT a.response_id FROM alerts a WHERE a.closed_by = '' AND {where.sql} "
            f"AND a.response_id {RANGE}",
            where.values,
        )
    elif flag == "memo":
        for sql, values in memo_sources(work):
            yield Statement(sql.format(columns="m.response_id", contents="") + f" {RANGE}", values)


def memo_sources(work: Work) -> Iterator[Statement]:
    """Where memos on answers stand: with decisions and drafts, and by themselves.

    The memo of a draft is its coder's alone.
    """
    standing = {"decisions": work.condition("m"), "drafts": work.draft_condition("m", with_others=False)}
    for table, where in standing.items():
        yield Statement(
            f"SELECT {{columns}} FROM {table} m {{contents}} WHERE m.memo_hash <> '' AND {where.sql} "
            "AND m.response_id",
            where.values,
        )
    where = work.condition("m", has_round=False)
    yield Statement(
        "SELECT {columns} FROM (SELECT response_id, author AS coder, body_hash AS memo_hash FROM memos "
        f"WHERE about = 'response') m {{contents}} WHERE {where.sql} AND m.response_id",
        where.values,
    )


def row_conditions(conditions: Conditions) -> Statement:
    """What is asked of a row of `responses r` itself; without a range."""
    parts, values = [CODABLE if conditions.only_codable else "true"], list[object]()
    for column, wanted in (("question_id", conditions.question_ids), ("occasion", conditions.occasions)):
        if wanted:
            parts.append(f"r.{column} IN ({placeholders(wanted)})")
            values += wanted
    if "excluded" in conditions.flags:
        parts.append("r.participant_id IN (SELECT participant_id FROM exclusions)")
    if "unread" in conditions.flags:
        parts.append("NOT EXISTS (SELECT 1 FROM readings x WHERE x.response_id = r.id AND x.coder = ?)")
        values.append(conditions.reader)
    if conditions.shortest is not None or conditions.longest is not None:
        low = conditions.shortest if conditions.shortest is not None else 0
        high = conditions.longest if conditions.longest is not None else 2**62
        parts.append(
            f"coalesce((SELECT n_words(c.body) FROM contents c WHERE c.hash = r.text_hash), 0) {RANGE}"
        )
        values += [low, high]
    for value in conditions.own:
        body = "(SELECT c.body FROM contents c WHERE c.hash = r.attributes_hash)"
        person = (
            "(SELECT c.body FROM contents c JOIN participants p ON p.attributes_hash = c.hash "
            "WHERE p.id = r.participant_id)"
        )
        where, given = value_condition(value, f"coalesce({body} ->> ?, {person} ->> ?, '')")
        parts.append(where)
        values += given
    return Statement(" AND ".join(parts), tuple(values))


def value_condition(value: Value, reading: str) -> Statement:
    """That a variable has one of the values; `reading` is the SQL for its value, with `?` for the path."""
    sql, path = value.reading(reading)
    return Statement(f"{sql} IN ({placeholders(value.values)})", (*path, *value.values))
