"""The widgets of the coding screen: how they are laid out, and what each of them shows of the session."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import Container
from textual.geometry import Size
from textual.widget import Widget

from harken.model import Codebook
from harken.services.coding import AnswerNotes, CodingSession, LastDecision
from harken.tui.answer_suggestions import AnswerSuggestions
from harken.tui.widgets.coded_answer import CodedAnswerView, CodedSegment
from harken.tui.widgets.codes import CodeList
from harken.tui.widgets.definition import DefinitionView
from harken.tui.widgets.lines import AppliedLine, Heading, KeyLine, LastLine, MessageLine
from harken.tui.widgets.status import Standing, StatusLine
from harken.tui.widgets.suggestions import SuggestionList
from harken.tui.words.texts import short_name

if TYPE_CHECKING:
    from harken.services.coding.selecting import Selection

WIDTHS: list[tuple[int, str]] = [
    (0, "-thin"),
    (64, "-narrow"),
    (100, "-normal"),
    (150, "-wide"),
    (190, "-widest"),
]
HEIGHTS: list[tuple[int, str]] = [(0, "-tiny"), (20, "-short"), (30, "-medium"), (42, "-tall")]
BARE = "-bare"
"""The layout for a codebook of names alone."""
AT_END = "-at-end"
"""With no answer open there are no codes either, and no rules around them."""
LEAST_WIDTH = 10
"""Cells of a line that can be read at all."""
N_MARKED = 3
"""Suggestions whose evidence is marked in the answer: that of all nine would be most of it."""
END_OF_QUEUE = """Every answer in this queue is decided.

Backspace reopens the last decision, ← goes back through the queue, Space g goes to an answer.
Ctrl+Q leaves: everything is on disk."""


class CodingPanes:
    """Each `show_` brings one thing on the screen up to what the session says now."""

    def __init__(self, session: CodingSession, suggestions: AnswerSuggestions) -> None:
        self._session = session
        self._suggestions = suggestions
        self._heading = Heading(title=session.title)
        self._answer = CodedAnswerView()
        self._applied = AppliedLine()
        self._suggested = SuggestionList()
        self.codes = CodeList()
        self._definition = DefinitionView()
        self._last = LastLine()
        self._message = MessageLine()
        self._status = StatusLine()
        self.keys = KeyLine()

    def compose(self) -> Iterator[Widget]:
        yield self._heading
        yield Container(
            Container(self._answer, self._applied, self._suggested, id="reading"),
            self.codes,
            self._definition,
            id="body",
        )
        yield from (self._last, self._message, self._status, self.keys)

    @property
    def n_suggestion_places(self) -> int:
        return self._suggested.n_places

    @property
    def is_answer_in_sight(self) -> bool:
        """Whether the window leaves room for some of the answer; nobody decides what they cannot see."""
        return self._answer.content_size.height > 0 and self._answer.content_size.width >= LEAST_WIDTH

    def can_scroll_answer(self, n_pages: int) -> bool:
        return self._answer.can_scroll(n_pages)

    def scroll_answer(self, n_pages: int) -> None:
        self._answer.scroll_pages(n_pages)

    # -- showing -------------------------------------------------------------------------------------

    def show_answer(self) -> None:
        """The answer's text and who gave it: what must be there first."""
        current = self._session.current
        self._heading.show(current, self._session.progress.n_answers)
        if current is None:
            self._answer.show_notice(END_OF_QUEUE)
        else:
            self._answer.show_answer(current.response.text)
        self.show_applied()

    def show_work(self, pending: str, *, is_caps_on: bool) -> None:
        """What is applied and noted now, and all that depends on it."""
        self.show_applied()
        self.show_suggestions()
        self.show_codes(pending)
        self.show_definition()
        self.show_status(is_caps_on=is_caps_on)

    def show_applied(self) -> None:
        current, sheet = self._session.current, self._session.sheet
        self._applied.show(current, sheet)
        if current is None:
            return
        segments = [
            CodedSegment(start, end, sheet.hotkeys.get(code) or short_name(code))
            for code, start, end in current.codings
            if start is not None and end is not None
        ]
        self._answer.annotate(segments, current.notes.marks, note_lines(current.notes))

    def show_selection(self, selection: Selection | None) -> None:
        self._answer.show_selection(selection)

    def show_evidence(self) -> None:
        self._answer.mark_evidence(self._suggestions.found[:N_MARKED])

    def show_suggestions(self) -> None:
        current = self._session.current
        self._suggested.show(
            self._session.sheet,
            self._suggestions.found,
            current.codes if current else (),
            note=self._suggestions.note,
        )

    def show_codes(self, pending: str) -> None:
        current = self._session.current
        self.codes.show(self._session.sheet, current.codes if current else (), pending=pending)

    def show_definition(self) -> None:
        self._definition.show(self._session.sheet.entries.get(self.codes.focused_path))

    def focus_code(self, path: str) -> None:
        self.codes.focus_code(path)
        self.show_definition()

    def show_last(self, last: LastDecision | None) -> None:
        self._last.show(last)

    def show_status(self, *, is_caps_on: bool) -> None:
        current = self._session.current
        self._status.show(
            Standing(
                coder=self._session.coder,
                round=self._session.round.name,
                progress=self._session.progress,
                state=current.state if current else None,
                is_caps_on=is_caps_on,
            )
        )

    def say(self, text: str) -> None:
        self._message.say(text)

    def refuse(self, text: str) -> None:
        self._message.say(text, is_refusal=True)


def note_lines(notes: AnswerNotes) -> list[str]:
    """What is said below the answer: what the lead replied, and what it refers to."""
    lines = [f"{notes.reply.by} replied: {' '.join(notes.reply.words.split())}"] if notes.reply else []
    for linked in notes.refers_to:
        where = " ".join(filter(None, linked.key))
        lines.append(f"→ refers to {where}: {' '.join(linked.printed.split())}")
    return lines


def shape_classes(size: Size, codebook: Codebook) -> str:
    """The classes that the first frame needs to be laid out as all later ones."""
    fitting = [
        [name for least, name in steps if length >= least][-1]
        for length, steps in ((size.width, WIDTHS), (size.height, HEIGHTS))
    ]
    return " ".join([*fitting, *([BARE] if is_bare(codebook) else [])])


def is_bare(codebook: Codebook) -> bool:
    """Whether no code says more than its name."""
    codes = (entry.code for entry in codebook.entries.values())
    return not any(code.definition or code.include or code.exclude or code.examples for code in codes)
