"""What a theme table is: bases, cells, themes and slices, and their JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from harken.services.shares.comparing import Difference, GroupTest
from harken.stats.estimate import Estimate


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBases:
    """Every number of people behind the percentages of one group.

    participants = returned − excluded; of them eligible were asked; answered + non_response = eligible;
    undecided + uncodable + coded = answered; nothing_to_code is part of coded. None is what nobody knows, as
    of a file of counts, or may know.
    """

    name: str
    returned: int | None = None
    excluded: int | None = None
    participants: int | None = None
    eligible: int | None = None
    answered: int | None = None
    non_response: int | None = None
    undecided: int | None = None
    """People with an answer in scope that nobody decided whose decision counts."""
    uncodable: int | None = None
    """People all of whose answers in scope were decided as uncodable."""
    coded: int | None = None
    nothing_to_code: int | None = None
    """Coded people to whom no code was applied."""
    words_median: float | None = None
    words_iqr: tuple[float, float] | None = None
    """First and third quartile of the words in an answer."""
    codes_per_person: float | None = None
    """Different codes of a coded person, on average."""
    answers_per_person: float | None = None
    """Answers in scope of a person who answered, on average."""
    comment_rate: float | None = None
    """answered / eligible."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeCell:
    """How many coded people of a group mentioned a theme, of how many; everything unrounded but `percent`."""

    group: str
    n: int | None
    base: int
    proportion: float | None
    low: float | None
    high: float | None
    percent: float | None
    """As printed, exact half up; None below a base of 20."""
    n_all: int | None
    """People on whose answers every coder who decided them said so."""
    n_any: int | None
    """People on whose answers at least one coder said so."""
    suppressed: bool = False
    mentions: int | None = None
    """Answers of coded people that carry the theme; several of one person are several. It has no interval."""
    low_if_missing: float | None = None
    """Share of the eligible people if nobody without a coded answer had mentioned it."""
    high_if_missing: float | None = None
    """Share of the eligible people if everybody without a coded answer had mentioned it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The groups held against each other on one theme."""

    difference: Difference | None = None
    """Of two groups; None for any other number."""
    difference_by_length: Difference | None = None
    """The same within fifths of answer length, pooled as Mantel and Haenszel have it."""
    odds_ratio: Estimate | None = None
    test: GroupTest | None = None
    not_tested: str | None = None
    """Why there is no test."""
    cramers_v: Estimate | None = None


