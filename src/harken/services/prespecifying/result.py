"""What is declared before the tables, and what that is worth."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class PrespecifiedTheme:
    """A theme that somebody declared."""

    code: str
    """The code's path, or the family's key; the id where neither is in the codebook any more."""
    label: str
    by: str | None
    """The column it is to be compared by; None: any."""
    actor: str
    at: str
    in_time: bool
    """Whether it was declared before the first table of themes by group."""
    is_gone: bool
    """Whether the codebook has it no more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prespecification:
    """The declared themes, in the order of the declarations."""

    title: str
    themes: tuple[PrespecifiedTheme, ...]
    first_table_at: str | None
    """When somebody first looked at themes by group, as far as was noted."""

    def as_json(self) -> dict[str, Any]:
        """The document of `harken themes prespecify --format json`."""
        return {
            "title": self.title,
            "first_table_at": self.first_table_at,
            "themes": [asdict(theme) for theme in self.themes],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record a theme."""
        return [asdict(theme) for theme in self.themes]
