"""`memos`: list them, write one, change it, take it away, see what it said before."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, Context, acting, opened, refuse_dropped_options
from harken.cli.rooms import in_round, run_room_in_round
from harken.cli.typed_words import typed_words

_ABOUT = ("project", "question", "code", "participant", "answer", "decision")


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option("--about", multiple=True, type=click.Choice(_ABOUT), help="Memos on such things alone.")
@click.option("--author", multiple=True, metavar="NAME", help="Memos of this coder; may be repeated.")
@click.option("--code", multiple=True, metavar="C", help="Memos on this code; may be repeated.")
@click.option(
    "--question",
    multiple=True,
    metavar="Q",
    help="Memos on this question or an answer to it; may be repeated.",
)
@click.option(
    "--participant",
    multiple=True,
    metavar="P",
    help="Memos on this person or their answers; may be repeated.",
)
@click.option("--search", default="", metavar="TEXT", help="Memos that hold all of these words.")
@click.option("--since", default="", metavar="DATE", help="Written or changed on this day or later (UTC).")
@reporting("table", "json", "jsonl", "csv", "md")
@acting
@click.pass_context
def memos(
    context: click.Context,
    about: tuple[str, ...],
    author: tuple[str, ...],
    code: tuple[str, ...],
    question: tuple[str, ...],
    participant: tuple[str, ...],
    search: str,
    since: str,
    destination: Destination,
) -> None:
    """List memos and the diary, the newest first; memos on decisions are among them.

    While you have a blind round to finish, others' memos on people, answers and decisions are left out.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.render import emit, write_output
    from harken.services.memos import memo_report, memo_table

    with opened(context.obj) as project:
        found = project.memos(
            about=about,
            authors=author,
            codes=code,
            questions=question,
            participants=participant,
            search=search,
            since=since,
        )
        title = project.title
    if destination.format == "jsonl":
        from harken.exporters.structured import dumps

        lines = "".join(dumps(record, indent=None) for record in found.to_records())
        write_output(lines.encode(), output=destination.output, force=destination.force)
        return
    is_data = destination.format in ("csv", "xlsx")
    report = (
        memo_table(found, title=title)
        if is_data
        else memo_report(found, title=title, with_ids=destination.format == "table")
    )
    emit(found, report, destination)


@memos.command("add")
@click.argument("text")
@click.option("--code", default="", metavar="C", help="On this code.")
@click.option(
    "--question", default="", metavar="Q", help="On this question, or with --answer on that answer to it."
)
@click.option("--participant", default="", metavar="P", help="On this person.")
@click.option("--answer", default="", metavar="P", help="On this person's answer to --question.")
@click.option("--occasion", default="", metavar="O", help="Of the answer, where it was given several times.")
@acting
@click.pass_obj
def memos_add(
    context: Context,
    text: str,
    code: str,
    question: str,
    participant: str,
    answer: str,
    occasion: str,
) -> None:
    """Write a memo; - reads TEXT from standard input. Without an option it is an entry of the diary."""
    from harken.report import visible
    from harken.services.memos import SHORT_ID, label_of

    with opened(context) as project:
        memo = project.add_memo(
            typed_words(text),
            code=code,
            question=question,
            participant=participant,
            answer=answer,
            occasion=occasion,
        )
    click.echo(visible(f"Memo {memo.id[:SHORT_ID]} on {label_of(memo.subject)}, by {memo.author}."))


@memos.command("change")
@click.argument("id")
@click.argument("text")
@acting
@click.pass_obj
def memos_change(context: Context, id: str, text: str) -> None:
    """Give a memo another wording; - reads TEXT from standard input. Its author and the lead may."""
    from harken.services.memos import SHORT_ID

    with opened(context) as project:
        memo = project.change_memo(id, typed_words(text))
    click.echo(f"Memo {memo.id[:SHORT_ID]} is changed; `harken memos history` shows what it said before.")


@memos.command("remove")
@click.argument("id")
@acting
@click.pass_obj
def memos_remove(context: Context, id: str) -> None:
    """Take a memo away; what it said stays in the journal. Its author and the lead may."""
    from harken.report import visible
    from harken.services.memos import SHORT_ID, label_of

    with opened(context) as project:
        memo = project.remove_memo(id)
    click.echo(visible(f"Memo {memo.id[:SHORT_ID]} on {label_of(memo.subject)} is removed."))


@memos.command("history")
@click.argument("id")
@acting
@click.pass_obj
def memos_history(context: Context, id: str) -> None:
    """Show every wording of a memo, with who wrote it and when."""
    from harken.cli.render import print_report
    from harken.services.memos import find_memo, history_report, memo_history

    with opened(context) as project:
        memo = find_memo(project.store, id, actor=project.actor)
        print_report(history_report(memo, memo_history(project.store, memo.id)))


@memos.command("screen")
@in_round("; a blind one hides others' memos")
@acting
@click.pass_obj
def memos_screen(context: Context, round: str) -> int:
    """Open the memos on a screen: search, read, write, change. Press ? there for all keys."""
    return run_room_in_round(context, "memos", round=round)
