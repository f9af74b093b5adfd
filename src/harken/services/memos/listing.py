"""The memos that somebody may read, by what they are on, who wrote them and what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from harken.errors import HarkenError, quoted
from harken.model import Round
from harken.services.marking import marks_of, redacted
from harken.services.memos.subjects import on_code
from harken.services.memos.visibility import memo_reader
from harken.services.studies import acting_coder
from harken.storage import notes, survey
from harken.storage.notes import Memo, MemoAbout
from harken.storage.store import Store

MEMO_COLUMNS = (
    *("id", "about", "question", "occasion", "participant", "code", "round", "author"),
    *("written_at", "changed_at", "changed_by", "is_draft", "memo", "answer"),
)
"""The fields of a record, in their order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoFilter:
    """Which memos are wanted; what is empty asks for nothing."""

    about: tuple[MemoAbout, ...] = ()
    authors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    """Paths of codes that the memos are on."""
    questions: tuple[str, ...] = ()
    """Questions that the memos are on, or to which their answers were given."""
    participants: tuple[str, ...] = ()
    """People whom the memos are on, or whose answers."""
    search: str = ""
    """Words that all occur in the memo, also as parts of words, in any case."""
    since: str = ""
    """A day as in 2026-11-24 (UTC): what was written or changed then or later."""

    def takes(self, memo: Memo) -> bool:
        """Whether the memo is wanted."""
        subject = memo.subject
        return (
            (not self.about or subject.about in self.about)
            and (not self.authors or memo.author in self.authors)
            and (not self.codes or subject.code in self.codes)
            and (not self.questions or subject.question in self.questions)
            and (not self.participants or subject.participant in self.participants)
            and memo.changed_at >= self.since
            and says(memo.body, self.search)
        )


def says(body: str, search: str) -> bool:
    """Whether all words of a search occur in a text."""
    words = search.casefold().split()
    # A long list is filtered without a search more often than with one.
    folded = body.casefold() if words else ""
    return all(word in folded for word in words)


@dataclass(frozen=True, slots=True, kw_only=True)
class MemoList:
    """Memos, the newest first, and the answers that they are on as outputs print them."""

    memos: tuple[Memo, ...]
    answers: Mapping[int, str] = field(default_factory=dict)
    """By response id, with brackets for what tells who somebody is."""
    is_blind: bool = False
    """Whether others' memos on people, answers and decisions are left out, for the sake of a blind round."""

    def as_json(self) -> dict[str, Any]:
        """A mapping that JSON can hold."""
        return {"memos": self.to_records(), "is_blind": self.is_blind}

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each memo."""
        return [
            {
                "id": memo.id,
                "about": memo.subject.about.value,
                "question": memo.subject.question,
                "occasion": memo.subject.occasion,
                "participant": memo.subject.participant,
                "code": memo.subject.code,
                "round": memo.subject.round,
                "author": memo.author,
                "written_at": memo.written_at,
                "changed_at": memo.changed_at,
                "changed_by": memo.changed_by,
                "is_draft": memo.is_draft,
                "memo": memo.body,
                "answer": "" if memo.response_id is None else self.answers.get(memo.response_id, ""),
            }
            for memo in self.memos
        ]


def list_memos(
    store: Store,
    filter: MemoFilter | None = None,
    *,
    coder: str,
    round: Round | None = None,
    with_answers: bool = False,
) -> MemoList:
    """The memos that a coder may read. `round` is the one in which they are at work."""
    wanted = filter or MemoFilter()
    reader = memo_reader(store, coder, round=round)
    found = tuple(memo for memo in notes.memos(store) if wanted.takes(memo) and reader.may_read(memo))
    return MemoList(
        memos=found,
        answers=_answers(store, found) if with_answers else {},
        is_blind=reader.is_blind,
    )


def _answers(store: Store, memos: Iterable[Memo]) -> dict[int, str]:
    ids = dict.fromkeys(memo.response_id for memo in memos if memo.response_id is not None)
    marks = marks_of(store, ids)
    return {id: redacted(survey.response(store, id).text, marks.get(id, ())) for id in ids}


def checked_filter(
    store: Store,
    *,
    about: Sequence[str] = (),
    authors: Sequence[str] = (),
    codes: Sequence[str] = (),
    questions: Sequence[str] = (),
    participants: Sequence[str] = (),
    search: str = "",
    since: str = "",
) -> MemoFilter:
    """The filter that names from outside mean; raises for what the project does not have."""
    return MemoFilter(
        about=tuple(MemoAbout(one) for one in about),
        authors=tuple(acting_coder(store, name) for name in authors),
        codes=tuple(on_code(store, address).code for address in codes),
        questions=tuple(survey.question_named(store, name).name for name in questions),
        participants=tuple(survey.participant_named(store, name).name for name in participants),
        search=search,
        since=_day(since),
    )


def _day(words: str) -> str:
    if not words:
        return ""
    try:
        return date.fromisoformat(words).isoformat()
    except ValueError as error:
        raise HarkenError(f"{quoted(words)} is no day; write it as in 2026-11-24.") from error
