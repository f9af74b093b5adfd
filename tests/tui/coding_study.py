"""A small study in memory, an app on it, and what its screen shows."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from textual.events import Key
from textual.pilot import Pilot

from harken.codebook import diff_codebooks, parse_codebook
from harken.model import Codebook, Decision, ResponseKey, Round
from harken.services.coding import CodingSession
from harken.services.studies import add_round
from harken.storage import codebooks, coding
from harken.storage.journal import new_id
from harken.storage.store import Store
from harken.storage.survey_rows import SurveyWriter
from harken.tui import openings
from harken.tui.app import HarkenApp

BOOK = """
harken: 1
families:
  - key: benefit
    label: Benefits
    codes:
      - key: understanding
        label: Understanding
        definition: The image helps to understand.
        include: making sense, seeing what is wrong
        exclude: understanding as a wish only
        examples: ["I could finally see what she meant"]
        keywords: [understand]
        hotkey: u
        codes:
          - {key: anatomy, label: Anatomy, hotkey: y}
      - {key: trust, label: Trust, hotkey: t, keywords: [trust]}
  - key: risk
    label: Risks
    codes:
      - {key: worry, label: Anxiety or worry, hotkey: w, keywords: [worry]}
  - key: valence
    label: Valence
    exclusive: true
    codes:
      - {key: good, label: Good, hotkey: g}
      - {key: bad, label: Bad, hotkey: b}
"""
_CHARACTERS = {"space": " ", "enter": "\r"}
ANSWERS = {
    "P1": "I understand it now.",
    "P2": "It made me worry\nand then I trusted her.",
    "P3": "nothing",
}


@dataclass
class Clock:
    """Time that passes as a test says: a second at every look, or not at all."""

    step: float = 1.0
    now: float = 0.0

    def __call__(self) -> float:
        self.now += self.step
        return self.now


@dataclass
class CodingStudy:
    """A project with one open question, and the last decisions and drafts that it holds."""

    store: Store
    clock: Clock = field(default_factory=Clock)

    def app(
        self,
        *,
        round: str = "main",
        keymap: Mapping[str, str] | None = None,
        with_suggestions: bool = False,
    ) -> HarkenApp:
        session = CodingSession.open(self.store, coder="ada", round=round)
        opening = openings.coding(session, with_suggestions=with_suggestions)
        return HarkenApp(opening, keymap=keymap, clock=self.clock)

    @property
    def book(self) -> codebooks.StoredCodebook:
        return codebooks.stored_codebook(self.store)

    def decision(self, participant: str) -> Decision | None:
        return coding.decision_at(
            self.store, self.book, ResponseKey(participant, "q"), round="main", coder="ada"
        )

    def decided(self, participant: str) -> tuple[str, ...] | None:
        found = self.decision(participant)
        return None if found is None else found.codes

    def draft(self, participant: str) -> coding.Draft | None:
        return coding.draft_at(
            self.store, self.book, ResponseKey(participant, "q"), round="main", coder="ada"
        )


def make_study(
    answers: Mapping[str, str] = ANSWERS,
    *,
    book: str | Codebook = BOOK,
    rounds: Iterable[Round] = (),
    group: Callable[[str], str] = lambda name: "expert",
    title: str = "A study",
) -> CodingStudy:
    store = Store.in_memory()
    with store.action("ada") as action:
        action.append(
            "project.created",
            {"title": title, "lead": "ada", "approach": "content", "sampling": "convenience"},
        )
        action.append("coder.added", {"name": "ada"})
        for round in (Round(name="main"), *rounds):
            add_round(action, round)
        import_id = new_id()
        writer = SurveyWriter(action, import_id=import_id)
        writer.add_question("q")
        for name, text in answers.items():
            writer.add_participant(name, {"group": group(name), "wants": "yes"})
            writer.add_response(ResponseKey(name, "q"), text, {})
        action.append(
            "survey.imported",
            {
                "file": "survey.csv",
                "sha256": "",
                "rows_sha256": writer.finish().rows_sha256,
                "variables": [
                    {"name": "group", "role": "group", "per_response": False},
                    {"name": "wants", "role": "closed", "per_response": False},
                ],
            },
            id=import_id,
        )
    new = parse_codebook(book) if isinstance(book, str) else book
    if new.families:
        old = codebooks.stored_codebook(store).codebook
        codebooks.replace_codebook(
            store, new, actor="ada", source=Path("book.yaml"), diff=diff_codebooks(old, new), mapping={}
        )
    return CodingStudy(store)


def screen_text(pilot: Pilot[str]) -> str:
    """What the terminal shows, line by line, without colours."""
    app = pilot.app
    console = Console(
        width=app.size.width, height=app.size.height, file=io.StringIO(), record=True, force_terminal=True
    )
    console.print(
        app.screen._compositor.render_update(full=True, screen_stack=app._background_screens, simplify=False)
    )
    lines = console.export_text(styles=False).splitlines()
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def send_at_once(pilot: Pilot[str], keys: Iterable[str | float]) -> None:
    """Keys that arrive in one piece, as a paste does and as a slow line may bring them; a number of seconds
    begins another piece.
    """
    now = Key("a", None).time
    for key in keys:
        if isinstance(key, float):
            now += key
            continue
        event = Key(key, _CHARACTERS.get(key, key if len(key) == 1 else None))
        event.time = now
        pilot.app.post_message(event)
