"""The framework matrix: a row a participant, a column a family, in the cells what they said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.passages import Passage, passage
from harken.services.browsing.readers import Reader
from harken.services.browsing.retrieval import decided_rows
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One participant's passages, by the key of the column."""

    participant: str
    groups: tuple[tuple[str, str], ...]
    cells: Mapping[str, tuple[Passage, ...]]


def matrix_rows(
    store: Store,
    filter: AnswerFilter,
    reader: Reader,
    columns: Mapping[str, Sequence[str]],
    *,
    is_redacted: bool = True,
) -> tuple[MatrixRow, ...]:
    """Participants with anything in any column, in the filter's order; `columns` gives each key its codes."""
    every = [code for codes in columns.values() for code in codes]
    people: dict[str, tuple[tuple[str, str], ...]] = {}
    cells: dict[tuple[str, str], list[Passage]] = {}
    for row in decided_rows(store, filter, reader, every):
        for key, codes in columns.items():
            found = passage(row, codes, is_redacted=is_redacted)
            if found is not None:
                people.setdefault(row.key.participant, row.groups)
                cells.setdefault((row.key.participant, key), []).append(found)
    return tuple(
        MatrixRow(
            participant=name,
            groups=groups,
            cells={key: tuple(cells.get((name, key), ())) for key in columns},
        )
        for name, groups in people.items()
    )
