"""What the project knows of its study: everything that the methods section and the checklists say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from harken._version import __version__
from harken.model import Approach, Codebook, Round, Sampling, VariableRole
from harken.services.flowing import Flow, flow
from harken.services.prespecifying.declaring import prespecified_for, read_prespecification
from harken.storage import coding, course, study, survey
from harken.storage.codebooks import stored_codebook, version_day, version_id
from harken.storage.codebooks.making import CodebookCourse, codebook_course
from harken.storage.course import SuggestionCounts
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingFacts:
    """Who coded how much, and how it was made sure of."""

    rounds: tuple[Round, ...]
    """Those in which somebody decided something."""
    n_decided: Mapping[tuple[str, str], int]
    """Answers by coder and round."""
    n_by_coders: Mapping[int, int]
    """Answers by how many coders decided them in one round."""
    n_uncodable: int
    n_settled: int
    """Answers that the adjudicated layer holds."""
    n_meetings: int
    n_memos: int
    n_imported: int
    """Decisions that came in with a file, so that nothing is known of how they were made."""
    first_day: str
    last_day: str

    @property
    def coders(self) -> tuple[str, ...]:
        """Everybody who decided something, in the order of the team."""
        return tuple(dict.fromkeys(coder for coder, _ in self.n_decided))

    @property
    def n_answers(self) -> int:
        """Answers that somebody decided."""
        return sum(self.n_by_coders.values())

    @property
    def n_double(self) -> int:
        """Answers that two or more coders decided in one round."""
        return sum(n for coders, n in self.n_by_coders.items() if coders > 1)

    @property
    def is_blind(self) -> bool:
        """Whether every round hid others' decisions until one's own was made."""
        return bool(self.rounds) and all(round.is_blind for round in self.rounds)


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyFacts:
    """The study as its file knows it, read at one moment."""

    title: str
    lead: str
    approach: Approach
    sampling: Sampling
    questions: tuple[str, ...]
    closed: tuple[str, ...]
    """Closed items."""
    groups: tuple[str, ...]
    """Columns by which people can be compared."""
    by: str | None
    """The column by which `flow` has groups."""
    flow: Flow
    n_answers: int
    """Answered responses of people who are not excluded."""
    n_non_response: int
    """Responses that are blank or listed as non-response."""
    routed: tuple[str, ...]
    """Questions of which the survey says who was asked them."""
    codebook: Codebook
    course: CodebookCourse
    codebook_version: str
    """First letters of the id of its latest change."""
    codebook_day: str
    coding: CodingFacts
    suggestions: SuggestionCounts
    prespecified: tuple[str, ...]
    """Themes declared before anybody saw them by the groups of `by`."""
    files: tuple[tuple[str, str], ...]
    """Name and SHA-256 of each survey file."""
    project_hash: str
    version: str = __version__

    @property
    def n_codes(self) -> int:
        return len(self.codebook.entries)

    @property
    def is_reflexive(self) -> bool:
        return self.approach is Approach.REFLEXIVE


def read_facts(store: Store, *, by: str | None = None) -> StudyFacts:
    """All of it; `by` is the column that makes groups of people, if any."""
    settings = study.settings(store)
    people = flow(store, by=by)
    with store.snapshot():
        stored = stored_codebook(store)
        asked = survey.questions(store)
        variables = survey.variables(store)
        return StudyFacts(
            title=settings.get("title", ""),
            lead=settings.get("lead", ""),
            approach=Approach(settings.get("approach", Approach.CONTENT)),
            sampling=Sampling(settings.get("sampling", Sampling.CONVENIENCE)),
            questions=tuple(question.name for question in asked),
            closed=tuple(one.name for one in variables if one.role is VariableRole.CLOSED),
            groups=tuple(one.name for one in variables if one.role is VariableRole.GROUP),
            by=by,
            flow=people,
            n_answers=survey.n_codable(store),
            n_non_response=survey.n_non_response(store),
            routed=tuple(question.name for question in asked if question.asked_variable),
            codebook=stored.codebook,
            course=codebook_course(store),
            codebook_version=version_id(store)[:8],
            codebook_day=version_day(store),
            coding=_coding(store),
            suggestions=course.suggestion_counts(store),
            prespecified=_prespecified(store, by),
            files=tuple(course.import_files(store)),
            project_hash=store.project_hash(),
        )


def _coding(store: Store) -> CodingFacts:
    decided = {(coder, round): n for coder, round, n in course.decided_by(store)}
    names = {round for _, round in decided}
    rounds = tuple(round for round in study.rounds(store) if round.name in names)
    coders = {coder for coder, _ in decided}
    origins = coding.origins(store, rounds=sorted(names), coders=sorted(coders))
    return CodingFacts(
        rounds=rounds,
        n_decided=decided,
        n_by_coders=course.n_answers_by_coders(store),
        n_uncodable=course.n_uncodable(store),
        n_settled=coding.n_settled(store),
        n_meetings=course.n_meetings(store),
        n_memos=course.n_memos(store),
        n_imported=origins.n_imported,
        first_day=origins.first_day,
        last_day=origins.last_day,
    )


def _prespecified(store: Store, by: str | None) -> tuple[str, ...]:
    """The labels of what was declared in time for this comparison."""
    in_time = prespecified_for(store, by)
    return tuple(one.label for one in read_prespecification(store).themes if one.code in in_time)
