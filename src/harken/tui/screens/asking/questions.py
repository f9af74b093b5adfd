"""Questions, replies and alerts, one by one: replying, making rules, closing alerts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType

from harken.errors import HarkenError
from harken.model import Round
from harken.services.asking import (
    Alert,
    AskedQuestion,
    AskedState,
    Rule,
    alerts,
    close_alert,
    keep_as_decided,
    questions,
    reply,
)
from harken.services.asking.questions import is_lead
from harken.services.codebooks import current_codebook
from harken.storage.store import Store
from harken.tui.commands.questions import QUESTIONS
from harken.tui.screens.asking.going_through import GoingThrough
from harken.tui.screens.asking.rule import RuleDialog
from harken.tui.screens.boxes.writing import WritingDialog
from harken.tui.widgets.choices import Choice
from harken.tui.widgets.items import Item
from harken.tui.words.asked_texts import alert_item, alert_parts, question_item, question_parts, title_of

NOTHING_OPEN = (
    "Nothing is open: no alert, no question, no reply to you. t lists what was replied to and closed."
)
NOTHING = "Nobody has asked anything yet. On the coding screen Space u asks, Space a alerts the lead."


class QuestionsScreen(GoingThrough[int]):
    """Gives the id of the answer to go to, if one was asked for."""

    BINDINGS: ClassVar[list[BindingType]] = [*QUESTIONS]
    ROOM_TITLE = "Questions and alerts"
    HELP_GROUP = "Questions"

    def __init__(
        self,
        store: Store,
        *,
        coder: str,
        round: Round,
        keymap: Mapping[str, str] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(store, coder=coder, round=round, keymap=keymap, clock=clock)
        self._is_lead = is_lead(store, coder)
        self._shows_all = False
        self._answer_id: int | None = None

    def heading(self) -> str:
        return f"{self.coder} · {self.round.name} · {'all' if self._shows_all else 'open'}"

    def result(self) -> int | None:
        return self._answer_id

    # -- showing -------------------------------------------------------------------------------------

    def read(self) -> None:
        try:
            raised = alerts(self.store, viewer=self.coder, only_open=not self._shows_all).items
            asked = questions(self.store, viewer=self.coder, only_open=False).items
        except HarkenError as error:
            self.refuse(str(error))
            return
        mine = [one for one in asked if one.coder == self.coder and one.state is AskedState.REPLIED]
        still_open = [one for one in asked if one.state is AskedState.OPEN]
        rest = [one for one in asked if one.state is not AskedState.OPEN and one not in mine]
        items = [alert_item(one, section="Alerts" if one.is_open else "Closed alerts") for one in raised]
        # Open alerts head the list; closed ones, listed with all, end it.
        items.sort(key=lambda item: not item.value.is_open)
        closed = [item for item in items if not item.value.is_open]
        shown = [item for item in items if item.value.is_open]
        shown += [question_item(one, section="Replies to you") for one in mine]
        shown += [question_item(one, section="Open questions") for one in still_open]
        if self._shows_all:
            shown += [question_item(one, section="Replied to") for one in rest]
            shown += closed
        has_more = bool(rest or closed) or not self._shows_all
        self.put_items(shown, nothing=NOTHING_OPEN if has_more else NOTHING)

    def working(self) -> Callable[[str], bool]:
        """What the chosen item takes: questions are replied to, alerts closed."""
        chosen = self.items.chosen
        value = None if chosen is None else chosen.value
        is_own = value is not None and value.coder == self.coder
        may_reply = isinstance(value, AskedQuestion) and bool(value.words) and (self._is_lead or not is_own)
        may_close = isinstance(value, Alert) and value.is_open and (self._is_lead or is_own)
        may_keep = (
            isinstance(value, AskedQuestion)
            and is_own
            and value.state is AskedState.REPLIED
            and not value.is_draft
        )
        answers = {
            "go_to_answer": value is not None,
            "reply": may_reply,
            "make_rule": may_reply,
            "keep_as_decided": may_keep,
            "close_alert": may_close,
        }
        return lambda action: answers.get(action, True)

    def show_page(self, item: Item | None) -> None:
        self.show_keys()
        if item is None:
            self.page.show_parts("", ())
        elif isinstance(item.value, Alert):
            self.page.show_parts(title_of(item.value.response.key), alert_parts(item.value))
        else:
            self.page.show_parts(title_of(item.value.response.key), question_parts(item.value))

    def action_toggle_all(self) -> None:
        self._shows_all = not self._shows_all
        self.read()
        self.show_heading()

    # -- acting --------------------------------------------------------------------------------------

    def _question(self) -> AskedQuestion | None:
        chosen = self.items.chosen
        if chosen is None or not isinstance(chosen.value, AskedQuestion):
            self.refuse("No question is chosen.")
            return None
        if not chosen.value.words:
            self.refuse(f"{chosen.value.coder} asks nothing about this answer any more.")
            return None
        return chosen.value

    def _keep(self, what: object, words: str) -> None:
        self.written[what] = words

    def action_reply(self) -> None:
        asked = self._question()
        if asked is not None:
            self._write_reply(asked, None)

    def _write_reply(self, asked: AskedQuestion, rule: Rule | None) -> None:
        place = ("reply", asked.response.id, asked.round, asked.coder)
        dialog = WritingDialog(
            title=f"Reply to {asked.coder} on {asked.response.key.participant}",
            verb="send it with the rule" if rule else "send",
            keep=lambda words: self._keep(place, words),
            text=self.written.get(place, "") or (rule.text if rule else ""),
            context=f"{asked.printed}\n\n{asked.coder}: {asked.words}",
        )
        self.app.push_screen(dialog, lambda words: self._send(asked, words, rule, place))

    def _send(self, asked: AskedQuestion, words: str | None, rule: Rule | None, place: object) -> None:
        if not words:
            return

        def act() -> str:
            given = reply(self.store, asked, actor=self.coder, words=words, rule=rule)
            said = "" if rule is None else f"; the rule is in {self._label(given.rule_code)} ({rule.into})"
            return f"Replied to {asked.coder} on {asked.response.key.participant}{said}."

        # Kept until it is written, so that a refusal costs no word.
        self.written[place] = words
        if self.attempt(act):
            self.written.pop(place, None)
            self.read()

    def _label(self, path: str) -> str:
        entry = current_codebook(self.store).entries.get(path)
        return path if entry is None else entry.code.label

    def action_keep_as_decided(self) -> None:
        chosen = self.items.chosen
        if chosen is None or not isinstance(chosen.value, AskedQuestion):
            self.refuse("No reply to you is chosen.")
            return
        asked = chosen.value

        def act() -> str:
            keep_as_decided(self.store, asked, actor=self.coder)
            return f"{asked.response.key.participant} stays as it was decided; the reply is taken up."

        if self.attempt(act):
            self.read()

    def action_make_rule(self) -> None:
        asked = self._question()
        if asked is None:
            return
        from harken.tui.screens.boxes.picker import Picker

        entries = current_codebook(self.store).entries
        applied = asked.codes or ()

        def search(text: str) -> list[Choice]:
            from harken.services.coding.finding import find_codes

            found = sorted(find_codes(entries, text), key=lambda path: path not in applied)
            return [
                Choice(
                    value=path,
                    text=entries[path].code.label,
                    note=f"retired · {path}" if entries[path].code.is_retired else path,
                )
                for path in found
            ]

        picker = Picker(title="A rule for which code?", search=search, placeholder="a part of its name")
        self.app.push_screen(picker, lambda path: self._rule_for(asked, path) if path else None)

    def _rule_for(self, asked: AskedQuestion, path: str) -> None:
        """Ask before a rule goes where nobody looks for one."""
        code = current_codebook(self.store).entries[path].code
        if not code.is_retired:
            self._write_rule(asked, path)
            return
        from harken.tui.screens.boxes.confirm import ConfirmDialog

        dialog = ConfirmDialog(
            title=f"{code.label} is retired",
            text=(
                f"No coder is offered {path} any more, so nobody would apply a rule in it.\n"
                "Write one there all the same? Esc leaves it; then m chooses another code."
            ),
            verb="write it there",
        )
        self.app.push_screen(
            dialog, lambda is_meant: self._write_rule(asked, path, is_retired=True) if is_meant else None
        )

    def _write_rule(self, asked: AskedQuestion, path: str, *, is_retired: bool = False) -> None:
        code = current_codebook(self.store).entries[path].code
        wordings = (("definition", code.definition), ("include", code.include), ("exclude", code.exclude))
        place = ("rule", path, asked.response.id, asked.round, asked.coder)
        dialog = RuleDialog(
            title=f"A rule in {code.label}",
            keep=lambda words: self._keep(place, words),
            text=self.written.get(place, ""),
            context="\n".join(
                [
                    f"{asked.coder}: {asked.words}",
                    "",
                    *(f"{name}: {words or '–'}" for name, words in wordings),
                ]
            ),
        )

        def written(words: str | None) -> None:
            if words:
                self.written[place] = words
                rule = Rule(code=path, text=words, into=dialog.into, may_be_retired=is_retired)
                self._write_reply(asked, rule)

        self.app.push_screen(dialog, written)

    def action_close_alert(self) -> None:
        chosen = self.items.chosen
        if chosen is None or not isinstance(chosen.value, Alert) or not chosen.value.is_open:
            self.refuse("No open alert is chosen.")
            return
        alert = chosen.value
        place = ("alert", alert.response.id, alert.coder)
        dialog = WritingDialog(
            title=f"What was done about the alert on {alert.response.key.participant}?",
            verb="close the alert",
            keep=lambda words: self._keep(place, words),
            text=self.written.get(place, ""),
            context=f"{alert.printed}\n\n{alert.coder}: {alert.note}",
        )
        self.app.push_screen(dialog, lambda words: self._close(alert, words, place))

    def _close(self, alert: Alert, words: str | None, place: object) -> None:
        if not words:
            return

        def act() -> str:
            close_alert(self.store, alert, done=words, actor=self.coder)
            return f"The alert of {alert.coder} on {alert.response.key.participant} is closed."

        self.written[place] = words
        if self.attempt(act):
            self.written.pop(place, None)
            self.read()

    def action_go_to_answer(self) -> None:
        chosen = self.items.chosen
        if chosen is None:
            self.refuse("There is nothing to go to.")
        elif self.is_first:
            asked = chosen.value
            self.visit(asked.response.id, round=self.round.name if isinstance(asked, Alert) else asked.round)
        else:
            self._answer_id = chosen.value.response.id
            self.action_back()
