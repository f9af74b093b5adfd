"""A figure with every kind of row, for tests."""

from __future__ import annotations

from harken.report import Dot, DotPlot, Figure, ReferenceLine

LONG = "benefit.a_rather_long_name_of_a_parent.and_a_child_of_it_that_goes_on_and_on.and_on"

ROWS = (
    Dot(label="benefit.understanding", value=0.91, low=0.84, high=0.95, group="Benefits"),
    Dot(label=LONG, value=0.75, low=0.68, high=0.82, mark="half", group="Benefits"),
    Dot(label="benefit.rare", value=0.5, low=-0.32, high=0.9, mark="cross", group="Benefits"),
    Dot(label="risk $x_1$ <b>&", value=0.61, low=0.4, high=0.75, mark="empty", group="Risks"),
    Dot(label="risk.漢字", note="undefined: one category", group="Risks"),
    Dot(label="risk.point", value=1.0, note="no interval", group="Risks"),
)


def figure_of(*rows: Dot, title: str = "Alpha by code", alt: str = "One code is reliable.") -> Figure:
    plot = DotPlot(
        rows=rows,
        axis="Krippendorff's alpha, 95 % interval",
        references=(
            ReferenceLine(value=0.667, label="tentative .667"),
            ReferenceLine(value=0.8, label="reliable .800"),
        ),
        marks=(("full", "reliable"), ("half", "tentative"), ("empty", "unreliable"), ("cross", "too few")),
    )
    return Figure(title=title, alt=alt, plot=plot, notes=("Participants were resampled.",))
