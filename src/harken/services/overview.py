"""Where a study stands and what comes next."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from harken.report import Column, Report, Table, count, text
from harken.storage import codebooks, coding, study, survey
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class CoderProgress:
    """One coder's decisions in one round, of the responses that are theirs to decide."""

    coder: str
    round: str
    n_decided: int
    n_to_decide: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The state of a project in figures, with the next step as a sentence and a command."""

    title: str
    lead: str
    n_participants: int
    """People who answered and did not withdraw; the excluded ones are among them."""
    n_excluded: int
    questions: tuple[str, ...]
    n_codable: int
    n_codes: int
    progress: tuple[CoderProgress, ...]
    next_step: str
    next_command: str


def overview(store: Store) -> Overview:
    """The state of a project, all read at one moment."""
    with store.snapshot():
        settings = study.settings(store)
        people = [person for person in survey.participants(store) if not person.has_withdrawn]
        questions = tuple(question.name for question in survey.questions(store))
        n_codes = len(codebooks.stored_codebook(store).codebook.entries)
        n_codable = survey.n_codable(store)
        progress = tuple(
            CoderProgress(coder=coder, round=round, n_decided=n, n_to_decide=n_codable)
            for coder, round, n in coding.progress(store)
        )
        step, command = _next_step(
            has_questions=bool(questions),
            n_codes=n_codes,
            n_left_to_settle=n_codable - coding.n_settled(store),
            n_codable=n_codable,
            progress=progress,
        )
        return Overview(
            title=settings["title"],
            lead=settings["lead"],
            n_participants=len(people),
            n_excluded=sum(bool(person.exclusion) for person in people),
            questions=questions,
            n_codable=n_codable,
            n_codes=n_codes,
            progress=progress,
            next_step=step,
            next_command=command,
        )


def _next_step(
    *,
    has_questions: bool,
    n_codes: int,
    n_left_to_settle: int,
    n_codable: int,
    progress: tuple[CoderProgress, ...],
) -> tuple[str, str]:
    if not has_questions:
        return "Take in the survey", "harken import FILE"
    if n_codes == 0:
        return (
            "Take in a codebook, or start coding and make the codes as you go",
            "harken codebook import FILE  |  harken code --as NAME",
        )
    if n_codable and not n_left_to_settle and not progress:
        return "Look at the themes", "harken themes --by COLUMN"
    if not progress:
        return "Code the answers", "harken code --as NAME"
    behind = [one for one in progress if one.n_decided < one.n_to_decide]
    if len(behind) == len(progress):
        first = max(behind, key=lambda one: one.n_decided)
        left = first.n_to_decide - first.n_decided
        return f"Go on coding: {first.coder} has {left} of {n_codable} answers left", (
            shlex.join(["harken", "code", "--as", first.coder])
        )
    if len({one.coder for one in progress}) > 1:
        return "Look at agreement and themes", "harken agreement  |  harken themes --by COLUMN"
    return "Look at the themes", "harken themes --by COLUMN"


def overview_report(state: Overview) -> Report:
    """What `harken` prints of the state: figures, each coder's progress, the next step."""
    counts = Table(
        title="",
        columns=(Column(heading=""), Column(heading="", align="right")),
        rows=(
            (text("participants"), count(state.n_participants)),
            (text("of them excluded"), count(state.n_excluded)),
            (text("open questions"), count(len(state.questions))),
            (text("answers to code"), count(state.n_codable)),
            (text("codes"), count(state.n_codes)),
        ),
    )
    coders = Table(
        title="Coding",
        columns=(
            Column(heading="coder"),
            Column(heading="round"),
            Column(heading="decided", align="right"),
            Column(heading="of", align="right"),
        ),
        rows=tuple(
            (text(one.coder), text(one.round), count(one.n_decided), count(one.n_to_decide))
            for one in state.progress
        ),
    )
    return Report(
        title=state.title,
        notes=(f"Next: {state.next_step}.", f"  {state.next_command}"),
        tables=(counts, coders) if state.progress else (counts,),
    )
