"""Options that say which people and answers a figure counts, and how it is printed."""

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


over_questions = click.option(
    "--question", "questions", multiple=True, metavar="Q", help="Only this question; may be repeated."
)
by_groups = click.option("--by", metavar="COL", help="A column by which people are compared.")
by_basis = click.option(
    "--basis",
    default="default",
    show_default=True,
    metavar="B",
    help="Whose codes count: default, majority, any, all or coder:NAME.",
)
over_base = click.option(
    "--base",
    type=click.Choice(["coded", "eligible", "substantive"]),
    default="coded",
    show_default=True,
    help="Of whom the share is taken.",
)
only_where = click.option(
    "--where",
    multiple=True,
    metavar="COLUMN=VALUE",
    callback=_pairs,
    help="Only people with this value of a column; values of one column are alternatives.",
)
excluded_too = click.option(
    "--with-excluded", is_flag=True, help="Keep excluded people on what they answered."
)
with_interval = click.option(
    "--interval",
    type=click.Choice(["wilson", "clopper-pearson"]),
    default="wilson",
    show_default=True,
    help="Method of the limits.",
)
with_decimals = click.option(
    "--decimals",
    type=click.IntRange(0, 6),
    default=1,
    show_default=True,
    help="Decimals of the printed percentages.",
)
tests_too = click.option("--p", "with_p", is_flag=True, help="Print the tests too; they are exploratory.")
"""Tests are in JSON always, on a page where they are asked for."""


def in_scope(command: Command) -> Command:
    """`--question`, `--basis`, `--where` and `--with-excluded`."""
    return over_questions(by_basis(only_where(excluded_too(command))))


def printed_with(command: Command) -> Command:
    """`--interval` and `--decimals`."""
    return with_interval(with_decimals(command))
