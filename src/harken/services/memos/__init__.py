"""Memos and the diary: signed and dated notes on the project, questions, codes, people and answers."""

from harken.services.memos.drafting import UnfinishedMemos
from harken.services.memos.listing import MemoFilter, MemoList, checked_filter, list_memos, says
from harken.services.memos.report import dated, history_report, memo_report, memo_table, minute
from harken.services.memos.subjects import (
    PROJECT,
    label_of,
    on_answer,
    on_code,
    on_participant,
    on_question,
    subject_of,
)
from harken.services.memos.visibility import MemoReader, memo_reader
from harken.services.memos.writing import (
    SHORT_ID,
    add_memo,
    change_memo,
    find_memo,
    may_change,
    memo_history,
    remove_memo,
)
from harken.storage.notes import Memo, MemoAbout, MemoSubject, MemoVersion

__all__ = [
    "PROJECT",
    "SHORT_ID",
    "Memo",
    "MemoAbout",
    "MemoFilter",
    "MemoList",
    "MemoReader",
    "MemoSubject",
    "MemoVersion",
    "UnfinishedMemos",
    "add_memo",
    "change_memo",
    "checked_filter",
    "dated",
    "find_memo",
    "history_report",
    "label_of",
    "list_memos",
    "may_change",
    "memo_history",
    "memo_reader",
    "memo_report",
    "memo_table",
    "minute",
    "on_answer",
    "on_code",
    "on_participant",
    "on_question",
    "remove_memo",
    "says",
    "subject_of",
]
