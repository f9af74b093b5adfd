"""Several figures of a report as one picture, where they show the same thing of several parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.report import Figure


def join_figures(figures: Sequence[Figure]) -> tuple[Figure, int]:
    """The first figure with those of the same axis below it, each under its title, and how many are left out.

    A picture file has room for one figure; figures with other axes would need files of their own.
    """
    first = figures[0]
    alike = [one for one in figures if _axis(one) == _axis(first)]
    if len(alike) == 1:
        return first, len(figures) - 1
    plot = replace(
        first.plot,
        rows=tuple(
            replace(row, group=f"{one.title}: {row.group}" if row.group else one.title)
            for one in alike
            for row in one.plot.rows
        ),
        marks=tuple(dict.fromkeys(mark for one in alike for mark in one.plot.marks)),
    )
    joined = Figure(
        title=first.title,
        alt=" ".join(f"{one.title}: {one.alt}" for one in alike),
        plot=plot,
        notes=tuple(dict.fromkeys(note for one in alike for note in one.notes)),
    )
    return joined, len(figures) - len(alike)


def _axis(figure: Figure) -> tuple[object, ...]:
    plot = figure.plot
    return plot.axis, plot.low, plot.high, plot.references
