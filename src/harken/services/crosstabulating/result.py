"""What a table of themes by several attributes is, and its JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from harken.services.tabulating.result import Theme, ThemeTable


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Which groups of one attribute share people with which groups of another, all by their numbers."""

    first: int
    second: int
    """The numbers of the tables."""
    shared: frozenset[tuple[int, int]]
    """A group of the first with one of the second."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosstab:
    """A theme table for each attribute, all over the same people, questions and codes."""

    tables: tuple[ThemeTable, ...]
    meetings: tuple[Meeting, ...] = ()
    """For each two attributes, which of their groups share people."""

    @property
    def first(self) -> ThemeTable:
        """Any of the tables, for what they share."""
        return self.tables[0]

    def as_json(self) -> dict[str, Any]:
        first = self.first
        return {
            "title": first.title,
            "basis": first.basis,
            "base": first.base,
            "level": first.level,
            "interval": first.interval,
            "sampling": first.sampling,
            "with_excluded": first.with_excluded,
            "where": [list(pair) for pair in first.where],
            "questions": list(first.questions),
            "provisional": first.is_provisional,
            "suppress": first.suppress,
            "total": _plain(first.united.total),
            "attributes": [
                {"by": table.by, "groups": [_plain(group) for group in table.united.groups]}
                for table in self.tables
            ],
            "themes": [_theme(parts) for parts in self.themes()],
            "families": [_theme(parts) for parts in self.families()],
        }

    def themes(self) -> Iterator[tuple[tuple[ThemeTable, Theme], ...]]:
        """Each theme as it is in every table."""
        yield from self._aligned([table.united.themes for table in self.tables])

    def families(self) -> Iterator[tuple[tuple[ThemeTable, Theme], ...]]:
        """Each family as it is in every table."""
        yield from self._aligned([table.united.families for table in self.tables])

    def _aligned(self, every: list[tuple[Theme, ...]]) -> Iterator[tuple[tuple[ThemeTable, Theme], ...]]:
        for parts in zip(*every, strict=True):
            yield tuple(zip(self.tables, parts, strict=True))

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each theme or family, attribute and group."""
        return [
            {"kind": kind, "code": theme.code, "label": theme.label, "by": table.by, **asdict(cell)}
            for kind, every in (("theme", self.themes()), ("family", self.families()))
            for parts in every
            for table, theme in parts
            for cell in theme.cells
        ]


def _theme(parts: tuple[tuple[ThemeTable, Theme], ...]) -> dict[str, Any]:
    _, theme = parts[0]
    return {
        "code": theme.code,
        "label": theme.label,
        "family": theme.family,
        "depth": theme.depth,
        "total": asdict(theme.total),
        "attributes": [
            {
                "by": table.by,
                "cells": [asdict(cell) for cell in one.cells],
                "test": asdict(one.comparison.test) if one.comparison.test else None,
                "not_tested": one.comparison.not_tested,
                "cramers_v": asdict(one.comparison.cramers_v) if one.comparison.cramers_v else None,
            }
            for table, one in parts
        ],
    }


def _plain(value: Any) -> dict[str, Any]:
    return {name: list(inner) if isinstance(inner, tuple) else inner for name, inner in asdict(value).items()}
