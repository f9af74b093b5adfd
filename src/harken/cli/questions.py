"""`questions` and `alerts`: what coders ask the lead and alert them to."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import CommandGroup, Context, acting, opened, refuse_dropped_options
from harken.cli.rooms import in_round, run_room_in_round
from harken.model import ResponseKey

_PAGE = 80
"""Cells of a line in a file or a pipe: answers are long."""
_OCCASION = click.option(
    "--occasion", default="", metavar="O", help="The answer's occasion, where a question has several."
)


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option("--open/--all", "only_open", default=True, help="Only open questions, or every one.")
@click.option("--mine", is_flag=True, help="Replies to you that you have not taken up yet.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_context
def questions(context: click.Context, only_open: bool, mine: bool, destination: Destination) -> None:
    """List what coders asked the lead when they were unsure.

    A question is an unsure decision or draft with words. It is open until somebody replies to these
    words. In a blind round a coder sees only their own questions; the lead sees all.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    if mine and not only_open:
        raise click.UsageError("--mine lists the replies that wait for you; leave --all out.")
    from harken.cli.render import emit
    from harken.services import asking

    with opened(context.obj) as project:
        if mine:
            found = asking.replies_to(project.store, coder=project.actor)
        else:
            found = project.questions(only_open=only_open)
        is_text = destination.format == "table"
        report = asking.questions_report(found, title=project.title, is_stacked=is_text)
    emit(found, report, destination, page=_PAGE)


@questions.command("reply")
@click.argument("participant")
@click.argument("question")
@click.argument("text", metavar="[TEXT]", default="")
@_OCCASION
@click.option("--coder", default="", metavar="A", help="Whose question, where several asked.")
@click.option("--round", "round", default="", metavar="R", help="Of which round, where it is several.")
@click.option("--rule", metavar="CODE", help="Make it a rule, written into this code's wording.")
@click.option("--rule-text", default="", metavar="T", help="The rule's words. Default: TEXT.")
@click.option(
    "--into",
    type=click.Choice(["definition", "include", "exclude"]),
    default="include",
    show_default=True,
    help="Which wording of the code takes the rule.",
)
@acting
@click.pass_obj
def questions_reply(
    context: Context,
    participant: str,
    question: str,
    text: str,
    occasion: str,
    coder: str,
    round: str,
    rule: str | None,
    rule_text: str,
    into: str,
) -> None:
    """Reply to the question about one answer. The coder sees TEXT there, and in `harken questions --mine`.

    With --rule the reply becomes a part of the code's wording as well, in the same moment.
    """
    from harken.report import visible
    from harken.services import asking

    if rule_text and rule is None:
        raise click.UsageError("--rule-text needs --rule CODE, the code that it is written into.")
    with opened(context) as project:
        key = ResponseKey(participant, question, occasion)
        asked = asking.find_question(project.store, key, viewer=project.actor, coder=coder, round=round)
        given = asking.reply(
            project.store,
            asked,
            actor=project.actor,
            words=text,
            rule=asking.Rule(code=rule, text=rule_text or text, into=asking.Place(into)) if rule else None,
        )
        actor = project.actor
    click.echo(visible(f"Replied to {asked.coder} on {participant}, by {actor}."))
    if given.rule_code:
        click.echo(visible(f"The rule stands in the wording of {given.rule_code} ({into})."))


@questions.command("screen")
@in_round()
@acting
@click.pass_obj
def questions_screen(context: Context, round: str) -> int:
    """Go through questions and alerts on a screen: reply, make rules, close. Press ? there for all keys."""
    return run_room_in_round(context, "questions", round=round)


@click.group(cls=CommandGroup, invoke_without_command=True)
@click.option("--open/--all", "only_open", default=True, help="Only open alerts, or every one.")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_context
def alerts(context: click.Context, only_open: bool, destination: Destination) -> None:
    """List answers on which coders alerted the lead: somebody may be in distress or in danger.

    The lead sees every alert, a coder their own.
    """
    if context.invoked_subcommand is not None:
        refuse_dropped_options(context)
        return
    from harken.cli.render import emit
    from harken.services import asking

    with opened(context.obj) as project:
        found = project.alerts(only_open=only_open)
        report = asking.alerts_report(found, title=project.title)
    emit(found, report, destination)


@alerts.command("raise")
@click.argument("participant")
@click.argument("question")
@click.argument("note", default="", metavar="[NOTE]")
@_OCCASION
@acting
@click.pass_obj
def alerts_raise(context: Context, participant: str, question: str, note: str, occasion: str) -> None:
    """Alert the lead to one answer, with a note if you like."""
    from harken.report import visible

    with opened(context) as project:
        project.raise_alert(participant, question, note=note, occasion=occasion)
        actor = project.actor
    click.echo(visible(f"The lead is alerted to the answer of {participant} to {question}, by {actor}."))


@alerts.command("close")
@click.argument("participant")
@click.argument("question")
@click.argument("done")
@_OCCASION
@click.option("--coder", default="", metavar="A", help="Whose alert, where several raised one.")
@acting
@click.pass_obj
def alerts_close(
    context: Context, participant: str, question: str, done: str, occasion: str, coder: str
) -> None:
    """Close the alert on one answer: DONE says what was done about it. The lead's to do.

    Who raised an alert by mistake takes it back so, too, and says why in DONE.
    """
    from harken.report import visible

    with opened(context) as project:
        alert = project.close_alert(participant, question, done, occasion=occasion, coder=coder)
    click.echo(visible(f"Closed the alert of {alert.coder} on {participant}."))
