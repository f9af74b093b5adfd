"""The team's memos as an appendix, with brackets for what tells who somebody is."""

from __future__ import annotations

from dataclasses import replace

from harken.report import Section
from harken.services.memos.listing import list_memos
from harken.services.memos.report import memo_report
from harken.services.redacting import redactor
from harken.storage.store import Store


def memos_section(store: Store, *, actor: str) -> Section:
    """The memos that `actor` may read; drafts stay with their coders, answers and memos are redacted."""
    found = list_memos(store, coder=actor, with_answers=True)
    brackets = redactor(store)
    kept = replace(
        found,
        memos=tuple(
            replace(memo, body=brackets.words(memo.body)) for memo in found.memos if not memo.is_draft
        ),
        answers={id: brackets.words(text) for id, text in found.answers.items()},
    )
    return Section(
        title="Memos",
        anchor="memos",
        report=memo_report(kept, title="", with_ids=False),
        is_appendix=True,
    )
