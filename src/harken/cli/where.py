"""`--where COLUMN=VALUE`: whom a figure is of."""

from __future__ import annotations

import click

from harken.cli.options import Command


def _pairs(
    ctx: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """Columns and values; the first `=` divides, and nothing behind it is the blank value."""
    found = []
    for pair in values:
        column, separator, value = pair.partition("=")
        if not (column and separator):
            raise click.BadParameter(f"{pair!r}: write COLUMN=VALUE.", ctx, parameter)
        found.append((column, value))
    return tuple(found)


def where_option(command: Command) -> Command:
    """`--where`, read into pairs of column and value."""
    return click.option(
        "--where",
        multiple=True,
        metavar="COLUMN=VALUE",
        callback=_pairs,
        help="Only people with this value of a column; values of one column are alternatives.",
    )(command)
