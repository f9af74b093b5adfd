"""Draws curves with their bands over one axis, told apart by their dashes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from harken.exporters.figures.colours import FAINT, INK, PAPER
from harken.exporters.figures.layout import PLOT_WIDTH, names_of
from harken.exporters.figures.lettering import LINE, PAD, SMALL, Text, broken, one_line, width_of
from harken.report import Curve, CurvePlot, ReferenceLine

_HEIGHT = 2.6
_DASHES: tuple[Any, ...] = ("solid", (0, (5, 2)), (0, (1.5, 1.5)), (0, (6, 2, 1.5, 2)))
_SAMPLE = 0.4
"""Inches of a curve's sample in the legend."""
_LEGEND_LINE = LINE + 0.04
_BELOW_AXIS = 0.3
_TICKS = 0.55
"""Inches for the figures and the name of the upright axis, which stands above it."""


def draw_curves(plot: CurvePlot) -> Any:
    """The plot on a canvas just as large as its words need."""
    plot = _harmless(plot)
    across, upright = _spans(plot)
    names = names_of(plot.places, across)
    level_width = max((width_of(_said(line), size=SMALL) for line in plot.levels), default=0.0)
    left = max(_TICKS, *(PAD - name.left for name in names), (width_of(plot.axis) - PLOT_WIDTH) / 2 + PAD)
    right = max(
        0.3,
        level_width + 2 * PAD if level_width else 0.0,
        (width_of(plot.axis) - PLOT_WIDTH) / 2 + PAD,
        width_of(plot.upright) + 2 * PAD - left - PLOT_WIDTH,
        *(name.left + name.width + PAD - PLOT_WIDTH for name in names),
        *(_SAMPLE + width_of(curve.label) + 3 * PAD - left - PLOT_WIDTH for curve in plot.curves),
    )
    n_levels = 1 + max((name.level for name in names), default=-1)
    head = LINE * (plot.upright.count("\n") + 1) + PAD / 2
    top = head + LINE * n_levels + PAD
    n_axis = plot.axis.count("\n") + 1
    below = _BELOW_AXIS + LINE * n_axis + PAD
    curves = [curve for curve in plot.curves if curve.label]
    width = left + PLOT_WIDTH + right
    height = top + _HEIGHT + below + len(curves) * _LEGEND_LINE + PAD / 2
    canvas = Canvas(figsize=(width, height), facecolor=PAPER)
    text = Text(canvas, width, height)
    axes = canvas.add_axes(
        (left / width, 1 - (top + _HEIGHT) / height, PLOT_WIDTH / width, _HEIGHT / height), facecolor="none"
    )
    _set_axes(axes, across, upright)
    for number, curve in enumerate(plot.curves):
        _draw_curve(axes, curve, _DASHES[number % len(_DASHES)])
    text.write(plot.upright, PAD, head / 2 + PAD / 4, ha="left")
    for name in names:
        axes.axvline(name.line.value, color=FAINT, linewidth=0.9, linestyle=(0, (2, 2)), zorder=1)
        y = top - PAD / 2 - LINE * (name.level + 0.5)
        text.write(name.words, left + name.left + name.width / 2, y, ha="center", fontsize=SMALL)
    for line, y in _apart(plot.levels, upright):
        axes.axhline(line.value, color=FAINT, linewidth=0.9, linestyle=(0, (5, 2)), zorder=1)
        text.write(_said(line), left + PLOT_WIDTH + PAD, top + y, fontsize=SMALL)
    text.write(plot.axis, left + PLOT_WIDTH / 2, top + _HEIGHT + _BELOW_AXIS + LINE * n_axis / 2, ha="center")
    for number, curve in enumerate(plot.curves):
        if curve.label:
            y = top + _HEIGHT + below + (curves.index(curve) + 0.5) * _LEGEND_LINE
            sample = [PAD / width, (PAD + _SAMPLE) / width]
            style = _DASHES[number % len(_DASHES)]
            line2d = Line2D(sample, [1 - y / height] * 2, transform=canvas.transFigure, **_look(style))
            canvas.add_artist(line2d)
            text.write(curve.label, 2 * PAD + _SAMPLE, y)
    return canvas


def _harmless(plot: CurvePlot) -> CurvePlot:
    def cleaned(lines: Sequence[ReferenceLine]) -> tuple[ReferenceLine, ...]:
        return tuple(replace(line, label=one_line(line.label)) for line in lines)

    return replace(
        plot,
        curves=tuple(replace(curve, label=one_line(curve.label)) for curve in plot.curves),
        axis="\n".join(broken(one_line(line), longest=64) for line in plot.axis.split("\n")),
        upright=broken(one_line(plot.upright), longest=64),
        levels=cleaned(plot.levels),
        places=cleaned(plot.places),
    )


def _said(line: ReferenceLine) -> str:
    return line.label or f"{line.value:.3g}"


def _spans(plot: CurvePlot) -> tuple[tuple[float, float], tuple[float, float]]:
    """What the axes reach from and to: both from zero, with some room beyond the last point."""
    points = [point for curve in plot.curves for point in curve.points]
    last = max([1.0, *(point.x for point in points), *(line.value for line in plot.places)])
    highest = max(
        [
            1.0,
            *(point.y for point in points),
            *(point.high for point in points if point.high is not None),
            *(line.value for line in plot.levels),
        ]
    )
    return (0.0, last * 1.02), (0.0, highest * 1.05)


def _apart(
    levels: Sequence[ReferenceLine], upright: tuple[float, float]
) -> Iterator[tuple[ReferenceLine, float]]:
    """Where the levels' names stand from the top, in inches, so that no two touch."""
    lowest = -LINE
    for line in sorted(levels, key=lambda line: -line.value):
        y = max(_HEIGHT * (1 - line.value / upright[1]), lowest + LINE)
        lowest = y
        yield line, y


def _set_axes(axes: Any, across: tuple[float, float], upright: tuple[float, float]) -> None:
    axes.set_xlim(*across)
    axes.set_ylim(*upright)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10], integer=True))
    axes.tick_params(colors=INK, labelsize=SMALL, width=0.6, length=3)
    for side in ("right", "top"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set(linewidth=0.6, color=INK)


def _draw_curve(axes: Any, curve: Curve, dashes: Any) -> None:
    points = curve.points
    banded = [point for point in points if point.low is not None and point.high is not None]
    step = "post" if curve.is_stepped else None
    if len(banded) > 1:
        places = [point.x for point in banded]
        lows, highs = [point.low for point in banded], [point.high for point in banded]
        axes.fill_between(places, lows, highs, color=FAINT, alpha=0.3, linewidth=0, step=step, zorder=0)
    places, heights = [point.x for point in points], [point.y for point in points]
    style = {"drawstyle": "steps-post" if curve.is_stepped else "default"}
    if len(points) == 1:
        style |= {"marker": "o", "markersize": "5", "markerfacecolor": INK}
    axes.plot(places, heights, zorder=2, **style, **_look(dashes))


def _look(dashes: Any) -> dict[str, Any]:
    return {"color": INK, "linewidth": 1.3, "linestyle": dashes, "solid_capstyle": "butt"}
