"""`codebook add`, `change`, `rename`, `move` and the like: changes of the codebook, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from harken.cli.codebook_wording import editorial_option, given_wording, why_option, wording_options
from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened

if TYPE_CHECKING:
    from harken.services.codebooks.changing import Changed
    from harken.services.codebooks.desk import CodebookDesk


@click.command()
@click.argument("path")
@wording_options
@click.option("--before", default="", metavar="CODE", help="Put it before this one. Default: last.")
@why_option
@acting
@click.pass_obj
def add(context: Context, /, path: str, before: str, why: str, **given: Any) -> None:
    """Make a code (family.key, or family.code.key below another code) or, without a dot, a family."""
    wording = given_wording(given)
    _do(context, lambda desk: desk.add(path, before=before, why=why, **wording))


@click.command()
@click.argument("address")
@wording_options
@click.option("--add-example", multiple=True, metavar="TEXT", help="One more example; may be repeated.")
@click.option("--add-keyword", multiple=True, metavar="TEXT", help="One more keyword; may be repeated.")
@editorial_option
@why_option
@acting
@click.pass_obj
def change(
    context: Context,
    /,
    address: str,
    add_example: tuple[str, ...],
    add_keyword: tuple[str, ...],
    editorial: bool,
    why: str,
    **given: Any,
) -> None:
    """Say something of a code or family anew; what is not named stays.

    --example, --keyword and --question replace the whole list; an empty text empties what it is given for.
    """
    wording = given_wording(given)
    if not (wording or add_example or add_keyword):
        raise click.UsageError("Nothing to change was given: name a field, as in --definition TEXT.")

    def changed(desk: CodebookDesk) -> Changed:
        more = desk.longer_lists(address, examples=add_example, keywords=add_keyword, given=wording)
        return desk.change(address, why=why, editorial=editorial, **{**wording, **more})

    _do(context, changed)


@click.command()
@click.argument("address")
@click.argument("key")
@why_option
@acting
@click.pass_obj
def rename(context: Context, address: str, key: str, why: str) -> None:
    """Give a code or family another key; codings stay with it, what stands below it goes along."""
    from harken.report import visible

    done = _do(context, lambda desk: desk.rename(address, key, why=why))
    if done.note:
        click.echo(visible(done.note), err=True)


@click.command()
@click.argument("address")
@click.option("--under", default="", metavar="PLACE", help="A family or code. Default: where it stands.")
@click.option("--before", default="", metavar="SIBLING", help="Before this one. Default: last.")
@why_option
@acting
@click.pass_obj
def move(context: Context, address: str, under: str, before: str, why: str) -> None:
    """Put a code, with all below it, elsewhere, or a family before another one."""
    if not (under or before):
        raise click.UsageError("Say where to: --under PLACE, --before SIBLING, or both.")
    _do(context, lambda desk: desk.move(address, under=under, before=before, why=why))


@click.command()
@click.argument("code")
@click.argument("into")
@click.option("--with-examples", is_flag=True, help="Give its examples to the other code.")
@click.option("--with-keywords", is_flag=True, help="Give its keywords to the other code.")
@click.option("--dry-run", is_flag=True, help="Show what would happen; change nothing.")
@why_option
@acting
@click.pass_obj
def merge(
    context: Context,
    code: str,
    into: str,
    with_examples: bool,
    with_keywords: bool,
    dry_run: bool,
    why: str,
) -> None:
    """Let CODE go into INTO, with all its codings and drafts; what stands below it goes under INTO.

    An answer that had both has one. What coders decided stays on record: undo gives every coding back.
    """
    from harken.report import visible

    done = None
    with opened(context) as project:
        preview = project.codebook.preview_merge(code, into)
        if not dry_run:
            done = project.codebook.merge(
                code, into, with_examples=with_examples, with_keywords=with_keywords, why=why
            )
    if done is not None:
        click.echo(f"{visible(done.said)} {preview.said}")
        return
    click.echo(f"{visible(preview.source)} -> {visible(preview.target)}: {preview.said}")
    for name, words in (("examples", preview.examples), ("keywords", preview.keywords)):
        if words:
            click.echo(f"  {name} that would come with --with-{name}: {visible('; '.join(words))}")
    click.echo("Nothing was changed (--dry-run).", err=True)


@click.command()
@click.argument("address")
@why_option
@acting
@click.pass_obj
def remove(context: Context, address: str, why: str) -> None:
    """Take away an empty family, or a code that nobody applied. Applied ones are retired or merged."""
    _do(context, lambda desk: desk.remove(address, why=why))


@click.command()
@click.argument("code")
@why_option
@acting
@click.pass_obj
def retire(context: Context, code: str, why: str) -> None:
    """Offer a code for no new decision; its codings stay, in tables and exports too."""
    _do(context, lambda desk: desk.retire(code, why=why))


@click.command()
@click.argument("code")
@why_option
@acting
@click.pass_obj
def restore(context: Context, code: str, why: str) -> None:
    """Offer a retired code again."""
    _do(context, lambda desk: desk.restore(code, why=why))


@click.command()
@acting
@click.pass_obj
def undo(context: Context) -> None:
    """Take back your last change of the codebook that stands; repeat it for the one before.

    Refused where a later change builds on it, which is then named. An import is not taken back.
    """
    _do(context, lambda desk: desk.undo())


@click.command()
@acting
@click.pass_obj
def redo(context: Context) -> None:
    """Bring back what you undid last, if you changed nothing since."""
    _do(context, lambda desk: desk.redo())


@click.command()
@click.argument("code", default="")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def history(context: Context, code: str, destination: Destination) -> None:
    """Show who changed what, when and why, with the wording before and after: of all, or of one CODE."""
    from harken.cli.render import emit
    from harken.services.codebooks.history import history_report

    with opened(context) as project:
        found = project.codebook.history(code)
    emit(found, history_report(found), destination)


CHANGES = (add, change, rename, move, merge, remove, retire, restore, undo, redo, history)


def _do(context: Context, verb: Callable[[CodebookDesk], Changed]) -> Changed:
    from harken.report import visible

    with opened(context) as project:
        done = verb(project.codebook)
    click.echo(visible(done.said))
    return done
