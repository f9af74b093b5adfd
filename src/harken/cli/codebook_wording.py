"""What a code or family says of itself, as options of a command."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from harken.cli.options import Command

SCALES = ("nominal", "ordinal", "interval")
_LISTS = ("examples", "keywords", "questions")


def _options(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


why_option = click.option("--why", default="", metavar="TEXT", help="The reason, kept in the history.")
editorial_option = click.option(
    "--editorial",
    is_flag=True,
    help="Words are corrected, the meaning stays: agreement compares what was decided before and after it.",
)
wording_options = _options(
    click.option("--label", help="Its name as tables print it."),
    click.option("--definition", help="What it means."),
    click.option("--include", help="What belongs to it."),
    click.option("--exclude", help="What does not, and where it goes."),
    click.option("--example", "examples", multiple=True, metavar="TEXT", help="May be repeated."),
    click.option("--keyword", "keywords", multiple=True, metavar="TEXT", help="May be repeated."),
    click.option(
        "--question",
        "questions",
        multiple=True,
        metavar="Q",
        help="Where it may be applied; may be repeated. Default: as what it stands below, else everywhere.",
    ),
    click.option("--hotkey", help="One or two of the letters a to z."),
    click.option("--value", help="A number, on an ordinal or interval scale."),
    click.option("--exclusive/--not-exclusive", default=None, help="Of a family: one code an answer."),
    click.option("--scale", type=click.Choice(SCALES), help="Of an exclusive family."),
)


def given_wording(options: dict[str, Any]) -> dict[str, Any]:
    """The fields that were named, as a code or family holds them."""
    found: dict[str, Any] = {}
    for field, value in options.items():
        if field in _LISTS:
            if value:
                found[field] = tuple(filter(None, value))
        elif field == "value" and value is not None:
            found[field] = _number(value)
        elif value is not None:
            found[field] = value
    return found


def _number(value: str) -> float | None:
    if not value.strip():
        return None
    try:
        return float(value)
    except ValueError:
        raise click.UsageError(f"--value {value!r}: write a number, as in 2 or 1.5.") from None
