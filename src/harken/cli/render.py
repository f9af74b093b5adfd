"""Where results go: to the screen, or into a file in the format that was asked for."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import click

from harken.cli.destination import PICTURES, Destination, refuse_output
from harken.errors import HarkenError, many, quoted
from harken.exporters.whole_files import write_whole
from harken.report import Report, visible


class Result(Protocol):
    """What a service returns: JSON can hold it."""

    def as_json(self) -> Mapping[str, Any]: ...


def emit(result: Result, report: Report, destination: Destination, *, page: int | None = None) -> None:
    """Print a result, or write it to a file. `page` is the width of plain text that is on no terminal."""
    if destination.format == "table" and destination.output is None:
        print_report(report, page=page)
        return
    data = _as_bytes(result, report, destination, page)
    write_output(data, output=destination.output, force=destination.force)


def _as_bytes(result: Result, report: Report, destination: Destination, page: int | None) -> bytes:
    if destination.format == "xlsx":
        from harken.exporters.workbook import workbook_bytes

        return workbook_bytes(report)
    if destination.format == "docx":
        from harken.exporters.document import document_bytes

        return document_bytes(report)
    if destination.format in PICTURES:
        return _picture(report, destination.format)
    return _as_text(result, report, destination, page).encode()


def _picture(report: Report, format: str) -> bytes:
    from harken.exporters.figures import figure_png, figure_svg, join_figures

    if not report.figures:
        raise HarkenError(
            f"There is no figure to write as {format}: {quoted(report.title)} has nothing to draw. "
            "Tables go into .html, .docx, .xlsx or .csv files."
        )
    joined, n_left = join_figures(report.figures)
    for note in joined.notes:
        click.echo(visible(note), err=True)
    if n_left:
        click.echo(f"{many(n_left, 'figure')} left out; .html and .docx hold every one.", err=True)
    # A picture goes about alone, so it says itself what study it is of.
    alone = replace(joined, plot=replace(joined.plot, axis=f"{joined.plot.axis}\n{report.title}"))
    return (figure_png if format == "png" else figure_svg)(alone)


def _as_text(result: Result, report: Report, destination: Destination, page: int | None) -> str:
    if destination.format == "json":
        from harken.exporters.structured import dumps

        return dumps(result.as_json())
    if destination.format == "csv":
        from harken.exporters.delimited import csv_text

        return csv_text(report, spreadsheet_safe=destination.spreadsheet_safe)
    if destination.format == "md":
        from harken.exporters.markdown import markdown_text

        return markdown_text(report)
    if destination.format == "html":
        from harken.exporters.html import html_text

        return html_text(report)
    if destination.format == "tex":
        from harken.exporters.latex import latex_text

        return latex_text(report)
    from harken.exporters.terminal import terminal_text

    return terminal_text(report, width=page)


def print_report(report: Report, *, page: int | None = None) -> None:
    """Print a report in the terminal's width; where the output goes elsewhere plain, and unwrapped unless
    `page` says a width.
    """
    from harken.exporters.terminal import terminal_text

    is_terminal = sys.stdout.isatty()
    width = max(shutil.get_terminal_size().columns, 40) if is_terminal else page
    styled = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    words = terminal_text(report, width=width, styled=styled)
    # A terminal that cannot show a character shows a question mark instead of ending the command.
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(words.encode(encoding, errors="replace"), nl=False)


def write_output(data: bytes, *, output: Path | None, force: bool, what: str = "") -> None:
    """Write bytes to a file, whole or not at all, or to stdout. An existing file needs `force`.

    A file is named on stderr, with `what` it holds.
    """
    if output is None:
        click.echo(data, nl=False)
        return
    refuse_output(output, force=force)
    write_whole(output, data)
    click.echo(visible(f"Wrote {what} to {output}." if what else f"Wrote {output}."), err=True)
