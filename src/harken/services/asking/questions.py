"""The queue of questions: who may see which, and where each stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harken.errors import HarkenError
from harken.model import DecisionState, Response, ResponseKey
from harken.services.asking.result import AskedQuestion, AskedState, Questions, Reply
from harken.services.blindness import may_see_draft, undecided_blind
from harken.services.marking import marks_of, redacted
from harken.storage import codebooks, coding, study, survey, talk
from harken.storage.codebooks import StoredCodebook
from harken.storage.store import Store
from harken.storage.talk import AskedRow, ReplyRow, RuleRow


def questions(store: Store, *, viewer: str, only_open: bool = True) -> Questions:
    """The questions that `viewer` may see: as lead all, else their own and others' that tell nothing.

    Others' tell in a blind round, and on answers that the viewer has yet to decide in one: from the lead, who
    has to reply, the codes there are hidden. The codes of a draft are for few, see `services.blindness`.
    """
    with store.snapshot():
        rows = _visible(store, talk.asked(store), viewer)
        if only_open:
            rows = [row for row in rows if _state(row) is AskedState.OPEN]
        return Questions(viewer=viewer, items=_read(store, rows, viewer))


def replies_to(store: Store, *, coder: str) -> Questions:
    """The coder's questions whose reply they have not taken up yet by deciding anew."""
    with store.snapshot():
        rows = [row for row in talk.asked(store) if row.coder == coder and _state(row) is AskedState.REPLIED]
        return Questions(viewer=coder, items=_read(store, rows, coder))


def reply_to(store: Store, response_id: int, *, round: str, coder: str) -> Reply | None:
    """The reply that a coder got on one answer, for the screen that shows the answer."""
    row = talk.reply_at(store, response_id=response_id, round=round, coder=coder)
    if row is None:
        return None
    rule = talk.rules(store).get((round, coder, row.at)) if row.rule_code_id else None
    return _reply(store, codebooks.stored_codebook(store), row, rule)


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCounts:
    """How many questions and replies wait for somebody."""

    n_open: int
    """Open questions that the viewer may see."""
    n_replies: int
    """Replies to the viewer that they have not taken up yet."""
    n_all_replies: int
    """Such replies to anybody."""


def count_asked(store: Store, *, viewer: str) -> AskedCounts:
    """What waits, counted without reading a text."""
    rows = talk.asked(store)
    replied = [row for row in rows if _state(row) is AskedState.REPLIED]
    visible = _visible(store, rows, viewer)
    return AskedCounts(
        n_open=sum(_state(row) is AskedState.OPEN for row in visible),
        n_replies=sum(row.coder == viewer for row in replied),
        n_all_replies=len(replied),
    )


def find_question(
    store: Store, key: ResponseKey, *, viewer: str, coder: str = "", round: str = ""
) -> AskedQuestion:
    """The one question on an answer that is meant; an open one before those that were replied to."""
    id = answer_id(store, key)
    rows = [
        row
        for row in _visible(store, talk.asked(store), viewer)
        if row.response_id == id and coder in ("", row.coder) and round in ("", row.round)
    ]
    if not rows:
        raise HarkenError(
            f"Nobody asked anything about the answer of {key.participant!r} to {key.question!r} that you can "
            "see. `harken questions --all` lists every question."
        )
    meant = [row for row in rows if _state(row) is AskedState.OPEN] or rows
    if len(meant) > 1:
        who = ", ".join(f"--coder {row.coder} --round {row.round}" for row in meant)
        raise HarkenError(f"{len(meant)} questions on this answer; say which: {who}.")
    return _read(store, meant, viewer)[0]


def answer_id(store: Store, key: ResponseKey) -> int:
    """The id of an answer; raises where the project has none there, or not the participant or question."""
    id = survey.response_id(store, key)
    if id is None:
        survey.participant_named(store, key.participant)
        survey.question_named(store, key.question)
        on = f" on occasion {key.occasion!r}" if key.occasion else ""
        raise HarkenError(f"{key.participant!r} has no answer to {key.question!r}{on} in this project.")
    return id


