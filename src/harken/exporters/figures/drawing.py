"""Draws a plot of whatever kind on a canvas of its own."""

from __future__ import annotations

from typing import Any

from harken.exporters.figures.curve_plot import draw_curves
from harken.exporters.figures.dot_plot import draw_dots
from harken.exporters.figures.flow_diagram import draw_flow
from harken.report import CurvePlot, FlowDiagram, Plot


def draw(plot: Plot) -> Any:
    """The plot on a canvas just as large as its parts and words need."""
    if isinstance(plot, FlowDiagram):
        return draw_flow(plot)
    if isinstance(plot, CurvePlot):
        return draw_curves(plot)
    return draw_dots(plot)
