"""Answers that two coders decided differently, as SQL finds them."""

from __future__ import annotations

from dataclasses import dataclass, field

from harken.model import CONSENSUS
from harken.storage.answers.statements import RANGE, Statement, Work, placeholders
from harken.storage.schema import CODABLE


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """What two coders decided differently in one round."""

    work: Work = field(default_factory=Work)
    """Whose decisions are compared, in which rounds."""
    with_coder: str = ""
    """The coder who is one of the two; empty: any."""
    code_ids: tuple[tuple[str, ...], ...] = ()
    """Each a code with all below it: one of the two applied any of it, the other none. Empty: whole sets."""


def disputed_answers(dispute: Dispute, code_ids: tuple[str, ...]) -> Statement:
    """Answers that count, decided by two people in one round who have other sets, or part on these codes.

    Sets are equal where every code was applied by as many as decided. Where any two differ, one of the two
    differs from any third: so of `with_coder` it is enough to have decided.
    """
    decided, coded = dispute.work.condition("d"), dispute.work.condition("g")
    their = (
        "codings g WHERE g.response_id = u.response_id AND g.round = u.round "
        f"AND +g.coder <> ? AND {coded.sql}"
    )
    if code_ids:
        n_with = f"SELECT count(DISTINCT g.coder) FROM {their} AND g.code_id IN ({placeholders(code_ids)})"
        is_apart = f"({n_with}) BETWEEN 1 AND u.n - 1"
    else:
        fewer = f"SELECT 1 FROM {their} GROUP BY g.code_id HAVING count(DISTINCT g.coder) < u.n"
        is_apart = f"u.has_states OR EXISTS ({fewer})"
    values = [CONSENSUS, *coded.values, *code_ids]
    has_coder = ""
    if dispute.with_coder:
        has_coder = (
            " AND EXISTS (SELECT 1 FROM decisions o WHERE o.response_id = d.response_id "
            "AND o.round = d.round AND o.coder = ?)"
        )
        values.append(dispute.with_coder)
    return Statement(
        f"SELECT response_id FROM (SELECT u.response_id, {is_apart} AS is_apart FROM ("
        "SELECT d.response_id, d.round, count(*) AS n, min(d.state) <> max(d.state) AS has_states "
        "FROM decisions d JOIN responses r ON r.id = d.response_id "
        f"WHERE {CODABLE}{has_coder} AND +d.coder <> ? AND {decided.sql} AND d.response_id {RANGE} "
        "GROUP BY d.response_id, d.round HAVING n > 1) u) WHERE is_apart",
        (*values, CONSENSUS, *decided.values),
    )
