"""The team's meetings: what there is to talk about since the last one, and what came of it."""

from harken.services.meeting.agenda import agenda
from harken.services.meeting.recording import meetings, record_meeting
from harken.services.meeting.report import agenda_report, meetings_report
from harken.services.meeting.result import Agenda, CodebookNews, Meeting, Meetings, OpenDisagreement

__all__ = [
    "Agenda",
    "CodebookNews",
    "Meeting",
    "Meetings",
    "OpenDisagreement",
    "agenda",
    "agenda_report",
    "meetings",
    "meetings_report",
    "record_meeting",
]
