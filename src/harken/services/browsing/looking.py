"""The verbs of `harken answers`: list answers, retrieve them by code, lay them out as a matrix."""

from __future__ import annotations

from collections.abc import Mapping

from harken.errors import HarkenError
from harken.model import MAIN_ROUND, Codebook, CodebookEntry
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.listing import count_answers, find_ids
from harken.services.browsing.matrix import matrix_rows
from harken.services.browsing.pages import person_page
from harken.services.browsing.readers import Reader, reader_for
from harken.services.browsing.resolving import refuse_unknown_values
from harken.services.browsing.result import (
    AnswerList,
    FrameworkMatrix,
    Look,
    MatrixColumn,
    PersonView,
    Retrieval,
)
from harken.services.browsing.retrieval import meant_rows, sections
from harken.storage import codebooks, study
from harken.storage.store import Store


def list_answers(
    store: Store,
    filter: AnswerFilter,
    *,
    actor: str,
    most: int | None = None,
    is_redacted: bool = True,
) -> AnswerList:
    """The answers that a filter finds, or the first `most` of them, with the work that it means."""
    reader = _reader(store, filter, actor)
    ids = [id for part in find_ids(store, filter, reader) for id in part]
    shown = tuple(meant_rows(store, filter, reader, ids[:most]))
    look = _look(store, filter, reader, is_redacted=is_redacted, has_found=bool(ids))
    return AnswerList(look=look, n=len(ids), rows=shown)


def retrieve_answers(
    store: Store,
    filter: AnswerFilter,
    *,
    actor: str,
    by: str | None = None,
    most: int | None = None,
    is_redacted: bool = True,
) -> Retrieval:
    """What has each code of the filter, or of the codebook, by the groups of a column.

    `most` limits the answers given under one heading, not the figures in it.
    """
    reader = _reader(store, filter, actor)
    codebook = codebooks.stored_codebook(store).codebook
    entries = _entries(codebook, filter)
    found = sections(store, filter, reader, entries, by=by, most=most, is_redacted=is_redacted)
    is_asked = bool(filter.codes)
    return Retrieval(
        look=_look(
            store, filter, reader, is_redacted=is_redacted, has_found=any(section.n for section in found)
        ),
        by=by,
        sections=tuple(section for section in found if section.n or is_asked),
        unused=() if is_asked else tuple(section.entry for section in found if not section.n),
    )


def lay_out_matrix(
    store: Store, filter: AnswerFilter, *, actor: str, is_redacted: bool = True
) -> FrameworkMatrix:
    """Participants by families; by single codes where the filter names codes."""
    reader = _reader(store, filter, actor)
    codebook = codebooks.stored_codebook(store).codebook
    columns = _columns(codebook, filter)
    found = matrix_rows(
        store,
        filter,
        reader,
        {column.key: column.codes for column in columns},
        is_redacted=is_redacted,
    )
    return FrameworkMatrix(
        look=_look(store, filter, reader, is_redacted=is_redacted, has_found=bool(found)),
        columns=columns,
        rows=found,
        labels={path: entry.code.label for path, entry in codebook.entries.items()},
    )


def view_person(store: Store, name: str, *, actor: str, is_redacted: bool = True) -> PersonView:
    """All that one participant gave."""
    filter = AnswerFilter(participants=(name,))
    reader = _reader(store, filter, actor)
    page = person_page(store, name, reader)
    return PersonView(look=_look(store, filter, reader, is_redacted=is_redacted, has_found=True), page=page)


def _reader(store: Store, filter: AnswerFilter, actor: str) -> Reader:
    """The actor, in the one round that the filter names, else in the main round."""
    return reader_for(store, actor, round=filter.rounds[0] if len(set(filter.rounds)) == 1 else MAIN_ROUND)


def _look(store: Store, filter: AnswerFilter, reader: Reader, *, is_redacted: bool, has_found: bool) -> Look:
    return Look(
        title=study.settings(store).get("title", ""),
        filter=filter,
        reader=reader,
        is_redacted=is_redacted,
        alone=() if has_found else _each_alone(store, filter, reader),
    )


def _each_alone(store: Store, filter: AnswerFilter, reader: Reader) -> tuple[tuple[str, int], ...]:
    """For each part of a filter how many answers it alone finds; raises for a value that nobody has."""
    refuse_unknown_values(store, filter)
    parts = filter.parts
    if len(parts) > 1:
        whose = [name for name in parts if name in ("coders", "rounds")]
        parts = tuple(name for name in parts if name not in whose) or tuple(whose)
    return tuple((name, count_answers(store, filter.only(name), reader)) for name in parts)


def _entries(codebook: Codebook, filter: AnswerFilter) -> list[CodebookEntry]:
    """The codes that a filter names, by themselves or by their families; without any all of them."""
    wanted = dict.fromkeys(codebook.resolve(address) for address in filter.codes)
    for key in filter.families:
        family = codebook.family(key)
        wanted |= dict.fromkeys(
            path for path, entry in codebook.entries.items() if entry.family.key == family.key
        )
    if not codebook.entries:
        raise HarkenError("The codebook is empty, so no answer has a code yet. Make codes first.")
    return [codebook.entries[path] for path in wanted or codebook.entries]


def _columns(codebook: Codebook, filter: AnswerFilter) -> tuple[MatrixColumn, ...]:
    _entries(codebook, filter)
    single = [
        MatrixColumn(key=path, label=codebook.entries[path].code.label, codes=(path,))
        for path in dict.fromkeys(codebook.resolve(address) for address in filter.codes)
    ]
    families = filter.families if filter.families or single else [family.key for family in codebook.families]
    of_family: Mapping[str, tuple[str, ...]] = {
        key: tuple(path for path, entry in codebook.entries.items() if entry.family.key == key)
        for key in families
    }
    return (
        *single,
        *(
            MatrixColumn(key=key, label=codebook.family(key).label, codes=codes)
            for key, codes in of_family.items()
        ),
    )
