"""`quotes`: what to quote for each theme, its wording for print, and the clearance to publish it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, Context, acting, opened, refuse_dropped_options, suppressing
from harken.cli.scope import by_basis, only_where, over_questions

if TYPE_CHECKING:
    from harken.services.project import Project

_OCCASION = click.option(
    "--occasion", default="", metavar="O", help="Of the answer, where it was given several times."
)
_DATA = ("csv", "xlsx")
"""Formats for other programs: a row a quote, with the theme in a column."""


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option(
    "--code", "codes", multiple=True, metavar="C", help="Only this code with all below it, or family."
)
@over_questions
@click.option("--by", metavar="COL", help="A column whose groups take turns and stand in the labels.")
@only_where
@by_basis
@click.option(
    "--per-theme",
    type=click.IntRange(1),
    default=3,
    show_default=True,
    metavar="K",
    help="Quotes of each theme; a third of them, and of two at least one, are divergent.",
)
@click.option(
    "--consent",
    metavar="COL",
    help="The column that says who agreed to be quoted (COL=VALUE: this value alone). It is remembered; "
    "'' forgets it.",
)
@click.option("--cleared", "only_cleared", is_flag=True, help="Only what was cleared for publication.")
@partial(suppressing, help="Name no group where a count of fewer than T people could be told.")
@click.option(
    "--ids", "with_ids", is_flag=True, help="Participants beside their labels; not for publication."
)
@reporting("table", "json", "csv", "md")
@acting
@click.pass_context
def quotes(
    context: click.Context,
    codes: tuple[str, ...],
    questions: tuple[str, ...],
    by: str | None,
    where: tuple[tuple[str, str], ...],
    basis: str,
    per_theme: int,
    consent: str | None,
    only_cleared: bool,
    suppress: int,
    with_ids: bool,
    destination: Destination,
) -> None:
    """Choose typical and divergent quotes for each theme, by a rule that is printed with them.

    Nobody is quoted twice. People stand under labels that say nothing of their ids and stay the same. What is
    marked as identifying is never printed.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.render import emit
    from harken.services.quoting import quotes_report

    with opened(context.obj) as project:
        if consent is not None and project.store.is_read_only:
            click.echo("The column of consent is not remembered: the file is read-only.", err=True)
        result = project.quotes(
            codes=codes,
            questions=questions,
            by=by,
            where=where,
            basis=basis,
            per_theme=per_theme,
            consent=consent,
            only_cleared=only_cleared,
            suppress=suppress or None,
            with_ids=with_ids,
        )
    emit(result, quotes_report(result, as_data=destination.format in _DATA), destination)


@quotes.command("edit")
@click.argument("participant")
@click.argument("question")
@_OCCASION
@click.option("--words", metavar="W", help="The wording: … leaves words out, [brackets] put words in.")
@click.option(
    "--own-words", is_flag=True, help="Take the edit back: the participant's own words stand again."
)
@click.option("--clear", "cleared", is_flag=True, help="Clear this wording for publication as well.")
@acting
@click.pass_obj
def quotes_edit(
    context: Context,
    participant: str,
    question: str,
    occasion: str,
    words: str | None,
    own_words: bool,
    cleared: bool,
) -> None:
    """Word a part of an answer for print; the answer stays as it is.

    Words may be left out with … and put in, or in place of a few, with [brackets]. Any other change is
    refused. An earlier wording of the answer goes.
    """
    from harken.report import visible

    if own_words == bool(words):
        raise click.UsageError("Give the wording with --words, or take an edit back with --own-words.")
    if own_words and cleared:
        raise click.UsageError(
            "--clear is for a wording; `harken quotes clear` clears the participant's own words."
        )
    with opened(context) as project:
        state = project.edit_quote(participant, question, words or "", occasion=occasion, cleared=cleared)
        _tell_of_missing_consent(project, participant)
    what = "In print" if state.is_edited else "Again in the participant's own words"
    click.echo(visible(f"{what}: “{state.words}”{' (cleared)' if state.is_cleared else ''}"))


@quotes.command("clear")
@click.argument("participant")
@click.argument("question")
@_OCCASION
@click.option("--words", default="", metavar="W", help="Only these words, as they stand in the answer.")
@acting
@click.pass_obj
def quotes_clear(context: Context, participant: str, question: str, occasion: str, words: str) -> None:
    """Clear a quote for publication: the edited wording, else what coders marked, else the whole answer."""
    from harken.report import visible

    with opened(context) as project:
        for state in project.clear_quote(participant, question, occasion=occasion, words=words):
            click.echo(visible(f"Cleared: “{state.words}”"))
        _tell_of_missing_consent(project, participant)


def _tell_of_missing_consent(project: Project, participant: str) -> None:
    from harken.report import visible
    from harken.services.quoting import missing_consent

    if told := missing_consent(project.store, participant):
        click.echo(visible(f"warning: {told}"), err=True)


@quotes.command("unclear")
@click.argument("participant")
@click.argument("question")
@_OCCASION
@acting
@click.pass_obj
def quotes_unclear(context: Context, participant: str, question: str, occasion: str) -> None:
    """Take back that anything in an answer is cleared for publication."""
    from harken.report import visible

    with opened(context) as project:
        for state in project.clear_quote(participant, question, occasion=occasion, cleared=False):
            click.echo(visible(f"No longer cleared: “{state.words}”"))
