"""Reading one answer as it stands for a coder."""

from __future__ import annotations

from collections.abc import Iterable

from harken.model import MISSING_GROUP, MarkKind, Response, Round, VariableRole
from harken.services.blindness import Sight
from harken.services.coding.work import AnswerNotes, LinkedAnswer, OpenAnswer, Reply
from harken.services.marking import marks_of, redacted
from harken.storage import coding, links, survey, talk
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store


def read_answer(
    store: Store, codebook: StoredCodebook, id: int, *, position: int, round: Round, coder: str, sight: Sight
) -> OpenAnswer:
    response = survey.response(store, id)
    key = response.key
    return OpenAnswer(
        response=response,
        position=position,
        groups=shown_groups(store, response, sight),
        decision=coding.decision_at(store, codebook, key, round=round.name, coder=coder),
        draft=coding.draft_at(store, codebook, key, round=round.name, coder=coder),
        notes=read_notes(store, id, round=round, coder=coder, sight=sight),
    )


def read_notes(store: Store, id: int, *, round: Round, coder: str, sight: Sight) -> AnswerNotes:
    """What stands about an answer; to who is blind, of other coders only what must not be printed."""
    marks = marks_of(store, [id]).get(id, ())
    if sight.is_blind:
        marks = tuple(m for m in marks if m.coder == coder or m.kind is MarkKind.IDENTIFYING)
    linked = links.links(store, id, only_of=coder if sight.is_blind else "")
    alert = talk.open_alert(store, id, coder=coder)
    return AnswerNotes(
        marks=marks,
        refers_to=_linked_answers(store, linked),
        alert=None if alert is None else talk.words(store, alert.note_hash),
        reply=_reply(store, id, round=round, coder=coder),
    )


def _linked_answers(store: Store, ids: Iterable[int]) -> tuple[LinkedAnswer, ...]:
    found = [survey.response(store, id) for id in ids]
    marks = marks_of(store, [response.id for response in found]) if found else {}
    return tuple(
        LinkedAnswer(
            id=response.id,
            key=response.key,
            printed=redacted(response.text, marks.get(response.id, ())),
        )
        for response in found
    )


def _reply(store: Store, id: int, *, round: Round, coder: str) -> Reply | None:
    row = talk.reply_at(store, response_id=id, round=round.name, coder=coder)
    return None if row is None else Reply(by=row.by, words=talk.words(store, row.reply_hash))


def shown_groups(store: Store, response: Response, sight: Sight) -> tuple[tuple[str, str], ...]:
    """The value of every grouping variable for the person who answered; none where they are hidden."""
    if sight.hides_group:
        return ()
    names = [v.name for v in survey.variables(store) if v.role is VariableRole.GROUP]
    if not names:
        return ()
    values = survey.participant_named(store, response.key.participant).attributes
    return tuple((name, values.get(name, "").strip() or MISSING_GROUP) for name in names)
