"""How many people have any of a theme's codes."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from harken.model import Round
from harken.services.counting.loading import load_sheet
from harken.services.counting.rows import Row
from harken.services.counting.scope import size
from harken.services.memos import memo_reader
from harken.storage.counted.sets import Bits
from harken.storage.store import Store

DEFAULT_BASIS = "default"


class PeopleWithCodes:
    """Everybody's codes, read once; counts are then quick. People with a coded answer count, done or not."""

    def __init__(self, store: Store, *, basis: str = DEFAULT_BASIS) -> None:
        self.basis = basis
        self._sheet = load_sheet(store, basis=basis)
        self._said = {row.code: self._people_with(row) for row in self._sheet.rows.themes}

    def _people_with(self, row: Row) -> Bits:
        sheet = self._sheet
        found = np.zeros_like(sheet.people.counted)
        for at in range(len(sheet.units)):
            for bit, codes in enumerate(sheet.said(at).codes):
                if codes is not None and row.members >> bit & 1:
                    found |= codes
        return found & sheet.people.counted

    @property
    def n_coded(self) -> int:
        """People with at least one code."""
        return self.n_with(self._said)

    def n_with(self, paths: Iterable[str]) -> int:
        """People with any of these codes or of the codes below them."""
        wanted = np.zeros_like(self._sheet.people.counted)
        for path in paths:
            if path in self._said:
                wanted |= self._said[path]
        return size(wanted)


def people_for(store: Store, *, coder: str, round: Round | None = None) -> PeopleWithCodes:
    """People by the codes that theme tables count, or by a coder’s own while they have to be blind."""
    is_blind = memo_reader(store, coder, round=round).is_blind
    return PeopleWithCodes(store, basis=f"coder:{coder}" if is_blind else DEFAULT_BASIS)
