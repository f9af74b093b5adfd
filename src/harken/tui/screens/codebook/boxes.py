"""Boxes of the codebook screen: opened, saved or said why not, and what was typed kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from harken.errors import HarkenError
from harken.model import Code, Codebook, Family
from harken.services.browsing import Reader
from harken.services.codebooks.changing import Changed, ChangedMeanwhileError
from harken.services.codebooks.looking import StoredCodebook, stored_codebook
from harken.services.codebooks.places import family_at, name_of
from harken.storage.store import Store
from harken.tui.screens.boxes.form import Field, Form
from harken.tui.widgets.choices import Choice

if TYPE_CHECKING:
    from harken.tui.screens.room import Room

    _Base = Room[None]
else:
    _Base = object

Values = Mapping[str, str]
Do = Callable[[Values], Changed]
Entry = TypeVar("Entry", Code, Family)


class CodebookBoxes(_Base):
    """What the parts of the codebook screen that change the codebook share."""

    store: Store
    coder: str
    reader: Reader
    stored: StoredCodebook
    typed: dict[str, Values]
    """What was left in boxes that were closed without saving, by box and code."""
    _is_kept = False
    """Whether the box that is being closed leaves something there."""

    @property
    def codebook(self) -> Codebook:
        raise NotImplementedError

    @property
    def place(self) -> str:
        raise NotImplementedError

    @property
    def entry(self) -> Code | Family | None:
        raise NotImplementedError

    def show_codebook(self, focus: str = "") -> None:
        raise NotImplementedError

    def beside(self, place: str) -> str:
        """What is in focus once a code has gone from its place: what stands there then."""
        raise NotImplementedError

    def go_to(self, place: str) -> None:
        raise NotImplementedError

    # -- boxes ---------------------------------------------------------------------------------------

    def _open(
        self,
        box: str,
        *,
        title: str,
        fields: Sequence[Field],
        do: Do,
        verb: str = "save",
        note: str = "",
        gone: str = "",
    ) -> Form:
        """Open a box that makes a change; what is left in it is there when it is opened again.

        `gone` is the place that it empties: the focus stays there, so that a series needs no arrows.
        """
        kept = self.typed.get(box, {})

        def save(values: Values) -> str:
            done = do(values)
            self.typed.pop(box, None)
            self.show_codebook(self.beside(gone) if gone else done.path)
            return done.said

        def keep(values: Values) -> None:
            if values != {field.name: field.value.strip() for field in fields}:
                self.typed[box] = values
                self._is_kept = True

        form = Form(
            title=title,
            fields=[_with_value(field, kept) for field in fields],
            save=save,
            keep=keep,
            verb=verb,
            note=note,
        )
        self.app.push_screen(form, self._box_closed)
        return form

    def _box_closed(self, said: str | None) -> None:
        if said is not None:
            self.say(said)
        elif self._is_kept:
            self._is_kept = False
            self.say("Closed without saving; what was typed is there when the box is opened again.")

    def _focused_code(self) -> Code | None:
        entry = self.entry
        if isinstance(entry, Code):
            return entry
        self.refuse("That works on a code; a family is in focus." if entry else "The codebook is empty.")
        return None

    def _address(self, id: str) -> str:
        """Where a code is now that may have been renamed or moved since its box was opened."""
        path = stored_codebook(self.store).path_of.get(id)
        if path is None:
            raise HarkenError("This code was merged or removed meanwhile. Esc keeps what you typed.")
        return path

    def _open_edit(
        self,
        box: str,
        base: Entry,
        *,
        title: str,
        fields: Sequence[Field],
        values_of: Callable[[Entry], Values],
        save: Callable[[Values, Entry], Changed],
    ) -> None:
        """Open a box on a wording. Where somebody else changed it meanwhile, theirs is shown beside."""

        def do(values: Values) -> Changed:
            nonlocal base
            try:
                return save(values, base)
            except ChangedMeanwhileError as error:
                before, now = values_of(base), values_of(error.theirs)
                form.show_theirs({name: now[name] for name in now if now[name] != before[name]})
                base = error.theirs
                raise HarkenError(f"{error} F2 once more saves yours.") from error

        form: Form = self._open(box, title=title, fields=fields, do=do)

    def _choices(self, places: Sequence[str], text: str, *, first: str = "") -> Sequence[Choice]:
        """Those places that a text may mean, codes in the order of likeness; with no text one comes first."""
        from harken.services.coding.finding import find_codes

        wanted = text.strip().casefold()
        entries = {place: self.codebook.entries[place] for place in places if place in self.codebook.entries}
        found = [
            family.key
            for family in self.codebook.families
            if family.key in places and wanted in f"{family.label} {family.key}".casefold()
        ]
        found += find_codes(entries, text)
        if not wanted:
            found.sort(key=lambda place: place != first)
        return [
            Choice(
                value=place,
                text=name_of(self.codebook, place),
                note="family" if family_at(self.codebook, place) is not None else place,
            )
            for place in found
        ]


def _with_value(field: Field, kept: Values) -> Field:
    """The field as it was left. A line that was begun anew is begun anew again: typing replaces it."""
    value = kept.get(field.name, field.value)
    return replace(field, value=value, is_replaced=field.is_replaced or value != field.value)
