"""`suggest`: suggested codes as data."""

from __future__ import annotations

import json

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened
from harken.cli.scope import over_questions


@click.command()
@click.option(
    "--top", type=click.IntRange(min=1), default=3, show_default=True, help="Suggestions for each response."
)
@over_questions
@reporting("jsonl")
@acting
@click.pass_obj
def suggest(
    context: Context,
    top: int,
    questions: tuple[str, ...],
    destination: Destination,
) -> None:
    """Suggest codes for every answered response, a JSON line each, with reasons and their places.

    Suggestions are proposals: nothing is coded by them.
    """
    from harken.cli.render import write_output
    from harken.services.suggesting import suggest_codes

    with opened(context) as project:
        found = suggest_codes(project.store, questions=questions, top=top)
        lines = (json.dumps(one.as_json(), ensure_ascii=False, allow_nan=False) for one in found)
        if destination.output is None:
            for line in lines:
                click.echo(line)
        else:
            data = "".join(f"{line}\n" for line in lines).encode()
            write_output(data, output=destination.output, force=destination.force)
