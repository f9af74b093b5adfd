"""The single lines of the coding screen, above and below its middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.geometry import Size
from textual.style import Style

from harken.model import DecisionState
from harken.report import visible
from harken.services.coding import CodeSheet, LastDecision, OpenAnswer, WorkState
from harken.tui.widgets.painted import PaintedLines
from harken.tui.words.texts import (
    APPLIED,
    applied_names,
    fitted,
    short_name,
    short_title,
    spread,
    with_segments,
)

GAP = 3
"""Cells between two things on a line."""
FEW_LINES = 2
"""Of keys, that still can be taken in at a glance."""
TITLE_SHARE = 0.4
"""Of what a person leaves free in the heading, what the study's title may take from a long question."""


class TextLine(PaintedLines):
    DEFAULT_CSS = """
    TextLine { height: 1; text-wrap: nowrap; padding: 0 2; }
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


class Heading(TextLine):
    """Which question of which study; who answered, of which group, and where in the queue."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heading--question",
        "heading--title",
        "heading--who",
        "heading--place",
    }

    def __init__(self, *, title: str, id: str | None = None) -> None:
        super().__init__(id=id)
        self._title = visible(title)
        self._question = ""
        self._who: Sequence[str] = ("",)
        """The longest form first."""
        self._place = ""

    def show(self, answer: OpenAnswer | None, n_answers: int) -> None:
        if answer is None:
            self._question, self._who, self._place = "End of the queue", ("",), ""
        else:
            key = answer.response.key
            self._question = visible(key.question) + (f" · {visible(key.occasion)}" if key.occasion else "")
            self._who = _forms(visible(key.participant), answer.groups)
            self._place = f"   {answer.position + 1}/{n_answers}"
        self.repaint()

    def content_lines(self) -> list[Content]:
        width = self.content_size.width
        question = Content.styled(self._question, self.component("heading--question"))
        place = Content.styled(self._place, self.component("heading--place"))
        # The names of grouping variables give way first: who is asked knows what "patient" says.
        least = min(question.cell_length, width // 3) + GAP + place.cell_length
        who = next((one for one in map(Content, self._who) if least + one.cell_length <= width), None)
        right = (who or Content(self._who[-1])).stylize(self.component("heading--who")) + place
        room = max(width - right.cell_length - 2 * GAP, 0)
        n_title = max(int(room * TITLE_SHARE), room - question.cell_length)
        title = Content.styled(short_title(self._title, n_title), self.component("heading--title"))
        if title:
            question = question.truncate(room - title.cell_length, ellipsis=True) + " " * GAP + title
        return [spread(question, right, width)]


def _forms(participant: str, groups: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The participant with all groups named, with their values alone, without."""
    values = [visible(value) for _, value in groups]
    named = values if len(groups) == 1 else [f"{visible(name)} {visible(value)}" for name, value in groups]
    return tuple(" · ".join([participant, *said]) for said in (named, values, []))


class AppliedLine(TextLine):
    """The codes applied to the open answer, wherever the list of codes is scrolled to."""

    DEFAULT_CSS = """
    AppliedLine { padding: 0 1 0 2; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"applied--code", "applied--none", "applied--note"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._said: Sequence[str] = ()
        """What is applied."""
        self._said_shorter: Sequence[str] = ()
        """The same, where it would not fit."""
        self._nothing = ""
        self._notes: Sequence[str] = ()

    def show(self, answer: OpenAnswer | None, sheet: CodeSheet) -> None:
        self._said = self._said_shorter = self._notes = ()
        self._nothing = ""
        if answer is not None:
            self._notes = [
                *(["? unsure"] if answer.work.is_unsure else []),
                *(["✎ memo"] if answer.work.memo else []),
                *(["! alert"] if answer.notes.alert is not None else []),
            ]
            if answer.is_uncodable:
                self._said = self._said_shorter = ["uncodable"]
            elif answer.codes:
                self._said, self._said_shorter = (
                    [
                        with_segments(name, path, answer.codings)
                        for name, path in zip(names, answer.codes, strict=True)
                    ]
                    for names in zip(*applied_names(answer.codes, sheet.every), strict=True)
                )
            elif answer.state is WorkState.DECIDED:
                self._said = self._said_shorter = ["no code applies"]
            else:
                self._nothing = "no code applied yet"
        self.repaint()

    def content_lines(self) -> list[Content]:
        width = self.content_size.width
        right = Content.styled("  ".join(self._notes), self.component("applied--note"))
        if not self._said:
            left = Content.styled(self._nothing, self.component("applied--none"))
        else:
            room = width - (right.cell_length + 1 if right else 0)
            forms = [self._marked(said) for said in (self._said, self._said_shorter)]
            left = forms[0] if forms[0].cell_length <= room else forms[1]
        return [spread(left, right, width) if right else fitted(left, width)]

    def _marked(self, said: Sequence[str]) -> Content:
        return Content.styled("  ".join(f"{APPLIED} {one}" for one in said), self.component("applied--code"))


class LastLine(TextLine):
    """The last decision, as the store holds it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"last--mark"}

    def show(self, last: LastDecision | None) -> None:
        if last is None:
            self.put(Content(""))
            return
        if last.state is DecisionState.UNCODABLE:
            said = "uncodable"
        else:
            names = (with_segments(short_name(path), path, last.codings) for path in last.codes)
            said = ", ".join(names) or "no code applies"
        self.put(
            Content.assemble(
                (f"{APPLIED} ", self.component("last--mark")), f"{visible(last.key.participant)} {said}"
            )
        )


class MessageLine(TextLine):
    """What the last key did or why it did nothing; a refusal flashes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"message--refusal"}

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._shown = ""
        self._is_refusal = False

    def say(self, text: str, *, is_refusal: bool = False) -> None:
        self._shown, self._is_refusal = visible(text.replace("\n", " ")), is_refusal
        self.set_class(is_refusal and self.app.animation_level != "none", "-flash")
        self._show()
        if is_refusal:
            self.set_timer(0.25, self._calm_down)

    def _calm_down(self) -> None:
        self.remove_class("-flash")
        self._show()

    def _show(self) -> None:
        # While it flashes the line has other colours: those of the text follow.
        style = self.component("message--refusal") if self._is_refusal else Style()
        self.put(Content.styled(f"! {self._shown}" if self._is_refusal else self._shown, style))


class KeyLine(TextLine):
    """The keys that matter most, from the bindings as the keymap left them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}

    def show(self, keys: Sequence[tuple[str, Binding]], *, gap: int = GAP) -> None:
        style = self.component("keys--key")
        distinct = {binding.id or binding.action: (key, binding) for key, binding in reversed(keys)}
        hints = [
            Content.assemble((key, style), f" {binding.description}")
            for key, binding in reversed(distinct.values())
        ]
        self.put(Content(" " * gap).join(hints))


class KeyLines(KeyLine):
    """Keys on as many lines as they need."""

    DEFAULT_CSS = """
    KeyLines { height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._hints: Sequence[Content] = ()
        self._shorter_hints: Sequence[Content] = ()
        self._gap = GAP

    def show(
        self, keys: Sequence[tuple[str, Binding]], *, gap: int = GAP, shorter: Mapping[str, str] | None = None
    ) -> None:
        """`shorter` has words by binding id that are used where the whole ones take more than two lines."""
        style, words = self.component("keys--key"), shorter or {}
        self._hints, self._shorter_hints = (
            [
                Content.assemble((key, style), f" {said.get(binding.id or '', binding.description)}")
                for key, binding in keys
            ]
            for said in ({}, words)
        )
        self._gap = gap
        self.refresh(layout=True)
        self.repaint()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        del container, viewport
        return max(len(self._rows(width)), 1)

    def content_lines(self) -> list[Content]:
        return [fitted(row, self.content_size.width) for row in self._rows(self.content_size.width)]

    def _rows(self, width: int) -> list[Content]:
        rows = self._filled(self._hints, width)
        return rows if len(rows) <= FEW_LINES else self._filled(self._shorter_hints, width)

    def _filled(self, hints: Sequence[Content], width: int) -> list[Content]:
        rows: list[Content] = []
        for hint in hints:
            if rows and rows[-1].cell_length + self._gap + hint.cell_length <= width:
                rows[-1] += Content(" " * self._gap) + hint
            else:
                rows.append(hint)
        return rows
