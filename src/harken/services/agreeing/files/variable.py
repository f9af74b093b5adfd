"""The codes of a file read as one variable: its categories, their order and what numbers they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from harken.errors import HarkenError, listed, quoted
from harken.importers.rated_lines import Said
from harken.services.agreeing.figures import FamilyScale
from harken.services.agreeing.files.decisions import FileDecisions
from harken.stats.ratings import NO_CATEGORY
from harken.stats.scaled_alpha import Scale

_NUMBER = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?\s*", re.ASCII)
_WITH_COMMA = re.compile(r"\s*[+-]?\d+,\d+\s*", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileVariable:
    """One variable with one value for each coder and unit."""

    categories: tuple[str, ...]
    """Declared ones first; with a scale from the lowest to the highest."""
    category_of: Mapping[str, str]
    """The category of each code; where values are numbers, 1 and 1.0 are the same."""
    blank: str | None
    """The category of a decision without a code; None: it is missing."""
    scale: FamilyScale | None
    declared: frozenset[str]
    """Categories that count whether or not they occur."""
    commas_at: Mapping[str, int] = field(default_factory=dict)
    """Labels whose comma was read as a decimal point, each with a line of the file."""

    def category(self, said: Said) -> tuple[str, ...] | None:
        """The one category of a decision, None where it counts as missing."""
        if said.codes:
            return (self.category_of[said.codes[0]],)
        return None if self.blank is None else (self.blank,)

    def within(self, met: Iterable[str]) -> FileVariable:
        """The variable of a part of the file, where the categories `met` occur."""
        there = self.declared.union(met)
        kept = [at for at, category in enumerate(self.categories) if category in there]
        scale = self.scale
        if scale is not None and scale.values is not None:
            scale = replace(scale, values=tuple(scale.values[at] for at in kept))
        return replace(self, categories=tuple(self.categories[at] for at in kept), scale=scale)


def make_variable(found: FileDecisions, *, declared: tuple[str, ...], scale: Scale | None) -> FileVariable:
    """The variable that the codes of a file make; a value that has no place on the scale is an error."""
    lines: dict[str, int] = {}
    is_any_blank = False
    for said, line in found.words_with_lines():
        for code in said.codes:
            lines.setdefault(code, line)
        is_any_blank = is_any_blank or not said.codes
    if scale is None:
        labels = dict.fromkeys((*declared, *sorted(lines.keys() - {*declared, NO_CATEGORY})))
        if is_any_blank or NO_CATEGORY in lines:
            labels.setdefault(NO_CATEGORY)
        return FileVariable(
            categories=tuple(labels),
            category_of={label: label for label in labels},
            blank=NO_CATEGORY,
            scale=None,
            declared=frozenset(declared),
        )
    has_decimal_commas = _has_decimal_commas(found, (*declared, *lines))
    numbers = {
        label: _number(label.replace(",", ".") if has_decimal_commas else label)
        for label in (*declared, *lines)
    }
    if scale is Scale.ORDINAL and declared and not _is_ascending(numbers[label] for label in declared):
        return _by_declaration(found, lines, declared, numbers)
    for label in declared:
        if numbers[label] is None:
            raise HarkenError(
                f"--code {quoted(label)}: with --scale {scale} values are numbers. Write a number, as in 3 or"
                " -0.5."
            )
    for label, line in lines.items():
        if numbers[label] is None:
            raise _no_number(found.file.place(line), label, scale)
    by_number: dict[float, str] = {}
    for label, number in numbers.items():
        by_number.setdefault(number or 0.0, label)
    values = tuple(sorted(by_number))
    return FileVariable(
        categories=tuple(by_number[value] for value in values),
        category_of={label: by_number[number or 0.0] for label, number in numbers.items()},
        blank=None,
        scale=FamilyScale(scale=scale, values=values),
        declared=frozenset(by_number[numbers[label] or 0.0] for label in declared),
        commas_at={label: line for label, line in lines.items() if "," in label},
    )


def _by_declaration(
    found: FileDecisions,
    lines: Mapping[str, int],
    declared: tuple[str, ...],
    numbers: Mapping[str, float | None],
) -> FileVariable:
    """The categories in the order in which they were declared."""
    categories = tuple(dict.fromkeys(declared))
    by_number = {numbers[label]: label for label in reversed(categories) if numbers[label] is not None}
    category_of = {label: label for label in categories}
    for label, line in lines.items():
        if label not in category_of:
            number = numbers[label]
            if number not in by_number:
                raise HarkenError(
                    f"{found.file.place(line)}: {quoted(label)} has no place in the order that --code"
                    f" declares: {listed(categories)}. Declare it too, or correct it."
                )
            category_of[label] = by_number[number]
    return FileVariable(
        categories=categories,
        category_of=category_of,
        blank=None,
        scale=FamilyScale(scale=Scale.ORDINAL),
        declared=frozenset(categories),
    )


def _has_decimal_commas(found: FileDecisions, labels: Iterable[str]) -> bool:
    """Whether commas can only be decimal ones: each stands between digits and none parts cells."""
    with_comma = [label for label in labels if "," in label]
    return (
        bool(with_comma)
        and found.file.source.delimiter != ","
        and all(_WITH_COMMA.fullmatch(label) for label in with_comma)
    )


def _number(label: str) -> float | None:
    return float(label) if _NUMBER.fullmatch(label) else None


def _is_ascending(numbers: Iterable[float | None]) -> bool:
    every = list(numbers)
    known = [number for number in every if number is not None]
    return len(known) == len(every) and all(a < b for a, b in pairwise(known))


def _no_number(place: str, label: str, scale: Scale) -> HarkenError:
    way_out = (
        "Write numbers, or declare every label from the lowest to the highest with --code."
        if scale is Scale.ORDINAL
        else "Write a number with a point, as in 3 or -0.5, or leave the cell blank where there is none."
    )
    return HarkenError(f"{place}: {quoted(label)} is no number, which --scale {scale} needs. {way_out}")
