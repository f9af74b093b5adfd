"""The answers screen: all answers of the project, filtered and searched, one of them in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from harken.model import Codebook
from harken.services.browsing import AnswerFilter, AnswerRow, Reader, all_ids, highlights, rows
from harken.services.browsing.keeping_up import is_coding, last_change, memos_on
from harken.services.browsing.listing import fits
from harken.storage.store import Store
from harken.tui.answer_pages import AnswerPages
from harken.tui.answer_search import Found
from harken.tui.commands.answers import ANSWERS
from harken.tui.commands.everywhere import ROOM
from harken.tui.filter_steps import FilterSteps
from harken.tui.screens.answers.listing import AnswerListing
from harken.tui.screens.answers.opening import AnswerOpening
from harken.tui.screens.room import Room
from harken.tui.widgets.answer_detail import AnswerDetail
from harken.tui.widgets.answer_list import AnswerList
from harken.tui.widgets.lines import TextLine
from harken.tui.words.row_texts import ListLook

ONE_LINE = ("code", "open_in_queue", "search", "filter", "drop_filter", "show_help", "back", "leave")
"""Actions whose keys stand below the list, also in a small window."""
QUICK = ("filter_by('codes')", "filter_by_group", "toggle_undecided")
ROOMY = 110
NARROW = 48
"""Cells below which the heading has room for figures alone."""
LOOK_SECONDS = 1.0
"""So often it is looked whether others wrote to the project."""


class FilterLine(TextLine):
    """The filter in words, and which answer of the list is chosen."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter--words", "filter--quiet"}

    def show(self, steps: FilterSteps, place: str) -> None:
        left = (
            Content.styled(steps.words, self.component("filter--words"))
            if steps.steps
            else Content.styled("all answers", self.component("filter--quiet"))
        )
        self.put(left, Content.styled(place, self.component("filter--quiet")))


