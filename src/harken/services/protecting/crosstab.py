"""A table of themes by several attributes with small counts hidden over all of them."""

from __future__ import annotations

from dataclasses import replace

from harken.services.crosstabulating.result import Crosstab
from harken.services.protecting.themes import protect_together


def protect_crosstab(result: Crosstab, *, threshold: int) -> Crosstab:
    """All its tables in one pattern, since they share totals, and groups lie within others.

    Of each question alone it shows nothing.
    """
    united = [replace(table, slices=()) for table in result.tables]
    return replace(result, tables=protect_together(*united, threshold=threshold, meetings=result.meetings))
