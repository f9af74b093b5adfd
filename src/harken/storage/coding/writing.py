"""Writing decisions and drafts; every decision that comes in passes here."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError
from harken.model import CONSENSUS, Coding, Decision, ResponseKey
from harken.storage.codebooks import StoredCodebook
from harken.storage.counted.keeping import MOST_READ_ANEW, discard
from harken.storage.journal import Event
from harken.storage.store import Action

CHUNK = 2_000
"""Decisions of a codings file in one event."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a coder has toggled and noted on a response without having decided."""

    codings: tuple[Coding, ...] = ()
    is_unsure: bool = False
    memo: str = ""
    message: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(coding.code for coding in self.codings))


def _participant_at(action: Action, key: ResponseKey) -> int:
    row = action.connection.execute(
        "SELECT r.participant_id FROM responses r JOIN participants p ON p.id = r.participant_id "
        "JOIN questions q ON q.id = r.question_id WHERE p.name = ? AND q.name = ? AND r.occasion = ?",
        key,
    ).fetchone()
    if row is None:
        on = f" on occasion {key.occasion!r}" if key.occasion else ""
        raise HarkenError(f"No response of {key.participant!r} to {key.question!r}{on} in this project.")
    return int(row[0])


def _item(
    action: Action, codebook: StoredCodebook, key: ResponseKey, draft: Draft, *, round: str, coder: str
) -> dict[str, Any]:
    person = _participant_at(action, key)
    unknown = [code for code in draft.codes if code not in codebook.ids]
    if unknown:
        raise HarkenError(f"No code {unknown[0]!r} in the codebook; look at the codes again.")
    return {
        "response": list(key),
        "round": round,
        "coder": coder,
        "codings": [
            [codebook.ids[code]] if start is None else [codebook.ids[code], start, end]
            for code, start, end in draft.codings
        ],
        "unsure": draft.is_unsure,
        "memo": action.put_content(draft.memo, kind="memo", participant_id=person),
        "message": action.put_content(draft.message, kind="message", participant_id=person),
    }


def _decision_item(
    action: Action, codebook: StoredCodebook, decision: Decision, living: Container[str]
) -> dict[str, Any]:
    draft = Draft(
        codings=decision.codings,
        is_unsure=decision.is_unsure,
        memo=decision.memo,
        message=decision.message,
    )
    item = _item(action, codebook, decision.key, draft, round=decision.round, coder=decision.coder)
    gone = [code for code in decision.codes if codebook.ids[code] not in living]
    if gone:
        raise HarkenError(f"The codebook changed: {', '.join(gone)} went away. Look at the codes again.")
    item |= {"state": decision.state.value, "codebook": codebook.version_id}
    if decision.at:
        item["at"] = decision.at
    return item


def _living_ids(action: Action) -> frozenset[str]:
    """Ids of codes that can be applied now; a merged one counts as what it went into."""
    return frozenset(
        id
        for (id,) in action.connection.execute(
            "SELECT id FROM codes WHERE NOT is_removed OR merged_into <> ''"
        )
    )


def decide(
    action: Action,
    codebook: StoredCodebook,
    decision: Decision,
    *,
    suggestions: Sequence[Mapping[str, Any]] = (),
) -> Event:
    """Store a finished decision; the draft at its place goes. `suggestions` logs what was proposed."""
    item = _decision_item(action, codebook, decision, _living_ids(action))
    if suggestions:
        item["suggestions"] = list(suggestions)
    return action.append("decided", item)


def put_draft(
    action: Action, codebook: StoredCodebook, key: ResponseKey, draft: Draft, *, round: str, coder: str
) -> None:
    """Store what is not decided yet; an empty draft takes the stored one away.

    On a decided response an empty draft says that every code was taken off, and stays.
    """
    action.append("drafted", _item(action, codebook, key, draft, round=round, coder=coder))


def discard_draft(
    action: Action, codebook: StoredCodebook, key: ResponseKey, *, round: str, coder: str
) -> None:
    """Take a draft away: what was decided before it stands again."""
    item = _item(action, codebook, key, Draft(), round=round, coder=coder)
    action.append("drafted", {**item, "discarded": True})


def import_decisions(
    action: Action, codebook: StoredCodebook, decisions: Iterable[Decision], *, source: Mapping[str, str]
) -> None:
    """Store the decisions of a codings file; one event for each `CHUNK` of them."""
    items: list[dict[str, Any]] = []
    living = _living_ids(action)
    for number, decision in enumerate(_adjudicated_last(decisions), start=1):
        if number == MOST_READ_ANEW + 1:
            discard(action.connection)  # sooner than note very many changes one by one
        items.append(_decision_item(action, codebook, decision, living))
        if len(items) == CHUNK:
            action.append("codings.imported", {"source": dict(source), "items": items})
            items = []
    if items:
        action.append("codings.imported", {"source": dict(source), "items": items})


def _adjudicated_last(decisions: Iterable[Decision]) -> Iterator[Decision]:
    """The adjudicated layer settles what coders had decided: nothing of its file came after it."""
    adjudicated = []
    for decision in decisions:
        if decision.coder == CONSENSUS:
            adjudicated.append(decision)
        else:
            yield decision
    yield from adjudicated
