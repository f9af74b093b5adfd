"""The agenda point by point, and the outcome that is recorded at its end."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content

from harken.errors import HarkenError
from harken.model import Round
from harken.report import visible
from harken.services.asking import Alert, AskedQuestion
from harken.services.meeting import (
    Agenda,
    CodebookNews,
    OpenDisagreement,
    agenda,
    meetings,
    record_meeting,
)
from harken.services.meeting.report import said_older
from harken.services.meeting.result import NewsKind
from harken.storage.store import Store
from harken.tui.commands.meeting import MEETING
from harken.tui.screens.asking.going_through import GoingThrough
from harken.tui.widgets.items import Item
from harken.tui.words.agenda_texts import disagreement_item, disagreement_parts, news_item, news_parts
from harken.tui.words.asked_texts import (
    Parts,
    alert_item,
    alert_parts,
    question_item,
    question_parts,
    time_of,
    title_of,
)

NOTHING = "There is nothing new to talk about. o records what came of a meeting, l lists earlier ones."
OUTCOME = "outcome"


class MeetingScreen(GoingThrough[int | str]):
    """Gives what to go to, if it was asked for: the id of an answer, or the path of a code."""

    BINDINGS: ClassVar[list[BindingType]] = [*MEETING]
    ROOM_TITLE = "Agenda"
    HELP_GROUP = "Meeting"

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
        self._agenda: Agenda | None = None
        self._target: int | str | None = None

    def heading(self) -> str:
        since = self._agenda.since if self._agenda else None
        when = f"since {time_of(since.at)}, {since.held_by}" if since else "everything so far"
        return f"{self.coder} · {self.round.name} · {when}"

    def result(self) -> int | str | None:
        return self._target

    # -- showing -------------------------------------------------------------------------------------

    def read(self) -> None:
        try:
            found = agenda(self.store, viewer=self.coder)
        except HarkenError as error:
            self.refuse(str(error))
            return
        self._agenda = found
        self.put_items(_items(found), nothing=NOTHING)
        self.show_heading()
        n_left_out = found.n_blind_disagreements + found.n_blind
        left_out = [f"{n_left_out:,} left out for a blind round"] if n_left_out else []
        remarks = [*said_older(found), *left_out]
        if remarks:
            self.say(f"{'; '.join(remarks)}.")

    def show_page(self, item: Item | None) -> None:
        title, parts = ("", list[tuple[str, str]]()) if item is None else _page(item)
        self.page.show_parts(title, parts)

    # -- acting --------------------------------------------------------------------------------------

    def action_go_to(self) -> None:
        chosen = self.items.chosen
        if chosen is None:
            self.refuse("There is nothing to go to.")
            return
        value = chosen.value
        if isinstance(value, CodebookNews):
            # A merged code is gone; the one that it went into holds its answers.
            self._go_to(value.after if value.kind is NewsKind.MERGED else value.code)
        elif self.is_first:
            self.visit(value.response.id, round=getattr(value, "round", self.round.name))
        else:
            self._go_to(value.response.id)

    def _go_to(self, target: int | str) -> None:
        if self.is_first:
            self._show_code(str(target))
            return
        self._target = target
        self.action_back()

    def _show_code(self, path: str) -> None:
        """Look at the code in the codebook and come back."""
        from harken.tui.screens.codebook.screen import CodebookScreen

        screen = CodebookScreen(
            self.store, coder=self.coder, round=self.round, focus=path, keymap=self.keymap
        )
        self.app.push_screen(screen, self.came_back)

    def action_record(self) -> None:
        from harken.tui.screens.boxes.writing import WritingDialog

        dialog = WritingDialog(
            title="What came of the meeting?",
            verb="record it",
            keep=self._keep,
            text=self.written.get(OUTCOME, ""),
            context="Name no participant: this is a text of the project, which a withdrawal leaves as it is.",
        )
        self.app.push_screen(dialog, self._record)

    def _keep(self, words: str) -> None:
        self.written[OUTCOME] = words

    def _record(self, words: str | None) -> None:
        if not words:
            return

        def act() -> str:
            record_meeting(self.store, words, actor=self.coder)
            return "The meeting is recorded; the next agenda begins here."

        self._keep(words)
        if self.attempt(act):
            self.written.pop(OUTCOME, None)
            self.read()
            self.say("The meeting is recorded; the next agenda begins here.")

    def action_list_meetings(self) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog

        parts: list[Content] = []
        for one in reversed(meetings(self.store).items):
            parts.append(Content.styled(f"{time_of(one.at)} · {visible(one.held_by)}", "bold"))
            parts += [Content(visible(one.outcome, keep_lines=True)), Content("")]
        content = Content("\n").join(parts or [Content("No meeting is recorded yet.")])
        self.app.push_screen(ReadingDialog(title="Meetings", content=content))


def _items(found: Agenda) -> list[Item]:
    return [
        *(alert_item(one, section="Alerts") for one in found.alerts),
        *(disagreement_item(one) for one in found.disagreements),
        *(question_item(one, section="Questions to the lead") for one in found.questions),
        *(news_item(one, section="Proposed codes") for one in found.proposed),
        *(news_item(one, section="Changed wordings") for one in found.wordings),
        *(news_item(one, section="Merged, retired and moved codes") for one in found.fates),
    ]


def _page(item: Item) -> tuple[str, Parts]:
    match item.value:
        case Alert() as alert:
            return title_of(alert.response.key), alert_parts(alert)
        case OpenDisagreement() as one:
            return title_of(one.response.key), disagreement_parts(one)
        case AskedQuestion() as asked:
            return title_of(asked.response.key), question_parts(asked)
        case CodebookNews() as news:
            return item.head, news_parts(news)
        case _:
            return "", []
