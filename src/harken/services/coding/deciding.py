"""Finishing the open answer in one transaction, and taking that back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from harken.errors import HarkenError
from harken.model import Decision, DecisionState, ResponseKey
from harken.services.coding.following import CodesChangedError, followed
from harken.services.coding.moving import advance
from harken.services.coding.work import WorkState
from harken.services.coding.workplace import Workplace
from harken.storage import coding, survey
from harken.storage.coding import Draft


def decide(work: Workplace) -> str:
    """Finish the answer with the codes applied and go on; one decided as it stands stays so.

    Where a reply waits for it, it is decided again, no longer unsure: that takes the reply up.
    """
    answer = work.answer()
    if answer.state is WorkState.DECIDED:
        stays = f"{answer.response.key.participant} stays as it was decided"
        if answer.decision is not None and answer.has_reply_to_take_up:
            kept = replace(answer.work, is_unsure=False, message="")
            return _finish(work, answer.decision.state, kept, f"{stays}; the reply is taken up.")
        return advance(work, f"{stays}.")
    if not answer.codings:
        raise HarkenError("No code is applied yet. Press a code's letter, or 0 if none applies.")
    return _finish(work, DecisionState.CODED)


def decide_no_code(work: Workplace) -> str:
    _refuse_codes(work, "0 says that no code applies")
    return _finish(work, DecisionState.CODED)


def decide_uncodable(work: Workplace) -> str:
    _refuse_codes(work, "An uncodable answer has no codes")
    return _finish(work, DecisionState.UNCODABLE)


def undo(work: Workplace) -> str:
    """Undo this coder's last decision that stands, of this sitting or an earlier one, and open it."""
    with work.file.explained():
        key = coding.undo(work.store, coder=work.coder, round=work.round.name)
    if key is None:
        raise HarkenError("Nothing to undo.")
    return _show_again(work, key, "undone")


def redo(work: Workplace) -> str:
    """Take back the last undo, if no decision came after it."""
    with work.file.explained():
        key = coding.redo(work.store, coder=work.coder, round=work.round.name)
    if key is None:
        raise HarkenError("Nothing to redo.")
    return _show_again(work, key, "decided again")


def _refuse_codes(work: Workplace, why: str) -> None:
    applied = work.answer().codes
    if applied:
        raise HarkenError(f"{why}; take {', '.join(map(work.label, applied))} off first.")


def _finish(work: Workplace, state: DecisionState, kept: Draft | None = None, said: str = "") -> str:
    """Decide the open answer as it stands, or as `kept` says, and go on."""
    answer = work.answer()
    draft = answer.work if kept is None else kept
    decision = Decision(
        key=answer.response.key,
        coder=work.coder,
        round=work.round.name,
        state=state,
        codings=draft.codings,
        is_unsure=draft.is_unsure,
        memo=draft.memo,
        message=draft.message,
    )
    named_by = work.stored
    try:
        with work.file.action() as action:
            work.take_up_codebook()
            earlier = answer.decision.codes if answer.decision else ()
            codings = followed(work.store, named_by, work.stored, decision.codings, decided=earlier)
            decision = replace(decision, codings=codings)
            coding.decide(action, work.stored, decision, suggestions=_proposals(work, decision))
    except CodesChangedError:
        work.open_at(answer.position)
        raise
    work.queue.note_decision(answer.response.id)
    work.current = replace(answer, decision=decision, draft=None)
    return advance(work, said)


def _proposals(work: Workplace, decision: Decision) -> list[Mapping[str, Any]]:
    """What was suggested and what became of it; no word of the answer, only the kinds of reasons."""
    ids = work.stored.ids
    return [
        {
            "code": ids[suggestion.code],
            "rank": rank,
            "score": round(suggestion.score, 6),
            "confidence": suggestion.confidence,
            "reasons": sorted({reason.kind.value for reason in suggestion.reasons}),
            "shown": rank <= work.n_shown,
            "accepted": suggestion.code in decision.codes,
        }
        for rank, suggestion in enumerate(work.proposed, start=1)
        if suggestion.code in ids
    ]


def _show_again(work: Workplace, key: ResponseKey, what: str) -> str:
    work.queue.reload_work()
    id = survey.response_id(work.store, key)
    if id is not None and id in work.queue:
        work.open_at(work.queue.place_of(id))
        return f"The decision on {key.participant} is {what}."
    if work.current is not None:
        work.open_at(work.current.position)
    return f"The decision on {key.participant} is {what}; the answer is not in this queue."
