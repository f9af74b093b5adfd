"""Words that several parts of a theme table's page need."""

from __future__ import annotations

from collections.abc import Sequence

from harken.report import HIDDEN
from harken.services.shares.wording import claim_of
from harken.services.tabulating.result import Caveats, GroupBases, ThemeTable


def claim(result: ThemeTable) -> str:
    """What the table's intervals, differences and tests suppose, by how people were sampled."""
    return claim_of(result.sampling, is_weighted=result.weights is not None)


def claim_note(result: ThemeTable) -> str:
    """What the intervals of a figure suppose."""
    return f"Intervals {claim(result)}."


def answers(n: int) -> str:
    """So many answers, in words."""
    return f"{n} answer{'' if n == 1 else 's'}"


def why_provisional(caveats: Caveats) -> str:
    """What is still open, in words."""
    reasons = []
    if caveats.n_undecided:
        reasons.append(f"{answers(caveats.n_undecided)} undecided")
    if caveats.n_open_disagreements:
        n = caveats.n_open_disagreements
        reasons.append(f"coders differ on {answers(n)} and nobody has settled {'it' if n == 1 else 'them'}")
    return "; ".join(reasons)


def flow_line(result: ThemeTable, bases: GroupBases) -> str:
    """One group's people from the first step to the last."""

    def n(value: int | None) -> str:
        return HIDDEN.text if value is None and result.suppress else "–" if value is None else str(value)

    return (
        f"{bases.name}: {n(bases.returned)} returned → {n(bases.excluded)} excluded → "
        f"{n(bases.participants)} usable → {n(bases.answered)} answered → {n(bases.coded)} coded"
    )


def number(value: float | None, places: int = 1) -> str:
    """A mean or a median; whole ones without decimals."""
    if value is None:
        return "–"
    return f"{value:.0f}" if value == int(value) and places == 1 else f"{value:.{places}f}"


def quartiles(limits: tuple[float, float] | None) -> str:
    """Two quartiles as a range."""
    return "–" if limits is None else "–".join(number(limit) for limit in limits)


def words_line(figures_of: tuple[GroupBases, ...]) -> str:
    """How much each group wrote, which goes with how much it mentioned; empty where nobody knows."""
    known = [bases for bases in figures_of if bases.words_median is not None]
    if not known:
        return ""
    parts = (f"{bases.name} {number(bases.words_median)} ({quartiles(bases.words_iqr)})" for bases in known)
    return f"Words per answer, median (quartiles): {', '.join(parts)}."


def named(themes: Sequence[str], *, most: int = 8) -> str:
    """Labels one after the other, the first few of them where they are many."""
    if len(themes) <= most:
        return ", ".join(themes)
    return f"{', '.join(themes[:most])} and {len(themes) - most} more"
