"""`agreement thresholds`: what verdicts are held against."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.numbers import decimal_number
from harken.cli.options import Command, Context, acting, opened


def thresholds_options(command: Command) -> Command:
    """`--tentative`, `--reliable` and `--expected-positives`."""
    for option in (
        click.option(
            "--expected-positives",
            type=decimal_number(like="10"),
            metavar="N",
            help="No verdict below so many expected positive responses. Default: the project's, else 10.",
        ),
        click.option(
            "--reliable",
            type=decimal_number(like="0.8"),
            metavar="A",
            help="Lower limit of alpha from which a code is reliable. Default: the project's, else .800.",
        ),
        click.option(
            "--tentative",
            type=decimal_number(like="0.667"),
            metavar="A",
            help="Lower limit of alpha from which a code is tentative. Default: the project's, else .667.",
        ),
    ):
        command = option(command)
    return command


@click.command("thresholds")
@thresholds_options
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def agreement_thresholds(
    context: Context,
    tentative: float | None,
    reliable: float | None,
    expected_positives: float | None,
    destination: Destination,
) -> None:
    """Show what the verdicts of this project are held against, or set it.

    Setting them is an event of the journal, so a reader can see whether it came before the figures.
    """
    from harken.cli.render import emit
    from harken.services.agreeing.thresholds import read_thresholds, set_thresholds, thresholds_report

    with opened(context) as project:
        if (tentative, reliable, expected_positives) == (None, None, None):
            found = read_thresholds(project.store)
        else:
            found = set_thresholds(
                project.store,
                actor=project.actor,
                tentative=tentative,
                reliable=reliable,
                expected_positives=expected_positives,
            )
    emit(found, thresholds_report(found), destination)
