"""`suggest`: suggested codes as data."""

from __future__ import annotations

import json
from pathlib import Path

import click

from harken.cli.options import Context, acting, opened, reporting


@click.command()
@click.option("--top", type=click.IntRange(min=1), default=3, show_default=True, help="Codes a response.")
@click.option("--question", "questions", multiple=True, metavar="Q", help="Only these questions.")
@reporting("jsonl")
@acting
@click.pass_obj
def suggest(
    context: Context,
    top: int,
    questions: tuple[str, ...],
    format: str | None,
    output: Path | None,
    force: bool,
) -> None:
    """Suggest codes for every answered response, a JSON line each, with reasons and their places.

    Suggestions are proposals: nothing is coded by them.
    """
    from harken.cli.render import write_output
    from harken.services.suggesting import suggest_codes

    del format  # one is offered
    with opened(context) as project:
        found = suggest_codes(project.store, questions=questions, top=top)
        lines = (json.dumps(one.as_json(), ensure_ascii=False, allow_nan=False) for one in found)
        if output is None:
            for line in lines:
                click.echo(line)
        else:
            write_output("".join(f"{line}\n" for line in lines).encode(), output=output, force=force)
