"""`themes prespecify`: declaring themes before anybody sees them by group."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened
from harken.errors import many


@click.command("prespecify")
@click.argument("code", nargs=-1)
@click.option("--by", metavar="COL", help="The column they will be compared by. Default: any.")
@click.option("--undo", is_flag=True, help="Take the declaration back.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def themes_prespecify(
    context: Context, code: tuple[str, ...], by: str | None, undo: bool, destination: Destination
) -> None:
    """Declare the codes or families CODE… as hypotheses, before the first table of themes by group.

    Their p-values are printed; those of all other themes are exploratory. Without CODE: list what is
    declared, and whether that was in time.
    """
    from harken.cli.render import emit
    from harken.report import visible
    from harken.services.prespecifying import prespecification_report

    if not code and (by is not None or undo):
        raise click.UsageError(f"{'--undo' if undo else '--by'} needs a CODE to hold for.")
    if undo and by is not None:
        raise click.UsageError("--undo takes a declaration back whatever column it is for. Leave --by out.")
    with opened(context) as project:
        if not code:
            result = project.prespecification()
        else:
            before = {theme.code for theme in project.prespecification().themes}
            result = project.prespecify_themes(*code, by=by, undo=undo)
            after = {theme.code for theme in result.themes}
            changed = before - after if undo else after - before
            what = "taken back" if undo else "declared"
            click.echo(visible(f"{many(len(changed), 'theme')} {what}."), err=True)
            if not undo and any(not theme.in_time for theme in result.themes if theme.code in changed):
                click.echo(
                    "Themes were looked at by group before: this comes too late for such tables, which go on "
                    "calling them exploratory.",
                    err=True,
                )
    emit(result, prespecification_report(result), destination)
