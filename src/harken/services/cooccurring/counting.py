"""Counting which codes are on the same people."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from harken.model import NONE_STATED
from harken.services.cooccurring.result import CodePair, Cooccurrence, CountedCode
from harken.services.counting.loading import load_sheet
from harken.services.counting.naming import row_named, units_of
from harken.services.counting.rows import Row
from harken.services.counting.sheet import Sheet
from harken.services.counting.upkeep import bring_up_to_date
from harken.services.shares.comparing import adjusted
from harken.stats.cooccurrence import Overlap, jaccard, lift, overlap_test, overlaps, phi
from harken.storage import study
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store


def count_pairs(
    store: Store,
    *,
    codes: Sequence[str] = (),
    questions: Sequence[str] = (),
    basis: str = "default",
    level: float = 0.95,
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
) -> Cooccurrence:
    """Every two codes that anybody has, counted over people and over everything they answered in scope.

    A code counts its descendants; it makes no pair with one of them, nor do two codes of an exclusive family
    with each other, nor one that says there is none with others of its family. `codes` (codes or families)
    keeps the pairs that have one of them. P-values are adjusted over the pairs kept.
    """
    bring_up_to_date(store)
    with store.snapshot():
        sheet = load_sheet(store, questions=questions, basis=basis, with_excluded=with_excluded, where=where)
        exclusive = {one.key for one in stored_codebook(store).codebook.families if one.exclusive}
        settings = study.settings(store)
    wanted = _wanted(sheet, codes)
    rows, counted, said = _people(sheet)
    used = [at for at in range(len(rows)) if said[at].any()]
    found = overlaps(said[used], counted[used]) if used else {}
    pairs = [
        (rows[used[first]], rows[used[second]], overlap)
        for (first, second), overlap in found.items()
        if _is_pair(rows[used[first]], rows[used[second]], exclusive)
        and (not codes or {rows[used[first]].code, rows[used[second]].code} & wanted)
    ]
    tests = adjusted([overlap_test(overlap) for _, _, overlap in pairs])
    return Cooccurrence(
        title=settings.get("title", ""),
        basis=basis,
        questions=tuple(dict.fromkeys(unit.question.name for unit in sheet.units)),
        level=level,
        with_excluded=with_excluded,
        where=tuple(where),
        n_undecided=sum(unit.n_undecided for unit in sheet.answers),
        codes=tuple(
            CountedCode(
                code=rows[at].code,
                label=rows[at].label,
                family=rows[at].family,
                n=int(said[at].sum()),
                base=int(counted[at].sum()),
            )
            for at in used
        ),
        n_unused=len(rows) - len(used),
        pairs=tuple(
            CodePair(
                first=first.code,
                second=second.code,
                overlap=overlap,
                jaccard=jaccard(overlap, level=level),
                phi=phi(overlap),
                lift=lift(overlap),
                test=test,
                not_tested=None if test else _why_not(overlap),
            )
            for (first, second, overlap), test in zip(pairs, tests, strict=True)
        ),
    )


def _people(sheet: Sheet) -> tuple[list[Row], np.ndarray, np.ndarray]:
    """The codes that apply in scope, and by code and place whose answers are coded and who has it."""
    rows, counted, said = [], [], []
    for row in sheet.rows.themes:
        units = units_of(sheet, row)
        if units:
            scope = sheet.over(units)
            rows.append(row)
            counted.append(scope.coded)
            said.append(scope.mentioning(row))
    shape = (len(rows), len(sheet.people.group_of))
    return rows, np.array(counted, dtype=bool).reshape(shape), np.array(said, dtype=bool).reshape(shape)


def _wanted(sheet: Sheet, codes: Sequence[str]) -> set[str]:
    """Paths of the codes named; a family stands for all of its codes."""
    named = {row_named(sheet, address).code for address in codes}
    return {row.code for row in sheet.rows.themes if row.code in named or row.family in named}


def _is_pair(one: Row, other: Row, exclusive: set[str]) -> bool:
    if one.family == other.family:
        says_none = NONE_STATED in (one.code.rpartition(".")[2], other.code.rpartition(".")[2])
        if says_none or one.family in exclusive:
            return False
    # The first stands first in the codebook, so it may be the parent and never the child.
    return not other.code.startswith(one.code + ".")


def _why_not(overlap: Overlap) -> str:
    if overlap.n == 0:
        return "nobody is counted for both"
    return "one of them is on everybody or on nobody who is counted for both"
