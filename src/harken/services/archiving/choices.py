"""What an archive may hold of people's words, columns and names."""

from __future__ import annotations

from dataclasses import dataclass

from harken.errors import Choice


class TextChoice(Choice):
    """What becomes of texts that people wrote: answers, memos, examples."""

    NONE = "none"
    """No text of an answer or memo, and nothing that repeats one."""
    REDACTED = "redacted"
    """Brackets in the place of whatever was marked as identifying, wherever it is repeated."""
    FULL = "full"
    """As they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveOptions:
    """What an archive is asked to hold."""

    text: TextChoice = TextChoice.NONE
    attributes: tuple[str, ...] = ()
    """Columns of the survey beside the groups."""
    has_pseudonyms: bool = False
    """Whether participants go under names that only this project can tell."""
