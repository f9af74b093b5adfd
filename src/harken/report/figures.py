"""Figures: dots with intervals, flow diagrams and curves, each with what it shows in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mark = Literal["full", "half", "empty", "cross"]
"""How a dot is drawn; told apart without colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A row of a dot plot: a figure with its interval, unrounded, or words on why there is none."""

    label: str
    """Without one, a row stands close to the one above, and shares its label."""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    note: str = ""
    """Where there is no figure, why: "undefined: one category"; else it stands behind the row."""
    group: str = ""
    """Neighbours with the same group stand under one heading."""
    mark: Mark = "full"
    others: tuple[float, ...] = ()
    """Figures of parts, drawn as small strokes on the row: where they lie, not which is which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceLine:
    """A value that figures are held against."""

    value: float
    label: str = ""
    """What stands at the line's top, as "reliable .800"; else the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DotPlot:
    """Figures with their intervals, a row each, from the top down."""

    rows: tuple[Dot, ...]
    axis: str
    """What the figures are, as "Krippendorff's alpha, 95 % interval"."""
    low: float = 0.0
    high: float = 1.0
    """What the axis reaches from and to at least; rows that lie beyond make it longer."""
    references: tuple[ReferenceLine, ...] = ()
    marks: tuple[tuple[Mark, str], ...] = ()
    """What the marks mean, in the order of the legend; none, no legend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowStep:
    """A box of a flow diagram, and who leaves below it."""

    label: str
    n: str
    left: tuple[str, ...] = ()
    """Lines on those who do not reach the next box, as "Excluded: 10"; none, no box beside."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowColumn:
    """The steps of one group, from the top down."""

    heading: str
    steps: tuple[FlowStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowDiagram:
    """Who came and who is left, group beside group."""

    columns: tuple[FlowColumn, ...]
    axis: str = ""
    """Words below the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePoint:
    """A point of a curve; its limits, where it has some, are drawn as a band."""

    x: float
    y: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points from left to right."""

    label: str
    points: tuple[CurvePoint, ...]
    is_stepped: bool = False
    """Whether it stays level until the next point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CurvePlot:
    """Curves over one axis, told apart by their dashes."""

    curves: tuple[Curve, ...]
    axis: str
    """What goes from left to right, as "people, in the order of the file"."""
    upright: str
    """What goes upwards."""
    levels: tuple[ReferenceLine, ...] = ()
    """Heights that curves are held against."""
    places: tuple[ReferenceLine, ...] = ()
    """Places along the axis that are pointed out."""


Plot = DotPlot | FlowDiagram | CurvePlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture of a report: `alt` says in words what it shows to those who do not see it."""

    title: str
    alt: str
    plot: Plot
    notes: tuple[str, ...] = ()
