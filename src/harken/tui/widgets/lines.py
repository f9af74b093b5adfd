"""The single lines of the coding screen, above and below its middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.style import Style

from harken.model import DecisionState
from harken.report import visible
from harken.services.coding import CodeSheet, LastDecision, OpenAnswer, Progress, WorkState
from harken.tui.texts import APPLIED, fitted, short_name, spread
from harken.tui.widgets.painted import PaintedLines

STATE_WORDS = {
    WorkState.UNDECIDED: "○ undecided",
    WorkState.DRAFT: "✎ draft, not decided",
    WorkState.DECIDED: f"{APPLIED} decided, saved",
}


class _Line(PaintedLines):
    DEFAULT_CSS = """
    _Line { height: 1; text-wrap: nowrap; padding: 0 2; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._content: tuple[Content, Content] = (Content(""), Content(""))

    def put(self, left: Content, right: Content | None = None) -> None:
        self._content = (left, right or Content(""))
        self.repaint()

    def content_lines(self) -> list[Content]:
        left, right = self._content
        width = self.content_size.width
        return [spread(left, right, width) if right else fitted(left, width)]


class Heading(_Line):
    """Which question; who answered, of which group, and where in the queue."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"heading--question", "heading--who", "heading--place"}

    def show(self, answer: OpenAnswer | None, n_answers: int) -> None:
        if answer is None:
            self.put(Content.styled("End of the queue", self.component("heading--question")))
            return
        key = answer.response.key
        question = visible(key.question) + (f" · {visible(key.occasion)}" if key.occasion else "")
        groups = [
            visible(value) if len(answer.groups) == 1 else f"{visible(name)} {visible(value)}"
            for name, value in answer.groups
        ]
        who = Content(" · ").join([visible(key.participant), *groups])
        self.put(
            Content.styled(question, self.component("heading--question")),
            Content.assemble(
                who.stylize(self.component("heading--who")),
                (f"   {answer.position + 1}/{n_answers}", self.component("heading--place")),
            ),
        )


class AppliedLine(_Line):
    """The codes applied to the open answer, wherever the list of codes is scrolled to."""

    DEFAULT_CSS = """
    AppliedLine { padding: 0 1 0 2; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"applied--code", "applied--none", "applied--note"}

    def show(self, answer: OpenAnswer | None, sheet: CodeSheet) -> None:
        if answer is None:
            self.put(Content(""))
            return
        notes = [*(["? unsure"] if answer.work.is_unsure else []), *(["✎ memo"] if answer.work.memo else [])]
        right = Content.styled("  ".join(notes), self.component("applied--note"))
        if answer.is_uncodable:
            left = Content.styled(f"{APPLIED} uncodable", self.component("applied--code"))
        elif answer.codes:
            names = [
                visible(sheet.entries[path].code.label) if path in sheet.entries else short_name(path)
                for path in answer.codes
            ]
            left = Content.styled(
                f"{APPLIED} " + f"  {APPLIED} ".join(names), self.component("applied--code")
            )
        elif answer.state is WorkState.DECIDED:
            left = Content.styled(f"{APPLIED} no code applies", self.component("applied--code"))
        else:
            left = Content.styled("no code applied yet", self.component("applied--none"))
        self.put(left, right)


class LastLine(_Line):
    """The last decision, as the store holds it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"last--mark"}

    def show(self, last: LastDecision | None) -> None:
        if last is None:
            self.put(Content(""))
            return
        if last.state is DecisionState.UNCODABLE:
            said = "uncodable"
        else:
            said = ", ".join(map(short_name, last.codes)) or "no code applies"
        self.put(
            Content.assemble(
                (f"{APPLIED} ", self.component("last--mark")), f"{visible(last.key.participant)} {said}"
            )
        )


class MessageLine(_Line):
    """What the last key did or why it did nothing; a refusal flashes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"message--refusal"}

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        shown = visible(text.replace("\n", " "))
        style = self.component("message--refusal") if is_refusal else Style()
        self.put(Content.styled(f"! {shown}" if is_refusal else shown, style))
        self.set_class(is_refusal, "-flash")
        if is_refusal:
            self.set_timer(0.25, lambda: self.remove_class("-flash"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What the status line says."""

    coder: str
    round: str
    progress: Progress
    state: WorkState | None
    is_caps_on: bool


class StatusLine(_Line):
    """Who, round, done and left, saved; and whether the open answer is a draft or decided."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"status--who", "status--state", "status--caps"}

    def show(self, standing: Standing) -> None:
        progress = standing.progress
        n_drafts = progress.n_drafts
        drafts = f"  {n_drafts} draft{'s' if n_drafts > 1 else ''}" if n_drafts else ""
        left = Content.assemble(
            (visible(f"{standing.coder} · {standing.round}"), self.component("status--who")),
            f"   {progress.n_done} done  {progress.n_left} left{drafts}   saved {progress.n_saved}",
        )
        caps = Content.styled(" CAPS LOCK ", self.component("status--caps")) if standing.is_caps_on else ""
        state = STATE_WORDS[standing.state] if standing.state else ""
        self.put(left, Content.assemble(caps, "  ", (state, self.component("status--state"))))


class KeyLine(_Line):
    """The keys that matter most, from the bindings as the keymap left them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}

    def show(self, keys: Sequence[tuple[str, Binding]], *, gap: int = 3) -> None:
        style = self.component("keys--key")
        hints = [Content.assemble((key, style), f" {binding.description}") for key, binding in keys]
        self.put(Content(" " * gap).join(hints))
