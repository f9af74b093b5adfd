"""What everybody is to a figure: from the answers in scope to who counts, who does not, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harken.services.counting.people import Unit
from harken.services.tabulating import Base
from harken.services.tracing.result import Standing
from harken.services.tracing.scope import Person, ReadAnswer
from harken.storage.counted.sets import Flags

_OF_STATE = {
    Standing.UNDECIDED: "an answer in scope is undecided by this basis",
    Standing.UNCODABLE: "all answers in scope are uncodable",
    Standing.NO_ANSWER: "no answer in scope: blank, listed as non-response, or not there",
    Standing.NOT_ASKED: "not asked any question in scope",
    Standing.MENTIONED: "an answer in scope has the theme",
    Standing.NOT_MENTIONED: "every answer in scope is decided, none has the theme",
    Standing.NOTHING_TO_CODE: "every answer in scope is decided, and no code applies",
    Standing.WITHDRAWN: "withdrew; nothing of theirs is kept",
}


@dataclass(slots=True)
class PersonAnswers:
    """One person's answers in scope that count: ids, and what they come to together."""

    response_ids: list[int] = field(default_factory=list)
    is_undecided: bool = False
    is_codable: bool = False
    codes: set[str] = field(default_factory=set)

    def add(self, answer: ReadAnswer) -> None:
        self.response_ids.append(answer.response_id)
        self.is_undecided |= not answer.settled.is_decided
        self.is_codable |= answer.settled.is_decided and answer.settled.is_codable
        self.codes |= answer.settled.codes


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonStanding:
    """What somebody is to the figure, and why in words."""

    standing: Standing
    in_base: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who was asked what, as far as the survey says."""

    units: Sequence[Unit]
    flags: Sequence[Flags | None]
    place: Mapping[int, int]

    def was_asked(self, unit: int, person: int) -> bool:
        """Whether an answer to the unit counts: they were asked, or nobody knows who was."""
        flags = self.flags[unit]
        return flags is None or bool(flags[self.place[person]])

    def is_eligible(self, person: int) -> bool:
        """Asked any of the questions; everybody where it is unknown of one of them."""
        if not self.units:
            return False
        if any(flags is None for flags in self.flags):
            return True
        return any(flags is not None and bool(flags[self.place[person]]) for flags in self.flags)


def standing_of(
    person: Person,
    answers: PersonAnswers | None,
    *,
    members: frozenset[str],
    asked: Asked,
    base: Base,
    with_excluded: bool,
) -> PersonStanding:
    """What one person is to the figure of the codes in `members`."""
    if person.group == "":
        return _outside(Standing.WITHDRAWN)
    if person.exclusion and not with_excluded:
        return PersonStanding(standing=Standing.EXCLUDED, in_base=False, why=f"excluded: {person.exclusion}")
    is_eligible = asked.is_eligible(person.id)
    standing = _by_answers(answers, members, is_eligible=is_eligible)
    is_coded = standing in (Standing.MENTIONED, Standing.NOT_MENTIONED, Standing.NOTHING_TO_CODE)
    in_base = {
        Base.CODED: is_coded,
        Base.ELIGIBLE: is_eligible,
        Base.SUBSTANTIVE: is_coded and standing is not Standing.NOTHING_TO_CODE,
    }[base]
    return PersonStanding(standing=standing, in_base=in_base, why=_OF_STATE[standing])


def _outside(standing: Standing) -> PersonStanding:
    return PersonStanding(standing=standing, in_base=False, why=_OF_STATE[standing])


def _by_answers(answers: PersonAnswers | None, members: frozenset[str], *, is_eligible: bool) -> Standing:
    if answers is None:
        return Standing.NO_ANSWER if is_eligible else Standing.NOT_ASKED
    if answers.is_undecided:
        return Standing.UNDECIDED
    if not answers.is_codable:
        return Standing.UNCODABLE
    if answers.codes & members:
        return Standing.MENTIONED
    return Standing.NOT_MENTIONED if answers.codes else Standing.NOTHING_TO_CODE


def gather(answers: Iterable[ReadAnswer], asked: Asked) -> dict[int, PersonAnswers]:
    """The answers that count by participant id; those of people who were not asked are set aside."""
    found: dict[int, PersonAnswers] = {}
    for answer in answers:
        if answer.participant_id in asked.place and asked.was_asked(answer.unit, answer.participant_id):
            found.setdefault(answer.participant_id, PersonAnswers()).add(answer)
    return found
