"""Dialogs that are only read: a person's other answers, the help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from harken.report import visible
from harken.services.coding import Person
from harken.tui.screens.boxes.dialog import Dialog

HELP_WIDTH = 56
"""Cells of an explanation beside its key."""


class Reading(VerticalScroll, can_focus=False):
    DEFAULT_CSS = """
    Reading { height: auto; max-height: 1fr; margin-top: 1; scrollbar-size-vertical: 1; }
    Reading Static { height: auto; }
    """


class ReadingDialog(Dialog[None]):
    """A text that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "scroll(-1)", "up", show=False),
        Binding("down", "scroll(1)", "down", show=False),
        Binding("pageup", "page(-1)", "page up", show=False),
        Binding("pagedown", "page(1)", "page down", show=False),
    ]
    DEFAULT_CSS = """
    ReadingDialog > Vertical { width: 92; height: 90%; }
    ReadingDialog Reading { height: 1fr; }
    """
    HINT = "↑↓ PgUp PgDn scroll   Esc close"

    def __init__(self, *, title: str, content: Content) -> None:
        super().__init__()
        self.TITLE_TEXT = title
        self._content = content

    def body(self) -> Iterable[Widget]:
        yield Reading(Static(self._content, markup=False))

    def action_scroll(self, n: int) -> None:
        self.query_one(Reading).scroll_relative(y=n, animate=False)

    def action_page(self, n: int) -> None:
        reading = self.query_one(Reading)
        reading.scroll_relative(y=n * max(reading.size.height - 1, 1), animate=False)


def person_text(person: Person) -> Content:
    """The reply to the coder, what the open answer refers to, closed items, then every answer, the open one
    marked.
    """
    parts: list[Content] = []
    if person.reply is not None:
        for who, words in (
            ("you asked", person.reply.asked),
            (f"{person.reply.by} replied", person.reply.words),
        ):
            parts += [Content.styled(visible(who), "$text-muted"), Content(visible(words, keep_lines=True))]
        parts.append(Content(""))
    for linked in person.refers_to:
        where = visible(" ".join(filter(None, linked.key)))
        parts += [Content.assemble(("→ refers to ", "$text-muted"), (where, "bold"))]
        parts += [Content(visible(linked.printed, keep_lines=True)), Content("")]
    for name, value in person.closed:
        parts.append(Content.assemble((f"{visible(name)}: ", "$text-muted"), visible(value) or "–"))
    if person.closed:
        parts.append(Content(""))
    for answer in person.answers:
        key = answer.response.key
        question = visible(key.question) + (f" · {visible(key.occasion)}" if key.occasion else "")
        here = "  ◂ this answer" if answer.is_open else ""
        parts.append(Content.assemble((question, "bold"), here))
        shown = visible(answer.printed, keep_lines=True)
        parts += [Content(shown) if shown.strip() else Content.styled("(blank)", "$text-muted"), Content("")]
    return Content("\n").join(parts)


def help_text(groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Content:
    """Titled groups of keys, each with what it does."""
    parts: list[Content] = []
    for title, keys in groups:
        parts.append(Content.styled(title, "bold"))
        for key, about in keys:
            first, *rest = Content(about).wrap(HELP_WIDTH)
            parts.append(Content.assemble((f"  {key:<9}", "bold $primary"), first))
            parts += [Content(" " * 11) + line for line in rest]
        parts.append(Content(""))
    return Content("\n").join(parts)
