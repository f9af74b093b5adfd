"""Verbs on the team's talk and on where everybody stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harken.model import MAIN_ROUND, ResponseKey
from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.asking import Alert, Alerts, AskedQuestion, Questions, Reply
    from harken.services.meeting import Agenda, Meeting, Meetings
    from harken.services.standing import Overview, Standing


class TeamVerbs(ProjectPart):
    """What `harken status`, `questions`, `alerts` and `meeting` do."""

    def overview(self) -> Overview:
        """Where the study stands and what comes next, in short."""
        from harken.services.standing.overview import overview

        return overview(self.store, viewer=self.actor)

    def status(self, *, pause_minutes: float = 5) -> Standing:
        """Each coder's work, one's own pace and finish, and what is left before tables are final."""
        from harken.services.standing.status import status

        return status(self.store, viewer=self.actor, pause_minutes=pause_minutes)

    def ask_question(
        self, participant: str, question: str, text: str, *, occasion: str = "", round: str = MAIN_ROUND
    ) -> AskedQuestion:
        """Mark an answer as unsure, with what the lead should know or decide; codes that stand stay."""
        from harken.services.coding.asking_lead import ask_lead

        key = ResponseKey(participant, question, occasion)
        return ask_lead(self.store, key, text, coder=self.actor, round=round)

    def questions(self, *, only_open: bool = True) -> Questions:
        """Questions to the lead that one may see, the oldest first."""
        from harken.services.asking import questions

        return questions(self.store, viewer=self.actor, only_open=only_open)

    def replies(self) -> Questions:
        """The actor's questions with a reply that they have not taken up yet."""
        from harken.services.asking import replies_to

        return replies_to(self.store, coder=self.actor)

    def reply(
        self,
        participant: str,
        question: str,
        *,
        text: str = "",
        occasion: str = "",
        coder: str = "",
        round: str = "",
        rule: str = "",
        rule_text: str = "",
        into: str = "include",
    ) -> Reply:
        """Reply to the question on an answer; with the code `rule` the reply goes into that code's wording.

        `coder` and `round` say which question is meant where several were asked. `into`: definition,
        include or exclude.
        """
        from harken.services.asking import Place, Rule, find_question, reply

        key = ResponseKey(participant, question, occasion)
        asked = find_question(self.store, key, viewer=self.actor, coder=coder, round=round)
        made = Rule(code=rule, text=rule_text or text, into=Place(into)) if rule else None
        return reply(self.store, asked, actor=self.actor, words=text, rule=made)

    def alerts(self, *, only_open: bool = True) -> Alerts:
        """Alerts to the lead that one may see, the oldest first."""
        from harken.services.asking import alerts

        return alerts(self.store, viewer=self.actor, only_open=only_open)

    def raise_alert(self, participant: str, question: str, *, note: str = "", occasion: str = "") -> Alert:
        """Alert the lead to an answer whose participant may be in distress or in danger."""
        from harken.services.asking import raise_alert

        key = ResponseKey(participant, question, occasion)
        return raise_alert(self.store, key, coder=self.actor, note=note)

    def close_alert(
        self, participant: str, question: str, done: str, *, occasion: str = "", coder: str = ""
    ) -> Alert:
        """Close the alert on an answer with what was done; whoever raised it may take it back so."""
        from harken.services.asking import close_alert, find_alert

        key = ResponseKey(participant, question, occasion)
        alert = find_alert(self.store, key, viewer=self.actor, coder=coder)
        return close_alert(self.store, alert, done=done, actor=self.actor)

    def agenda(self) -> Agenda:
        """What there is to talk about since the last meeting that was recorded, or ever."""
        from harken.services.meeting import agenda

        return agenda(self.store, viewer=self.actor)

    def record_meeting(self, outcome: str) -> Meeting:
        """Record a meeting and what came of it; the next agenda begins after it."""
        from harken.services.meeting import record_meeting

        return record_meeting(self.store, outcome, actor=self.actor)

    def meetings(self) -> Meetings:
        """The meetings that were recorded, with what came of them, the first one first."""
        from harken.services.meeting import meetings

        return meetings(self.store)
