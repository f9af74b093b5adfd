"""The analytic themes screen: make a theme, write its idea, gather codes, quotes and memos under it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.containers import Container
from textual.widget import Widget

from harken.errors import HarkenError
from harken.model import Round
from harken.services.analytic_themes import (
    AnalyticTheme,
    PeopleWithCodes,
    ThemeList,
    list_themes,
    make_theme,
    people_for,
    remove_theme,
    rename_theme,
    write_idea,
)
from harken.services.memos import label_of
from harken.storage import survey
from harken.storage.store import Store
from harken.tui.commands.analytic_themes import ANALYTIC_THEMES
from harken.tui.screens.memos.theme_gathering import ThemeGathering
from harken.tui.screens.room import Room
from harken.tui.widgets.answer import AnswerView
from harken.tui.widgets.choices import Choice, ChoiceList

NONE_YET = "n makes the first analytic theme"
NARROW = 40
"""Cells below which a theme's name leaves no room for how many people it has."""
MOST_COUNTED = 100_000
"""Answers up to which people are counted while one waits."""


class AnalyticThemesScreen(ThemeGathering, Room[None]):
    """A list of themes and the page of the one that is chosen. Every change is on disk at once."""

    BINDINGS: ClassVar[list[BindingType]] = [*ANALYTIC_THEMES]
    DEFAULT_CSS = """
    AnalyticThemesScreen #themes-body { height: 1fr; layout: vertical; }
    AnalyticThemesScreen AnswerView { height: 1fr; }
    """
    ROOM_TITLE = "Analytic themes"
    HELP_GROUP = "Analytic themes"

    def __init__(
        self, store: Store, *, coder: str, round: Round, keymap: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(keymap=keymap)
        self._store = store
        self._coder = coder
        self._round = round
        self._found: ThemeList | None = None
        self._people: PeopleWithCodes | None = None
        self._unkept: dict[str, str] = {}
        """Ideas that could not be written, by the theme's id."""
        self._list = ChoiceList(nothing=NONE_YET)
        self._page = AnswerView()

    def body(self) -> Iterable[Widget]:
        yield Container(self._list, self._page, id="themes-body")

    def on_mount(self) -> None:
        super().on_mount()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        if survey.n_codable(self._store) <= MOST_COUNTED:
            self._people = people_for(self._store, coder=self._coder, round=self._round)
        self._read()

    def heading(self) -> str:
        return self._coder

    # -- showing -------------------------------------------------------------------------------------

    @property
    def _chosen_theme(self) -> AnalyticTheme | None:
        """The chosen theme as it was read last."""
        chosen = self._list.chosen
        themes = self._found.themes if self._found else ()
        return next((theme for theme in themes if chosen and theme.id == chosen.value), None)

    def _read(self, choose: str = "") -> None:
        """Read the themes anew; `choose` is the id of the one to point at, else the place stays."""
        chosen = self._list.chosen
        wanted = choose or (chosen.value if chosen else "")
        self._found = list_themes(self._store, coder=self._coder, round=self._round, people=self._people)
        themes = self._found.themes
        has_room = self.size.width >= NARROW
        index = next((at for at, theme in enumerate(themes) if theme.id == wanted), 0)
        self._list.show(
            [
                Choice(value=theme.id, text=theme.name, note=_size(theme) if has_room else "")
                for theme in themes
            ],
            index=index,
        )
        self._show_page()

    def _show_page(self) -> None:
        theme, found = self._chosen_theme, self._found
        if theme is None or found is None:
            self._page.show_answer("")
            return
        parts = [theme.name, theme.idea or "(no central idea yet: ↵ writes it)"]
        codes = [f"· {found.labels[path]}  ({path})" for path in theme.codes]
        people = f": {theme.n_people} of the {found.n_coded_people} people who have a code"
        head = f"Codes{people if theme.n_people is not None else ''}"
        parts.append("\n".join([head, *codes] if codes else ["No codes yet: c adds codes."]))
        quotes = [f"“{shown.text}” — {shown.quote.key.participant}" for shown in theme.quotes]
        parts += quotes or ["No quotes yet: q adds quotes."]
        parts += [f"Memo by {memo.author} on {label_of(memo.subject)}: {memo.body}" for memo in theme.memos]
        self._page.show_answer("\n\n".join(parts))

    def action_step(self, n: int) -> None:
        self._list.step(n)
        self._show_page()

    def action_scroll_page(self, n: int) -> None:
        self._page.scroll_pages(n)

    # -- changing ------------------------------------------------------------------------------------

    def _with_theme(self, verb: Callable[[AnalyticTheme], None]) -> None:
        theme = self._chosen_theme
        if theme is None:
            self.refuse("There is no theme yet; n makes one.")
        else:
            verb(theme)

    def _change(self, verb: Callable[[], str]) -> bool:
        is_done = self.attempt(verb)
        self._read()
        return is_done

    def action_make(self) -> None:
        from harken.tui.screens.boxes.note import NameDialog

        dialog = NameDialog(title="A new analytic theme", placeholder="its name; a sentence may say most")
        self.app.push_screen(dialog, self._make)

    def _make(self, name: str | None) -> None:
        if not name:
            return

        def act() -> str:
            id = make_theme(self._store, name, actor=self._coder)
            self._read(choose=id)
            return "Made. ↵ writes its central idea, c puts codes under it."

        self.attempt(act)

    def action_rename(self) -> None:
        self._with_theme(self._ask_name)

    def _ask_name(self, theme: AnalyticTheme) -> None:
        from harken.tui.screens.boxes.note import NameDialog

        def rename(name: str | None) -> None:
            if name:
                self._change(lambda: rename_theme(self._store, theme.id, name, actor=self._coder))

        self.app.push_screen(NameDialog(title="Another name", name=theme.name), rename)

    def action_write_idea(self) -> None:
        self._with_theme(self._ask_idea)

    def _ask_idea(self, theme: AnalyticTheme) -> None:
        from harken.tui.screens.boxes.note import NoteDialog

        dialog = NoteDialog(title=f"Central idea: {theme.name}", text=self._unkept.get(theme.id, theme.idea))
        self.app.push_screen(dialog, lambda words: self._keep_idea(theme, words))

    def _keep_idea(self, theme: AnalyticTheme, words: str | None) -> None:
        self._unkept.pop(theme.id, None)
        if words is None or words == theme.idea:
            return
        try:
            said = write_idea(self._store, theme.id, words, actor=self._coder, as_read=theme.idea)
        except HarkenError as error:
            self._unkept[theme.id] = words
            self._read()
            self.refuse(f"{error} ↵ opens it with your words.")
            return
        self._read()
        self.say(said)

    def action_remove(self) -> None:
        self._with_theme(self._ask_to_remove)

    def _ask_to_remove(self, theme: AnalyticTheme) -> None:
        from harken.tui.screens.boxes.note import RemovalDialog

        def remove(is_meant: bool | None) -> None:
            if is_meant:
                self._change(lambda: remove_theme(self._store, theme.id, actor=self._coder))

        text = "Its codes, quotes and memos stay where they are."
        self.app.push_screen(RemovalDialog(title=f"Remove {theme.name}?", text=text), remove)


def _size(theme: AnalyticTheme) -> str:
    if theme.n_people is None:
        return f"{len(theme.codes)} code{'' if len(theme.codes) == 1 else 's'}"
    return "1 person" if theme.n_people == 1 else f"{theme.n_people:,} people"
