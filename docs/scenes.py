"""The screens that `docs/pictures.py` draws, and the study in them: the synthetic sample, partly coded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from harken.model import MAIN_ROUND, ResponseKey
from harken.services import analytic_themes, asking, memos
from harken.services.analytic_themes.writing import quote_of, toggle_quote
from harken.services.browsing import reader_for
from harken.services.coding import CodingSession
from harken.services.project import Project
from harken.services.reading_mode import ReadingSession
from harken.services.sample_study import LEAD, NEWCOMER, build_sample_study
from harken.storage.study import round_named
from harken.tui import openings
from harken.tui.app import Opening

N_DECIDED = 24
ASKED = "Is this about the talk with the doctor, or about being taken seriously?"
QUESTION = "q_benefits"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A screen after some keys, for a coder."""

    name: str
    screen: str = "coding"
    keys: Sequence[str] = ()
    coder: str = NEWCOMER
    is_all_decided: bool = False
    """Whether the coder has come to the end."""


def at(participant: str, *keys: str) -> tuple[str, ...]:
    """A few decisions, then the participant's first answer, then keys."""
    first = ("u", "t", "s", "enter", "u", "a", "e", "enter")
    return (*first, "space", "g", *participant.lower(), "enter", *keys)


SCENES = (
    Scene(name="coding", keys=at("P297", "1", "3")),
    Scene(name="coding-long", keys=at("P155", "1", "2")),
    Scene(name="coding-refusal", keys=("enter",)),
    Scene(name="coding-menu", keys=("space",)),
    Scene(name="coding-words", keys=("space", "w", "right", "enter", "right", "right")),
    Scene(name="coding-help", keys=("question_mark",)),
    Scene(name="coding-palette", keys=("ctrl+p",)),
    Scene(name="coding-new-code", keys=("space", "n", *"Family", "space", *"can", "space", *"see")),
    Scene(name="coding-find", keys=("space", "f", "a", "n")),
    Scene(name="coding-person", keys=("space", "p")),
    Scene(name="coding-memo", keys=("space", "m", *"why")),
    Scene(name="coding-unsure", keys=("space", "u", *"why")),
    Scene(name="coding-alert", keys=("space", "a", *"distress")),
    Scene(name="coding-end", is_all_decided=True),
    Scene(name="reading", screen="reading", keys=("right", "right", "s")),
    Scene(name="answers", screen="answers", keys=("down", "down")),
    Scene(name="answers-search", screen="answers", keys=("slash", *"doctor", "enter", "down")),
    Scene(name="answers-filter", screen="answers", keys=("f",)),
    Scene(name="answers-person", screen="answers", keys=("down", "p")),
    Scene(name="answers-help", screen="answers", keys=("question_mark",)),
    Scene(name="codebook", screen="codebook", keys=("down", "down"), coder=LEAD),
    Scene(name="codebook-help", screen="codebook", keys=("question_mark",), coder=LEAD),
    Scene(name="memos", screen="memos", keys=("down",)),
    Scene(name="memos-new", screen="memos", keys=("n", *"What strikes me")),
    Scene(name="questions", screen="questions", keys=("down",), coder=LEAD),
    Scene(name="questions-reply", screen="questions", keys=("r", *"Yes"), coder=LEAD),
    Scene(name="meeting", screen="meeting", coder=LEAD),
    Scene(name="themes", screen="themes", coder=LEAD),
)
"""Every screen, for a look at all of them."""


def opening_of(scene: Scene, project: Project) -> Opening:
    """What makes the scene's first screen."""
    return _OPENINGS[scene.screen](project, scene)


def _coding(project: Project, scene: Scene) -> Opening:
    session = CodingSession.open(project.store, coder=scene.coder)
    while scene.is_all_decided and session.current is not None:
        if session.current.codes:
            session.decide()
        else:
            session.decide_no_code()
    return openings.coding(session)


def _reading(project: Project, scene: Scene) -> Opening:
    return openings.reading(ReadingSession.open(project.store, coder=scene.coder))


def _answers(project: Project, scene: Scene) -> Opening:
    return openings.answers(project.store, reader_for(project.store, scene.coder))


def _room(opens: Callable[..., Opening]) -> Callable[[Project, Scene], Opening]:
    return lambda project, scene: opens(
        project.store, coder=scene.coder, round=round_named(project.store, MAIN_ROUND)
    )


_OPENINGS: Mapping[str, Callable[[Project, Scene], Opening]] = {
    "coding": _coding,
    "reading": _reading,
    "answers": _answers,
    "codebook": _room(openings.codebook),
    "memos": _room(openings.memos),
    "questions": _room(openings.questions),
    "meeting": _room(openings.meeting),
    "themes": _room(openings.analytic_themes),
}


def build_worked_study(folder: Path) -> Path:
    """The sample study in which the newcomer has coded some answers, asked, noted and read."""
    path = build_sample_study(folder)
    with Project.open(path, actor=NEWCOMER) as project:
        _code(project)
        _note(project)
    return path


def _code(project: Project) -> None:
    session = CodingSession.open(project.store, coder=NEWCOMER)
    for number in range(N_DECIDED):
        paths = list(session.sheet.entries)
        for step in (3, 7)[: number % 3]:
            session.toggle(paths[(number * step) % len(paths)])
        if number % 8 == 2:
            session.mark_unsure(True, ASKED)
        if number % 9 == 4:
            session.write_memo("Said with a smile? The words alone do not tell.")
        if session.current is not None and session.current.codes:
            session.decide()
        else:
            session.decide_no_code()


def _note(project: Project) -> None:
    store = project.store
    answers = [ResponseKey(name, QUESTION) for name in ("P003", "P004", "E002")]
    asking.raise_alert(
        store, answers[0], coder=NEWCOMER, note="Writes of harming herself; please read it today."
    )
    for subject, body, actor in (
        (memos.PROJECT, "Read the first fifty. Patients speak of talks, experts of compliance.", NEWCOMER),
        (
            memos.PROJECT,
            "Decided to keep risk and worry apart: worry is the patient's, risk the study's.",
            LEAD,
        ),
        (
            memos.on_code(store, "benefit.trust"),
            "Trust in whom? Often the system, seldom a person.",
            NEWCOMER,
        ),
        (memos.on_participant(store, "P003"), "Answers all three questions as one story.", NEWCOMER),
        (memos.on_answer(store, answers[1]), "Compare with what P003 says of control.", NEWCOMER),
    ):
        memos.add_memo(store, subject, body, actor=actor)
    theme = analytic_themes.make_theme(
        store, "Seeing is believing", actor=LEAD, idea="A picture settles what words left open."
    )
    for path in ("benefit.understanding", "benefit.trust"):
        analytic_themes.toggle_code(store, theme, path, actor=LEAD)
    for key in answers:
        toggle_quote(store, theme, quote_of(store, key), actor=LEAD)
    analytic_themes.make_theme(
        store, "A shared object", actor=LEAD, idea="Both sides look at the same thing."
    )
