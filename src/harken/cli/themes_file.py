"""Options by which `themes` reads a file of counts instead of a project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, cast

import click

from harken.cli.options import Command

NEEDS_PROJECT = frozenset({"questions", "by", "basis", "base", "weights", "where", "with_excluded", "united"})
"""Names of options that say nothing of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsFile:
    """A file of counts and how it is read."""

    path: Path
    sheet: str | None
    encoding: str | None


def reading_counts(command: Command) -> Command:
    """`--counts FILE` and what belongs to it; the command gets them as its `file`, None without."""

    @wraps(command)
    def settled(*args: Any, path: Path | None, sheet: str | None, encoding: str | None, **values: Any) -> Any:
        if path is None:
            lonely = [name for name, value in (("--sheet", sheet), ("--encoding", encoding)) if value]
            if lonely:
                raise click.UsageError(f"{lonely[0]} says how a file is read. Name it with --counts FILE.")
            return command(*args, file=None, **values)
        _refuse_project_options(click.get_current_context())
        return command(*args, file=CountsFile(path=path, sheet=sheet, encoding=encoding), **values)

    decorated: Any = settled
    for option in reversed(
        (
            click.option(
                "--counts",
                "path",
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="Compare the counts in FILE, without a project: columns theme, group, n, base and, if "
                "printed, percent, which is checked.",
            ),
            click.option("--sheet", metavar="S", help="FILE: the sheet of a workbook."),
            click.option("--encoding", metavar="E", help="FILE: the encoding of its text."),
        )
    ):
        decorated = option(decorated)
    return cast("Command", decorated)


def _refuse_project_options(context: click.Context) -> None:
    for parameter in context.command.params:
        source = context.get_parameter_source(parameter.name or "")
        if parameter.name in NEEDS_PROJECT and source is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(
                f"{parameter.opts[0]} needs a project; with --counts leave it out.", context
            )
