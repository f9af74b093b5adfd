"""`analytic-themes`: named readings above the codes."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, Context, acting, opened, refuse_dropped_options
from harken.cli.rooms import in_round, run_room_in_round
from harken.cli.typed_words import typed_words
from harken.errors import many
from harken.model import ResponseKey


@click.group("analytic-themes", cls=CommandGroup, invoke_without_command=True)
@reporting("table", "json", "csv", "md")
@acting
@click.pass_context
def analytic_themes(context: click.Context, destination: Destination) -> None:
    """List the analytic themes: central idea, codes, how many people, quotes, memos.

    An analytic theme is a named reading of the material, as reflexive work makes them; the tables of
    `harken themes` count codes. In a blind round what others quoted is left out.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.render import emit
    from harken.services.analytic_themes import themes_report, themes_table

    with opened(context.obj) as project:
        found = project.analytic_themes()
    report = themes_table(found) if destination.format == "csv" else themes_report(found)
    emit(found, report, destination)


@analytic_themes.command("write")
@click.argument("name")
@click.option("--rename", default="", metavar="NEW", help="Another name for it.")
@click.option("--idea", metavar="TEXT", help="Its central idea; - reads it from standard input.")
@click.option("--code", "codes", multiple=True, metavar="C", help="Put this code under it; may be repeated.")
@click.option(
    "--without-code", "without_codes", multiple=True, metavar="C", help="Take it out; may be repeated."
)
@click.option("--memo", "memos", multiple=True, metavar="ID", help="Put this memo with it; may be repeated.")
@click.option(
    "--without-memo", "without_memos", multiple=True, metavar="ID", help="Take it out; may be repeated."
)
@acting
@click.pass_obj
def write(
    context: Context,
    name: str,
    rename: str,
    idea: str | None,
    codes: tuple[str, ...],
    without_codes: tuple[str, ...],
    memos: tuple[str, ...],
    without_memos: tuple[str, ...],
) -> None:
    """Make the theme NAME, or change it: what an option does not name stays as it is."""
    from harken.report import visible

    with opened(context) as project:
        theme = project.write_analytic_theme(
            name,
            rename=rename,
            idea=None if idea is None else typed_words(idea),
            codes=codes,
            without_codes=without_codes,
            memos=memos,
            without_memos=without_memos,
        )
    click.echo(visible(f"{theme.name}: {many(len(theme.codes), 'code')}, {many(len(theme.memos), 'memo')}."))


@analytic_themes.command()
@click.argument("name")
@click.argument("participant")
@click.argument("question")
@click.option("--words", default="", metavar="TEXT", help="Only these words of the answer, exactly.")
@click.option("--occasion", default="", metavar="O", help="Of the answer, where it was given several times.")
@acting
@click.pass_obj
def quote(context: Context, name: str, participant: str, question: str, words: str, occasion: str) -> None:
    """Let the theme NAME quote an answer; the same again takes the quote out."""
    from harken.report import visible
    from harken.services.analytic_themes import quote_of, theme_named, toggle_quote

    with opened(context) as project:
        theme = theme_named(project.store, name)
        place = quote_of(project.store, ResponseKey(participant, question, occasion), words)
        said = toggle_quote(project.store, theme.id, place, actor=project.actor)
    click.echo(visible(said))


@analytic_themes.command()
@click.argument("name")
@acting
@click.pass_obj
def remove(context: Context, name: str) -> None:
    """Take the theme NAME away; its codes, quotes and memos stay. Its author and the lead may."""
    from harken.report import visible

    with opened(context) as project:
        said = project.remove_analytic_theme(name)
    click.echo(visible(said))


@analytic_themes.command("screen")
@in_round("; a blind one hides others' quotes")
@acting
@click.pass_obj
def screen(context: Context, round: str) -> int:
    """Open the analytic themes on a screen: make, name, think, gather. Press ? there for all keys."""
    return run_room_in_round(context, "analytic-themes", round=round)
