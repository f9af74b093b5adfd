"""What a look at closed items is: bases, answers, nets and cross tables with themes, and their JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from harken.services.shares.cells import ShareCell
from harken.services.shares.comparing import Difference, GroupTest
from harken.stats.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemBases:
    """The people behind the percentages of one group: participants = answered + missing."""

    name: str
    returned: int
    excluded: int
    participants: int
    answered: int
    missing: int
    """People whose cell is blank."""
    median: float | None
    """Of answers that are all numbers, as is the next."""
    iqr: tuple[float, float] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer of an item, or a net of several."""

    label: str
    values: tuple[str, ...]
    """What it counts: one value, or those of a net."""
    cells: tuple[ShareCell, ...]
    total: ShareCell
    difference: Difference | None = None
    """First group minus second, of two groups."""
    test: GroupTest | None = None
    """Of a net; single answers are tested together, by their item."""
    not_tested: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "values": list(self.values),
            "cells": [asdict(cell) for cell in self.cells],
            "total": asdict(self.total),
            "difference": asdict(self.difference) if self.difference else None,
            "test": asdict(self.test) if self.test else None,
            "not_tested": self.not_tested,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeByAnswer:
    """A theme among the people of each answer: `cells` has one for each, in the item's order, nets last."""

    code: str
    label: str
    cells: tuple[ShareCell, ...]
    """`group` is the answer; `base` its people whose answers in scope were coded."""
    total: ShareCell
    test: GroupTest | None
    """Of the single answers."""
    not_tested: str | None

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "label": self.label,
            "cells": [asdict(cell) for cell in self.cells],
            "total": asdict(self.total),
            "test": asdict(self.test) if self.test else None,
            "not_tested": self.not_tested,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedItem:
    """One closed item over all groups."""

    item: str
    order: str
    """Where the order of its answers is from: given, remembered, numeric or appearance."""
    groups: tuple[ItemBases, ...]
    total: ItemBases
    answers: tuple[Answer, ...]
    nets: tuple[Answer, ...]
    test: GroupTest | None
    """Of the table of answers by groups."""
    not_tested: str | None
    cramers_v: Estimate | None
    themes: tuple[ThemeByAnswer, ...]

    @property
    def is_ordered(self) -> bool:
        """Whether its answers have an order that somebody gave, or that numbers have."""
        return self.order != "appearance"

    def as_json(self) -> dict[str, Any]:
        return {
            "item": self.item,
            "order": self.order,
            "groups": [_plain(group) for group in self.groups],
            "total": _plain(self.total),
            "answers": [answer.as_json() for answer in self.answers],
            "nets": [net.as_json() for net in self.nets],
            "test": asdict(self.test) if self.test else None,
            "not_tested": self.not_tested,
            "cramers_v": asdict(self.cramers_v) if self.cramers_v else None,
            "themes": [theme.as_json() for theme in self.themes],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedItems:
    """Closed items by group."""

    title: str
    by: str | None
    base: str
    level: float
    interval: str
    decimals: int
    sampling: str
    with_excluded: bool
    n_undecided: int
    """Answers in scope without a decision that counts, where themes are shown."""
    items: tuple[ClosedItem, ...]
    left_out: tuple[tuple[str, str], ...]
    """Items that were not named and are not shown, each with the reason."""
    where: tuple[tuple[str, str], ...] = ()
    """Only people with one of the values given for each column are counted."""
    suppress: int = 0
    """Counts of people below this are hidden, and what would give them away; 0 hides nothing."""

    def as_json(self) -> dict[str, Any]:
        return {
            "title": self.title,
            "by": self.by,
            "base": self.base,
            "level": self.level,
            "interval": self.interval,
            "sampling": self.sampling,
            "with_excluded": self.with_excluded,
            "where": [list(pair) for pair in self.where],
            "n_undecided": self.n_undecided,
            "suppress": self.suppress,
            "items": [item.as_json() for item in self.items],
            "left_out": [{"item": item, "reason": reason} for item, reason in self.left_out],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each item, answer or net, and group; with themes, one for each theme as well."""
        return list(self._records())

    def _records(self) -> Iterator[dict[str, Any]]:
        for item in self.items:
            for kind, answers in (("answer", item.answers), ("net", item.nets)):
                for answer in answers:
                    for cell, is_total in _with_total(answer.cells, answer.total):
                        yield {
                            "item": item.item,
                            "kind": kind,
                            "answer": answer.label,
                            "theme": "",
                            "is_total": is_total,
                            **asdict(cell),
                        }
            for theme in item.themes:
                for cell, is_total in _with_total(theme.cells, theme.total):
                    yield {
                        "item": item.item,
                        "kind": "theme",
                        "answer": "" if is_total else cell.group,
                        "theme": theme.code,
                        "is_total": is_total,
                        **asdict(cell),
                    }


def _with_total(cells: tuple[ShareCell, ...], total: ShareCell) -> Iterator[tuple[ShareCell, bool]]:
    yield from ((cell, False) for cell in cells)
    yield total, True


def _plain(bases: ItemBases) -> dict[str, Any]:
    return {**asdict(bases), "iqr": list(bases.iqr) if bases.iqr else None}
