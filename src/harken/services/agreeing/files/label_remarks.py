"""Labels of a file that look like slips: several in one cell, one written in two ways, one misspelt."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from harken.errors import many, near_match, quoted
from harken.importers.rated_lines import NO_CODE, SEPARATOR, RatingLayout
from harken.services.agreeing.files.decisions import FileDecisions
from harken.services.agreeing.files.labels import LabelUse
from harken.services.agreeing.files.variable import FileVariable

Labels = Mapping[str, LabelUse]

_MOST = 4
"""Groups of labels that a remark names."""
_PARTS = re.compile(r"[,\r\n]+")
_PARTS_OF_LONG = re.compile(r"[,;\r\n]+")
_DIGITS = re.compile(r"\d")


def remarks_on_labels(
    found: FileDecisions, labels: Labels, *, declared: Sequence[str], variable: FileVariable | None
) -> Iterator[str]:
    """What may not have been meant in the labels that occur and in those declared."""
    is_wide = found.file.layout is RatingLayout.WIDE
    if variable is None:
        several = tuple(_several_in_one(labels, is_wide=is_wide))
        yield from several or _one_each(found, labels, is_wide=is_wide)
    elif is_wide:
        yield from _sets_as_categories(labels, has_scale=variable.scale is not None)
    if variable is not None and variable.scale is not None:
        yield from _decimal_commas(found, variable)
        return
    yield from differing_in_looks("labels", {**({NO_CODE: None} if is_wide else {}), **labels})
    yield from _misspelt(labels, declared)


def differing_in_looks(what: str, labels: Mapping[str, LabelUse | None]) -> Iterator[str]:
    """Names that only case and blanks tell apart."""
    alike = defaultdict(list)
    for label in labels:
        alike[" ".join(label.split()).casefold()].append(label)
    groups = [group for group in alike.values() if len(group) > 1]
    if groups:
        said = "; ".join(" and ".join(_told(label, labels[label]) for label in g) for g in groups[:_MOST])
        more = f"; {len(groups) - _MOST} more such groups" if len(groups) > _MOST else ""
        yield f"These {what} differ only in case or blanks and count as different ones: {said}{more}."


def _told(label: str, use: LabelUse | None) -> str:
    return quoted(label) if use is None else f"{quoted(label)} ({use.n:,}, as in row {use.row})"


def _one_each(found: FileDecisions, labels: Labels, *, is_wide: bool) -> Iterator[str]:
    """Decisions of one label each are as a rule values of one variable."""
    most = 0 if is_wide else 1
    said = [found.said[number] for number in set(found.said_of)]
    if len(labels) > 1 and all(most <= len(one.codes) <= 1 and not one.is_uncodable for one in said):
        yield (
            f"Every {'cell' if is_wide else 'decision'} holds one label, and each label is measured as a "
            "code by itself. If the labels exclude each other, --exclusive reads them as one variable, with "
            "one alpha and one kappa (in full with --all)."
        )


def _several_in_one(labels: Labels, *, is_wide: bool) -> Iterator[str]:
    parts = _PARTS if is_wide else _PARTS_OF_LONG
    pieces = {
        label: found
        for label in labels
        if len(found := [piece.strip() for piece in parts.split(label) if piece.strip()]) > 1
    }
    every = [piece for found in pieces.values() for piece in dict.fromkeys(found)]
    suspect = [
        label
        for label, found in pieces.items()
        if any(piece in labels for piece in found) or all(every.count(piece) > 1 for piece in found)
    ]
    if not suspect:
        return
    one = suspect[0]
    were = many(
        sum(labels[label].n for label in suspect),
        "decision holds" if not is_wide else "cell holds",
        "decisions hold" if not is_wide else "cells hold",
    )
    way_out = (
        f"Codes of a cell are parted by {SEPARATOR!r}." if is_wide else "Give each code a row of its own."
    )
    marks = "commas or line breaks" if is_wide else f"commas, {SEPARATOR!r} or line breaks"
    yield (
        f"{were} {marks} between what are codes elsewhere, as {quoted(one)} in row {labels[one].row}, and "
        f"each was read as one code. {way_out}"
    )


def _sets_as_categories(labels: Labels, *, has_scale: bool) -> Iterator[str]:
    suspect = [label for label in labels if len([p for p in label.split(SEPARATOR) if p.strip()]) > 1]
    if not suspect:
        return
    one = suspect[0]
    were = many(sum(labels[label].n for label in suspect), "cell holds", "cells hold")
    option = "--scale" if has_scale else "--exclusive"
    yield (
        f"{were} {SEPARATOR!r} and each was read as one category, as {quoted(one)} in row {labels[one].row}. "
        f"Without {option} they are sets of codes."
    )


def _decimal_commas(found: FileDecisions, variable: FileVariable) -> Iterator[str]:
    if variable.commas_at:
        label, line = next(iter(variable.commas_at.items()))
        yield (
            f"Values with a comma were read as decimal numbers: {quoted(label)} in row "
            f"{found.file.rows[line]} as {label.strip().replace(',', '.')}."
        )


def _misspelt(labels: Labels, declared: Sequence[str]) -> Iterator[str]:
    others = {label: _DIGITS.sub("", label) for label in labels if label not in declared}
    for name in dict.fromkeys(declared):
        if name in labels:
            continue
        # What only digits tell apart is numbered, not misspelt.
        hint = near_match(name, [label for label, rest in others.items() if rest != _DIGITS.sub("", name)])
        if hint:
            yield f"--code {quoted(name)} occurs nowhere in the file, and counts all the same.{hint}"
