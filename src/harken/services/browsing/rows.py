"""An answer as lists and pages of answers show it, with everything that its reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from harken.model import (
    MISSING_GROUP,
    AnswerState,
    Coding,
    DecisionState,
    Mark,
    MarkKind,
    ResponseKey,
    VariableRole,
)
from harken.services.browsing.readers import Reader
from harken.services.coding.work import WorkState
from harken.services.marking import marks_of, redacted
from harken.storage import codebooks, survey
from harken.storage.answers import reading
from harken.storage.answers.reading import StoredAnswer, StoredWork
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderWork:
    """What one coder has made of an answer in one round."""

    coder: str
    round: str
    state: WorkState
    codings: tuple[Coding, ...] = ()
    """Those of the draft where there is one, else those decided."""
    decided: tuple[Coding, ...] | None = None
    """What the decision says that stands; None without one."""
    is_uncodable: bool = False
    is_unsure: bool = False
    memo: str = ""
    message: str = ""
    """What the coder asked the lead."""

    @property
    def codes(self) -> tuple[str, ...]:
        """Paths of the codes, each once."""
        return tuple(dict.fromkeys(coding.code for coding in self.codings))

    def as_json(self) -> dict[str, Any]:
        return {
            "coder": self.coder,
            "round": self.round,
            "state": self.state.value,
            "codes": list(self.codes),
            "codings": [
                {"code": coding.code, "start": coding.start, "end": coding.end} for coding in self.codings
            ],
            "uncodable": self.is_uncodable,
            "unsure": self.is_unsure,
            "memo": self.memo,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer with its groups, everybody's work on it that may be seen, and the reader's own notes."""

    id: int
    key: ResponseKey
    text: str
    state: AnswerState
    groups: tuple[tuple[str, str], ...] = ()
    """Variable and value; empty where they are hidden."""
    is_excluded: bool = False
    works: tuple[CoderWork, ...] = ()
    is_starred: bool = False
    is_read: bool = False
    marks: tuple[Mark, ...] = ()
    """Identifying ones of every coder, since they hold for every output; quotes that may be seen."""
    has_alert: bool = False

    @property
    def is_answered(self) -> bool:
        return self.state is AnswerState.ANSWERED

    @property
    def redacted_text(self) -> str:
        """The text with brackets in the place of what tells who somebody is."""
        return redacted(self.text, self.marks)

    def work_of(self, coder: str, round: str) -> CoderWork | None:
        """What one coder has made of the answer in a round, None for nothing or what may not be seen."""
        return next((work for work in self.works if (work.coder, work.round) == (coder, round)), None)

    def as_json(self, *, is_redacted: bool = True) -> dict[str, Any]:
        return {
            "participant": self.key.participant,
            "question": self.key.question,
            "occasion": self.key.occasion,
            "response": self.redacted_text if is_redacted else self.text,
            "state": self.state.value,
            "groups": dict(self.groups),
            "excluded": self.is_excluded,
            "starred": self.is_starred,
            "alert": self.has_alert,
            "works": [work.as_json() for work in self.works],
        }


def rows(store: Store, ids: Sequence[int], reader: Reader) -> tuple[AnswerRow, ...]:
    """What a page shows of these answers, in their order; an id that is not there is left out."""
    stored = codebooks.stored_codebook(store)
    paths = {stored.ids[path]: path for path in stored.codebook.paths}
    seen = reader.work
    works = _works(reading.works(store, ids, paths, seen=seen), reader.coder)
    marks = marks_of(store, ids)
    starred = reading.starred_ids(store, ids, coder=reader.coder)
    read = reading.read_ids(store, ids, coder=reader.coder)
    alerted = reading.alerted_ids(store, ids, seen=seen)
    groups = group_names(store, reader)
    return tuple(
        AnswerRow(
            id=answer.id,
            key=ResponseKey(answer.participant, answer.question, answer.occasion),
            text=answer.text,
            state=AnswerState.ANSWERED if answer.is_answered else AnswerState.NON_RESPONSE,
            groups=_groups(answer, groups),
            is_excluded=answer.exclusion != "",
            works=works.get(answer.id, ()),
            is_starred=answer.id in starred,
            is_read=answer.id in read,
            marks=tuple(
                mark
                for mark in marks.get(answer.id, ())
                if mark.kind is MarkKind.IDENTIFYING or not reader.is_blind or mark.coder == reader.coder
            ),
            has_alert=answer.id in alerted,
        )
        for answer in reading.answers(store, ids)
    )


def group_names(store: Store, reader: Reader) -> tuple[str, ...]:
    """The grouping variables that a reader may see."""
    if reader.hides_group:
        return ()
    return tuple(v.name for v in survey.variables(store) if v.role is VariableRole.GROUP)


def _groups(answer: StoredAnswer, names: Sequence[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, answer.attributes.get(name, "").strip() or MISSING_GROUP) for name in names)


def _works(stored: Iterable[StoredWork], reader: str) -> dict[int, tuple[CoderWork, ...]]:
    decided: dict[tuple[int, str, str], StoredWork] = {}
    drafts: dict[tuple[int, str, str], StoredWork] = {}
    for work in stored:
        place = (work.response_id, work.round, work.coder)
        (drafts if work.is_draft else decided)[place] = work
    found: dict[int, tuple[CoderWork, ...]] = {}
    for place in dict.fromkeys((*decided, *drafts)):
        whole = _work(decided.get(place), drafts.get(place), reader)
        found[place[0]] = (*found.get(place[0], ()), whole)
    return found


def _work(decision: StoredWork | None, draft: StoredWork | None, reader: str) -> CoderWork:
    shown = draft or decision
    assert shown is not None
    # The memo of a draft is its coder's alone.
    noted = shown if shown.coder == reader else decision
    return CoderWork(
        coder=shown.coder,
        round=shown.round,
        state=WorkState.DECIDED if draft is None else WorkState.DRAFT,
        codings=shown.codings,
        decided=None if decision is None else decision.codings,
        is_uncodable=shown.state is DecisionState.UNCODABLE,
        is_unsure=shown.is_unsure,
        memo="" if noted is None else noted.memo,
        message=shown.message,
    )
