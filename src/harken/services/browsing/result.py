"""What a look at answers gives: a list, answers by code, or the framework matrix, and their JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harken.model import CodebookEntry
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.matrix import MatrixRow
from harken.services.browsing.pages import PersonPage
from harken.services.browsing.passages import Passage
from harken.services.browsing.readers import Reader
from harken.services.browsing.retrieval import CodeSection
from harken.services.browsing.rows import AnswerRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Who looked at which study, and for what."""

    title: str
    filter: AnswerFilter
    reader: Reader
    is_redacted: bool = True
    """Whether brackets stand in the place of what tells who somebody is."""
    alone: tuple[tuple[str, int], ...] = ()
    """Where nothing was found: each part of the filter with how many answers it alone would find."""

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "filter": self.filter.as_json(),
            "reader": {
                "coder": self.reader.coder,
                "round": self.reader.round,
                "is_blind": self.reader.is_blind,
                "hides_group": self.reader.hides_group,
            },
            "redacted": self.is_redacted,
            "alone": dict(self.alone),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerList:
    """Answers one by one."""

    look: Look
    n: int
    """How many the filter finds; `rows` may be the first of them."""
    rows: tuple[AnswerRow, ...]

    def as_json(self) -> dict[str, Any]:
        return {**self.look.as_json(), "n": self.n, "answers": list(self.as_lines())}

    def as_lines(self) -> Iterator[dict[str, Any]]:
        """One object an answer."""
        for row in self.rows:
            yield row.as_json(is_redacted=self.look.is_redacted)

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each answer and each coder's work on it, one for an answer that nobody touched."""
        return [
            {
                "participant": row.key.participant,
                "question": row.key.question,
                "occasion": row.key.occasion,
                "response": row.redacted_text if self.look.is_redacted else row.text,
                "state": row.state.value,
                "excluded": row.is_excluded,
                **{f"group.{name}": value for name, value in row.groups},
                "coder": work.coder if work else "",
                "round": work.round if work else "",
                "work": work.state.value if work else "undecided",
                "codes": " ".join(work.codes) if work else "",
                "uncodable": bool(work and work.is_uncodable),
                "unsure": bool(work and work.is_unsure),
                "memo": work.memo if work else "",
            }
            for row in self.rows
            for work in row.works or (None,)
        ]


def _passage_json(passage: Passage) -> dict[str, Any]:
    return {
        "participant": passage.row.key.participant,
        "question": passage.row.key.question,
        "occasion": passage.row.key.occasion,
        "text": passage.text,
        "codes": list(passage.codes),
        "coders": list(passage.coders),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Answers by code and group."""

    look: Look
    by: str | None
    sections: tuple[CodeSection, ...]
    """Of codes that any answer has, or that were asked for."""
    unused: tuple[CodebookEntry, ...]
    """Codes in scope that no answer has."""

    def as_json(self) -> dict[str, Any]:
        return {
            **self.look.as_json(),
            "by": self.by,
            "codes": [
                {
                    "code": section.entry.path,
                    "label": section.entry.code.label,
                    "definition": section.entry.code.definition,
                    "n": section.n,
                    "groups": [
                        {
                            "group": group.name,
                            "n": group.n,
                            "base": group.base,
                            "passages": [_passage_json(passage) for passage in group.passages],
                        }
                        for group in section.groups
                    ],
                }
                for section in self.sections
            ],
            "unused": [entry.path for entry in self.unused],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each passage under each code."""
        return [
            {
                "code": section.entry.path,
                "group": group.name,
                "n": group.n,
                "base": group.base,
                **_passage_json(passage),
                "codes": " ".join(passage.codes),
                "coders": " ".join(passage.coders),
            }
            for section in self.sections
            for group in section.groups
            for passage in group.passages
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixColumn:
    """A family, or a code that was asked for by itself."""

    key: str
    label: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkMatrix:
    """Participants by families."""

    look: Look
    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    labels: dict[str, str]
    """Of every code, by its path."""

    def as_json(self) -> dict[str, Any]:
        return {
            **self.look.as_json(),
            "columns": [{"key": column.key, "label": column.label} for column in self.columns],
            "participants": [
                {
                    "participant": row.participant,
                    "groups": dict(row.groups),
                    "cells": [
                        {"key": key, "passages": [_passage_json(passage) for passage in passages]}
                        for key, passages in row.cells.items()
                    ],
                }
                for row in self.rows
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A record for each passage in each cell."""
        return [
            {
                **_passage_json(passage),
                "column": key,
                "codes": " ".join(passage.codes),
                "coders": " ".join(passage.coders),
            }
            for row in self.rows
            for key, passages in row.cells.items()
            for passage in passages
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """One person's page as a result."""

    look: Look
    page: PersonPage

    def as_json(self) -> dict[str, Any]:
        return {**self.look.as_json(), **self.page.as_json(is_redacted=self.look.is_redacted)}

    def to_records(self) -> list[dict[str, Any]]:
        """The person's answers, as those of a list."""
        answers = self.page.answers
        return AnswerList(look=self.look, n=len(answers), rows=answers).to_records()
