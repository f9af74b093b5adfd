"""The short form of where a study stands, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from harken.model import Approach
from harken.report import Column, Report, Table, count, text
from harken.services.asking.alerting import n_open_alerts
from harken.services.asking.questions import count_asked
from harken.services.standing.commands import code_command
from harken.services.standing.result import CoderWork
from harken.services.standing.work import read_work
from harken.storage import codebooks, standing, study, survey
from harken.storage.store import Store

_LOOK = "Look at"
"""So begins the step to the tables, which reflexive work does not aim at."""


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
    n_questions: int
    """Open questions that the viewer may reply to or look at."""
    n_replies: int
    """Replies to the viewer that they have not taken up yet."""
    n_alerts: int
    """Open alerts that the viewer may see."""
    next_step: str
    next_command: str


def overview(store: Store, *, viewer: str = "") -> Overview:
    """The state of a project as one coder (default: the lead) sees it, all read at one moment."""
    with store.snapshot():
        settings = study.settings(store)
        who = viewer or settings["lead"]
        n_participants, n_excluded = standing.people(store)
        questions = tuple(question.name for question in survey.questions(store))
        n_codes = len(codebooks.stored_codebook(store).codebook.entries)
        n_codable = survey.n_codable(store)
        asked = count_asked(store, viewer=who)
        progress = _progress(read_work(store))
        step, command = _next_step(
            viewer=who,
            has_questions=bool(questions),
            n_codes=n_codes,
            n_left_to_settle=standing.n_unsettled(store),
            n_codable=n_codable,
            progress=progress,
        )
        if settings.get("approach") == Approach.REFLEXIVE and step.startswith(_LOOK):
            step, command = "Think in analytic themes", "harken analytic-themes screen"
        return Overview(
            title=settings["title"],
            lead=settings["lead"],
            n_participants=n_participants,
            n_excluded=n_excluded,
            questions=questions,
            n_codable=n_codable,
            n_codes=n_codes,
            progress=progress,
            n_questions=asked.n_open,
            n_replies=asked.n_replies,
            n_alerts=n_open_alerts(store, viewer=who),
            next_step=step,
            next_command=command,
        )


def _progress(work: Iterable[CoderWork]) -> tuple[CoderProgress, ...]:
    """The work of each coder in each round, over all questions."""
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for one in work:
        done, to_do = totals.get((one.coder, one.round), (0, 0))
        totals[one.coder, one.round] = (done + one.n_done, to_do + one.n_to_do)
    return tuple(
        CoderProgress(coder=coder, round=round, n_decided=done, n_to_decide=to_do)
        for (coder, round), (done, to_do) in totals.items()
    )


def _next_step(
    *,
    viewer: str,
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
        return f"{_LOOK} the themes", "harken themes --by COLUMN"
    if not progress:
        return "Code the answers", "harken code --as NAME"
    behind = [one for one in progress if one.n_decided < one.n_to_decide]
    own = [one for one in behind if one.coder == viewer]
    if own or len(behind) == len(progress):
        first = max(own or behind, key=lambda one: one.n_decided)
        left = first.n_to_decide - first.n_decided
        of = f"{left} of {first.n_to_decide} answers left"
        return f"Go on coding: {first.coder} has {of}", code_command(first.coder, first.round)
    if len({one.coder for one in progress}) > 1:
        return f"{_LOOK} agreement and themes", "harken agreement  |  harken themes --by COLUMN"
    return f"{_LOOK} the themes", "harken themes --by COLUMN"


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
        notes=(*_waiting(state), f"Next: {state.next_step}.", f"  {state.next_command}"),
        tables=(counts, coders) if state.progress else (counts,),
    )


def _waiting(state: Overview) -> tuple[str, ...]:
    """What waits for the viewer; alerts come before everything else."""
    waiting = (
        (state.n_alerts, "open alert", "open alerts", "harken alerts"),
        (state.n_replies, "reply to you", "replies to you", "harken questions --mine"),
        (state.n_questions, "open question", "open questions", "harken questions"),
    )
    return tuple(
        f"{n:,} {one if n == 1 else several}: {command}" for n, one, several, command in waiting if n
    )
