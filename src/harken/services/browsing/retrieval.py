"""All answers with a code, by group: what was said, by how many people of how many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from harken.errors import HarkenError
from harken.model import EVERYONE, CodebookEntry, VariableRole
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.listing import chunks
from harken.services.browsing.passages import Passage, passage
from harken.services.browsing.readers import Reader
from harken.services.browsing.resolving import conditions_of
from harken.services.browsing.rows import AnswerRow, CoderWork, rows
from harken.services.grouping import group_participants
from harken.storage import survey
from harken.storage.answers import finding
from harken.storage.answers.people import people_of
from harken.storage.store import Store

_AT_ONCE = 2_000
"""Answers that are read together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeGroup:
    """One group's answers with a code; n and base count people, not codings."""

    name: str
    n: int
    base: int
    """People of the group with a decided answer in scope."""
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeSection:
    """A code and its answers by group."""

    entry: CodebookEntry
    groups: tuple[CodeGroup, ...]

    @property
    def n(self) -> int:
        """People with the code, over all groups."""
        return sum(group.n for group in self.groups)


def sections(
    store: Store,
    filter: AnswerFilter,
    reader: Reader,
    entries: Sequence[CodebookEntry],
    *,
    by: str | None = None,
    most: int | None = None,
    is_redacted: bool = True,
) -> tuple[CodeSection, ...]:
    """For each code its answers among those that the filter finds, in its order, by the groups of a column.

    Only decided codes of answers that count; `most` limits the answers given for a group, not its figures.
    """
    groups = _Groups(store, reader, by)
    bases: dict[tuple[str, ...], Mapping[str, set[int]]] = {}
    found = []
    for entry in entries:
        questions = _questions(filter, entry)
        if questions not in bases:
            bases[questions] = _base(store, filter, reader, groups, questions)
        of_code = _of_code(store, filter, reader, groups, entry)
        found.append(
            CodeSection(
                entry=entry,
                groups=tuple(
                    CodeGroup(
                        name=name,
                        n=len(of_code[name].people) if name in of_code else 0,
                        base=len(bases[questions].get(name, ())),
                        passages=_passages(
                            store, filter, reader, entry, of_code.get(name), most, is_redacted=is_redacted
                        ),
                    )
                    for name in groups.names
                ),
            )
        )
    return tuple(found)


def _questions(filter: AnswerFilter, entry: CodebookEntry) -> tuple[str, ...]:
    """Questions to which the code may be applied, among those of the filter; empty: all."""
    if not entry.questions:
        return filter.questions
    return tuple(name for name in filter.questions or sorted(entry.questions) if name in entry.questions)


@dataclass(slots=True)
class _Found:
    """What a group has of a code."""

    ids: list[int] = field(default_factory=list)
    people: set[int] = field(default_factory=set)


def _of_code(
    store: Store, filter: AnswerFilter, reader: Reader, groups: _Groups, entry: CodebookEntry
) -> Mapping[str, _Found]:
    wanted = replace(filter, codes=(entry.path,), families=())
    conditions = replace(conditions_of(store, wanted, reader), only_codable=True)
    found: dict[str, _Found] = {}
    for part in finding.find(store, conditions, order=filter.sort):
        for id, person, group in groups.among(part):
            of_group = found.setdefault(group, _Found())
            of_group.ids.append(id)
            of_group.people.add(person)
    return found


def _passages(
    store: Store,
    filter: AnswerFilter,
    reader: Reader,
    entry: CodebookEntry,
    found: _Found | None,
    most: int | None,
    *,
    is_redacted: bool,
) -> tuple[Passage, ...]:
    return tuple(
        one
        for row in meant_rows(store, filter, reader, found.ids[:most] if found else ())
        if (one := passage(row, (entry.path,), is_redacted=is_redacted)) is not None
    )


def decided_rows(
    store: Store, filter: AnswerFilter, reader: Reader, codes: Sequence[str]
) -> Iterator[AnswerRow]:
    """Answers that count, that the filter finds and that have any of the codes, with the works it means."""
    if not codes:
        return
    wanted = filter if filter.codes or filter.families else replace(filter, codes=tuple(codes))
    conditions = replace(conditions_of(store, wanted, reader), only_codable=True)
    found = finding.find(store, conditions, order=filter.sort)
    yield from meant_rows(store, filter, reader, (id for part in found for id in part))


def meant_rows(store: Store, filter: AnswerFilter, reader: Reader, ids: Iterable[int]) -> Iterator[AnswerRow]:
    """The answers with the works that the filter means alone."""
    for chunk in chunks(ids, size=_AT_ONCE):
        for row in rows(store, chunk, reader):
            yield replace(row, works=tuple(work for work in row.works if _is_meant(work, filter)))


def _is_meant(work: CoderWork, filter: AnswerFilter) -> bool:
    return (not filter.coders or work.coder in filter.coders) and (
        not filter.rounds or work.round in filter.rounds
    )


class _Groups:
    """The groups of a column, or everybody as one."""

    def __init__(self, store: Store, reader: Reader, by: str | None) -> None:
        self._store = store
        if by is not None and reader.hides_group and by in hidden_groups(store):
            raise HarkenError(f"A round of yours hides the groups: leave out --by {by}.")
        self._grouped = None if by is None else group_participants(store, by)
        self.names = (EVERYONE,) if self._grouped is None else self._grouped.names

    def among(self, ids: Sequence[int]) -> Iterator[tuple[int, int, str]]:
        """Response, participant and group of these answers, in their order."""
        person_of = people_of(self._store, ids)
        for id in ids:
            person = person_of[id]
            yield id, person, self._grouped.of_participant[person] if self._grouped else EVERYONE


def hidden_groups(store: Store) -> frozenset[str]:
    """Names of the grouping variables, which a round may hide."""
    return frozenset(v.name for v in survey.variables(store) if v.role is VariableRole.GROUP)


def _base(
    store: Store, filter: AnswerFilter, reader: Reader, groups: _Groups, questions: tuple[str, ...]
) -> Mapping[str, set[int]]:
    """Participants by group with a decided answer in scope, whatever it says."""
    scope = replace(filter.only("occasions", "where", "participants"), questions=questions)
    conditions = conditions_of(store, scope, reader)
    decided = replace(conditions, states=("decided",), flags=(), state=conditions.coding, only_codable=True)
    found: dict[str, set[int]] = {}
    for part in finding.find(store, decided):
        for _, person, group in groups.among(part):
            found.setdefault(group, set()).add(person)
    return found
