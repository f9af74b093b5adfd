"""Options that say which people and answers a look beside theme tables counts."""

from __future__ import annotations

from collections.abc import Callable

import click

from harken.cli.options import Command
from harken.cli.where import where_option


def in_scope(command: Command) -> Command:
    """`--question`, `--basis`, `--where` and `--with-excluded`."""
    options: tuple[Callable[[Command], Command], ...] = (
        click.option("--question", multiple=True, metavar="Q", help="Only this question; may be repeated."),
        click.option(
            "--basis",
            default="default",
            show_default=True,
            metavar="B",
            help="Whose codes count: default, majority, any, all or coder:NAME.",
        ),
        where_option,
        click.option("--with-excluded", is_flag=True, help="Keep excluded people on what they answered."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def printed_with(command: Command) -> Command:
    """`--interval` and `--decimals`."""
    command = click.option(
        "--decimals",
        type=click.IntRange(0, 6),
        default=1,
        show_default=True,
        help="Decimals of the printed percentages.",
    )(command)
    return click.option(
        "--interval",
        type=click.Choice(["wilson", "clopper-pearson"]),
        default="wilson",
        show_default=True,
        help="Method of the limits.",
    )(command)


def with_p(command: Command) -> Command:
    """`--p`: tests are in JSON always, on a page where they are asked for."""
    return click.option("--p", "p", is_flag=True, help="Print the tests too; they are exploratory.")(command)
