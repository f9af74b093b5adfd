"""The entry point: global options, which module holds which command, and the one place errors end in."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NoReturn

import click

from harken._version import __version__
from harken.cli.options import CommandGroup, Context
from harken.errors import HarkenError, quoted

_AROUND = 20
"""Characters shown before the one that cannot be written."""
COMMANDS = {
    "init": ("harken.cli.study:init", "Make a new project file."),
    "demo": ("harken.cli.demo:demo", "Build and show the synthetic sample study."),
    "import": ("harken.cli.survey:import_", "Take in a survey file."),
    "flow": ("harken.cli.survey:flow", "Who was returned, excluded, usable, coded."),
    "participants": ("harken.cli.survey:participants", "Withdraw or include participants."),
    "codebook": ("harken.cli.codebook:codebook", "Import, export, check and show the codebook."),
    "coders": ("harken.cli.study:coders", "Add and list coders."),
    "answers": ("harken.cli.answers:answers", "Search, filter and read answers; by code; as a matrix."),
    "code": ("harken.cli.code:code", "Code answers in the terminal."),
    "codings": ("harken.cli.codings:codings", "Import and export codings."),
    "status": ("harken.cli.status:status", "How far everybody is, and what is left to do."),
    "meeting": ("harken.cli.meeting:meeting", "The agenda of the next team meeting, and outcomes."),
    "questions": ("harken.cli.questions:questions", "What coders ask the lead, and the replies."),
    "alerts": ("harken.cli.questions:alerts", "Answers that the lead is alerted to."),
    "read": ("harken.cli.read:read", "Read the answers to get familiar with them."),
    "memos": ("harken.cli.memos:memos", "Memos and the diary: list, write, change, remove."),
    "marks": ("harken.cli.marks:marks", "Quotes, identifying details, answers that refer to others."),
    "suggest": ("harken.cli.suggest:suggest", "Suggested codes with their reasons."),
    "agreement": ("harken.cli.agreement:agreement", "Agreement between coders."),
    "themes": ("harken.cli.themes:themes", "Theme frequencies by group."),
    "quotes": ("harken.cli.quotes:quotes", "Quotes for each theme, and making them ready for print."),
    "why": ("harken.cli.why:why", "From a figure to the answers and decisions behind it."),
    "closed": ("harken.cli.closed:closed", "What people chose in closed items, by group."),
    "cooccurrence": ("harken.cli.cooccurrence:cooccurrence", "Which codes go together on the same people."),
    "report": ("harken.cli.report:report", "The paper's pages: web page, document, workbook, figures."),
    "saturation": ("harken.cli.saturation:saturation", "New codes in the order of coding."),
    "crosstab": ("harken.cli.crosstab:crosstab", "Themes by several attributes in one table."),
    "releases": ("harken.cli.releases:releases", "What was written with small counts hidden."),
    "keys": ("harken.cli.keys:keys", "The keys of every screen, and changing them."),
    "analytic-themes": (
        "harken.cli.analytic_themes:analytic_themes",
        "Named readings above the codes.",
    ),
    "archive": ("harken.cli.archive:archive", "Pack the project for a data repository."),
    "doctor": ("harken.cli.study:doctor", "Check the project file against its journal."),
}
"""Every command: where it is, and what the list of commands says of it."""


class _ReaderLeftError(Exception):
    """Whoever read our output went away, as `head` does; there is nobody to tell."""


@contextmanager
def _noticing_the_reader() -> Iterator[None]:
    # Before click sees it: click answers a broken pipe with exit code 1.
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError as error:
        raise _ReaderLeftError from error


class LazyGroup(CommandGroup):
    """A group that imports a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in COMMANDS.items()])

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        with _noticing_the_reader():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        with _noticing_the_reader():
            return super().invoke(ctx)


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--project",
    metavar="FILE",
    help="The project file. Default: $HARKEN_PROJECT, else harken.db here.",
)
@click.option("--as", "actor", metavar="NAME", help="Who is acting. Default: $HARKEN_CODER, else the lead.")
@click.version_option(__version__, prog_name="harken")
@click.pass_context
def harken(ctx: click.Context, project: str | None, actor: str | None) -> None:
    """Free-text survey answers to theme tables that a methodologist would sign.

    Without a command: the state of the project and the next step.
    """
    ctx.obj = Context(project=project, actor=actor)
    if ctx.invoked_subcommand is None:
        from harken.cli.study import home

        home(ctx.obj)


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run one command and exit: 0 fine, 1 our error, 2 usage, 130 interrupted."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal of another encoding shows an escape instead of stopping the command.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        result = harken.main(args=arguments, prog_name="harken", standalone_mode=False)
    except click.UsageError as error:
        return _fail(_usage(error), code=2)
    except HarkenError as error:
        return _fail(str(error))
    except click.ClickException as error:
        return _fail(error.format_message())
    except (click.Abort, KeyboardInterrupt):
        return 130
    except _ReaderLeftError:
        # What is still buffered would be written at exit, and fail aloud.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except UnicodeEncodeError as error:
        where = quoted(error.object[max(error.start - _AROUND, 0) :])
        return _fail(f"{where} holds bytes that are no text. Rename it, or write it in UTF-8.")
    except OSError as error:
        return _fail(f"{error.filename or 'a file'}: {error.strerror or error}.")
    return result if isinstance(result, int) else 0


def _usage(error: click.UsageError) -> str:
    message = " ".join(error.format_message().split())
    where = error.ctx.command_path if error.ctx else "harken"
    return f"{message}{'' if message.endswith(('.', '?')) else '.'} See `{where} --help`."


def _fail(message: str, *, code: int = 1) -> int:
    from harken.report import visible

    click.echo(f"error: {visible(' '.join(message.splitlines()))}", err=True)
    return code
