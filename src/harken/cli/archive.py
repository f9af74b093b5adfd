"""`archive`: a project packed for a data repository."""

from __future__ import annotations

from pathlib import Path

import click

from harken.cli.options import Context, acting, opened


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--text",
    type=click.Choice(("none", "redacted", "full")),
    default="none",
    show_default=True,
    help="Texts of answers and memos: none, with brackets for identifying words, or as they are.",
)
@click.option(
    "--attribute",
    "attributes",
    multiple=True,
    metavar="COL",
    help="A column of the survey that goes in beside the groups; may be repeated.",
)
@click.option("--pseudonyms", is_flag=True, help="Put other ids in the place of participants' own.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
@click.option("--format", type=click.Choice(("table", "json")), default="table", show_default=True)
@acting
@click.pass_obj
def archive(
    context: Context,
    file: Path,
    text: str,
    attributes: tuple[str, ...],
    pseudonyms: bool,
    force: bool,
    format: str,
) -> None:
    """Pack the project into FILE.zip: codebook, codings, answers, theme tables, dictionary, journal.

    The README in it says what it holds and how to check it without Harken. Nothing is sent anywhere.
    """
    from harken.cli.render import print_report, write_output
    from harken.exporters.structured import dumps
    from harken.services.archiving import archive_report

    with opened(context) as project:
        result = project.archive(
            file, text=text, attributes=attributes, pseudonyms=pseudonyms, is_replacing=force
        )
    if format == "json":
        write_output(dumps(result.as_json()).encode(), output=None, force=False)
    else:
        print_report(archive_report(result))
