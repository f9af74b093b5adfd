"""A report's figures, drawn and written."""

from harken.exporters.figures.joining import join_figures
from harken.exporters.figures.writing import figure_png, figure_svg, inline_svg

__all__ = ["figure_png", "figure_svg", "inline_svg", "join_figures"]
