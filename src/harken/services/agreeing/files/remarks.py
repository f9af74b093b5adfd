"""What in a file of codings looks like a slip: said beside the figures, which take the file at its word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from harken.errors import listed, many, near_match, quoted
from harken.importers.rated_lines import NO_CODE, RatingLayout
from harken.services.agreeing.files.decisions import FileDecisions
from harken.services.agreeing.files.label_remarks import differing_in_looks, remarks_on_labels
from harken.services.agreeing.files.labels import labels_in
from harken.services.agreeing.files.variable import FileVariable

_MOST = 4
"""Coders who are told one by one what they left blank."""


def remarks_on(
    found: FileDecisions,
    *,
    coders: Sequence[str],
    has_named_coders: bool,
    declared: Sequence[str],
    variable: FileVariable | None,
) -> Iterator[str]:
    """A sentence or two for each thing that whoever wrote the file may not have meant."""
    yield from _coders(found, coders, is_named=has_named_coders)
    yield from _undecided(found, coders, has_empty_set=variable is None or variable.blank is not None)
    labels = labels_in(found)
    yield from remarks_on_labels(found, labels, declared=declared, variable=variable)


def _coders(found: FileDecisions, coders: Sequence[str], *, is_named: bool) -> Iterator[str]:
    file = found.file
    is_wide = file.layout is RatingLayout.WIDE
    for name in coders:
        if name not in file.known_coders:
            yield (
                f"Coder {quoted(name)} has no {'column' if is_wide else 'row'} in the file."
                f"{near_match(name, file.known_coders)} {'Columns' if is_wide else 'Coders'} there: "
                f"{listed(file.known_coders)}."
            )
    if is_wide and file.is_layout_guessed and coders and not is_named:
        yield (
            f"Each of the columns {listed(coders)} was taken for a coder. Name the coders with --coder if "
            "one of them is none."
        )
    yield from differing_in_looks("coders", dict.fromkeys(coders))


def _undecided(found: FileDecisions, coders: Iterable[str], *, has_empty_set: bool) -> Iterator[str]:
    if not found.n_units_undecided or found.file.layout is not RatingLayout.WIDE:
        return
    left = {name: found.n_undecided_by[name] for name in coders if name in found.n_undecided_by}
    if not left:
        return
    said = ", ".join(f"{quoted(name)} {n:,}" for name, n in islice(left.items(), _MOST))
    more = f" and {len(left) - _MOST} more coders" if len(left) > _MOST else ""
    way_out = f" Write {NO_CODE} where no code applies." if has_empty_set else ""
    yield (
        f"{many(found.n_units_undecided, 'row has', 'rows have')} no decision by any coder; blank cells "
        f"count as not decided ({said}{more}).{way_out}"
    )