# -- who may see what --------------------------------------------------------------------------------


def is_lead(store: Store, name: str) -> bool:
    """Whether somebody is the lead whom the project's settings name."""
    return study.settings(store).get("lead") == name


def _visible(store: Store, rows: Iterable[AskedRow], viewer: str) -> list[AskedRow]:
    if is_lead(store, viewer):
        return list(rows)
    blind = {round.name for round in study.rounds(store) if round.is_blind}
    hidden = undecided_blind(store, viewer)
    return [
        row
        for row in rows
        if row.coder == viewer or (row.round not in blind and row.response_id not in hidden)
    ]


# -- reading -----------------------------------------------------------------------------------------


def _state(row: AskedRow) -> AskedState:
    if row.words_hash and row.words_hash != row.replied_to_hash:
        return AskedState.OPEN
    if row.words_hash and row.at <= row.replied_at:
        return AskedState.REPLIED
    return AskedState.SETTLED


def _read(store: Store, rows: Iterable[AskedRow], viewer: str) -> tuple[AskedQuestion, ...]:
    rows = list(rows)
    stored, blind = codebooks.stored_codebook(store), undecided_blind(store, viewer)
    rules = talk.rules(store) if any(row.rule_code_id for row in rows) else {}

    def is_hidden(row: AskedRow) -> bool:
        if row.coder != viewer and row.response_id in blind:
            return True
        return bool(row.is_draft) and not may_see_draft(store, viewer, coder=row.coder, round=row.round)

    return tuple(_question(store, stored, row, rules, is_hidden=is_hidden(row)) for row in rows)


def _question(
    store: Store,
    stored: StoredCodebook,
    row: AskedRow,
    rules: Mapping[tuple[str, str, str], RuleRow],
    *,
    is_hidden: bool,
) -> AskedQuestion:
    response = survey.response(store, row.response_id)
    place = {"round": row.round, "coder": row.coder}
    draft = coding.draft_at(store, stored, response.key, **place) if row.is_draft else None
    decision = None if row.is_draft else coding.decision_at(store, stored, response.key, **place)
    work = draft or decision
    return AskedQuestion(
        response=response,
        printed=printed(store, response),
        round=row.round,
        coder=row.coder,
        words=talk.words(store, row.words_hash),
        at=row.at,
        is_draft=bool(row.is_draft),
        codes=None if is_hidden else () if work is None else work.codes,
        is_uncodable=not is_hidden and decision is not None and decision.state is DecisionState.UNCODABLE,
        state=_state(row),
        reply=_reply(
            store,
            stored,
            ReplyRow(row.replied_to_hash, row.reply_hash, row.replied_by, row.rule_code_id, row.replied_at),
            rules.get((row.round, row.coder, row.replied_at)),
        )
        if row.reply_hash
        else None,
    )


def printed(store: Store, response: Response) -> str:
    """An answer as outputs print it: without what its identifying marks cover."""
    return redacted(response.text, marks_of(store, [response.id]).get(response.id, ()))


def _reply(store: Store, stored: StoredCodebook, row: ReplyRow, rule: RuleRow | None) -> Reply:
    return Reply(
        words=talk.words(store, row.reply_hash),
        asked=talk.words(store, row.replied_to_hash),
        by=row.by,
        rule_code=_path_of(store, stored, row.rule_code_id),
        rule_into=rule.into if rule else "",
        is_rule_undone=rule is not None and rule.is_undone,
        at=row.at,
    )


def _path_of(store: Store, stored: StoredCodebook, code_id: str) -> str:
    """Where the code of a rule is now; what a merged one went into."""
    return stored.path_of.get(codebooks.living_id(store, code_id), "") if code_id else ""
