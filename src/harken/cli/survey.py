"""`import`, `flow`, `participants`: the survey and its people."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from harken.cli.destination import Destination, reporting
from harken.cli.noting import noting_release
from harken.cli.options import Command, CommandGroup, Context, acting, opened, pairs, suppressing
from harken.cli.scope import by_groups
from harken.errors import HarkenError, many
from harken.model import TextList, TextRule

if TYPE_CHECKING:
    from harken.services.importing import ImportSummary, SurveyFile

_FEW = 5


def _many(name: str, *, metavar: str, help: str) -> Callable[[Command], Command]:
    return click.option(name, multiple=True, metavar=metavar, help=f"{help} May be repeated.")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--layout", type=click.Choice(["wide", "long"]), help="wide: a row a participant. long: a row a response."
)
@click.option("--sheet", metavar="S", help="The sheet of a workbook. Default: the first that holds anything.")
@click.option("--encoding", metavar="E", help="Encoding of a text file that is not UTF-8, such as cp1252.")
@click.option("--id", "id", metavar="COL", help="The column of participants' ids.")
@_many("--question", metavar="COL", help="An open question (long: the column that names it).")
@click.option("--response", metavar="COL", help="Long: the column of the texts.")
@click.option("--occasion", metavar="COL", help="The wave, event or item a response belongs to.")
@_many("--closed", metavar="COL", help="A closed item.")
@_many("--group", metavar="COL", help="A column by which people are compared.")
@_many("--attribute", metavar="COL", help="Any other column to keep.")
@_many("--require", metavar="COL", help="Exclude participants with non-response here.")
@_many("--asked", metavar="QUESTION=COL", help="The column that says who was asked a question.")
@_many("--non-response", metavar="[QUESTION=]TEXT", help="A text that means non-response.")
@_many("--no-content", metavar="[QUESTION=]TEXT", help="A text without content, as in “n/a”.")
@_many("--none-stated", metavar="[QUESTION=]TEXT", help="A text that says there is none.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@acting
@click.pass_obj
def import_(
    context: Context,
    file: Path,
    layout: str | None,
    sheet: str | None,
    encoding: str | None,
    id: str | None,
    question: tuple[str, ...],
    response: str | None,
    occasion: str | None,
    closed: tuple[str, ...],
    group: tuple[str, ...],
    attribute: tuple[str, ...],
    require: tuple[str, ...],
    asked: tuple[str, ...],
    non_response: tuple[str, ...],
    no_content: tuple[str, ...],
    none_stated: tuple[str, ...],
    dry_run: bool,
) -> None:
    """Take in a survey: CSV, TSV, XLSX or ODS, a row a participant or a row a response.

    Without options the columns are guessed, the guess is shown, and in a terminal you are asked.
    Importing again adds new rows by id; what is there stays as it is, and differences are listed.
    """
    from harken.cli.progress import progress_bar
    from harken.importers.layout import ImportOptions, Layout
    from harken.services import importing

    options = ImportOptions(
        layout=Layout(layout) if layout else None,
        sheet=sheet,
        encoding=encoding,
        id=id,
        questions=question,
        response=response,
        occasion=occasion,
        closed=closed,
        groups=group,
        attributes=attribute,
        required=require,
        asked=pairs(asked, option="--asked", form="QUESTION=COLUMN"),
    )
    with opened(context) as project:
        with progress_bar() as progress:
            survey_file = importing.open_survey_file(file, options, progress=progress)
        _show_guess(survey_file)
        is_guess = options == ImportOptions(sheet=sheet, encoding=encoding)
        asks = is_guess and not dry_run and sys.stdin.isatty()
        if asks and not click.confirm("Take it in this way?", default=True, err=True):
            raise HarkenError(
                f"{file} was not taken in. Say what its columns are with --id, --question, --group …"
            )
        rules = importing.rules_of_lists(
            {
                TextList.NON_RESPONSE: non_response,
                TextList.NO_CONTENT: no_content,
                TextList.NONE_STATED: none_stated,
            },
            questions=importing.question_names(project.store, survey_file),
        )
        _show_doubtful(rules)
        with progress_bar() as progress:
            summary = importing.import_survey(
                project.store,
                survey_file,
                actor=project.actor,
                rules=rules,
                is_trial=dry_run,
                progress=progress,
            )
    _show_summary(summary)


def _show_guess(file: SurveyFile) -> None:
    """Say on stderr what each column is taken for, and why."""
    from harken.report import visible

    width = max((len(visible(guess.column)) for guess in file.layout.columns), default=0)
    width = min(width, 32)
    for note in file.layout.notes:
        click.echo(visible(note), err=True)
    for guess in file.layout.columns:
        name = visible(guess.column)
        name = name if len(name) <= width else name[: width - 1] + "…"
        click.echo(f"  {name:<{width}}  {guess.role.value:<10} {visible(guess.why)}", err=True)


def _show_doubtful(rules: Iterable[TextRule]) -> None:
    """Say where a text may have been meant for one question, but no question is called so."""
    from harken.report import visible

    for rule in rules:
        question, separator, _ = rule.text.partition("=")
        if separator and question and not rule.question:
            click.echo(
                visible(
                    f"note: no question is called {question!r}; the text {rule.text!r} counts everywhere."
                ),
                err=True,
            )


def _show_summary(summary: ImportSummary) -> None:
    from harken.report import visible

    for note in summary.notes:
        click.echo(visible(note), err=True)
    added = summary.added
    would = "would take in" if summary.is_trial else "took in"
    silent = summary.n_non_response
    of_them = f", {silent:,} of them blank or listed as non-response" if silent else ""
    click.echo(
        f"{visible(summary.file)}: {would} {many(added.n_participants_new, 'participant')} and "
        f"{many(added.n_responses_new, 'response')} to {many(len(summary.questions), 'open question')}"
        f"{of_them}."
    )
    if added.n_participants_known or added.n_responses_known:
        click.echo(
            f"Known already: {many(added.n_participants_known, 'participant')}, "
            f"{many(added.n_responses_known, 'response')}."
        )
    if summary.n_excluded:
        click.echo(
            f"Excluded for item non-response: {many(summary.n_excluded, 'participant')} "
            "(`harken participants include` takes one back)."
        )
    _warn(
        [", ".join(part for part in key if part) for key in added.changed_texts],
        "another text in this file; the text first taken in is kept",
    )
    _warn(added.changed_attributes, "other attributes in this file; those first taken in are kept")
    _warn(added.withdrawn, "withdrew; nothing of theirs was taken in")
    if summary.is_trial:
        click.echo("Nothing was changed (--dry-run).", err=True)


def _warn(names: list[str], what: str) -> None:
    from harken.report import visible

    if names:
        more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
        shown = "; ".join(visible(name) for name in names[:_FEW])
        click.echo(f"warning: {shown}{more}: {what}.", err=True)


@click.command()
@by_groups
@suppressing
@reporting("table", "json", "csv", "md", figures=True)
@acting
@click.pass_obj
def flow(
    context: Context,
    by: str | None,
    suppress: int,
    destination: Destination,
) -> None:
    """Show how many people were returned, excluded with which reason, usable, and coded."""
    from harken.cli.render import emit
    from harken.services.flowing import flow_report

    with opened(context) as project:
        result = project.flow(by=by, suppress=suppress)
        noting_release(project, result, destination, suppress=suppress, command="flow")
        report = flow_report(result, title=project.title)
    emit(result, report, destination)


@click.group(cls=CommandGroup)
@acting
def participants() -> None:
    """Withdraw participants for good, or include excluded ones again."""


@participants.command()
@click.argument("id")
@click.option("--yes", is_flag=True, help="Do not ask.")
@acting
@click.pass_obj
def withdraw(context: Context, id: str, yes: bool) -> None:
    """Erase a participant's texts, memos and attributes for good.

    The id stays as a tombstone so that nothing of the person comes back. What still holds the person
    beyond this file is listed.
    """
    from harken.report import visible
    from harken.services.withdrawing import withdraw_participant
    from harken.storage.survey import participant_named

    with opened(context) as project:
        participant_named(project.store, id)
        if not yes:
            if not sys.stdin.isatty():
                raise HarkenError(f"Withdrawing {id!r} cannot be undone; say --yes to do it.")
            if not click.confirm(f"Erase {visible(id)} for good?", default=False, err=True):
                raise HarkenError(f"Nothing of participant {id!r} was erased.")
        report = withdraw_participant(project.store, id, actor=project.actor)
    click.echo(f"Erased {many(report.n_texts, 'text')} of participant {visible(id)}. What still holds them:")
    for place in report.still_held:
        click.echo(f"- {visible(place)}")


@participants.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@acting
@click.pass_obj
def include(context: Context, ids: tuple[str, ...]) -> None:
    """Take excluded participants back in."""
    from harken.report import visible
    from harken.services.withdrawing import include_participants

    with opened(context) as project:
        lifted = include_participants(project.store, ids, actor=project.actor)
    names = ", ".join(map(visible, lifted))
    click.echo(f"Included again: {names}." if lifted else "None of them was excluded.")
