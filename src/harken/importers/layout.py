"""What the columns of a survey mean, and what a person said about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Layout(StrEnum):
    """What a row of a survey table stands for."""

    WIDE = "wide"
    """A row a participant, a column a question."""
    LONG = "long"
    """A row a response."""


class ColumnRole(StrEnum):
    """What a column is to the survey; the words of the import options."""

    ID = "id"
    QUESTION = "question"
    RESPONSE = "response"
    OCCASION = "occasion"
    CLOSED = "closed"
    GROUP = "group"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnGuess:
    """What one column is held to be, and why, in words for showing."""

    column: str
    role: ColumnRole
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLayout:
    """What every column means. Columns are named by the table's headers."""

    layout: Layout
    id: str | None
    """None where rows are numbered instead."""
    questions: tuple[str, ...]
    """Wide: the open questions. Long: the one column that names the question."""
    response: str | None = None
    """Long only: the column of texts."""
    occasion: str | None = None
    closed: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    """Questions (or wide columns) whose non-response excludes a participant."""
    asked: Mapping[str, str] = field(default_factory=dict)
    """For a question, the column that says who was asked it."""
    columns: tuple[ColumnGuess, ...] = ()
    """Every column in the table's order, with what made it what it is."""
    notes: tuple[str, ...] = ()
    """What holds for the whole table, beginning with why it is wide or long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportOptions:
    """What a person said about a survey file; whatever is left out is guessed."""

    layout: Layout | None = None
    sheet: str | None = None
    encoding: str | None = None
    id: str | None = None
    questions: tuple[str, ...] = ()
    response: str | None = None
    occasion: str | None = None
    closed: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    required: tuple[str, ...] = ()
    asked: Mapping[str, str] = field(default_factory=dict)
