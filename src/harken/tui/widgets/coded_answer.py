"""The answer before the coder: what is coded and marked in it, what is selected, what is noted below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from textual.content import Content

from harken.model import Mark, MarkKind
from harken.report import visible
from harken.tui.widgets.answer import WIDEST, AnswerView
from harken.tui.words.texts import fitted

if TYPE_CHECKING:
    from harken.services.coding.selecting import Selection
    from harken.tui.words.annotated import Annotation

MOST_NOTES = 3
"""Lines of notes in sight."""
LINES_OF_NOTE = 2
"""Lines of one note; what is longer is cut."""
LEAST_ROOM = 4
"""Lines below which notes would leave too little of the answer."""
GUTTER = 3
"""Cells that a line gives up while something is selected, for the brackets."""


class CodedSegment(NamedTuple):
    """A part of the answer with a code on it; `letters` are the code's key."""

    start: int
    end: int
    letters: str


class CodedAnswerView(AnswerView):
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "answer--segment",
        "answer--quote",
        "answer--identifying",
        "answer--selected",
        "answer--note",
    }

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._segments: Sequence[CodedSegment] = ()
        self._marks: Sequence[Mark] = ()
        self._notes: Sequence[str] = ()
        self._selection: Selection | None = None

    def show_answer(self, text: str) -> None:
        self._segments, self._marks, self._notes, self._selection = (), (), (), None
        super().show_answer(text)

    def annotate(self, segments: Sequence[CodedSegment], marks: Sequence[Mark], notes: Sequence[str]) -> None:
        """Show what is coded and marked in the answer, and lines on it below."""
        now = (tuple(segments), tuple(marks), tuple(notes))
        if now != (self._segments, self._marks, self._notes):
            self._segments, self._marks, self._notes = now
            self._compute_anew()

    def show_selection(self, selection: Selection | None) -> None:
        """Show what is selected, and scroll to where the selecting goes on."""
        self._selection = selection
        self._lines_for = (-1, "")
        if selection is not None:
            self._bring_into_sight()
        self.repaint()

    def _bring_into_sight(self) -> None:
        selected = self.component("answer--selected")
        lines = self._wrapped()
        with_it = [
            place for place, line in enumerate(lines) if any(span.style == selected for span in line.spans)
        ]
        if not with_it or self._selection is None:
            return
        is_backwards = self._selection.cursor[0] < self._selection.anchor[0]
        goal, room = with_it[0 if is_backwards else -1], self._room()
        self._top = min(max(self._top, goal - room + 1), goal)

    def _wrapped(self) -> list[Content]:
        width = min(self.content_size.width, WIDEST)
        key = (width if self._selection is None else width - GUTTER, self.app.theme)
        if key != self._lines_for:
            lines = self._whole().wrap(max(key[0], 1))
            if self._selection is not None:
                from harken.tui.words.annotated import bracketed

                lines = bracketed(lines, self.component("answer--selected"), is_held=self._selection.is_held)
            self._lines, self._lines_for = lines, key
        return self._lines

    def _whole(self) -> Content:
        if self._is_notice or not (self._segments or self._marks or self._selection):
            return super()._whole()
        # Most answers are seen without; the first one is painted sooner so.
        from harken.tui.words.annotated import Annotation, annotated

        evidence = self.component("answer--evidence")
        places = {
            (reason.start, reason.end)
            for suggestion in self._suggestions
            for reason in suggestion.reasons
            if reason.start is not None and reason.end is not None
        }
        shown = annotated(
            self._text,
            [
                *(Annotation(start, end, "", "", evidence) for start, end in sorted(places)),
                *self._mark_annotations(),
                *self._segment_annotations(),
            ],
        )
        if self._selection is None:
            return shown.content
        span = shown.span(self._selection.start, self._selection.end)
        return shown.content.stylize(self.component("answer--selected"), *span)

    def _mark_annotations(self) -> list[Annotation]:
        quote, identifying = self.component("answer--quote"), self.component("answer--identifying")
        from harken.tui.words.annotated import Annotation

        found: dict[tuple[MarkKind, int, int, str], Annotation] = {}
        for mark in self._marks:
            end = min(mark.end, len(self._text))
            if mark.start >= end:
                continue
            if mark.kind is MarkKind.QUOTE:
                one = Annotation(mark.start, end, "«", "»", quote)
            else:
                one = Annotation(mark.start, end, "{", f":{visible(mark.label)}}}", identifying)
            found[mark.kind, mark.start, end, mark.label] = one
        return list(found.values())

    def _segment_annotations(self) -> list[Annotation]:
        from harken.tui.words.annotated import Annotation

        style = self.component("answer--segment")
        letters: dict[tuple[int, int], list[str]] = {}
        for segment in self._segments:
            letters.setdefault((segment.start, segment.end), []).append(segment.letters)
        return [
            Annotation(start, min(end, len(self._text)), "‹", f"›{','.join(said)}", style)
            for (start, end), said in letters.items()
            if start < min(end, len(self._text))
        ]

    # -- notes below the answer ------------------------------------------------------------------------

    @property
    def _notes_in_sight(self) -> Sequence[Content]:
        width = max(min(self.content_size.width, WIDEST), 1)
        lines = [line for note in self._notes for line in self._lines_of_note(note, width)]
        return lines[: max(min(MOST_NOTES, self.content_size.height - LEAST_ROOM), 0)]

    def _lines_of_note(self, note: str, width: int) -> Sequence[Content]:
        style = self.component("answer--note")
        lines = Content.styled(visible(note), style).wrap(width)
        if len(lines) <= LINES_OF_NOTE:
            return lines
        rest = " ".join(line.plain.strip() for line in lines[LINES_OF_NOTE - 1 :])
        return [*lines[: LINES_OF_NOTE - 1], fitted(Content.styled(rest, style), width)]

    def _room(self) -> int:
        height = self.content_size.height
        n_notes = len(self._notes_in_sight)
        if not n_notes:
            return super()._room()
        # Where not all fits, the line on what is out of sight stands between the answer and the notes.
        room = height - n_notes - 1
        return max(room, 1)

    def content_lines(self) -> Sequence[Content]:
        lines = list(super().content_lines())
        notes = self._notes_in_sight
        if notes:
            gap = [] if len(self._wrapped()) > self._room() else [Content("")]
            lines += [*gap, *notes]
        return lines
