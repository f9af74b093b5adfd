"""The answers screen: all answers of the project, filtered and searched, one of them in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from harken.errors import HarkenError
from harken.model import Variable
from harken.services.browsing import AnswerFilter, AnswerRow, AnswerSort, Reader, all_ids, highlights, rows
from harken.services.browsing.choices import FilterChoices, filter_choices, values_of
from harken.services.browsing.keeping_up import last_change
from harken.services.browsing.searching import as_typed, parse_search
from harken.storage.store import Store
from harken.tui.answer_pages import AnswerPages
from harken.tui.answer_search import AnswerSearch, Found
from harken.tui.commands.answers import ANSWERS
from harken.tui.commands.everywhere import ROOM
from harken.tui.filter_steps import FilterSteps
from harken.tui.screens.answers_filter import FilterPickers
from harken.tui.screens.answers_opening import AnswerOpening
from harken.tui.screens.dialog import LineInput
from harken.tui.screens.room import Room
from harken.tui.widgets.answer_detail import AnswerDetail
from harken.tui.widgets.answer_list import AnswerList, ListLook
from harken.tui.widgets.lines import TextLine

NOTHING = "No answer fits this filter. x takes the last filter away."
NO_ANSWERS = "There are no answers yet. Take in a survey with `harken import FILE`."
ONE_LINE = ("code", "search", "filter", "drop_filter", "show_help", "back", "leave")
"""Actions whose keys stand below the list, also in a small window."""
QUICK = ("filter_by('codes')", "filter_by_group", "toggle_undecided")
ROOMY = 110
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


class AnswersScreen(AnswerOpening, FilterPickers, Room[int], inherit_bindings=False):
    """A list, and the chosen answer in full. As the first screen Enter codes the answer and comes back;
    with `picks`, for one who opened the list to find an answer, Enter gives its id.
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
        self.store = store
        self.reader = reader
        self.clock = clock
        self.picks = picks
        self.steps = self._listed = FilterSteps.of(filter or AnswerFilter())
        """What is asked for, and what the list shows: the same once the search has begun to find."""
        self._pages = AnswerPages(lambda ids: rows(store, ids, reader))
        self._search = AnswerSearch(
            store, reader, on_found=lambda found: self.post_message(self.SearchFound(found))
        )
        self._is_complete = True
        self._follows_end = False
        """Whether the last answer is wanted, wherever it turns out to be."""
        self._kept_id: int | None = None
        self._with_definitions = False
        self._everything: Sequence[int] = ()
        """All answers of the project, without a filter."""
        self._seen_change = 0
        self._choices: FilterChoices | None = None
        self._values: dict[str, Sequence[str]] = {}
        self._line = FilterLine()
        self._typed = LineInput(placeholder='words, "a phrase", begin*, -not this, a ~5 b', id="search")
        self.answers = AnswerList(self._pages, look=self._look())
        self.detail = AnswerDetail()

    def body(self) -> Iterable[Widget]:
        yield self._line
        yield self._typed
        yield Container(self.answers, self.detail, id="answers")

    def on_mount(self) -> None:
        super().on_mount()
        self._typed.display = False
        self._seen_change = last_change(self.store)
        self._everything = all_ids(self.store)
        self.apply(self.steps)
        self.set_interval(LOOK_SECONDS, self._look_for_changes)

    def on_unmount(self) -> None:
        self._search.close()

    def show_keys(self) -> None:
        """Where there is room the quick filters too; all keys are in the help."""
        wanted = ONE_LINE if self.size.width < ROOMY else (*ONE_LINE[:3], *QUICK, *ONE_LINE[3:])
        active = {one.binding.action: one.binding for one in self.active_bindings.values() if one.enabled}
        self._keys.show(
            [(self.app.get_key_display(active[name]), active[name]) for name in wanted if name in active]
        )

    def on_resize(self) -> None:
        self.call_after_refresh(self.show_keys)

    # -- filtering -----------------------------------------------------------------------------------

    def filter_now(self) -> AnswerFilter:
        """What is listed: the last word of a search counts as a beginning."""
        typed = self._listed.value("text")
        steps = self._listed.with_value("text", as_typed(typed)) if typed else self._listed
        return steps.filter

    def apply(self, steps: FilterSteps, *, keeps_place: bool = True) -> None:
        """List what fits. Where that is refused, the list stays with the filter that it has."""
        before, self.steps = self.steps, steps
        typed = steps.value("text")
        chosen = self.answers.chosen if keeps_place else None
        self._kept_id = None if chosen is None else chosen.id
        try:
            if typed:
                parse_search(typed)
        except HarkenError as error:
            self.steps = before
            self.say(str(error))
            return
        self._follows_end = False
        wanted = steps.with_value("text", as_typed(typed)) if typed else steps
        filter = wanted.filter
        if filter.is_empty and filter.sort is AnswerSort.FILE:
            self._search.cancel()
            self._show_found(self._everything, is_complete=True, is_first=True)
        else:
            self._is_complete = False
            self._search.begin(filter)

    def choices(self) -> FilterChoices:
        if self._choices is None:
            self._choices = filter_choices(self.store, hides_group=self.reader.hides_group)
        return self._choices

    def values_of(self, variable: Variable) -> Sequence[str]:
        if variable.name not in self._values:
            self._values[variable.name] = values_of(self.store, variable)
        return self._values[variable.name]

    def on_answers_screen_search_found(self, message: SearchFound) -> None:
        found = message.found
        if found.number != self._search.number:
            return
        if found.refusal:
            self.steps, self._is_complete = self._listed, True
            self.refuse(found.refusal)
            self._show_place()
            return
        self._show_found(found.ids, is_complete=found.is_complete, is_first=self._listed is not self.steps)

    def _show_found(self, ids: Sequence[int], *, is_complete: bool, is_first: bool) -> None:
        self._is_complete = is_complete
        if is_first:
            self._listed = self.steps
            self._pages.put(ids)
            place = None if self._kept_id is None else self._pages.place_of(self._kept_id)
            self.answers.relist(
                self._look(), place=place or 0, notice=NOTHING if self.steps.steps else NO_ANSWERS
            )
            self.say("")
        else:
            self._pages.grow(ids)
            self.answers.reread()
        if self._follows_end:
            self.answers.jump(len(ids) - 1)
        self._show_chosen()
        self.show_heading()
        self.call_after_refresh(self._search.go_on)

    def _look(self) -> ListLook:
        filter = self.filter_now() if hasattr(self, "_listed") else AnswerFilter()
        questions = self.choices().questions
        return ListLook(
            coder=self.reader.coder,
            round=self.reader.round,
            with_question=len(questions) > 1 and len(filter.questions) != 1,
            matches=lambda text: highlights(text, filter),
        )

    def action_search_again(self) -> None:
        self.apply(self.steps)

    # -- searching -----------------------------------------------------------------------------------

    def action_search(self) -> None:
        self._typed.display = True
        self._typed.value = self.steps.value("text") or ""
        self._typed.cursor_position = len(self._typed.value)
        self._typed.focus()

    @on(Input.Changed, "#search")
    def _searched(self, event: Input.Changed) -> None:
        if event.value != (self.steps.value("text") or ""):
            self.apply(self.steps.with_value("text", event.value.strip() and event.value), keeps_place=False)

    @on(Input.Submitted, "#search")
    def _search_done(self) -> None:
        self._leave_search()

    def _leave_search(self) -> None:
        self.set_focus(None)
        self._typed.display = bool(self.steps.value("text"))

    def action_back(self) -> None:
        """Escape: in the search line it takes the search away, else it goes back."""
        if self._typed.has_focus:
            self._typed.value = ""
            self._leave_search()
        else:
            super().action_back()

    # -- moving --------------------------------------------------------------------------------------

    def action_step(self, n: int) -> None:
        if self._typed.has_focus:
            self._leave_search()
        else:
            self.answers.step(n)
        self._moved()

    def action_page(self, n: int) -> None:
        self.answers.page(n)
        self._moved()

    def action_jump(self, place: int) -> None:
        self.answers.jump(place if place >= 0 else len(self._pages) + place)
        self._moved()
        self._follows_end = place < 0 and not self._is_complete

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

    def _show_chosen(self) -> None:
        filter = self.filter_now()
        self.detail.show(
            self.chosen,
            matches=lambda text: highlights(text, filter),
            entries=self.choices().codebook.entries,
            with_definitions=self._with_definitions,
        )
        self._show_place()

    def _show_place(self) -> None:
        n = len(self._pages)
        self._line.show(self.steps, f"{self.answers.place + 1:,}" if n else "")

    def heading(self) -> str:
        who = f"{self.reader.coder} · {self.reader.round}"
        n, everything = len(self._pages), f"{len(self._everything):,} answers"
        if not self._listed.steps:
            return f"{who}   {everything}"
        return f"{who}   {n:,} of {everything}" if self._is_complete else f"{who}   first {n:,} … counting"

    def reread(self) -> None:
        """Read what is in sight anew; the list stays as it was found."""
        self._choices = None
        self._values.clear()
        self._pages.reread()
        self.answers.reread()
        self._show_chosen()

    def _look_for_changes(self) -> None:
        now = last_change(self.store)
        if now == self._seen_change:
            return
        self._seen_change = now
        everything = all_ids(self.store)
        if len(everything) != len(self._everything):
            self._everything = everything
            if not self._listed.steps:
                self._pages.put(everything)
            self.show_heading()
        self.reread()

    def action_scroll_detail(self, n: int) -> None:
        self.detail.scroll_pages(n)

    def action_toggle_definitions(self) -> None:
        self._with_definitions = not self._with_definitions
        self._show_chosen()
