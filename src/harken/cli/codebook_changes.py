"""`codebook add`, `change`, `rename`, `move` and the like: changes of the codebook, one at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from harken.cli.codebook_wording import (
    ON_CODES,
    ON_FAMILIES,
    given_wording,
    refuse_fields,
    why_option,
    wording_options,
)
from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting, opened
from harken.errors import HarkenError

if TYPE_CHECKING:
    from harken.model import Codebook
    from harken.services.codebooks.changing import Changed


@click.command()
@click.argument("path")
@wording_options
@click.option("--before", default="", metavar="CODE", help="Put it before this one. Default: last.")
@why_option
@acting
@click.pass_obj
def add(context: Context, /, path: str, before: str, why: str, **given: Any) -> None:
    """Make a code (family.key, or family.code.key below another code) or, without a dot, a family."""
    from harken.model import Code, Family
    from harken.services.codebooks.codes import add_code
    from harken.services.codebooks.families import add_family

    parent, _, key = path.rpartition(".")
    wording = given_wording(given)
    if not parent:
        refuse_fields(wording, ON_CODES, what=f"{path!r} is a family", instead="name a code: family.key")
        family = Family(key=key, label=wording.pop("label", key), **wording)
        _do(context, lambda store, actor: add_family(store, family, actor=actor, before=before, why=why))
        return
    refuse_fields(wording, ON_FAMILIES, what=f"{path!r} is a code", instead="say so of its family")
    code = Code(key=key, label=wording.pop("label", key), **wording)
    _do(context, lambda store, actor: add_code(store, parent, code, actor=actor, before=before, why=why))


@click.command()
@click.argument("address")
@wording_options
@click.option("--add-example", multiple=True, metavar="TEXT", help="One more example; may be repeated.")
@click.option("--add-keyword", multiple=True, metavar="TEXT", help="One more keyword; may be repeated.")
@why_option
@acting
@click.pass_obj
def change(
    context: Context,
    /,
    address: str,
    add_example: tuple[str, ...],
    add_keyword: tuple[str, ...],
    why: str,
    **given: Any,
) -> None:
    """Say something of a code or family anew; what is not named stays.

    --example, --keyword and --question replace the whole list; an empty text empties what it is given for.
    """
    from harken.services.codebooks import current_codebook
    from harken.services.codebooks.codes import change_code
    from harken.services.codebooks.families import change_family
    from harken.services.codebooks.places import code_at, family_at

    wording = given_wording(given)
    with opened(context) as project:
        store, actor = project.store, project.actor
        codebook = current_codebook(store)
        if not (wording or add_example or add_keyword):
            raise click.UsageError("Nothing to change was given: name a field, as in --definition TEXT.")
        if family_at(codebook, address) is not None:
            more = {**wording, **({"examples": ()} if add_example or add_keyword else {})}
            refuse_fields(more, ON_CODES, what=f"{address!r} is a family", instead="name a code: family.key")
            done = change_family(store, address, actor=actor, wording=wording, why=why)
        else:
            code = code_at(codebook, address).code
            refuse_fields(wording, ON_FAMILIES, what=f"{address!r} is a code", instead="say so of its family")
            for field, more_words in (("examples", add_example), ("keywords", add_keyword)):
                if more_words:
                    there = wording.get(field, getattr(code, field))
                    wording[field] = (*there, *(word for word in more_words if word not in there))
            done = change_code(store, address, actor=actor, wording=wording, why=why)
    _say(done)


@click.command()
@click.argument("address")
@click.argument("key")
@why_option
@acting
@click.pass_obj
def rename(context: Context, address: str, key: str, why: str) -> None:
    """Give a code or family another key; codings stay with it, what stands below it goes along."""
    from harken.services.codebooks.codes import rename_code
    from harken.services.codebooks.families import rename_family

    _on_place(
        context,
        address,
        on_family=lambda store, actor: rename_family(store, address, key, actor=actor, why=why),
        on_code=lambda store, actor: rename_code(store, address, key, actor=actor, why=why),
    )


@click.command()
@click.argument("address")
@click.option("--under", default="", metavar="PLACE", help="A family or code. Default: where it stands.")
@click.option("--before", default="", metavar="SIBLING", help="Before this one. Default: last.")
@why_option
@acting
@click.pass_obj
def move(context: Context, address: str, under: str, before: str, why: str) -> None:
    """Put a code, with all below it, elsewhere, or a family before another one."""
    from harken.services.codebooks.families import move_family
    from harken.services.codebooks.moving import move_code

    if not (under or before):
        raise click.UsageError("Say where to: --under PLACE, --before SIBLING, or both.")

    def on_family(store: Any, actor: str) -> Changed:
        if under:
            raise HarkenError(f"{address!r} is a family and stands below nothing; leave --under out.")
        return move_family(store, address, actor=actor, before=before, why=why)

    _on_place(
        context,
        address,
        on_family=on_family,
        on_code=lambda store, actor: move_code(
            store, address, actor=actor, under=under, before=before, why=why
        ),
    )


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
    from harken.services.browsing import reader_for
    from harken.services.codebooks.merging import merge_codes, preview_merge

    with opened(context) as project:
        reader = reader_for(project.store, project.actor)
        preview = preview_merge(project.store, code, into, reader=reader)
        done = None
        if not dry_run:
            done = merge_codes(
                project.store,
                code,
                into,
                actor=project.actor,
                with_examples=with_examples,
                with_keywords=with_keywords,
                why=why,
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
    from harken.services.codebooks.codes import remove_code
    from harken.services.codebooks.families import remove_family

    _on_place(
        context,
        address,
        on_family=lambda store, actor: remove_family(store, address, actor=actor, why=why),
        on_code=lambda store, actor: remove_code(store, address, actor=actor, why=why),
    )


@click.command()
@click.argument("code")
@why_option
@acting
@click.pass_obj
def retire(context: Context, code: str, why: str) -> None:
    """Offer a code for no new decision; its codings stay, in tables and exports too."""
    from harken.services.codebooks.codes import retire_code

    _do(context, lambda store, actor: retire_code(store, code, actor=actor, why=why))


@click.command()
@click.argument("code")
@why_option
@acting
@click.pass_obj
def restore(context: Context, code: str, why: str) -> None:
    """Offer a retired code again."""
    from harken.services.codebooks.codes import restore_code

    _do(context, lambda store, actor: restore_code(store, code, actor=actor, why=why))


@click.command()
@acting
@click.pass_obj
def undo(context: Context) -> None:
    """Take back your last change of the codebook that stands; repeat it for the one before.

    Refused where a later change builds on it, which is then named. An import is not taken back.
    """
    from harken.services.codebooks.undoing import undo_change

    _do(context, lambda store, actor: undo_change(store, actor=actor))


@click.command()
@acting
@click.pass_obj
def redo(context: Context) -> None:
    """Bring back what you undid last, if you changed nothing since."""
    from harken.services.codebooks.undoing import redo_change

    _do(context, lambda store, actor: redo_change(store, actor=actor))


@click.command()
@click.argument("code", default="")
@reporting("table", "json", "csv", "md")
@acting
@click.pass_obj
def history(context: Context, code: str, destination: Destination) -> None:
    """Show who changed what, when and why, with the wording before and after: of all, or of one CODE."""
    from harken.cli.render import emit
    from harken.services.codebooks.history import codebook_history, history_report

    with opened(context) as project:
        found = codebook_history(project.store, code)
    emit(found, history_report(found), destination)


CHANGES = (add, change, rename, move, merge, remove, retire, restore, undo, redo, history)


_Verb = Callable[[Any, str], "Changed"]


def _do(context: Context, verb: _Verb) -> None:
    with opened(context) as project:
        done = verb(project.store, project.actor)
    _say(done)


def _on_place(context: Context, address: str, *, on_family: _Verb, on_code: _Verb) -> None:
    from harken.services.codebooks import current_codebook
    from harken.services.codebooks.places import family_at

    with opened(context) as project:
        codebook: Codebook = current_codebook(project.store)
        verb = on_code if family_at(codebook, address) is None else on_family
        done = verb(project.store, project.actor)
    _say(done)


def _say(done: Changed) -> None:
    from harken.report import visible

    click.echo(visible(done.said))
