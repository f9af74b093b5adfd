"""What commands share: the project and actor options and others, and reading them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from harken.cli.numbers import decimal_number

if TYPE_CHECKING:
    from harken.services.project import Project
    from harken.storage.store import Store

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(slots=True)
class Context:
    """The global options, wherever on the line they stood."""

    project: str | None = None
    actor: str | None = None


class CommandGroup(click.Group):
    """A group that names its commands where none or an unknown one is asked for."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if not args and not self.invoke_without_command:
            raise click.UsageError(f"No command given. Commands: {', '.join(self.list_commands(ctx))}.", ctx)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        known = self.list_commands(ctx)
        if args[0] not in known:
            raise click.UsageError(f"No command {args[0]!r}. Commands: {', '.join(known)}.", ctx)
        return super().resolve_command(ctx, args)


def refuse_dropped_options(ctx: click.Context) -> None:
    """Raise where an option before a subcommand would go unheard."""
    for parameter in ctx.command.params:
        source = ctx.get_parameter_source(parameter.name or "")
        if parameter.expose_value and source is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(
                f"{'/'.join((*parameter.opts, *parameter.secondary_opts))} before {ctx.invoked_subcommand!r} "
                "would do nothing. Leave it out.",
                ctx,
            )


def project_path(named: str | None) -> Path:
    """The project file: the one named, else `$HARKEN_PROJECT`, else `harken.db` here."""
    return Path(named or os.environ.get("HARKEN_PROJECT") or "harken.db")


def _keep(name: str) -> Callable[[click.Context, click.Parameter, str | None], None]:
    def keep(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
        del parameter
        if value is not None:
            setattr(ctx.obj, name, value)

    return keep


def acting(command: Command) -> Command:
    """Let `--project` and `--as` stand behind the command too; they land in the `Context`."""
    command = click.option(
        "--project", expose_value=False, callback=_keep("project"), metavar="FILE", help="The project file."
    )(command)
    return click.option(
        "--as", expose_value=False, callback=_keep("actor"), metavar="NAME", help="Who is acting."
    )(command)


def names_actor(context: Context) -> bool:
    """Whether somebody said who is acting; else it is the lead."""
    return bool(context.actor or os.environ.get("HARKEN_CODER"))


@contextmanager
def opened(context: Context) -> Iterator[Project]:
    """The project that the options name, open and with its actor; closed at the end."""
    from harken.services.project import Project

    with opened_file(context) as (store, actor):
        yield Project(store, actor=actor)


@contextmanager
def opened_file(context: Context) -> Iterator[tuple[Store, str]]:
    """As `opened`, without the verbs: the project file and who is acting. A screen paints sooner so."""
    from harken.services.studies import acting_coder
    from harken.storage import driver
    from harken.storage.store import Store

    path = project_path(context.project)
    try:
        store = Store.open(path)
        try:
            yield store, acting_coder(store, context.actor or os.environ.get("HARKEN_CODER"))
        finally:
            store.close()
    except driver.DatabaseError as error:
        raise driver.explain(error, path) from error


def pairs(given: Iterable[str], *, option: str, form: str) -> dict[str, str]:
    """What a repeated option of the form `A=B` says; the last `=` divides."""
    found: dict[str, str] = {}
    for pair in given:
        left, separator, right = pair.rpartition("=")
        if not (left and separator and right):
            raise click.UsageError(f"{option} {pair!r}: write {form}.")
        if found.setdefault(left, right) != right:
            raise click.UsageError(f"{option} names {left!r} twice: {found[left]!r} and {right!r}.")
    return found


def _level(ctx: click.Context, parameter: click.Parameter, value: float) -> float:
    if 0 < value < 1:
        return value
    meant = f" Write {value:g} % as {value / 100:g}." if 1 < value < 100 else ""
    raise click.BadParameter(
        f"A level lies between 0 and 1, as in 0.95; got {value:g}.{meant}", ctx, parameter
    )


def leveled(command: Command) -> Command:
    """`--level` for a command that gives intervals."""
    return click.option(
        "--level",
        type=decimal_number(like="0.95"),
        default=0.95,
        show_default=True,
        callback=_level,
        help="Confidence level of the intervals.",
    )(command)


_HIDES = "Hide counts of fewer than T people, and what would give them away."


def _suppress(ctx: click.Context, parameter: click.Parameter, value: int) -> int:
    if value >= 0 and value != 1:
        return value
    raise click.BadParameter(
        f"{value} hides nothing: counts below the threshold are hidden, and nobody is counted by less than "
        "1. Write 2 or more, as in 5, or 0 to show everything.",
        ctx,
        parameter,
    )


def suppressing(command: Command, *, help: str = _HIDES) -> Command:
    """`--suppress` for a command that counts people; 0 hides nothing."""
    return click.option(
        "--suppress", type=int, default=0, show_default=True, metavar="T", callback=_suppress, help=help
    )(command)
