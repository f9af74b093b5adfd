"""Where a command's result goes: `--format`, `--output` and what belongs to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, cast

import click

from harken.cli.options import Command
from harken.errors import HarkenError

_FORMAT_OF = {
    ".txt": "table",
    ".json": "json",
    ".jsonl": "jsonl",
    ".csv": "csv",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".tex": "tex",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".svg": "svg",
    ".png": "png",
}
"""Suffixes of output files, and what they say of the format."""
PAGES = ("html", "tex", "xlsx", "docx")
"""Formats that every command that prints tables writes."""
PICTURES = ("svg", "png")
"""Formats of commands whose reports have a figure: the first of them."""
FILES = ("xlsx", "docx", "png")
"""Formats that a terminal cannot show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Where a result goes and in which form."""

    format: str
    output: Path | None
    """The file; None is stdout."""
    force: bool
    spreadsheet_safe: bool
    is_named: bool = True
    """Whether the person said where or in which form; else a terminal may show a screen."""


def reporting(*formats: str, figures: bool = False) -> Callable[[Command], Command]:
    """`--format`, `--output` and the like for a command that prints a result in one of `formats`.

    Where tables are among them, pages, workbooks and documents are too; with `figures` pictures as well.
    The command gets them as its `destination`, which is settled before it begins: a command that leaves a
    trace leaves none where its result cannot go where it should.
    """
    offered = (*formats, *(PAGES if "table" in formats else ()), *(PICTURES if figures else ()))

    def decorate(command: Command) -> Command:
        @wraps(command)
        def settled(
            *args: Any,
            format: str | None,
            output: Path | None,
            force: bool,
            spreadsheet_safe: bool = False,
            **values: Any,
        ) -> Any:
            destination = Destination(
                format=_format(format, output, offered),
                output=output,
                force=force,
                spreadsheet_safe=spreadsheet_safe,
                is_named=format is not None or output is not None,
            )
            refuse_output(output, force=force)
            return command(*args, destination=destination, **values)

        options = [
            click.option("--format", type=click.Choice(offered), help=f"Default: {offered[0]}."),
            click.option(
                "--output",
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="Write to FILE; its suffix decides the format unless --format does.",
            ),
            click.option("--force", is_flag=True, help="Overwrite FILE."),
        ]
        if "csv" in formats:
            options.append(
                click.option(
                    "--spreadsheet-safe",
                    is_flag=True,
                    help="CSV: an apostrophe before what would be run as a formula.",
                )
            )
        decorated: Any = settled
        for option in reversed(options):
            decorated = option(decorated)
        return cast("Command", decorated)

    return decorate


def _format(named: str | None, output: Path | None, formats: tuple[str, ...]) -> str:
    if output is None and named in FILES:
        raise click.UsageError(f"--format {named} writes a file; name it with --output FILE.")
    if named is not None or output is None:
        return named or formats[0]
    suffix = output.suffix.lower()
    if _FORMAT_OF.get(suffix) in formats:
        return _FORMAT_OF[suffix]
    offered = ", ".join(suffix for suffix, format in _FORMAT_OF.items() if format in formats)
    raise HarkenError(
        f"{output}: no format has the suffix {suffix!r} here. "
        f"Use {offered}, or name the format with --format."
    )


def refuse_output(output: Path | None, *, force: bool) -> None:
    """Raise where a file cannot be written, or should not be; an existing one needs `force`."""
    if output is None:
        return
    if output.is_dir():
        raise HarkenError(f"{output} is a folder; name a file in it.")
    if output.exists() and not force:
        raise HarkenError(f"{output} exists already; name another file, or overwrite it with --force.")
    if not output.parent.is_dir():
        raise HarkenError(f"The folder {output.parent} does not exist; make it first.")
