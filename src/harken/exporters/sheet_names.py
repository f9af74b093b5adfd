"""Names of a workbook's sheets: what a spreadsheet allows, each a different one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from harken.exporters.office_text import office_text

_LONGEST = 31
"""UTF-16 units."""
_FORBIDDEN = re.compile(r"[\[\]:*?/\\\n]+")
_RESERVED = "history"


def sheet_names(titles: Iterable[str], *, taken: Iterable[str] = ()) -> list[str]:
    """A name for each title, like it; letter case makes no difference between two names."""
    used = {name.casefold() for name in taken} | {_RESERVED}
    names = []
    for number, title in enumerate(titles, start=1):
        wanted = " ".join(_FORBIDDEN.sub(" ", office_text(title)).split()).strip("'") or f"Table {number}"
        name, again = _cut(wanted, _LONGEST), 1
        while name.casefold() in used:
            again += 1
            name = _cut(wanted, _LONGEST - len(f" ({again})")) + f" ({again})"
        used.add(name.casefold())
        names.append(name)
    return names


def _cut(words: str, n: int) -> str:
    return words.encode("utf-16-le")[: 2 * n].decode("utf-16-le", "ignore").strip().strip("'")
