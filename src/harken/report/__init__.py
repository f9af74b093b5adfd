"""What every output draws: titles, notes, tables of typed cells, figures, and books of them."""

from harken.report.arranging import for_print, glued, typeset, without_empty
from harken.report.cells import (
    DASH,
    EMPTY,
    HIDDEN,
    Cell,
    count,
    decimal,
    interval,
    percentage,
    share_in_percent,
    text,
)
from harken.report.figures import (
    Curve,
    CurvePlot,
    CurvePoint,
    Dot,
    DotPlot,
    Figure,
    FlowColumn,
    FlowDiagram,
    FlowStep,
    Mark,
    Plot,
    ReferenceLine,
)
from harken.report.harmless import visible
from harken.report.pages import Book, Listing, Report, Section
from harken.report.tables import Align, Column, Table

__all__ = [
    "DASH",
    "EMPTY",
    "HIDDEN",
    "Align",
    "Book",
    "Cell",
    "Column",
    "Curve",
    "CurvePlot",
    "CurvePoint",
    "Dot",
    "DotPlot",
    "Figure",
    "FlowColumn",
    "FlowDiagram",
    "FlowStep",
    "Listing",
    "Mark",
    "Plot",
    "ReferenceLine",
    "Report",
    "Section",
    "Table",
    "count",
    "decimal",
    "for_print",
    "glued",
    "interval",
    "percentage",
    "share_in_percent",
    "text",
    "typeset",
    "visible",
    "without_empty",
]
