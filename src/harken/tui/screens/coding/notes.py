"""What the coding screen notes about an answer beside its codes: marks, an alert, what it refers to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.model import IdentifyingDetail, MarkKind, Response
from harken.tui.screens.coding.dialogs import CodingDialogs
from harken.tui.words.texts import label_of

if TYPE_CHECKING:
    from harken.services.coding.growing import Growth, GrowthKind
    from harken.tui.screens.coding.alert import AlertWords
    from harken.tui.widgets.choices import Choice

DETAIL_WORDS = {
    IdentifyingDetail.NAME: "a name",
    IdentifyingDetail.PLACE: "a place",
    IdentifyingDetail.DATE: "a date",
    IdentifyingDetail.ORGANISATION: "an organisation",
    IdentifyingDetail.DETAIL: "another detail",
}
_SHOWN_AGAIN = "shown"
"""The choice that takes an identifying mark away."""


class CodingNotes(CodingDialogs):
    """The part of the coding screen that marks, alerts and links."""

    def _begin_selection(self, said: str = "") -> None:
        raise NotImplementedError

    # -- marks ---------------------------------------------------------------------------------------

    def action_mark_quote(self) -> None:
        """With words selected these, at once; else the whole answer, after asking."""
        current = self.session.current
        if not self._has_answer() or current is None:
            return
        noting = self.session.noting
        if self.segment is not None:
            start, end = self.segment
            self._attempt(lambda: noting.mark(MarkKind.QUOTE, start, end))
            return
        from harken.tui.screens.boxes.confirm import ConfirmDialog

        n = len(current.response.text)
        is_quote = noting.is_quote(0, n)
        dialog = ConfirmDialog(
            title="Quote",
            text=(
                "The whole answer is marked as a quote."
                if is_quote
                else "Mark the whole answer as a quote? Space w selects a part of it."
            ),
            verb="no longer a quote" if is_quote else "mark it",
        )

        def mark(is_wanted: bool | None) -> None:
            if is_wanted:
                self._attempt(lambda: noting.mark(MarkKind.QUOTE, 0, n))

        self.app.push_screen(dialog, mark)

    def action_mark_identifying(self) -> None:
        """What the selected words are; without a selection, first the words."""
        from harken.tui.screens.boxes.picker import Picker
        from harken.tui.widgets.choices import Choice

        if not self._has_answer():
            return
        if self.segment is None:
            self._begin_selection("Select the words that tell who somebody is, then Space r.")
            return
        start, end = self.segment
        known = self.session.noting.identifying_at(start, end)
        again = [] if known is None else [Choice(value=_SHOWN_AGAIN, text="nothing: print it again")]
        every = [
            *again,
            *(
                Choice(value=detail.value, text=words, note=f"[{detail} removed]")
                for detail, words in DETAIL_WORDS.items()
            ),
        ]

        def search(text: str) -> Sequence[Choice]:
            wanted = text.strip().casefold()
            return [one for one in every if wanted in f"{one.text} {one.value}".casefold()]

        def mark(label: str | None) -> None:
            if label is not None:
                self._attempt(lambda: self.session.noting.mark(MarkKind.IDENTIFYING, start, end, label=label))

        self.app.push_screen(Picker(title="What do these words tell?", search=search), mark)

    # -- alert ---------------------------------------------------------------------------------------

    def action_alert_lead(self) -> None:
        from harken.tui.screens.coding.alert import AlertDialog

        current = self.session.current
        if not self._has_answer() or current is None:
            return
        raised = current.notes.alert
        dialog = AlertDialog(
            participant=current.response.key.participant,
            note=self.session.typed.get("alert", raised or ""),
            is_raised=raised is not None,
        )
        self.app.push_screen(dialog, self._alert)

    def _alert(self, written: AlertWords | None) -> None:
        if written is None:
            return
        noting = self.session.noting
        self.session.typed["alert"] = written.note
        if written.is_taken_back:
            is_done = self._attempt(lambda: noting.take_alert_back(written.reason))
        else:
            is_done = written.is_sent and self._attempt(lambda: noting.alert(written.note))
        if is_done:
            self.session.typed.pop("alert", None)

    # -- answers that this one refers to ---------------------------------------------------------------

    def action_link_answer(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        if self._has_answer():
            picker = Picker(
                title="Which answer does this one refer to?",
                search=self._find_linkable,
                placeholder="this person's other answers; or words of an answer, or a participant",
            )
            self.app.push_screen(picker, self._link)

    def _link(self, to: Response | None) -> None:
        if to is not None:
            self._attempt(lambda: self.session.noting.link(to))

    def _find_linkable(self, text: str) -> Sequence[Choice]:
        from harken.tui.widgets.choices import Choice

        current = self.session.current
        linked = {one.id for one in current.notes.refers_to} if current else set()
        found = self.session.noting.may_be_meant(text)
        return [
            Choice(
                value=one,
                text=f"{' '.join(filter(None, one.key))}: {' '.join(one.text.split())}",
                mark="→" if one.id in linked else " ",
            )
            for one in sorted(found, key=lambda one: one.id not in linked)
        ]

    # -- words for the codebook ------------------------------------------------------------------------

    def action_make_keyword(self) -> None:
        from harken.services.coding.growing import GrowthKind

        self._pick_grown_code(GrowthKind.KEYWORD)

    def action_make_example(self) -> None:
        from harken.services.coding.growing import GrowthKind

        self._pick_grown_code(GrowthKind.EXAMPLE)

    def _pick_grown_code(self, kind: GrowthKind) -> None:
        from harken.tui.screens.boxes.picker import Picker

        segment = self.segment
        if segment is None or not self._has_answer():
            return
        words = self.session.noting.printable(segment)
        picker = Picker(
            title=f"“{' '.join(words.split())}”: {kind.value} of which code?",
            search=self._find_grown_codes,
            placeholder="a part of its name",
        )

        def look(path: str | None) -> None:
            if path:
                self.call_later(self._look_at_growth, kind, path, words, segment)

        self.app.push_screen(picker, look)

    def _find_grown_codes(self, text: str) -> Sequence[Choice]:
        """The codes on the answer first: the words are most likely of one of these."""
        from harken.tui.widgets.choices import Choice

        sheet, current = self.session.sheet, self.session.current
        applied = current.codes if current else ()
        found = sorted(self.session.find_codes(text), key=lambda path: path not in applied and not text)
        return [
            Choice(
                value=path,
                text=label_of(sheet.entries[path]),
                note=f"{sheet.entries[path].family.label} {sheet.hotkeys.get(path, '')}",
                mark="✓" if path in applied else " ",
            )
            for path in found
        ]

    def _look_at_growth(self, kind: GrowthKind, path: str, words: str, segment: tuple[int, int]) -> None:
        from harken.tui.screens.coding.growth import GrowthDialog

        growths: list[Growth] = []

        def foresee() -> str:
            growths.append(self.session.growing.foresee(kind, path, words=words, segment=segment))
            return ""

        def keep(is_wanted: bool | None) -> None:
            if is_wanted:
                self._attempt(lambda: self.session.growing.keep(growths[0]))

        if self._attempt(foresee):
            self.app.push_screen(GrowthDialog(growths[0]), keep)
