"""Which answers are listed: the filter that is asked for, the search for what fits it, and a file of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from harken.errors import HarkenError
from harken.model import Variable
from harken.services.browsing import AnswerFilter, AnswerSort, Reader
from harken.services.browsing.choices import FilterChoices, filter_choices, values_of
from harken.services.browsing.searching import as_typed, parse_search
from harken.storage.store import Store
from harken.tui.answer_pages import AnswerPages
from harken.tui.answer_search import AnswerSearch, Found
from harken.tui.filter_steps import FilterSteps
from harken.tui.screens.answers.filter import FilterPickers
from harken.tui.screens.boxes.dialog import LineInput

if TYPE_CHECKING:
    from harken.tui.screens.room import Room

    _Base = Room[int]
else:
    _Base = object

NOTHING = "No answer fits this filter. x takes the last filter away."
NO_ANSWERS = "There are no answers yet. Take in a survey with `harken import FILE`."


class AnswerListing(FilterPickers, _Base):
    """The part of the answers screen that lists what fits the filter."""

    store: Store
    reader: Reader

    def prepare_listing(
        self, store: Store, *, reader: Reader, filter: AnswerFilter, pages: AnswerPages
    ) -> None:
        """What the parts below need; to be called once, when the screen is made."""
        self.store = store
        self.reader = reader
        self.steps = self.listed = FilterSteps.of(filter)
        """What is asked for, and what the list shows: the same once the search has begun to find."""
        self.everything: Sequence[int] = ()
        """All answers of the project, without a filter."""
        self.pages = pages
        self.is_complete = True
        self.typed = LineInput(placeholder='words, "a phrase", begin*, -not this, a ~5 b', id="search")
        self.search = AnswerSearch(store, reader, on_found=self.tell_found)
        self._listed_number = -1
        """Of the search whose answers are listed."""
        self._kept_id: int | None = None
        self._file_name = ""
        """One that could not be written to, for another try."""
        self._choices: FilterChoices | None = None
        self._values: dict[str, Sequence[str]] = {}

    def tell_found(self, found: Found) -> None:
        """Pass on, from a thread, what a search has found."""
        raise NotImplementedError

    def relist(self, *, place: int, notice: str) -> None:
        """Show the pages, which hold other answers now; `notice` is said where they hold none."""
        raise NotImplementedError

    def relist_grown(self) -> None:
        """Show the pages, which hold more answers now."""
        raise NotImplementedError

    @property
    def chosen_id(self) -> int | None:
        raise NotImplementedError

    # -- filtering -----------------------------------------------------------------------------------

    @property
    def filter_listed(self) -> AnswerFilter:
        return _wanted(self.listed)

    def apply(self, steps: FilterSteps, *, keeps_place: bool = True) -> None:
        """List what fits. Where that cannot be looked for, the list stays with the filter that it has."""
        try:
            parse_search(steps.value("text") or "")
        except HarkenError as error:
            self.say(str(error))
            return
        self.steps = steps
        self._kept_id = self.chosen_id if keeps_place else None
        filter = _wanted(steps)
        if filter.is_empty and filter.sort is AnswerSort.FILE:
            self.search.cancel()
            self.show_found(Found(number=self.search.number, ids=self.everything, is_complete=True))
        else:
            self.is_complete = False
            self.search.begin(filter)

    def show_found(self, found: Found) -> None:
        """List what a search has come up with so far; what comes of an earlier one is dropped."""
        if found.number != self.search.number:
            return
        self.is_complete = found.is_complete
        if found.refusal:
            self.steps = self.listed
            if not len(self.pages):
                self.relist(place=0, notice=f"{found.refusal} x takes the last filter away.")
            self.refuse(found.refusal)
        elif found.number == self._listed_number:
            self.pages.grow(found.ids)
            self.relist_grown()
        elif len(found.ids) or found.is_complete:
            self._listed_number = found.number
            self.listed = self.steps
            self.pages.put(found.ids)
            place = None if self._kept_id is None else self.pages.place_of(self._kept_id)
            self.relist(place=place or 0, notice=NOTHING if self.steps.steps else NO_ANSWERS)
            self.say("")
        self.show_heading()
        self.call_after_refresh(self.search.go_on)

    def action_search_again(self) -> None:
        self.apply(self.steps)

    # -- what can be chosen --------------------------------------------------------------------------

    def choices(self) -> FilterChoices:
        if self._choices is None:
            self._choices = filter_choices(self.store, hides_group=self.reader.hides_group)
        return self._choices

    def values_of(self, variable: Variable) -> Sequence[str]:
        if variable.name not in self._values:
            self._values[variable.name] = values_of(self.store, variable)
        return self._values[variable.name]

    def forget_choices(self) -> None:
        """The project has changed: read anew what can be chosen."""
        self._choices = None
        self._values.clear()

    # -- searching -----------------------------------------------------------------------------------

    def action_search(self) -> None:
        self.typed.display = True
        self.typed.value = self.steps.value("text") or ""
        self.typed.cursor_position = len(self.typed.value)
        self.typed.focus()

    def search_typed(self, words: str) -> None:
        """List what has the words that stand in the search line now."""
        if words != (self.steps.value("text") or ""):
            self.apply(self.steps.with_value("text", words.strip() and words), keeps_place=False)

    def leave_search(self) -> None:
        self.set_focus(None)
        self.typed.display = False

    # -- a file --------------------------------------------------------------------------------------

    def action_export(self) -> None:
        from harken.tui.screens.boxes.file_name import FileNameDialog

        n = len(self.pages)
        if not self.is_complete:
            self.refuse("Still counting; press e again when the number of answers stands above.")
        elif not n:
            self.refuse("Nothing is listed, so there is nothing to write.")
        else:
            title = f"Write {n:,} answer{'' if n == 1 else 's'} to a file"
            self.app.push_screen(FileNameDialog(title=title, before=self._file_name), self._export)

    def _export(self, name: str | None) -> None:
        from harken.services.browsing.exporting import export_listed

        if name is None:
            return
        path = Path(name).expanduser()
        is_written = self.attempt(
            lambda: export_listed(self.store, self.pages.ids, self.filter_listed, self.reader, path)
        )
        self._file_name = "" if is_written else name


def _wanted(steps: FilterSteps) -> AnswerFilter:
    """The filter of these steps; the last word of a search counts as a beginning."""
    typed = steps.value("text")
    return (steps.with_value("text", as_typed(typed)) if typed else steps).filter
