"""`agreement disagreements`: the answers that coders decided differently, to be worked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened
from harken.cli.rooms import has_terminal, run_room
from harken.cli.scope import over_questions

if TYPE_CHECKING:
    from harken.services.browsing import AnswerFilter, Reader
    from harken.services.project import Project

SORTS = ("answer", "code", "confusion")
_PAGE = 110
"""Cells of a line in a file or a pipe: answers are long."""


@click.command("disagreements")
@click.option(
    "--round",
    "rounds",
    multiple=True,
    metavar="R",
    help="Only this round; may be repeated. Default: reliability rounds, else main.",
)
@click.option(
    "--coder",
    "coders",
    multiple=True,
    metavar="A",
    help="One: compared with everybody else. Repeated: those named with each other.",
)
@over_questions
@click.option(
    "--code", "codes", multiple=True, metavar="C", help="Only where they part on this code; may be repeated."
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    help="One list; below each code's definition; or below those of two confused codes.  [default: answer]",
)
@reporting("table", "json", "jsonl", "csv", "md")
@acting
@click.pass_obj
def agreement_disagreements(
    context: Context,
    rounds: tuple[str, ...],
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    codes: tuple[str, ...],
    sort: str | None,
    destination: Destination,
) -> int:
    """Answers that coders decided differently: who applied what, the codes they part on and confuse.

    In a terminal, without --sort and a format, it opens the screen of answers with them. While you have
    answers left in a blind round, disagreements on them are left out and counted.
    """
    with opened(context) as project:
        if sort is None and not destination.is_named and has_terminal():
            found = _filtered(project, rounds=rounds, coders=coders, questions=questions, codes=codes)
            # Who is blind sees their own work alone there; the list leaves out answer by answer.
            if not found[1].is_blind:
                from harken.tui import openings

                return run_room(openings.answers(project.store, found[1], filter=found[0]))
        _print(project, destination, sort, rounds=rounds, coders=coders, questions=questions, codes=codes)
    return 0


def _print(
    project: Project,
    destination: Destination,
    sort: str | None,
    *,
    rounds: tuple[str, ...],
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    codes: tuple[str, ...],
) -> None:
    from harken.cli.render import emit, write_output
    from harken.services.agreeing.disagreements.report import disagreements_report
    from harken.services.agreeing.disagreements.result import DisagreementSort
    from harken.services.codebooks import current_codebook

    result = project.disagreements(rounds=rounds, coders=coders, questions=questions, codes=codes)
    if destination.format == "jsonl":
        from harken.exporters.structured import dumps

        lines = "".join(dumps(line, indent=None) for line in result.as_lines())
        write_output(lines.encode(), output=destination.output, force=destination.force)
        return
    report = disagreements_report(
        result, current_codebook(project.store), sort=DisagreementSort(sort or "answer")
    )
    emit(result, report, destination, page=_PAGE)


def _filtered(
    project: Project,
    *,
    rounds: tuple[str, ...],
    coders: tuple[str, ...],
    questions: tuple[str, ...],
    codes: tuple[str, ...],
) -> tuple[AnswerFilter, Reader]:
    """What the screen of answers is to list, and who looks at it."""
    from harken.services.agreeing.chosen import rounds_compared
    from harken.services.browsing import AnswerFilter, AnswerMark, reader_for

    compared = rounds_compared(project.store, rounds)
    filter = AnswerFilter(
        states=(AnswerMark.DISAGREED,), rounds=compared, coders=coders, questions=questions, codes=codes
    )
    return filter, reader_for(project.store, project.actor, round=compared[0])
