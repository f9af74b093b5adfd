"""How often a code is applied and on which answers, as far as one coder may see."""

from __future__ import annotations

from collections.abc import Sequence

from harken.services.browsing import Reader
from harken.storage.codebooks import StoredCodebook, stored_codebook, using, version_id
from harken.storage.codebooks.using import CodedAnswer, CodeUse
from harken.storage.store import Store

__all__ = [
    "CodeUse",
    "CodedAnswer",
    "StoredCodebook",
    "answers_with",
    "stored_codebook",
    "uses",
    "version_id",
]

PAGE = 20
"""Answers fetched at a time."""


def uses(store: Store, reader: Reader) -> dict[str, CodeUse]:
    """People and codings of each code that was applied, by its id, on answers that count."""
    return using.code_uses(store, reader.work)


def answers_with(store: Store, code_id: str, reader: Reader, *, after: int = 0) -> Sequence[CodedAnswer]:
    """The next page of a code's answers behind the response `after`; empty at the end."""
    return using.coded_answers(store, code_id, reader.work, after=after, limit=PAGE)
