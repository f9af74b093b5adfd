"""Where results go: to the screen, or into a file in the format that was asked for."""

from __future__ import annotations

import os
import secrets
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import click

from harken.errors import HarkenError
from harken.report import Report

_FORMAT_OF = {
    ".txt": "table",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "md",
    ".markdown": "md",
}


class Result(Protocol):
    """What a service returns: JSON can hold it."""

    def as_json(self) -> Mapping[str, Any]: ...


def emit(
    result: Result,
    report: Report,
    *,
    format: str | None,
    output: Path | None,
    force: bool,
    spreadsheet_safe: bool = False,
) -> None:
    """Print a result, or write it to a file; the format is the one named, else the suffix's, else a table."""
    chosen = destination(format=format, output=output, force=force)
    if chosen == "table" and output is None:
        print_report(report)
        return
    words = _as_text(result, report, chosen, spreadsheet_safe=spreadsheet_safe)
    write_output(words.encode(), output=output, force=force)


def destination(*, format: str | None, output: Path | None, force: bool) -> str:
    """The format in which something goes to `output`; raises where it cannot go there.

    A command that leaves a trace asks this first, so that a refusal changes nothing.
    """
    _refuse(output, force=force)
    if format is not None or output is None:
        return format or "table"
    if output.suffix.lower() not in _FORMAT_OF:
        raise HarkenError(
            f"{output}: no format has the suffix {output.suffix!r}. "
            f"Use {', '.join(_FORMAT_OF)}, or name one with --format."
        )
    return _FORMAT_OF[output.suffix.lower()]


def _as_text(result: Result, report: Report, format: str, *, spreadsheet_safe: bool) -> str:
    if format == "json":
        from harken.exporters.structured import dumps

        return dumps(result.as_json())
    if format == "csv":
        from harken.exporters.delimited import csv_text

        return csv_text(report, spreadsheet_safe=spreadsheet_safe)
    if format == "md":
        from harken.exporters.markdown import markdown_text

        return markdown_text(report)
    if format == "table":
        from harken.exporters.terminal import terminal_text

        return terminal_text(report)
    raise HarkenError(f"This result has no form as {format!r}. Use table, json, csv or md.")


def print_report(report: Report) -> None:
    """Print a report in the terminal's width, or unwrapped and plain where the output goes elsewhere."""
    from harken.exporters.terminal import terminal_text

    is_terminal = sys.stdout.isatty()
    width = max(shutil.get_terminal_size().columns, 40) if is_terminal else None
    styled = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    words = terminal_text(report, width=width, styled=styled)
    # A terminal that cannot show a character shows a question mark instead of ending the command.
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(words.encode(encoding, errors="replace"), nl=False)


def write_output(data: bytes, *, output: Path | None, force: bool) -> None:
    """Write bytes to a file, whole or not at all, or to stdout. An existing file needs `force`."""
    if output is None:
        click.echo(data, nl=False)
        return
    _refuse(output, force=force)
    draft = output.with_name(f".{output.name}.{secrets.token_hex(4)}.new")
    try:
        draft.write_bytes(data)
        draft.replace(output)
    except OSError as error:
        raise HarkenError(f"{output} cannot be written: {error.strerror or error}.") from error
    finally:
        draft.unlink(missing_ok=True)


def _refuse(output: Path | None, *, force: bool) -> None:
    if output is None:
        return
    if output.is_dir():
        raise HarkenError(f"{output} is a folder; name a file in it.")
    if output.exists() and not force:
        raise HarkenError(f"{output} exists already; name another file, or overwrite it with --force.")
    if not output.parent.is_dir():
        raise HarkenError(f"The folder {output.parent} does not exist; make it first.")
