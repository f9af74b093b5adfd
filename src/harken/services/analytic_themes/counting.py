"""How many people have any of a theme's codes."""

from __future__ import annotations

from collections.abc import Iterable

from harken.model import Round
from harken.services.memos import memo_reader
from harken.services.tabulating.tabulate import load_sheet
from harken.storage.store import Store

DEFAULT_BASIS = "default"


class PeopleWithCodes:
    """Everybody's codes, read once; counts are then quick. People with a coded answer count, done or not."""

    def __init__(self, store: Store, *, basis: str = DEFAULT_BASIS) -> None:
        self.basis = basis
        with store.snapshot():
            sheet = load_sheet(store, basis=basis)
        self._members = {row.code: row.members for row in sheet.rows.themes}
        self._codes = [0] * len(sheet.people.group_of)
        for answers in sheet.answers:
            for place, codes in zip(answers.places, answers.codes, strict=True):
                self._codes[place] |= codes

    @property
    def n_coded(self) -> int:
        """People with at least one code."""
        return sum(map(bool, self._codes))

    def n_with(self, paths: Iterable[str]) -> int:
        """People with any of these codes or of the codes below them."""
        wanted = 0
        for path in paths:
            wanted |= self._members.get(path, 0)
        return sum(bool(codes & wanted) for codes in self._codes)


def people_for(store: Store, *, coder: str, round: Round | None = None) -> PeopleWithCodes:
    """People by the codes that theme tables count, or by a coder’s own while they have to be blind."""
    is_blind = memo_reader(store, coder, round=round).is_blind
    return PeopleWithCodes(store, basis=f"coder:{coder}" if is_blind else DEFAULT_BASIS)
