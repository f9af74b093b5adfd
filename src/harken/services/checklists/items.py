"""What a checklist is: items by their numbers, what each asks in our own words, and what answers it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class ChecklistItem(NamedTuple):
    """One item. `facts` are keys of what the project may know; `left` is what stays for the authors then."""

    number: str
    topic: str
    asked: str
    facts: tuple[str, ...] = ()
    left: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist:
    """A guideline for reporting, paraphrased."""

    key: str
    """What it is called on a command line."""
    name: str
    title: str
    source: str
    """Who published it, where."""
    numbering: str = ""
    """Whose the numbers are, where the source has none."""
    items: tuple[ChecklistItem, ...]
