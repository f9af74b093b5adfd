"""Gathering what coders marked, for somebody who may see all of it or, while blind, their own part."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from harken.errors import HarkenError, unknown_name
from harken.model import MAIN_ROUND, Mark, MarkKind
from harken.services.browsing import AnswerRow, Reader, reader_for, rows
from harken.services.marked.result import Marked, MarkedKind, MarkedList
from harken.services.marking import marks_of, redacted
from harken.storage import links, study, survey
from harken.storage.links import Link
from harken.storage.store import Store


def list_marks(
    store: Store,
    *,
    viewer: str,
    kinds: Collection[MarkedKind] = (),
    coders: Sequence[str] = (),
    questions: Sequence[str] = (),
    participants: Sequence[str] = (),
    with_excluded: bool = False,
    shows_identifying: bool = False,
) -> MarkedList:
    """What was marked, of the kinds, coders, questions and participants named, or of all.

    While a blind round of the viewer is not done, others' quotes and links are left out: they tell what
    others made of an answer. Identifying places are everybody's, since every output hides them.
    """
    with store.snapshot():
        reader = reader_for(store, viewer, round=MAIN_ROUND)
        _refuse_unknown(store, reader, coders, questions, participants)
        refers = _refers(store, reader)
        ids = sorted({*marks_of(store), *refers})
        found = [
            item
            for row in rows(store, ids, reader)
            if row.key.question in (questions or (row.key.question,))
            and row.key.participant in (participants or (row.key.participant,))
            for item in _marked(store, row, refers.get(row.id, ()), shows_identifying)
            if item.kind in (kinds or tuple(MarkedKind)) and item.coder in (coders or (item.coder,))
        ]
    shown = tuple(item for item in found if with_excluded or not item.is_excluded)
    return MarkedList(
        viewer=viewer, is_blind=reader.is_blind, n_left_out=len(found) - len(shown), items=shown
    )


def _refuse_unknown(
    store: Store,
    reader: Reader,
    coders: Sequence[str],
    questions: Sequence[str],
    participants: Sequence[str],
) -> None:
    known = study.coders(store)
    for name in coders:
        if name not in known:
            raise unknown_name("coder", name, known)
        if reader.is_blind and name != reader.coder:
            raise HarkenError(
                f"A blind round of yours is not done, so you see your own marks alone: what {name!r} marked "
                "would tell you what they make of it. Leave --coder out."
            )
    for name in questions:
        survey.question_named(store, name)
    for name in participants:
        survey.participant_named(store, name)


def _refers(store: Store, reader: Reader) -> dict[int, tuple[Link, ...]]:
    """What may be seen of which answers refer to others, by the answer that does."""
    found: dict[int, tuple[Link, ...]] = {}
    for link in links.every_link(store):
        if not reader.is_blind or link.coder == reader.coder:
            found[link.response_id] = (*found.get(link.response_id, ()), link)
    return found


def _marked(
    store: Store, row: AnswerRow, refers: Iterable[Link], shows_identifying: bool
) -> Iterator[Marked]:
    for mark in row.marks:
        is_quote = mark.kind is MarkKind.QUOTE
        yield Marked(
            kind=MarkedKind(mark.kind),
            key=row.key,
            coder=mark.coder,
            at=mark.at,
            groups=row.groups,
            is_excluded=row.is_excluded,
            start=mark.start,
            end=mark.end,
            words=_words(row, mark) if is_quote or shows_identifying else "",
            detail=mark.label,
        )
    for link in refers:
        yield Marked(
            kind=MarkedKind.LINK,
            key=row.key,
            coder=link.coder,
            at=link.at,
            groups=row.groups,
            is_excluded=row.is_excluded,
            to=survey.response(store, link.to_response_id).key,
        )


def _words(row: AnswerRow, mark: Mark) -> str:
    marks = row.marks if mark.kind is MarkKind.QUOTE else ()
    return redacted(row.text, marks, start=mark.start, end=mark.end)
