"""What an analytic theme is to those who read it: name, idea, codes, people, quotes, memos."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from harken.services.memos import Memo
from harken.storage.notes import ThemeQuote


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuote:
    """A quote with its words, as outputs print them."""

    quote: ThemeQuote
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalyticTheme:
    """A named reading of the material, over codes. Times are UTC, ISO 8601."""

    id: str
    name: str
    idea: str
    """What holds the theme together."""
    codes: tuple[str, ...]
    """Paths."""
    quotes: tuple[ShownQuote, ...]
    memos: tuple[Memo, ...]
    author: str
    written_at: str
    changed_at: str
    changed_by: str
    n_people: int | None = None
    """People with at least one of its codes, or of the codes below these; None where nobody counted."""

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "idea": self.idea,
            "codes": list(self.codes),
            "n_people": self.n_people,
            "quotes": [
                {
                    **shown.quote.key._asdict(),
                    "start": shown.quote.start,
                    "end": shown.quote.end,
                    "text": shown.text,
                }
                for shown in self.quotes
            ],
            "memos": [
                {"id": memo.id, "author": memo.author, "written_at": memo.written_at, "memo": memo.body}
                for memo in self.memos
            ],
            "author": self.author,
            "written_at": self.written_at,
            "changed_at": self.changed_at,
            "changed_by": self.changed_by,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeList:
    """The analytic themes of a study in the order in which they were made."""

    title: str
    """The study's."""
    themes: tuple[AnalyticTheme, ...]
    labels: Mapping[str, str]
    """Labels of the themes' codes by path."""
    n_coded_people: int | None
    """People with at least one coded answer; None where nobody counted."""
    basis: str
    """Whose codes count, as in theme tables; empty where nobody counted."""
    is_blind: bool = False
    """Whether others' quotes and memos on people are left out, for the sake of a blind round."""

    def as_json(self) -> dict[str, Any]:
        """A mapping that JSON can hold."""
        return {
            "themes": [theme.as_json() for theme in self.themes],
            "n_coded_people": self.n_coded_people,
            "basis": self.basis,
            "is_blind": self.is_blind,
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each theme."""
        return [
            {
                "name": theme.name,
                "idea": theme.idea,
                "codes": ", ".join(theme.codes),
                "n_people": theme.n_people,
                "n_quotes": len(theme.quotes),
                "n_memos": len(theme.memos),
                "author": theme.author,
            }
            for theme in self.themes
        ]
