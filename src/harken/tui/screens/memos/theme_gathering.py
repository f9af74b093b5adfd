"""Gathering codes, quotes and memos under an analytic theme: a box for each, in which they go in and out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from harken.model import Round
from harken.services.analytic_themes import (
    AnalyticTheme,
    QuoteFinder,
    toggle_code,
    toggle_memo,
    toggle_quote,
)
from harken.services.codebooks import current_codebook
from harken.services.coding.finding import find_codes
from harken.services.memos import label_of, list_memos, says
from harken.storage.store import Store
from harken.tui.widgets.choices import Choice
from harken.tui.words.texts import APPLIED

if TYPE_CHECKING:
    from harken.tui.screens.room import Room

    _Base = Room[None]
else:
    _Base = object

BEGINNING = 300
"""Characters of a quote or memo that stand on a line of choices."""


class ThemeGathering(_Base):
    """The part of the analytic themes screen that opens these boxes."""

    _store: Store
    _coder: str
    _round: Round

    @property
    def _chosen_theme(self) -> AnalyticTheme | None:
        raise NotImplementedError

    def _with_theme(self, verb: Callable[[AnalyticTheme], None]) -> None:
        raise NotImplementedError

    def _change(self, verb: Callable[[], str]) -> bool:
        """Do something and read the themes anew."""
        raise NotImplementedError

    def action_gather_codes(self) -> None:
        self._with_theme(self._gather_codes)

    def _gather_codes(self, theme: AnalyticTheme) -> None:
        entries = current_codebook(self._store).entries

        def search(text: str) -> Sequence[Choice]:
            codes = self._chosen_theme.codes if self._chosen_theme else ()
            return [
                Choice(
                    value=path,
                    text=entries[path].code.label,
                    note=entries[path].family.label,
                    mark=APPLIED if path in codes else " ",
                )
                for path in find_codes(entries, text)
            ]

        self._gather(
            title=f"Codes of {theme.name}",
            search=search,
            toggle=lambda path: toggle_code(self._store, theme.id, path, actor=self._coder),
            placeholder="a part of a code's name",
        )

    def action_gather_quotes(self) -> None:
        self._with_theme(self._gather_quotes)

    def _gather_quotes(self, theme: AnalyticTheme) -> None:
        finder = QuoteFinder(
            self._store,
            theme.codes,
            coder=self._coder,
            round=self._round,
            quotes=[shown.quote for shown in theme.quotes],
        )

        def search(text: str) -> Sequence[Choice]:
            quotes = [shown.quote for shown in self._chosen_theme.quotes] if self._chosen_theme else []
            return [
                Choice(
                    value=one.quote,
                    text=f"{one.quote.key.participant}  {' '.join(one.text[:BEGINNING].split())}",
                    note="marked" if one.is_marked else "",
                    mark=APPLIED if one.quote in quotes else " ",
                )
                for one in finder.find(text)
            ]

        self._gather(
            title=f"Quotes of {theme.name}",
            search=search,
            toggle=lambda quote: toggle_quote(self._store, theme.id, quote, actor=self._coder),
            placeholder="words of an answer, or a participant",
            nothing="No answer has its codes, and no quote is marked in one. c puts codes under the theme.",
            in_full=finder.text_of,
        )

    def action_gather_memos(self) -> None:
        self._with_theme(self._gather_memos)

    def _gather_memos(self, theme: AnalyticTheme) -> None:
        found = list_memos(self._store, coder=self._coder, round=self._round).memos
        memos = {memo.id: memo for memo in found if memo.id}

        def search(text: str) -> Sequence[Choice]:
            taken = [memo.id for memo in self._chosen_theme.memos] if self._chosen_theme else []
            return [
                Choice(
                    value=memo.id,
                    text=" ".join(memo.body[:BEGINNING].split()),
                    note=label_of(memo.subject),
                    mark=APPLIED if memo.id in taken else " ",
                )
                for memo in memos.values()
                if says(memo.body, text)
            ]

        self._gather(
            title=f"Memos of {theme.name}",
            search=search,
            toggle=lambda memo: toggle_memo(self._store, theme.id, memo, actor=self._coder),
            placeholder="words of a memo",
            nothing="There are no such memos.",
            in_full=lambda memo: memos[memo].body,
        )

    def _gather(
        self,
        *,
        title: str,
        search: Callable[[str], Sequence[Choice]],
        toggle: Callable[..., str],
        placeholder: str,
        nothing: str = "nothing found",
        in_full: Callable[[Any], str] | None = None,
    ) -> None:
        from harken.tui.screens.boxes.toggling import TogglingPicker

        picker = TogglingPicker(
            title=title,
            search=search,
            toggle=lambda value: self._change(lambda: toggle(value)),
            placeholder=placeholder,
            nothing=nothing,
            in_full=in_full,
        )
        self.app.push_screen(picker)
