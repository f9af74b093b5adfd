"""`marks`: what coders marked in answers beside codes."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened

_KINDS = ("quote", "identifying", "link")


@click.command()
@click.option(
    "--kind", "kinds", multiple=True, type=click.Choice(_KINDS), help="Only these; may be repeated."
)
@click.option("--coder", "coders", multiple=True, metavar="A", help="Only what this coder marked.")
@click.option("--question", "questions", multiple=True, metavar="Q", help="Only this question.")
@click.option("--participant", "participants", multiple=True, metavar="P", help="Only this participant.")
@click.option("--with-excluded", is_flag=True, help="Marks on answers of excluded people as well.")
@click.option("--show", is_flag=True, help="The hidden words of identifying details, on the screen alone.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def marks(
    context: Context,
    kinds: tuple[str, ...],
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    participants: tuple[str, ...],
    with_excluded: bool,
    show: bool,
    destination: Destination,
) -> None:
    """List quotes, identifying details, and answers that refer to others.

    Quotes stand as outputs print them. Of identifying details place and kind are listed, never the words,
    unless --show puts them on the screen. While a blind round of yours is not done, others' quotes and
    references are left out.
    """
    if show and (destination.format != "table" or destination.output is not None):
        raise click.UsageError("--show is for the screen: leave --format and --output out.")
    from harken.cli.render import emit
    from harken.services.marked import marks_report

    with opened(context) as project:
        found = project.marks(
            kinds=kinds,
            coders=coders,
            questions=questions,
            participants=participants,
            with_excluded=with_excluded,
            show_identifying=show,
        )
        report = marks_report(found, title=project.title)
    emit(found, report, destination)
