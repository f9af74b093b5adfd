"""A book's figures as files, numbered as on its pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from harken.exporters.books.numbering import numbered_sections
from harken.exporters.figures import figure_png, figure_svg
from harken.report import Book, Figure


def book_figures(book: Book) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each figure, as SVG and as PNG."""
    for section in numbered_sections(book):
        for number, figure in enumerate(section.figures, start=section.first_figure):
            alone = _named(figure, number)
            yield f"figures/figure-{number}.svg", figure_svg(alone)
            yield f"figures/figure-{number}.png", figure_png(alone)


def _named(figure: Figure, number: int) -> Figure:
    return replace(figure, title=f"Figure {number}. {figure.title}".rstrip())