class AnswersScreen(AnswerOpening, AnswerListing, Room[int], inherit_bindings=False):
    """A list, and the chosen answer in full. Enter codes the answer and comes back; with `picks`, for one
    who comes from a queue, another key gives the answer's id, to be opened there.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*ANSWERS, *ROOM]
    HELP_GROUP = "Answers"
    ROOM_TITLE = "Answers"

    @dataclass
    class SearchFound(Message):
        """The thread has found something."""

        found: Found

    def __init__(
        self,
        store: Store,
        *,
        reader: Reader,
        clock: Callable[[], float],
        filter: AnswerFilter | None = None,
        picks: bool = False,
        keymap: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(keymap=keymap)
        pages = AnswerPages(lambda ids: rows(store, ids, reader))
        self.prepare_listing(store, reader=reader, filter=filter or AnswerFilter(), pages=pages)
        self.clock = clock
        self.picks = picks
        self._follows_end = False
        """Whether the last answer is wanted, wherever it turns out to be."""
        self._with_definitions = False
        self._seen_change = 0
        self._line = FilterLine()
        self.answers = AnswerList(pages, look=self._look())
        self.detail = AnswerDetail()

    def body(self) -> Iterable[Widget]:
        yield self._line
        yield self.typed
        yield Container(self.answers, self.detail, id="answers")

    def on_mount(self) -> None:
        super().on_mount()
        self.typed.display = False
        self._seen_change = last_change(self.store)
        self.everything = all_ids(self.store)
        self.apply(self.steps)
        self.set_interval(LOOK_SECONDS, self._look_for_changes)

    def on_unmount(self) -> None:
        self.search.close()

    def show_keys(self) -> None:
        """Where there is room the quick filters too; all keys are in the help."""
        wanted = ONE_LINE if self.size.width < ROOMY else (*ONE_LINE[:4], *QUICK, *ONE_LINE[4:])
        active: dict[str, Binding] = {}
        for one in self.active_bindings.values():
            is_way_back = one.binding.action == "back" and self.is_first
            if one.enabled and not one.binding.system and not is_way_back:
                active.setdefault(one.binding.action, one.binding)
        self._keys.show(
            [(self.app.get_key_display(active[name]), active[name]) for name in wanted if name in active]
        )

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_keys)
        self.call_after_refresh(self.show_heading)

    # -- listing -------------------------------------------------------------------------------------

    def tell_found(self, found: Found) -> None:
        self.post_message(self.SearchFound(found))

    def on_answers_screen_search_found(self, message: SearchFound) -> None:
        self.show_found(message.found)

    def relist(self, *, place: int, notice: str) -> None:
        self._follows_end = False
        # What coders decided stands below the answer's words: both are to be seen.
        self.set_class(self.filter_listed.asks_for_disputes, "-comparing")
        self.answers.relist(self._look(), place=place, notice=notice)
        self._show_chosen()

    def relist_grown(self) -> None:
        self.answers.reread()
        if self._follows_end:
            self.answers.jump(len(self.pages) - 1)
        self._show_chosen()

    def _look(self) -> ListLook:
        filter, choices = self.filter_listed, self.choices()
        return ListLook(
            coder=self.reader.coder,
            round=self.reader.round,
            is_own=is_coding(self.store, self.reader),
            labels={path: entry.code.label for path, entry in choices.codebook.entries.items()},
            wanted=_named_in(filter, choices.codebook),
            compares=filter.asks_for_disputes,
            with_question=len(choices.questions) > 1 and len(filter.questions) != 1,
            matches=lambda text: highlights(text, filter),
        )

    @on(Input.Changed, "#search")
    def _typed_on(self, event: Input.Changed) -> None:
        self.search_typed(event.value)

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self.leave_search()

    def action_back(self) -> None:
        """Escape: in the search line it takes the search away, else it goes back."""
        if self.typed.has_focus:
            self.typed.value = ""
            self.leave_search()
        else:
            super().action_back()

    # -- moving --------------------------------------------------------------------------------------

    def action_step(self, n: int) -> None:
        if self.typed.has_focus:
            self.leave_search()
        else:
            self.answers.step(n)
        self._moved()

    def action_page(self, n: int) -> None:
        self.answers.page(n)
        self._moved()

    def action_jump(self, place: int) -> None:
        self.answers.jump(place if place >= 0 else len(self.pages) + place)
        self._moved()
        self._follows_end = place < 0 and not self.is_complete

    @on(AnswerList.Picked)
    def _picked(self, event: AnswerList.Picked) -> None:
        self.answers.jump(event.place)
        self._moved()

    def _moved(self) -> None:
        self._follows_end = False
        self._show_chosen()

    # -- the chosen answer ---------------------------------------------------------------------------

    @property
    def chosen(self) -> AnswerRow | None:
        return self.answers.chosen

    @property
    def chosen_id(self) -> int | None:
        return None if self.chosen is None else self.chosen.id

    def _show_chosen(self) -> None:
        filter, row = self.filter_listed, self.chosen
        self.detail.show(
            row,
            memos=[] if row is None else memos_on(self.store, row.id, self.reader),
            matches=lambda text: highlights(text, filter),
            entries=self.choices().codebook.entries,
            with_definitions=self._with_definitions,
            compares=filter.asks_for_disputes,
        )
        self._show_place()

    def _show_place(self) -> None:
        # Of how many, says the heading: a count may come long after the list.
        self._line.show(self.steps, f"row {self.answers.place + 1:,}" if len(self.pages) else "")

    def heading(self) -> str:
        who = f"{self.reader.coder} · {self.reader.round}" if self.size.width >= NARROW else ""
        n, everything = len(self.pages), f"{len(self.everything):,} answers"
        if not self.listed.steps:
            return f"{who}   {everything}".strip()
        if self.is_complete:
            return f"{who}   {n:,} of {everything}".strip()
        return f"{who}   first {n:,} … counting" if n else f"{who}   searching …"

    def reread(self) -> None:
        """Read what is in sight anew; the list stays as it was found."""
        self.forget_choices()
        self.pages.reread()
        self.answers.reread()
        self._show_chosen()

    def _look_for_changes(self) -> None:
        now = last_change(self.store)
        if now == self._seen_change:
            return
        self._seen_change = now
        everything = all_ids(self.store)
        if len(everything) != len(self.everything):
            self.everything = everything
            if not self.listed.steps:
                self.pages.put(everything)
            self.show_heading()
        self.reread()

    def action_open_in_queue(self) -> None:
        if self.chosen_id is None:
            self.refuse("No answer is chosen.")
        else:
            self.dismiss(self.chosen_id)

    def answer_decided(self) -> None:
        """Where it no longer fits the filter the next one is chosen, so that a series needs no arrows."""
        row, filter = self.chosen, self.filter_listed
        if row is None or filter.is_empty or fits(self.store, row.id, filter, self.reader):
            return
        is_last = self.answers.place + 1 == len(self.pages)
        self.action_step(1)
        then = "It is the last one of the list." if is_last else "The next one is chosen."
        self.say(f"{row.key.participant} is decided and no longer fits the filter. {then}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_in_queue" and not self.picks:
            return False
        return super().check_action(action, parameters)

    def action_scroll_detail(self, n: int) -> None:
        self.detail.scroll_pages(n)

    def action_toggle_definitions(self) -> None:
        self._with_definitions = not self._with_definitions
        self._show_chosen()


def _named_in(filter: AnswerFilter, codebook: Codebook) -> frozenset[str]:
    """Paths of the codes that a filter asks for, by their own address or by their family."""
    return frozenset(
        path
        for path, entry in codebook.entries.items()
        if entry.family.key in filter.families
        or any(f".{path}".endswith(f".{address}") for address in filter.codes)
    )
