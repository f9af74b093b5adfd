"""Several figures of a report in one picture."""

from __future__ import annotations

from harken.exporters.figures import join_figures
from harken.report import Dot, DotPlot, Figure, Mark, ReferenceLine

FULL: tuple[Mark, str] = ("full", "reliable")
CROSS: tuple[Mark, str] = ("cross", "too few")


def drawn(title: str, *rows: Dot, axis: str = "alpha", notes: tuple[str, ...] = ()) -> Figure:
    plot = DotPlot(rows=rows, axis=axis, marks=(FULL,) if title == "all" else (CROSS, FULL))
    return Figure(title=title, alt=f"{len(rows)} codes.", plot=plot, notes=notes)


def test_figures_of_one_axis_stand_below_each_other_under_their_titles() -> None:
    one, other = Dot(label="x", value=0.5), Dot(label="y", value=0.6, group="benefit")
    figures = [drawn("all", one, notes=("Left out: 1.",)), drawn("north", one, other)]
    plot = DotPlot(
        rows=(
            Dot(label="x", value=0.5, group="all"),
            Dot(label="x", value=0.5, group="north"),
            Dot(label="y", value=0.6, group="north: benefit"),
        ),
        axis="alpha",
        marks=(FULL, CROSS),
    )
    joined = Figure(title="all", alt="all: 1 codes. north: 2 codes.", plot=plot, notes=("Left out: 1.",))
    assert join_figures(figures) == (joined, 0)


def test_one_figure_stays_as_it_is() -> None:
    figure = drawn("all", Dot(label="x", value=0.5))
    assert join_figures([figure]) == (figure, 0)


def test_figures_of_another_axis_are_left_out_and_counted() -> None:
    first, other = (drawn("all", Dot(label="x"), axis=axis) for axis in ("alpha", "share"))
    assert join_figures([first, other]) == (first, 1)
    low = Figure(title="all", alt="", plot=DotPlot(rows=(), axis="alpha", low=-1.0))
    line = Figure(
        title="all", alt="", plot=DotPlot(rows=(), axis="alpha", references=(ReferenceLine(value=1),))
    )
    assert join_figures([first, low, line]) == (first, 2)
