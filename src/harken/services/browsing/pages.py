"""One person's page, with everything they gave; one code's page, with everything that has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harken.errors import HarkenError
from harken.model import MISSING_GROUP, CodebookEntry, VariableRole
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.listing import find_ids
from harken.services.browsing.readers import Reader
from harken.services.browsing.retrieval import CodeGroup, sections
from harken.services.browsing.rows import AnswerRow, rows
from harken.storage import codebooks, survey
from harken.storage.answers import reading
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A participant with everything that the survey has of them."""

    name: str
    exclusion: str
    """Why they do not count; empty for those who do."""
    groups: tuple[tuple[str, str], ...]
    """Variable and value; empty where they are hidden."""
    closed: tuple[tuple[str, str], ...]
    attributes: tuple[tuple[str, str], ...]
    answers: tuple[AnswerRow, ...]
    """To all questions on all occasions, in file order."""

    def as_json(self, *, is_redacted: bool = True) -> dict[str, Any]:
        return {
            "participant": self.name,
            "exclusion": self.exclusion,
            "groups": dict(self.groups),
            "closed": dict(self.closed),
            "attributes": dict(self.attributes),
            "answers": [row.as_json(is_redacted=is_redacted) for row in self.answers],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """A code's entry and its answers, by group."""

    entry: CodebookEntry
    by: str | None
    groups: tuple[CodeGroup, ...]


def person_page(store: Store, name: str, reader: Reader) -> PersonPage:
    """All that one participant gave; raises for somebody who is unknown or withdrew."""
    person = survey.participant_named(store, name)
    if person.has_withdrawn:
        raise HarkenError(f"Participant {name!r} has withdrawn; nothing of theirs is kept.")
    found = find_ids(store, AnswerFilter(participants=(name,)), reader)
    ids = [id for part in found for id in part]
    values = _values(store, ids, person.attributes)
    variables = survey.variables(store)

    def of_role(role: VariableRole, blank: str = "") -> tuple[tuple[str, str], ...]:
        return tuple((v.name, values.get(v.name, "") or blank) for v in variables if v.role is role)

    return PersonPage(
        name=name,
        exclusion=person.exclusion,
        groups=() if reader.hides_group else of_role(VariableRole.GROUP, MISSING_GROUP),
        closed=of_role(VariableRole.CLOSED),
        attributes=of_role(VariableRole.ATTRIBUTE),
        answers=rows(store, ids, reader),
    )


def _values(store: Store, ids: list[int], personal: Mapping[str, str]) -> dict[str, str]:
    """Each variable's value; those that differ between the person's answers, one after the other."""
    several: dict[str, dict[str, None]] = {}
    for answer in reading.answers(store, ids):
        for variable, value in answer.attributes.items():
            several.setdefault(variable, {}).setdefault(value.strip(), None)
    return {name: value.strip() for name, value in personal.items()} | {
        variable: ", ".join(value for value in values if value) for variable, values in several.items()
    }


def code_page(
    store: Store, path: str, reader: Reader, *, by: str | None = None, most: int | None = None
) -> CodePage:
    """A code's answers by the groups of a column; `most` limits those of a group, not its figures."""
    codebook = codebooks.stored_codebook(store).codebook
    entry = codebook.entries[codebook.resolve(path)]
    (section,) = sections(store, AnswerFilter(codes=(entry.path,)), reader, [entry], by=by, most=most)
    return CodePage(entry=entry, by=by, groups=section.groups)
