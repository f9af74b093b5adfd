"""The answers behind the figures of theme tables, for whoever works with the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from harken.model import EVERYONE
from harken.report import Listing
from harken.services.counting.rows import Row
from harken.services.counting.scope import Scope
from harken.services.counting.sheet import Sheet
from harken.services.marking import marks_of, redacted
from harken.services.tabulating.figures import TOTAL
from harken.storage import survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the answers behind a figure stand, by the number of its question, its code and group."""

    known: Mapping[tuple[int, str, str], str] = field(default_factory=dict)

    def of(self, unit: int, code: str, group: str) -> str:
        """The anchor, empty where no answers are shown."""
        return self.known.get((unit, code, group), "")


def answers_behind(store: Store, sheet: Sheet) -> tuple[tuple[Listing, ...], Anchors]:
    """For each question, family and code the answers of those who count as mentioning it, by group.

    Texts have brackets in the place of what tells who somebody is. A family's figure leads to the lists of
    its codes.
    """
    marks = marks_of(store)
    place_of = {
        person.name: sheet.people.place[person.id]
        for person in survey.participants(store)
        if person.id in sheet.people.place
    }
    listings: list[Listing] = []
    known: dict[tuple[int, str, str], str] = {}
    for at, unit in enumerate(sheet.units):
        texts = {
            place_of[answer.key.participant]: (
                answer.key.participant,
                redacted(answer.text, marks.get(answer.id, ())),
            )
            for answer in survey.responses(store, questions=[unit.question.name], only_answered=True)
            if answer.key.occasion == unit.occasion and answer.key.participant in place_of
        }
        words = " · ".join(filter(None, (unit.question.name, unit.occasion)))
        listings.append(Listing(title=words, anchor=f"answers-{at}"))
        scope = sheet.over([at])
        for family in sheet.rows.families:
            listings += _family(sheet, scope, at, family, texts, known)
    return tuple(listings), Anchors(known)


def _family(
    sheet: Sheet,
    scope: Scope,
    at: int,
    family: Row,
    texts: Mapping[int, tuple[str, str]],
    known: dict[tuple[int, str, str], str],
) -> Iterator[Listing]:
    groups = sheet.people.groups
    n_people = int(scope.mentioning(family).sum())
    if not n_people:
        return
    anchor = f"answers-{at}-{family.code}"
    for group in (*groups, TOTAL, EVERYONE):
        known[at, family.code, group] = anchor
    yield Listing(
        title=f"{family.label}: any",
        anchor=anchor,
        level=2,
        notes=(f"{_people(n_people)}, listed with each code of theirs.",),
    )
    for row in sheet.rows.themes:
        if row.family != family.code:
            continue
        places = scope.mentioning(row).nonzero()[0].tolist()
        if not places:
            continue
        anchor = f"answers-{at}-{row.code}"
        known[at, row.code, TOTAL] = known[at, row.code, EVERYONE] = anchor
        title = f"{row.label} ({row.code})"
        if len(groups) == 1:
            known[at, row.code, groups[0]] = anchor
            yield Listing(
                title=f"{title}: {_people(len(places))}",
                anchor=anchor,
                level=3,
                entries=tuple(texts[place] for place in places if place in texts),
            )
            continue
        yield Listing(title=f"{title}: {_people(len(places))}", anchor=anchor, level=3)
        yield from _by_group(scope, groups, row, anchor, at, places, texts, known)


def _by_group(
    scope: Scope,
    groups: tuple[str, ...],
    row: Row,
    anchor: str,
    at: int,
    places: Iterable[int],
    texts: Mapping[int, tuple[str, str]],
    known: dict[tuple[int, str, str], str],
) -> Iterator[Listing]:
    of_group: dict[int, list[int]] = {}
    for place in places:
        of_group.setdefault(int(scope.group_of[place]), []).append(place)
    for number, name in enumerate(groups):
        if number in of_group:
            known[at, row.code, name] = f"{anchor}-{number}"
            yield Listing(
                title=f"{name}: {_people(len(of_group[number]))}",
                anchor=f"{anchor}-{number}",
                level=4,
                entries=tuple(texts[place] for place in of_group[number] if place in texts),
            )


def _people(n: int) -> str:
    return "1 person" if n == 1 else f"{n:,} people"
