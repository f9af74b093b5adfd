"""What the other keys of the codebook screen do: places, keys, letters, joining, retiring, taking back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from harken.errors import HarkenError
from harken.model import Family
from harken.services.codebooks import codes, families, merging, moving, undoing
from harken.services.codebooks.changing import Changed
from harken.services.codebooks.places import name_of
from harken.tui.screens.boxes.form import Field, FieldKind
from harken.tui.screens.codebook.boxes import Values
from harken.tui.screens.codebook.wording import CodebookWording
from harken.tui.widgets.choices import Choice
from harken.tui.words.code_fields import WHY


class CodebookActions(CodebookWording):
    """The part of the codebook screen that changes the codebook."""

    _moved_under = _joined_into = ""
    """Where the last code went: the next one is likely to go there too."""

    # -- keys, letters, places -----------------------------------------------------------------------

    def action_rename(self) -> None:
        place, entry = self.place, self.entry
        if entry is None:
            self.refuse("The codebook is empty.")
            return
        is_family = isinstance(entry, Family)

        def do(values: Values) -> Changed:
            rename = families.rename_family if is_family else codes.rename_code
            return rename(self.store, place, values["key"], actor=self.coder, why=values["why"])

        self._open(
            f"rename {place}",
            title=f"Key of {entry.label}: its address, {place}",
            note=f"This changes the key, by which files and commands call it. The printed name stays "
            f"{entry.label}: Enter changes that.",
            fields=[
                Field(name="key", title="Key: letters, digits, _ and -", value=entry.key, is_replaced=True),
                WHY,
            ],
            do=do,
        )

    def action_hotkey(self) -> None:
        code = self._focused_code()
        if code is None:
            return
        place = self.place

        def do(values: Values) -> Changed:
            wording = {"hotkey": values["hotkey"].casefold()}
            return codes.change_code(
                self.store, place, actor=self.coder, wording=wording, base=code, why=values["why"]
            )

        letter = Field(
            name="hotkey",
            title="One or two letters a to z; blank: Harken gives one",
            value=code.hotkey,
            is_replaced=True,
        )
        self._open(f"letter {place}", title=f"Letter of {code.label}", fields=[letter, WHY], do=do)

    def action_step_up(self, n: int) -> None:
        self._change(lambda: moving.step(self.store, self.place, n, actor=self.coder))

    def action_move(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        code = self._focused_code()
        if code is None:
            return
        source = self.place

        def places(text: str) -> Sequence[Choice]:
            found = [family.key for family in self.codebook.families]
            found += [path for path in self.codebook.paths if not f"{path}.".startswith(f"{source}.")]
            return self._choices(found, text, first=self._moved_under)

        picker = Picker(title=f"Move {code.label} under …", search=places, placeholder="a family or code")
        self.app.push_screen(picker, lambda target: self._move_to(source, target))

    def _move_to(self, source: str, target: str | None) -> None:
        if target is None:
            return

        def do(values: Values) -> Changed:
            moved = moving.move_code(self.store, source, actor=self.coder, under=target, why=values["why"])
            self._moved_under = target
            return moved

        title = f"Move {name_of(self.codebook, source)} to {name_of(self.codebook, target)}"
        self._open(f"move {source}", title=title, fields=[WHY], do=do, verb="move it", gone=source)

    # -- merging, retiring, removing -----------------------------------------------------------------

    def action_merge(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        code = self._focused_code()
        if code is None:
            return
        source = self.place

        def targets(text: str) -> Sequence[Choice]:
            found = [
                path
                for path, entry in self.codebook.entries.items()
                if not f"{path}.".startswith(f"{source}.") and not entry.code.is_retired
            ]
            return self._choices(found, text, first=self._joined_into)

        picker = Picker(title=f"Join {code.label} into …", search=targets, placeholder="a part of its name")
        self.app.push_screen(picker, lambda target: self._merge_into(source, target))

    def _merge_into(self, source: str, target: str | None) -> None:
        if target is None:
            return
        try:
            preview = merging.preview_merge(self.store, source, target, reader=self.reader)
        except HarkenError as error:
            self.refuse(str(error))
            return
        ticks = [
            Field(
                name=name,
                title=f"its {len(words)} {name} go along: {'; '.join(words)}",
                kind=FieldKind.TICK,
            )
            for name, words in (("examples", preview.examples), ("keywords", preview.keywords))
            if words
        ]

        def do(values: Values) -> Changed:
            merged = merging.merge_codes(
                self.store,
                source,
                target,
                actor=self.coder,
                with_examples=bool(values.get("examples")),
                with_keywords=bool(values.get("keywords")),
                why=values["why"],
            )
            self._joined_into = target
            return merged

        own = " (own work counted)" if self.reader.is_blind else ""
        self._open(
            f"merge {source}",
            title=f"Join {name_of(self.codebook, source)} into {name_of(self.codebook, target)}",
            fields=[WHY, *ticks],
            do=do,
            verb="join them",
            gone=source,
            note=f"{preview.said}{own} Undo gives every coding back.",
        )

    def action_retire(self) -> None:
        code = self._focused_code()
        if code is None:
            return
        place = self.place
        verb = codes.restore_code if code.is_retired else codes.retire_code

        def do(values: Values) -> Changed:
            return verb(self.store, place, actor=self.coder, why=values["why"])

        what = "Take into use again:" if code.is_retired else "Retire"
        self._open(
            f"retire {place}",
            title=f"{what} {code.label}",
            fields=[WHY],
            do=do,
            verb="take it into use" if code.is_retired else "retire it",
        )

    def action_remove(self) -> None:
        place, entry = self.place, self.entry
        if entry is None:
            self.refuse("The codebook is empty.")
            return
        remove = families.remove_family if isinstance(entry, Family) else codes.remove_code

        def do(values: Values) -> Changed:
            return remove(self.store, place, actor=self.coder, why=values["why"])

        title = f"Remove {entry.label}"
        self._open(f"remove {place}", title=title, fields=[WHY], do=do, verb="remove it", gone=place)

    # -- taking back ---------------------------------------------------------------------------------

    def action_undo(self) -> None:
        self._change(lambda: undoing.undo_change(self.store, actor=self.coder))

    def action_redo(self) -> None:
        self._change(lambda: undoing.redo_change(self.store, actor=self.coder))

    def _change(self, verb: Callable[[], Changed]) -> None:
        def done() -> str:
            changed = verb()
            self.show_codebook(changed.path)
            return changed.said

        self.attempt(done)

    # -- looking -------------------------------------------------------------------------------------

    def action_find(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        picker = Picker(title="Find a code", search=self._find, placeholder="a part of its name")
        self.app.push_screen(picker, lambda place: self.go_to(place) if place else None)

    def _find(self, text: str) -> Sequence[Choice]:
        places = [family.key for family in self.codebook.families]
        return self._choices([*self.codebook.paths, *places], text)

    def action_history(self) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog
        from harken.tui.words.history_text import history_text

        place = self.place

        def shown() -> str:
            content = history_text(self.store, place)
            title = f"History of {name_of(self.codebook, place)}" if place else "History of the codebook"
            self.app.push_screen(ReadingDialog(title=title, content=content))
            return ""

        self.attempt(shown)
