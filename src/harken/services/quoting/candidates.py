"""What could be quoted for each theme: answers whose counted decision has it, with the part to print."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from harken.model import CONSENSUS, NONE_STATED, Mark, MarkKind, ResponseKey
from harken.services.counting.people import read_asked, read_people
from harken.services.marking import marks_of, redacted
from harken.services.quoting.passages import (
    SHORTEST,
    AnswerParts,
    Passage,
    Place,
    choose_passage,
    is_outdated,
    joined,
    n_words,
)
from harken.services.quoting.result import LeftOut
from harken.services.tracing.scope import Person, ReadAnswer, read_answers, read_basis, units_in
from harken.services.tracing.standings import Asked
from harken.services.tracing.tracing import theme_named
from harken.stats.typicality import CommonWords, Likeness
from harken.storage import quotes, survey, tables, traces
from harken.storage.codebooks import StoredCodebook
from harken.storage.quotes import QuoteEdit
from harken.storage.store import Store

_BRACKETS = re.compile(r"\[[^\[\]]* removed\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedTheme:
    """A theme for which quotes are chosen; `members` are paths of the codes that count towards it."""

    code: str
    label: str
    family: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An answer that could be quoted for a theme."""

    person: Person
    number: int
    """The person's number in print."""
    key: ResponseKey
    passage: Passage
    rank: int
    """0 is what to take first: edited or cleared, marked, undisputed, disputed, too short."""
    likeness: float
    """Mean cosine with the theme's other answers."""
    distinctness: float
    """The same less the mean cosine with answers to the same questions that lack the theme."""
    codes: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCandidates:
    """What could be quoted for a theme, and whom not and why; numbers are people."""

    theme: QuotedTheme
    n: int
    left_out: LeftOut
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateRule:
    """Whom and what may be quoted at all."""

    may_quote: Callable[[Person], bool]
    """Whether somebody agreed to be quoted."""
    only_cleared: bool
    own: str
    """The one coder whose marks and wordings count; empty: everybody's."""


def themes_named(stored: StoredCodebook, codes: Sequence[str]) -> tuple[QuotedTheme, ...]:
    """The themes named, each with all below it; else every code by itself but those of "there is none"."""
    if codes:
        found = []
        for address in dict.fromkeys(codes):
            path, label, members = theme_named(stored, address)
            found.append(
                QuotedTheme(
                    code=path,
                    label=label,
                    family=members[0].family.key if members else path,
                    members=frozenset(one.path for one in members),
                )
            )
        return tuple(found)
    return tuple(
        QuotedTheme(
            code=path, label=entry.code.label or path, family=entry.family.key, members=frozenset({path})
        )
        for path, entry in stored.codebook.entries.items()
        if entry.code.key != NONE_STATED
    )


