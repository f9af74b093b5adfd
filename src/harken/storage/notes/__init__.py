"""What people note and read around the answers: memos, analytic themes, readings and stars."""

from harken.storage.notes.memos import (
    Memo,
    MemoAbout,
    MemoSubject,
    MemoVersion,
    memo_by_id,
    memo_ids,
    memo_versions,
    memos,
    memos_on_answer,
    remove_memo,
    write_memo,
)
from harken.storage.notes.readings import (
    note_read,
    put_star,
    read_ids,
    read_latest_first,
    reading_order,
    starred_ids,
)
from harken.storage.notes.themes import (
    StoredTheme,
    ThemeDraft,
    ThemeQuote,
    answers_with_codes,
    remove_theme,
    themes,
    write_theme,
)

__all__ = [
    "Memo",
    "MemoAbout",
    "MemoSubject",
    "MemoVersion",
    "StoredTheme",
    "ThemeDraft",
    "ThemeQuote",
    "answers_with_codes",
    "memo_by_id",
    "memo_ids",
    "memo_versions",
    "memos",
    "memos_on_answer",
    "note_read",
    "put_star",
    "read_ids",
    "read_latest_first",
    "reading_order",
    "remove_memo",
    "remove_theme",
    "starred_ids",
    "themes",
    "write_memo",
    "write_theme",
]
