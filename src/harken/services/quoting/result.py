"""Quotes by theme, and the JSON of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from harken.model import ResponseKey


class QuoteKind(StrEnum):
    """Why a quote stands there."""

    TYPICAL = "typical"
    DIVERGENT = "divergent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One quote as it is printed."""

    kind: QuoteKind
    label: str
    """The person's pseudonym, as `Experts 012`."""
    group: str | None
    """None where no column was named or the group is kept back."""
    words: str
    key: ResponseKey
    is_edited: bool
    is_marked: bool
    is_cleared: bool
    is_cut: bool
    other_codes: tuple[str, ...]
    """What else the answer was coded with."""
    likeness: float
    """Mean cosine with the theme's other answers."""
    distinctness: float
    """The same less the mean cosine with answers to the same questions that lack the theme."""

    def as_json(self, *, with_ids: bool) -> dict[str, Any]:
        data = {
            "kind": self.kind.value,
            "label": self.label,
            "group": self.group,
            "words": self.words,
            "question": self.key.question,
            "occasion": self.key.occasion,
            "edited": self.is_edited,
            "marked": self.is_marked,
            "cleared": self.is_cleared,
            "cut": self.is_cut,
            "other_codes": list(self.other_codes),
            "likeness": self.likeness,
            "distinctness": self.distinctness,
        }
        return {**data, "participant": self.key.participant} if with_ids else data


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """People with a theme of whom nothing is offered, by why."""

    no_consent: int = 0
    identifying: int = 0
    """Without what tells who they are too little is left."""
    not_cleared: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeQuotes:
    """A theme with its quotes; numbers are people, None where they are kept back."""

    code: str
    label: str
    family: str
    n: int | None
    """People whose counted answers have it."""
    n_offered: int | None
    """Those of them who could be quoted."""
    left_out: LeftOut | None
    quotes: tuple[Quote, ...]
    hides_groups: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteList:
    """The quotes of a study's themes, with the rule by which they were chosen."""

    title: str
    by: str | None
    questions: tuple[str, ...]
    basis: str
    where: tuple[tuple[str, str], ...]
    per_theme: int
    consent: str | None
    """The column that says who agreed to be quoted."""
    only_cleared: bool
    threshold: int | None
    """Below which people of a group with a theme are kept back."""
    rule: tuple[str, ...]
    themes: tuple[ThemeQuotes, ...]
    n_outdated: int
    """Edited wordings that repeat what was marked as identifying since; they are not used."""
    with_ids: bool = False
    """Whether outputs name participants beside their pseudonyms."""

    def as_json(self) -> dict[str, Any]:
        """The document of `harken quotes --format json`."""
        return {
            "title": self.title,
            "by": self.by,
            "questions": list(self.questions),
            "basis": self.basis,
            "where": [list(pair) for pair in self.where],
            "per_theme": self.per_theme,
            "consent": self.consent,
            "only_cleared": self.only_cleared,
            "threshold": self.threshold,
            "rule": list(self.rule),
            "n_outdated": self.n_outdated,
            "themes": [
                {
                    "code": theme.code,
                    "label": theme.label,
                    "family": theme.family,
                    "n": theme.n,
                    "n_offered": theme.n_offered,
                    "left_out": None
                    if theme.left_out is None
                    else {
                        "no_consent": theme.left_out.no_consent,
                        "identifying": theme.left_out.identifying,
                        "not_cleared": theme.left_out.not_cleared,
                    },
                    "quotes": [quote.as_json(with_ids=self.with_ids) for quote in theme.quotes],
                }
                for theme in self.themes
            ],
        }

    def to_records(self) -> list[dict[str, Any]]:
        """A flat record for each quote."""
        return [
            {
                "code": theme.code,
                "theme": theme.label,
                **{
                    name: ", ".join(value) if isinstance(value, list) else value
                    for name, value in quote.as_json(with_ids=self.with_ids).items()
                },
            }
            for theme in self.themes
            for quote in theme.quotes
        ]