class CandidateReader:
    """Reads every decided answer once, with all that bears on its being quoted."""

    def __init__(
        self,
        store: Store,
        stored: StoredCodebook,
        people: Mapping[int, Person],
        *,
        questions: Sequence[str],
        basis: str,
        rule: CandidateRule,
    ) -> None:
        self._people = people
        self._rule = rule
        self._numbers = quotes.numbers_in_print(store)
        self._answers = _decided(store, stored, people, questions=questions, basis=basis)
        ids = sorted(self._answers)
        self._place = {id: place for place, id in enumerate(ids)}
        self._texts = {id: text for id, _, text in survey.texts(store, ids)}
        self._keys = _keys(store, ids)
        self._marks = {id: _seen(marks, rule.own) for id, marks in marks_of(store, ids).items()}
        self._edits = {
            id: tuple(one for one in edits if rule.own in ("", one.by))
            for id, edits in quotes.quote_edits(store, ids).items()
        }
        self._codings = traces.codings_of_places(
            store,
            [
                (id, answer.ballots[place].round, answer.ballots[place].coder)
                for id, answer in self._answers.items()
                for place in answer.settled.counting
            ],
        )
        self._ids_of = stored.ids
        plain = [_BRACKETS.sub(" ", redacted(self._texts[id], self._marks.get(id, ()))) for id in ids]
        self._likeness = Likeness(plain)

    @property
    def n_outdated(self) -> int:
        """Edited wordings that repeat what was marked as identifying since."""
        return sum(
            bool(edit.words) and is_outdated(self._parts(id, ()), edit)
            for id, edits in self._edits.items()
            for edit in edits
        )

    def of_theme(self, theme: QuotedTheme) -> ThemeCandidates:
        """Candidates in the order of the survey, and whom there is nothing of."""
        ids = [id for id in self._place if self._answers[id].settled.codes & theme.members]
        units = {self._answers[id].unit for id in ids}
        chosen = set(ids)
        rest = [
            place for id, place in self._place.items() if id not in chosen and self._answers[id].unit in units
        ]
        common = self._likeness.common([self._place[id] for id in ids], rest=rest)
        likeness = dict(zip(ids, common.likeness_to_others(len(ids)), strict=True))
        distinctness = dict(zip(ids, common.distinctness(len(ids)), strict=True))
        found: list[Candidate] = []
        why: dict[int, str] = {}
        for id in ids:
            person = self._people[self._answers[id].participant_id]
            if not self._rule.may_quote(person):
                why[person.id] = "no_consent"
                continue
            passage = self._passage(id, theme, common)
            if passage is None:
                why.setdefault(person.id, "identifying")
            elif self._rule.only_cleared and not passage.is_cleared:
                why[person.id] = "not_cleared"
            else:
                found.append(
                    Candidate(
                        person=person,
                        number=self._numbers[person.id],
                        key=self._keys[id],
                        passage=passage,
                        rank=self._rank(self._answers[id], theme, passage),
                        likeness=likeness[id],
                        distinctness=distinctness[id],
                        codes=self._answers[id].settled.codes,
                    )
                )
        for person_id in {one.person.id for one in found}:
            why.pop(person_id, None)
        reasons = list(why.values())
        return ThemeCandidates(
            theme=theme,
            n=len({self._answers[id].participant_id for id in ids}),
            left_out=LeftOut(
                no_consent=reasons.count("no_consent"),
                identifying=reasons.count("identifying"),
                not_cleared=reasons.count("not_cleared"),
            ),
            candidates=tuple(found),
        )

    def _passage(self, id: int, theme: QuotedTheme, common: CommonWords) -> Passage | None:
        answer = self._answers[id]
        wanted = {self._ids_of[path] for path in theme.members}
        segments: list[Place] = []
        is_whole = False
        for place in answer.settled.counting:
            ballot = answer.ballots[place]
            for code, start, end in self._codings[id, ballot.round, ballot.coder]:
                if code not in wanted:
                    continue
                if start is None or end is None:
                    is_whole = True
                else:
                    segments.append((start, end))
        return choose_passage(self._parts(id, () if is_whole else joined(segments)), common.scores)

    def _parts(self, id: int, segments: tuple[Place, ...]) -> AnswerParts:
        edits: tuple[QuoteEdit, ...] = self._edits.get(id, ())
        return AnswerParts(
            text=self._texts[id], marks=self._marks.get(id, ()), edits=edits, segments=segments
        )

    @staticmethod
    def _rank(answer: ReadAnswer, theme: QuotedTheme, passage: Passage) -> int:
        if passage.is_edited or passage.is_cleared:
            return 0
        if passage.is_marked:
            return 1
        if n_words(passage.words) < SHORTEST:
            return 4
        counting = [answer.ballots[place] for place in answer.settled.counting]
        is_settled = any(ballot.coder == CONSENSUS for ballot in counting)
        is_undisputed = all(ballot.codes & theme.members for ballot in answer.ballots)
        return 2 if is_settled or is_undisputed else 3


def _decided(
    store: Store,
    stored: StoredCodebook,
    people: Mapping[int, Person],
    *,
    questions: Sequence[str],
    basis: str,
) -> dict[int, ReadAnswer]:
    """Decided answers of these people, by response id."""
    units = units_in(store, questions)
    place = read_people(store, by=None, with_excluded=True)
    asked = Asked(units=units, flags=read_asked(store, place, units), place=place.place)
    return {
        answer.response_id: answer
        for answer in read_answers(store, units, stored, read_basis(store, basis))
        if answer.settled.is_decided
        and answer.participant_id in people
        and asked.was_asked(answer.unit, answer.participant_id)
    }


def _keys(store: Store, ids: Sequence[int]) -> dict[int, ResponseKey]:
    return {id: ResponseKey(*key) for id, key in tables.response_places(store, ids).items()}


def _seen(marks: Iterable[Mark], own: str) -> tuple[Mark, ...]:
    """Identifying places are everybody's; what is worth quoting, while blind, one's own alone."""
    return tuple(mark for mark in marks if mark.kind is MarkKind.IDENTIFYING or own in ("", mark.coder))
