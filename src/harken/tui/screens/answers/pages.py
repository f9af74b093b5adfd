"""Everything that one person said, and everything that has one code: rooms to read in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from harken.errors import HarkenError
from harken.model import CodebookEntry
from harken.report import visible
from harken.services.browsing import (
    AnswerFilter,
    AnswerRow,
    CodePage,
    PersonPage,
    Reader,
    code_page,
    highlights,
    person_page,
)
from harken.services.browsing.choices import filter_choices
from harken.services.browsing.passages import Passage
from harken.storage.store import Store
from harken.tui.aside import read_aside
from harken.tui.commands.answers import PAGE
from harken.tui.commands.everywhere import ROOM
from harken.tui.screens.answers.opening import AnswerOpening
from harken.tui.screens.room import Room
from harken.tui.widgets.answer_blocks import AnswerBlocks, Block
from harken.tui.words.answer_contents import Styles, answer_contents, definition_contents
from harken.tui.words.row_texts import group_text, one_line, question_text

MOST_OF_A_GROUP = 200
"""Answers with a code that its page shows of each group; the list has them all."""


class AnswerRoom(AnswerOpening, Room[None], inherit_bindings=False):
    """Answers in full, one below the other. Subclasses read them and make blocks of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*PAGE, *ROOM]

    def __init__(
        self,
        store: Store,
        *,
        reader: Reader,
        clock: Callable[[], float],
        filter: AnswerFilter | None = None,
        chosen_id: int | None = None,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(keymap=keymap)
        self.store = store
        self.reader = reader
        self.clock = clock
        self._filter = filter or AnswerFilter()
        self._chosen_id = chosen_id
        self._entries: Mapping[str, CodebookEntry] = {}
        self._blocks = AnswerBlocks()

    def body(self) -> Iterable[Widget]:
        yield self._blocks

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self.reread)

    @property
    def chosen(self) -> AnswerRow | None:
        return self._blocks.chosen

    def reread(self) -> None:
        self._entries = filter_choices(self.store).codebook.entries
        self.read()

    def read(self) -> None:
        """Read the page and `show` it."""
        raise NotImplementedError

    def show(self, blocks: Sequence[Block]) -> None:
        chosen = self.chosen
        self._blocks.show(blocks, chosen_id=self._chosen_id if chosen is None else chosen.id)
        self.show_heading()

    def matches(self, text: str) -> Sequence[tuple[int, int]]:
        return highlights(text, self._filter)

    def action_step(self, n: int) -> None:
        self._blocks.step(n)

    def action_page(self, n: int) -> None:
        self._blocks.page(n)

    def action_jump(self, to_end: bool) -> None:
        self._blocks.jump(to_end=to_end)


class PersonRoom(AnswerRoom):
    """One participant: groups, closed items, attributes, and all answers with everybody's work."""

    HELP_GROUP = "Person"
    ROOM_TITLE = "Person"

    def __init__(self, store: Store, name: str, **options: Any) -> None:
        super().__init__(store, **options)
        self.ROOM_TITLE = name
        self._participant = name
        self._page: PersonPage | None = None

    def heading(self) -> str:
        if self._page is None:
            return ""
        n = len(self._page.answers)
        said = f"excluded: {self._page.exclusion}   " if self._page.exclusion else ""
        return f"{said}{n} answer{'' if n == 1 else 's'}"

    def read(self) -> None:
        try:
            page = self._page = person_page(self.store, self._participant, self.reader)
        except HarkenError as error:
            self.refuse(str(error))
            return
        blocks = [Block(contents=lambda style: _about(page, style))]
        blocks += [Block(contents=partial(self._answer, row), row=row) for row in page.answers]
        self.show(blocks)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return False if action == "show_person" else super().check_action(action, parameters)

    def _answer(self, row: AnswerRow, style: Styles) -> list[Content]:
        return [
            Content.styled(one_line(question_text(row.key)), style("answer--who")),
            *answer_contents(row, style=style, matches=self.matches, entries=self._entries),
        ]


def _about(page: PersonPage, style: Styles) -> list[Content]:
    values = [*page.groups, *page.closed, *page.attributes]
    return [
        *(
            Content.assemble(
                (f"{one_line(name)}  ", style("answer--quiet")), visible(value, keep_lines=True) or "–"
            )
            for name, value in values
        ),
        Content(""),
    ]


class CodeRoom(AnswerRoom):
    """One code: what the codebook says of it, and the answers that have it, by group."""

    HELP_GROUP = "Code"
    ROOM_TITLE = "Code"

    @dataclass
    class PageRead(Message):
        """The thread has read the answers."""

        page: CodePage | HarkenError

    def __init__(self, store: Store, path: str, **options: Any) -> None:
        super().__init__(store, **options)
        self._path = path
        self._page: CodePage | None = None

    def heading(self) -> str:
        if self._page is None:
            return "reading …"
        n, base = (sum(getattr(group, name) for group in self._page.groups) for name in ("n", "base"))
        return f"{n:,} of {base:,} people with a decided answer"

    def read(self) -> None:
        path, reader, groups = self._path, self.reader, filter_choices(self.store).groups
        by = groups[0].name if groups and not reader.hides_group else None
        entry = self._entries.get(path)
        self.ROOM_TITLE = path if entry is None else entry.code.label
        if self._page is None:
            self.show([self._entry_block()])
        read_aside(
            self.store,
            lambda store: code_page(store, path, reader, by=by, most=MOST_OF_A_GROUP),
            lambda page: self.post_message(self.PageRead(page)),
        )

    def on_code_room_page_read(self, message: PageRead) -> None:
        if isinstance(message.page, HarkenError):
            self.refuse(str(message.page))
            return
        self._page = message.page
        self.show([self._entry_block(), *self._group_blocks(message.page)])

    def _entry_block(self) -> Block:
        return Block(contents=self._entry)

    def _entry(self, style: Styles) -> list[Content]:
        entry = self._entries.get(self._path)
        if entry is None:
            return [Content("This code is not in the codebook any more.")]
        said = list(definition_contents(entry, style))
        examples = [
            Content.assemble(("    Example: ", style("answer--quiet")), f"“{visible(one)}”")
            for one in entry.code.examples
        ]
        return [
            Content.styled(visible(self._path), style("answer--quiet")),
            *(said or [Content("    No definition yet.")]),
            *examples,
            Content(""),
        ]

    def _group_blocks(self, page: CodePage) -> Iterator[Block]:
        for group in page.groups:
            if page.by:
                title = f"{one_line(group.name)}   {group.n:,} of {group.base:,} people"
                yield Block(contents=partial(_line, title, "answer--code"))
            if not group.passages:
                yield Block(contents=partial(_line, "no answer", "answer--quiet"))
            for passage in group.passages:
                yield Block(contents=partial(_passage, passage), row=passage.row)
            if len(group.passages) == MOST_OF_A_GROUP:
                more = f"These are the first {MOST_OF_A_GROUP}; c in the list of answers lists all of them."
                yield Block(contents=partial(_line, more, "answer--quiet"))


def _line(text: str, name: str, style: Styles) -> list[Content]:
    return [Content.styled(text, style(name)), Content("")]


def _passage(passage: Passage, style: Styles) -> list[Content]:
    row = passage.row
    who = [row.key.participant, group_text(row), question_text(row.key)]
    by = ", ".join(one_line(coder) for coder in passage.coders)
    return [
        Content.assemble(
            (" · ".join(one_line(part) for part in who if part), style("answer--who")),
            (f"   {by}", style("answer--quiet")),
        ),
        Content(visible(passage.text, keep_lines=True)),
        Content(""),
    ]
