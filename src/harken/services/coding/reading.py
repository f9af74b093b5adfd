"""Reading one answer as it stands for a coder."""

from __future__ import annotations

from harken.model import MISSING_GROUP, Mark, MarkKind, Response, Round, VariableRole
from harken.services.blindness import Sight
from harken.services.coding.work import AnswerNotes, LinkedAnswer, OpenAnswer, Reply
from harken.storage import coding, survey
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
    noted = coding.noted(store, id, round=round.name, coder=coder)
    return AnswerNotes(
        marks=_marks(store, id, coder=coder, sight=sight) if noted.marks else (),
        refers_to=_linked_answers(store, id, only_of=coder if sight.is_blind else "") if noted.links else (),
        alert=_alert(store, id, coder=coder) if noted.alert else None,
        reply=_reply(store, id, round=round, coder=coder) if noted.reply else None,
    )


def _marks(store: Store, id: int, *, coder: str, sight: Sight) -> tuple[Mark, ...]:
    from harken.services.marking import marks_of

    marks = marks_of(store, [id]).get(id, ())
    if sight.is_blind:
        return tuple(m for m in marks if m.coder == coder or m.kind is MarkKind.IDENTIFYING)
    return marks


def _linked_answers(store: Store, id: int, *, only_of: str) -> tuple[LinkedAnswer, ...]:
    from harken.services.marking import marks_of, redacted
    from harken.storage import links

    found = [survey.response(store, to) for to in links.links(store, id, only_of=only_of)]
    marks = marks_of(store, [response.id for response in found])
    return tuple(
        LinkedAnswer(
            id=response.id,
            key=response.key,
            printed=redacted(response.text, marks.get(response.id, ())),
        )
        for response in found
    )


def _alert(store: Store, id: int, *, coder: str) -> str | None:
    from harken.storage import talk

    alert = talk.open_alert(store, id, coder=coder)
    return None if alert is None else talk.words(store, alert.note_hash)


def _reply(store: Store, id: int, *, round: Round, coder: str) -> Reply | None:
    from harken.storage import talk

    row = talk.reply_at(store, response_id=id, round=round.name, coder=coder)
    if row is None:
        return None
    words, asked = talk.words(store, row.reply_hash), talk.words(store, row.replied_to_hash)
    return Reply(by=row.by, words=words, asked=asked, at=row.at)


def shown_groups(store: Store, response: Response, sight: Sight) -> tuple[tuple[str, str], ...]:
    """The value of every grouping variable for the person who answered; none where they are hidden."""
    if sight.hides_group:
        return ()
    names = [v.name for v in survey.variables(store) if v.role is VariableRole.GROUP]
    if not names:
        return ()
    values = survey.participant_named(store, response.key.participant).attributes
    return tuple((name, values.get(name, "").strip() or MISSING_GROUP) for name in names)
