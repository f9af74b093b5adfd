"""Options by which `agreement` reads a file of codings instead of a project."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, cast

import click

from harken.cli.options import Command

NEEDS_PROJECT = frozenset({"by", "with_excluded", "apart", "intra", "distinct"})
"""Names of options that say nothing of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingsFile:
    """A file of codings and how it is read."""

    path: Path
    layout: str | None
    is_exclusive: bool
    scale: str | None
    sheet: str | None
    encoding: str | None

    def reading(self) -> dict[str, Any]:
        """How the file is read, as keyword arguments."""
        return {
            "layout": self.layout,
            "exclusive": self.is_exclusive,
            "scale": self.scale,
            "sheet": self.sheet,
            "encoding": self.encoding,
        }


def reading_codings(command: Command) -> Command:
    """`--codings FILE` and what belongs to it; the command gets them as its `file`, None without."""

    @wraps(command)
    def settled(
        *args: Any,
        path: Path | None,
        layout: str | None,
        is_exclusive: bool,
        scale: str | None,
        sheet: str | None,
        encoding: str | None,
        **values: Any,
    ) -> Any:
        given = {
            "--layout": layout,
            "--exclusive": is_exclusive,
            "--scale": scale,
            "--sheet": sheet,
            "--encoding": encoding,
        }
        lonely = [option for option, value in given.items() if value]
        if path is None:
            if lonely:
                raise click.UsageError(f"{lonely[0]} says how a file is read. Name it with --codings FILE.")
            return command(*args, file=None, **values)
        if is_exclusive and scale:
            raise click.UsageError(
                f"--exclusive and --scale {scale} exclude each other: categories have an order or they don't."
            )
        _refuse_project_options(click.get_current_context())
        file = CodingsFile(
            path=path,
            layout=layout,
            is_exclusive=is_exclusive,
            scale=scale,
            sheet=sheet,
            encoding=encoding,
        )
        return command(*args, file=file, **values)

    decorated: Any = settled
    for option in reversed(
        (
            click.option(
                "--codings",
                "path",
                type=click.Path(path_type=Path),
                metavar="FILE",
                help="Measure the codings in FILE, without a project.",
            ),
            click.option(
                "--layout",
                type=click.Choice(["long", "wide"]),
                help="FILE has a row a code, or a column a coder. Default: by its columns.",
            ),
            click.option(
                "--exclusive",
                "is_exclusive",
                is_flag=True,
                help="FILE: one code at most a coder and unit, read as one variable.",
            ),
            click.option(
                "--scale",
                type=click.Choice(["ordinal", "interval"]),
                help="FILE: as --exclusive, with values that have an order, or are numbers.",
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
                f"{parameter.opts[0]} needs a project; with --codings leave it out.", context
            )
