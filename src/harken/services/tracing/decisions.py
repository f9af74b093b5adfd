"""Every decision on some answers, those taken back or revised too, each with whether it counts and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harken.services.tracing.result import TracedDecision
from harken.services.tracing.scope import ReadAnswer
from harken.storage import study, traces
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store
from harken.storage.traces import LoggedDecision

_UNDONE = "undone"
_REVISED = "this coder decided anew in the same round"
_NO_ANSWER = "a decision on a non-response counts nowhere"


def traced_decisions(
    store: Store,
    response_ids: Iterable[int],
    *,
    read: Mapping[int, ReadAnswer],
    stored: StoredCodebook,
    counted: frozenset[str],
    own: str = "",
) -> dict[int, tuple[TracedDecision, ...]]:
    """By response id, in the order of the journal; with `own` those of one coder alone."""
    kinds = {round.name: round.kind.value for round in study.rounds(store)}
    found: dict[int, tuple[TracedDecision, ...]] = {}
    for response, logged in traces.decisions_on(store, response_ids).items():
        answer = read.get(response)
        rules = (
            {
                (ballot.round, ballot.coder): rule
                for ballot, rule in zip(answer.ballots, answer.settled.rules, strict=True)
            }
            if answer
            else {}
        )
        traced = []
        for one in logged:
            if own and one.coder != own:
                continue
            counts, why = _rule(one, rules)
            codes = {stored.path_of[id] for id, *_ in one.codings if id in stored.path_of}
            traced.append(
                TracedDecision(
                    coder=one.coder,
                    round=one.round,
                    round_kind=kinds[one.round],
                    at=one.at,
                    state=one.state.value,
                    codes=tuple(path for path in stored.codebook.paths if path in codes),
                    has_theme=bool(codes & counted),
                    counts=counts,
                    why=why,
                    event=one.event,
                    item=one.item,
                    codebook=one.codebook,
                )
            )
        found[response] = tuple(traced)
    return found


def _rule(one: LoggedDecision, rules: Mapping[tuple[str, str], tuple[bool, str]]) -> tuple[bool, str]:
    if one.is_standing:
        return rules.get((one.round, one.coder), (False, _NO_ANSWER))
    return False, _UNDONE if one.is_undone else _REVISED
