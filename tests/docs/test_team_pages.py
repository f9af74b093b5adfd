"""Every key that status, questions, alerts and meetings write is explained on their pages."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from harken.services.asking import Alerts, AskedState, Questions, Reply
from harken.services.asking.result import Alert, AskedQuestion
from harken.services.meeting.result import Agenda, CodebookNews, Meeting, NewsKind, OpenDisagreement
from harken.services.standing import CoderWork, Forecast, Matter, Standing, ToDo

DOCS = Path(__file__).resolve().parents[2] / "docs"
INSIDE = {"response", "printed", "title", "items", "news", "work", "viewer", "before_tables"}
"""Fields that are written under another name, or not at all."""


def missing(page: str, *types: type, words: tuple[str, ...] = ()) -> list[str]:
    text = (DOCS / page).read_text(encoding="utf-8")
    names = {field.name for one in types for field in fields(one)} - INSIDE
    keys = set(re.findall(r"`(\w+)`", text))
    return sorted([*(names - keys), *(word for word in words if word not in text)])


def test_every_key_of_questions_alerts_and_meetings_is_explained() -> None:
    types = (Questions, AskedQuestion, Reply, Alerts, Alert, Agenda, OpenDisagreement, CodebookNews, Meeting)
    assert missing("questions.md", *types, words=(*AskedState, *NewsKind)) == []


def test_every_key_of_status_is_explained() -> None:
    assert missing("status.md", Standing, CoderWork, Forecast, ToDo, words=tuple(Matter)) == []
