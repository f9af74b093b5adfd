"""`answers`: read answers, searched and filtered, in a list, by code, as a matrix, or person by person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Command, Context, acting, opened
from harken.cli.rooms import has_terminal, run_room
from harken.errors import HarkenError
from harken.model import MAIN_ROUND

if TYPE_CHECKING:
    from harken.services.browsing import AnswerFilter
    from harken.services.project import Project

LAYOUTS = ("list", "retrieval", "matrix", "person", "code")
STATES = (
    *("undecided", "draft", "decided", "coded", "no_code", "uncodable", "non_response"),
    *("unsure", "disagreed", "excluded", "starred", "unread", "memo", "quote", "identifying", "alert"),
)
SORTS = ("file", "question", "participant", "shortest", "longest", "latest")
_ON_SCREEN = 100
"""Answers that a list prints unless --limit says otherwise; files and data have them all."""


def _many(*options: tuple[str, str, str]) -> Callable[[Command], Command]:
    """Options that may be repeated: name, what stands behind it, and what it says."""

    def decorate(command: Command) -> Command:
        for name, metavar, help in reversed(options):
            command = click.option(name, multiple=True, metavar=metavar, help=help)(command)
        return command

    return decorate


@click.command()
@click.option(
    "--search", default="", metavar="TEXT", help='Words, "a phrase", begin*, near ~5 far, -without.'
)
@_many(
    ("--code", "C", "With this code, or any of those named."),
    ("--without-code", "C", "Without this code."),
    ("--family", "F", "With any code of this family."),
    ("--without-family", "F", "Without any code of this family."),
    ("--coder", "A", "Whose codes, memos and states are meant."),
    ("--round", "R", "In which round."),
    ("--question", "Q", "Only this question."),
    ("--participant", "P", "Only this participant."),
    ("--occasion", "O", "Only this occasion."),
    ("--where", "COLUMN=VALUE", "Only who has this in a group, closed item or attribute."),
)
@click.option("--state", multiple=True, type=click.Choice(STATES), help="What the answer is or has.")
@click.option("--memo", default="", metavar="TEXT", help="Words in a memo on the answer.")
@click.option("--shortest", type=click.IntRange(0), metavar="N", help="Words it has at least.")
@click.option("--longest", type=click.IntRange(0), metavar="N", help="Words it has at most.")
@click.option("--sort", type=click.Choice(SORTS), default="file", show_default=True, help="Order of answers.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N answers, or N under a heading.")
@click.option("--by", metavar="COL", help="A column by which answers with a code are grouped.")
@click.option("--layout", type=click.Choice(LAYOUTS), help="How the answers are laid out.  [default: list]")
@click.option("--redact/--no-redact", default=True, help="Brackets for what tells who somebody is.")
@reporting("table", "json", "jsonl", "csv", "md", "xlsx", "docx")
@acting
@click.pass_obj
def answers(
    context: Context, /, layout: str | None, limit: int | None, destination: Destination, **options: Any
) -> int:
    """Read answers: search and filter them, list them, or gather them by code.

    Options narrow each other down; values of one option are alternatives. `retrieval` gathers answers by
    code and group, `matrix` lays them out by participant and family, `person` shows all of one
    participant, `code` all of one code. In a terminal, without a layout and a format, it opens the screen
    of answers. In a blind round one sees one's own work alone.
    """
    by, is_redacted = options.pop("by"), options.pop("redact")
    is_open = layout is None and by is None and limit is None and not destination.is_named
    layout = layout or ("list" if by is None else "retrieval")
    if by is not None and layout not in ("retrieval", "code"):
        raise click.UsageError(f"--by groups answers by code: it needs --layout retrieval, not {layout}.")
    if limit is not None and layout in ("matrix", "person"):
        raise click.UsageError(f"--limit is for lists and answers by code, not for --layout {layout}.")
    filter = _filter(**options)
    _refuse_format(layout, destination)
    with opened(context) as project:
        if is_open and has_terminal():
            return _screen(project, filter)
        show = {"list": _list, "matrix": _matrix, "person": _person}.get(layout)
        if show is not None:
            show(project, filter, limit, is_redacted, destination)
        else:
            _retrieval(project, filter, limit, is_redacted, destination, by=by, layout=layout)
    return 0


def _screen(project: Project, filter: AnswerFilter) -> int:
    from harken.services.browsing import reader_for
    from harken.tui import openings

    round = filter.rounds[0] if len(filter.rounds) == 1 else MAIN_ROUND
    reader = reader_for(project.store, project.actor, round=round)
    return run_room(openings.answers(project.store, reader, filter=filter))


def _filter(
    search: str,
    code: tuple[str, ...],
    without_code: tuple[str, ...],
    family: tuple[str, ...],
    without_family: tuple[str, ...],
    coder: tuple[str, ...],
    round: tuple[str, ...],
    question: tuple[str, ...],
    participant: tuple[str, ...],
    occasion: tuple[str, ...],
    where: tuple[str, ...],
    state: tuple[str, ...],
    memo: str,
    shortest: int | None,
    longest: int | None,
    sort: str,
) -> AnswerFilter:
    from harken.services.browsing import AnswerFilter, AnswerMark, AnswerSort

    if shortest is not None and longest is not None and shortest > longest:
        raise click.UsageError(f"--shortest {shortest} and --longest {longest} leave no answer between them.")
    return AnswerFilter(
        text=search,
        codes=code,
        without_codes=without_code,
        families=family,
        without_families=without_family,
        coders=coder,
        rounds=round,
        questions=question,
        participants=participant,
        occasions=occasion,
        where=tuple(_value(pair) for pair in where),
        states=tuple(AnswerMark(one) for one in state),
        memo=memo,
        shortest=shortest,
        longest=longest,
        sort=AnswerSort(sort),
    )


def _value(pair: str) -> tuple[str, str]:
    """A column and a value; the first `=` divides, and nothing behind it is the blank value."""
    column, separator, value = pair.partition("=")
    if not (column and separator):
        raise click.UsageError(f"--where {pair!r}: write COLUMN=VALUE.")
    return column, value


def _refuse_format(layout: str, destination: Destination) -> None:
    if destination.format == "jsonl" and layout != "list":
        raise HarkenError(f"--format jsonl is a line an answer, so it is for lists; use json for {layout}.")


def _list(
    project: Project, filter: AnswerFilter, limit: int | None, is_redacted: bool, destination: Destination
) -> None:
    from harken.cli.render import emit, write_output
    from harken.services.browsing.list_report import answers_report

    is_page = destination.format == "table" and destination.output is None
    result = project.answers(
        filter=filter, limit=limit or (_ON_SCREEN if is_page else None), redact=is_redacted
    )
    if destination.format == "jsonl":
        from harken.exporters.structured import dumps

        lines = "".join(dumps(line, indent=None) for line in result.as_lines())
        write_output(lines.encode(), output=destination.output, force=destination.force)
        return
    emit(result, answers_report(result, marks_matches=_marks_matches(destination)), destination)


def _marks_matches(destination: Destination) -> bool:
    """Whether «…» stands around what was searched for: cells of data files hold what was said alone."""
    return destination.format not in ("csv", "xlsx")


def _retrieval(
    project: Project,
    filter: AnswerFilter,
    limit: int | None,
    is_redacted: bool,
    destination: Destination,
    *,
    by: str | None,
    layout: str,
) -> None:
    from harken.cli.render import emit
    from harken.services.browsing.code_reports import retrieval_report

    if layout == "code" and (len(filter.codes) != 1 or filter.families):
        raise click.UsageError("--layout code shows one code: name it with --code.")
    result = project.retrieval(filter=filter, by=by, limit=limit, redact=is_redacted)
    report = retrieval_report(
        result, with_entries=layout == "code", marks_matches=_marks_matches(destination)
    )
    emit(result, report, destination)


def _matrix(
    project: Project, filter: AnswerFilter, limit: int | None, is_redacted: bool, destination: Destination
) -> None:
    from harken.cli.render import emit
    from harken.services.browsing.code_reports import matrix_report

    del limit
    result = project.framework_matrix(filter=filter, redact=is_redacted)
    emit(result, matrix_report(result, marks_matches=_marks_matches(destination)), destination)


def _person(
    project: Project, filter: AnswerFilter, limit: int | None, is_redacted: bool, destination: Destination
) -> None:
    from harken.cli.render import emit
    from harken.services.browsing.list_report import person_report

    del limit
    if len(filter.participants) != 1 or filter.parts != ("participants",):
        raise click.UsageError(
            "--layout person shows all of one participant: name one with --participant and nothing else."
        )
    result = project.person(filter.participants[0], redact=is_redacted)
    emit(result, person_report(result), destination)
