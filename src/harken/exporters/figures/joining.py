"""Several figures of a report as one picture, where they show the same thing of several parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.report import DotPlot, Figure


def join_figures(figures: Sequence[Figure]) -> tuple[Figure, int]:
    """The first figure with those of the same axis below it, each under its title, and how many are left out.

    A picture file has room for one figure; figures with other axes would need files of their own.
    """
    first = figures[0]
    if not isinstance(first.plot, DotPlot):
        return first, len(figures) - 1
    alike = [
        (one, one.plot)
        for one in figures
        if isinstance(one.plot, DotPlot) and _axis(one.plot) == _axis(first.plot)
    ]
    if len(alike) == 1:
        return first, len(figures) - 1
    plot = replace(
        first.plot,
        rows=tuple(
            replace(row, group=f"{one.title}: {row.group}" if row.group else one.title)
            for one, dots in alike
            for row in dots.rows
        ),
        marks=tuple(dict.fromkeys(mark for _, dots in alike for mark in dots.marks)),
    )
    joined = Figure(
        title=first.title,
        alt=" ".join(f"{one.title}: {one.alt}" for one, _ in alike),
        plot=plot,
        notes=tuple(dict.fromkeys(note for one, _ in alike for note in one.notes)),
    )
    return joined, len(figures) - len(alike)


def _axis(plot: DotPlot) -> tuple[object, ...]:
    return plot.axis, plot.low, plot.high, plot.references
