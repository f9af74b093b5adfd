"""What a coder has before them: the open answer, how far the work is, and the person behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from harken.model import Coding, Decision, DecisionState, Mark, Response, ResponseKey
from harken.storage.coding import Draft


class WorkState(StrEnum):
    UNDECIDED = "undecided"
    DRAFT = "draft"
    """Something is applied or noted that no decision holds yet; it is on disk as a draft."""
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNotes:
    """What stands about an answer beside its codes."""

    marks: tuple[Mark, ...] = ()
    """In the order of the text; a coder who is blind sees no quotes of others."""
    refers_to: tuple[LinkedAnswer, ...] = ()
    alert: str | None = None
    """The words of the coder's own open alert; None without one."""
    reply: Reply | None = None
    """The latest reply to a question of the coder's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedAnswer:
    """An answer that another one refers to."""

    id: int
    key: ResponseKey
    printed: str
    """Its text without what tells who somebody is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    by: str
    words: str
    asked: str = ""
    """The words that it replies to."""
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAnswer:
    """The response before the coder, with what stands on disk about it."""

    response: Response
    position: int
    """Its place in the queue, counted from 0."""
    groups: tuple[tuple[str, str], ...] = ()
    """Variable and value, of every grouping variable; empty where they are hidden."""
    decision: Decision | None = None
    draft: Draft | None = None
    notes: AnswerNotes = AnswerNotes()

    @property
    def state(self) -> WorkState:
        if self.draft is not None:
            return WorkState.DRAFT
        return WorkState.UNDECIDED if self.decision is None else WorkState.DECIDED

    @property
    def work(self) -> Draft:
        """The draft; without one what was decided; without that nothing."""
        if self.draft is not None:
            return self.draft
        return Draft() if self.decision is None else as_draft(self.decision)

    @property
    def codings(self) -> tuple[Coding, ...]:
        return self.work.codings

    @property
    def codes(self) -> tuple[str, ...]:
        return self.work.codes

    @property
    def has_reply_to_take_up(self) -> bool:
        """Whether what was decided still asks what has been replied to since."""
        reply, decision = self.notes.reply, self.decision
        return (
            reply is not None
            and self.state is WorkState.DECIDED
            and decision is not None
            and decision.is_unsure
            and decision.message == reply.asked != ""
            and decision.at <= reply.at
        )

    @property
    def is_uncodable(self) -> bool:
        return (
            self.draft is None
            and self.decision is not None
            and self.decision.state is DecisionState.UNCODABLE
        )


def as_draft(decision: Decision) -> Draft:
    return Draft(
        codings=decision.codings,
        is_unsure=decision.is_unsure,
        memo=decision.memo,
        message=decision.message,
    )


def says_the_same(draft: Draft, decision: Decision) -> bool:
    """Whether deciding the draft would change nothing."""
    return set(draft.codings) == set(decision.codings) and (
        (draft.is_unsure, draft.memo, draft.message) == (decision.is_unsure, decision.memo, decision.message)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    n_answers: int
    """In the queue."""
    n_done: int
    """Of the queue, decided."""
    n_drafts: int
    """Of the queue, with a draft that waits for its decision."""
    n_saved: int
    """This coder's decisions on disk in the round, the queue's and others."""

    @property
    def n_left(self) -> int:
        return self.n_answers - self.n_done


@dataclass(frozen=True, slots=True, kw_only=True)
class LastDecision:
    """The decision that `reopen` would open."""

    key: ResponseKey
    state: DecisionState
    codings: tuple[Coding, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(coding.code for coding in self.codings))