NO_COMPARISON = Comparison()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """One code, or a family as a net of distinct people, over all groups."""

    code: str
    label: str
    family: str
    depth: int
    applies: bool
    """Whether it may be applied to any question in scope."""
    is_retired: bool
    """Whether it is offered for no new decision."""
    cells: tuple[ThemeCell, ...]
    total: ThemeCell
    without_none_stated: Theme | None = None
    """Of a family: the net that leaves out who said that there is none."""
    comparison: Comparison = NO_COMPARISON

    def as_json(self) -> dict[str, Any]:
        data = {
            "code": self.code,
            "label": self.label,
            "family": self.family,
            "depth": self.depth,
            "cells": [asdict(cell) for cell in self.cells],
            "total": asdict(self.total),
            **asdict(self.comparison),
        }
        if self.without_none_stated is not None:
            data["without_none_stated"] = {
                name: value
                for name, value in self.without_none_stated.as_json().items()
                if name in ("cells", "total")
            }
        return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Caveats:
    """What a reader must know about how the figures came about; counts of answers."""

    n_undecided: int
    n_open_disagreements: int
    n_several_coders: int
    n_uncounted_decisions: int
    """Answers undecided although coders decided them: not in a round, or not by the coder, that counts."""
    n_not_asked: int
    n_off_question: int
    routing_unknown: tuple[str, ...]
    """Questions of which the survey does not say who was asked."""

    @property
    def is_provisional(self) -> bool:
        return self.n_undecided > 0 or self.n_open_disagreements > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentCheck:
    """A printed percentage that does not follow from its n and base, and what would."""

    theme: str
    group: str
    row: int
    """Where it stands in its file."""
    n: int
    base: int
    printed: str
    expected: str
    """What n and base give, to as many decimals."""
    n_low: int | None
    n_high: int | None
    """The numbers of people that give what is printed, of this base; None where none does."""
    base_low: int | None
    base_high: int | None
    """The bases of which n is what is printed; None where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsFile:
    """What is said of a table that was read from a file of counts."""

    n_checked: int
    """Percentages that the file prints."""
    checks: tuple[PercentCheck, ...]
    """Those that do not follow from n and base."""
    remarks: tuple[str, ...]
    """What in the file may be a slip, and how it was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie:
    """A code that exactly half of an answer's coders applied; a majority counts it as no."""

    participant: str
    question: str
    occasion: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeFigures:
    """The figures over some questions and occasions, each person counted once."""

    groups: tuple[GroupBases, ...]
    total: GroupBases
    themes: tuple[Theme, ...]
    families: tuple[Theme, ...]
    caveats: Caveats

    def as_json(self) -> dict[str, Any]:
        return {
            "provisional": self.caveats.is_provisional,
            "groups": [_plain(group) for group in self.groups],
            "total": _plain(self.total),
            "themes": [theme.as_json() for theme in self.themes],
            "families": [family.as_json() for family in self.families],
            "caveats": _plain(self.caveats),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeSlice:
    """The figures of one question on one occasion."""

    question: str
    occasion: str
    figures: ThemeFigures


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeTable:
    """Themes by group: `united` over all questions in scope, and slices where there are several."""

    title: str
    basis: str
    base: str
    by: str | None
    level: float
    interval: str
    decimals: int
    sampling: str
    with_excluded: bool
    questions: tuple[str, ...]
    where: tuple[tuple[str, str], ...] = ()
    """Columns with the values of which people have one; people without are left out everywhere."""
    weights: str | None = None
    """The column of survey weights under proportions and limits; n and base stay people."""
    united: ThemeFigures
    slices: tuple[ThemeSlice, ...]
    ties: tuple[Tie, ...]
    difference: str = "miettinen-nurminen"
    """Method of the limits of a difference."""
    suppress: int = 0
    """Counts of people below this are hidden, and what would give them away; 0 hides nothing."""
    counts_file: CountsFile | None = None
    """Where the figures are those of a file, without a project."""

    @property
    def is_provisional(self) -> bool:
        return self.united.caveats.is_provisional

    def as_json(self) -> dict[str, Any]:
        """The result as strict JSON holds it; people counted once over all questions at the top."""
        return {
            "title": self.title,
            "basis": self.basis,
            "base": self.base,
            "by": self.by,
            "level": self.level,
            "interval": self.interval,
            "difference": self.difference,
            "sampling": self.sampling,
            "with_excluded": self.with_excluded,
            "questions": list(self.questions),
            "where": [list(pair) for pair in self.where],
            "weights": self.weights,
            "suppress": self.suppress,
            **self.united.as_json(),
            "slices": [
                {"question": part.question, "occasion": part.occasion, **part.figures.as_json()}
                for part in self.slices
            ],
            "ties": [asdict(tie) for tie in self.ties],
            "n_checked": self.counts_file.n_checked if self.counts_file else None,
            "checks": [asdict(check) for check in self.counts_file.checks] if self.counts_file else None,
            "remarks": list(self.counts_file.remarks) if self.counts_file else [],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each scope, theme or family, and group; the united scope has no question."""
        return list(self._records())

    def _records(self) -> Iterator[dict[str, Any]]:
        scopes = [("", "", self.united), *((s.question, s.occasion, s.figures) for s in self.slices)]
        for question, occasion, figures in scopes:
            for kind, themes in (("theme", figures.themes), ("family", figures.families)):
                for theme in themes:
                    for cell, is_total in (*((cell, False) for cell in theme.cells), (theme.total, True)):
                        yield {
                            "question": question,
                            "occasion": occasion,
                            "kind": kind,
                            "code": theme.code,
                            "label": theme.label,
                            "is_total": is_total,
                            **asdict(cell),
                        }


def _plain(value: Any) -> dict[str, Any]:
    return {name: list(inner) if isinstance(inner, tuple) else inner for name, inner in asdict(value).items()}
