"""`agreement`: how far coders agree."""

from __future__ import annotations

from typing import Any

import click

from harken.cli.agreement_disagreements import agreement_disagreements
from harken.cli.agreement_file import NEEDS_PROJECT, CodingsFile, reading_codings
from harken.cli.agreement_plan import agreement_plan
from harken.cli.agreement_thresholds import agreement_thresholds, thresholds_options
from harken.cli.destination import Destination, reporting
from harken.cli.numbers import decimal_number, whole_number
from harken.cli.options import CommandGroup, acting, leveled, opened, refuse_dropped_options
from harken.cli.scope import over_questions


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option(
    "--round",
    "rounds",
    multiple=True,
    metavar="R",
    help="Only this round; may be repeated. Default: reliability rounds, else main.",
)
@click.option("--coder", "coders", multiple=True, metavar="A", help="Only this coder; may be repeated.")
@over_questions
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="C",
    help="Only this code of the project. With --codings: counts even if nobody applied it; others stay. May "
    "be repeated.",
)
@click.option("--by", metavar="COL", help="Show each group of this column as well.")
@leveled
@click.option(
    "--method",
    type=click.Choice(["bootstrap", "bca", "analytic", "jackknife"]),
    default="bootstrap",
    show_default=True,
    help="How intervals are made.",
)
@click.option(
    "--replicates",
    type=whole_number(),
    default=2000,
    show_default=True,
    help="Number of bootstrap replicates.",
)
@click.option(
    "--seed", type=whole_number(least=0), default=1, show_default=True, help="Seed of the bootstrap."
)
@click.option(
    "--minimum",
    type=decimal_number(like="0.667"),
    metavar="X",
    help="Say how probable it is that alpha lies below X. Default: the tentative limit.",
)
@thresholds_options
@click.option(
    "--pool",
    is_flag=True,
    help="A response is one unit in all rounds and codebook versions; each coder's latest decision counts.",
)
@click.option("--distinct", is_flag=True, help="Count answers with the same text once.")
@click.option(
    "--intra", is_flag=True, help="Compare coders with themselves: repeat rounds with what they repeat."
)
@click.option(
    "--apart",
    type=click.Choice(["versions", "discussion", "suggestions", "periods"]),
    multiple=True,
    help="Show each part of this as well; may be repeated.",
)
@click.option("--with-excluded", is_flag=True, help="Keep the answers of excluded people.")
@click.option("--all", "is_full", is_flag=True, help="Show every coefficient, and each question.")
@click.option("--disagreements", is_flag=True, help="List the answers that coders decided differently.")
@reading_codings
@reporting("table", "json", "csv", "md", figures=True)
@acting
@click.pass_context
def agreement(
    context: click.Context,
    /,
    is_full: bool,
    disagreements: bool,
    file: CodingsFile | None,
    destination: Destination,
    **asked: Any,
) -> None:
    """Agreement between coders where two of them decided, per code and on whole sets, with intervals.

    What cannot be computed is called undefined, with the reason; that is a result and no error.
    While you have answers left in a blind round, disagreements on them are left out and counted.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.progress import progress_bar
    from harken.cli.render import emit
    from harken.services.agreeing import agreement_report
    from harken.services.codebooks import current_codebook

    if file is not None:
        from harken.services.agreeing import measure_file_agreement

        result = measure_file_agreement(
            file.path, **file.reading(), **{name: asked[name] for name in asked.keys() - NEEDS_PROJECT}
        )
        codebook, title = None, file.path.name
    else:
        with opened(context.obj) as project:
            with progress_bar() as progress:
                result = project.agreement(**asked, progress=progress)
            codebook, title = current_codebook(project.store), project.title
    page = agreement_report(result, codebook, title=title, is_full=is_full, with_disagreements=disagreements)
    emit(result, page, destination)


agreement.add_command(agreement_disagreements)
agreement.add_command(agreement_plan)
agreement.add_command(agreement_thresholds)
