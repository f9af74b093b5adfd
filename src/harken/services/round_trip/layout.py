"""What the coding workbook looks like: its columns, its hidden sheet, and how its cells are compared."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from harken.exporters.office_text import office_text
from harken.exporters.workbook_cells import fitting
from harken.model import CodebookEntry, Decision, DecisionState, ResponseKey, normal_text
from harken.storage import journal
from harken.storage.store import Store

KEY_SHEET = "harken"
"""The hidden sheet that says whose workbook this is and what it was made with."""
FORMAT = "harken coding workbook 1"
CODES_SHEET = "Codes"
GUIDE_SHEET = "Read me"

PARTICIPANT, QUESTION, OCCASION, ANSWER = "participant", "question", "occasion", "answer"
DECISION, UNSURE, MEMO = "decision", "unsure", "memo"
CODED, NO_CODE, UNCODABLE = "coded", "no code applies", "uncodable"
YES = "yes"
KEY_COLUMNS = ("what", PARTICIPANT, QUESTION, OCCASION, "check", "decided")
"""Columns of the hidden sheet: a line for each setting, then (`what` is ROW) one for each answer."""
SURVEY = "survey: "
"""What begins the headings of columns that only say more of an answer."""
PROJECT, ROUND, CODER, ROW = "project", "round", "coder", "row"
FEWEST_CODE_COLUMNS = 6


def code_column(number: int) -> str:
    return f"code {number}"


def shown(words: str) -> str:
    """A text as the workbook's cells hold it."""
    return fitting(office_text(words))


def compared(words: str) -> str:
    """A cell's text as it is compared: programs differ in how they keep spaces and line ends."""
    return " ".join(office_text(words).split())


def project_id(store: Store) -> str:
    """What names this project in its workbooks: the first event, which all its copies share."""
    return next(journal.replay(store.connection)).id


def check_of(project: str, key: ResponseKey, words: str) -> str:
    """Fits one answer of one project and no other: shows whether ids or texts were changed."""
    parts = "\0".join(map(compared, (*key, words)))
    key_bytes = hashlib.sha256(project.encode()).digest()
    return hashlib.blake2b(parts.encode(errors="replace"), key=key_bytes, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What a coder's cells in one row say."""

    state: DecisionState
    codes: frozenset[str]
    """Paths."""
    is_unsure: bool
    memo: str
    """As it is compared."""

    @classmethod
    def of(cls, decision: Decision) -> Filled:
        return cls(
            state=decision.state,
            codes=frozenset(decision.codes),
            is_unsure=decision.is_unsure,
            memo=compared(shown(decision.memo)),
        )


def mark_of(project: str, filled: Filled | None) -> str:
    """A short mark of what was decided, to see later whether a row or the project changed; none for none."""
    if filled is None:
        return ""
    parts = "\0".join((filled.state, str(filled.is_unsure), filled.memo, *sorted(filled.codes)))
    key_bytes = hashlib.sha256(project.encode()).digest()
    return hashlib.blake2b(parts.encode(errors="replace"), key=key_bytes, digest_size=12).hexdigest()


def code_names(entries: Iterable[CodebookEntry]) -> Mapping[str, str]:
    """Path to what the drop-downs call a code: its label, with the path where labels are alike."""
    listed = list(entries)
    times = Counter(normal_text(entry.code.label) for entry in listed)
    return {
        entry.path: shown(
            entry.code.label
            if times[normal_text(entry.code.label)] == 1
            else f"{entry.code.label} ({entry.path})"
        )
        for entry in listed
    }
