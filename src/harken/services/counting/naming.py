"""Themes by name, and the questions that each may be applied to."""

from __future__ import annotations

from harken.errors import HarkenError, listed
from harken.services.counting.rows import Row
from harken.services.counting.sheet import Sheet


def row_named(sheet: Sheet, address: str) -> Row:
    """The row of a code, named by its path or any unique suffix of it, or of a family, named by its key."""
    rows = [row for row in sheet.rows.themes if row.code == address or row.code.endswith("." + address)]
    exact = [row for row in (*sheet.rows.themes, *sheet.rows.families) if row.code == address]
    if exact or len(rows) == 1:
        return (exact or rows)[0]
    if rows:
        raise HarkenError(
            f"Theme {address!r} is ambiguous: {', '.join(row.code for row in rows)}. Write the full path."
        )
    families = listed(row.code for row in sheet.rows.families)
    raise HarkenError(
        f"No code or family {address!r} in the codebook. Families: {families}; `harken codebook show` "
        "lists all codes."
    )


def units_of(sheet: Sheet, row: Row) -> list[int]:
    """Numbers of the units where a theme may be applied: a code limited to questions has only these."""
    return [
        at for at, unit in enumerate(sheet.units) if not row.questions or unit.question.name in row.questions
    ]
