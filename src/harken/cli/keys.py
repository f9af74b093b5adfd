"""`keys`: the commands of all screens with their keys, and the file that changes them."""

from __future__ import annotations

import click

from harken.cli.destination import Destination, reporting
from harken.cli.options import Context, acting
from harken.errors import HarkenError, many
from harken.report import visible


@click.command()
@click.option("--check", is_flag=True, help="Name every fault of the keys file; exit 1 if there is any.")
@click.option("--write", is_flag=True, help="Write a keys file of the defaults, all commented out.")
@reporting("table", "json", "md")
@acting
@click.pass_obj
def keys(context: Context, check: bool, write: bool, destination: Destination) -> int:
    """List the commands of every screen with their ids and keys, as your keys file leaves them.

    The file is $HARKEN_KEYS, else keys.yaml in your configuration folder. Needs no project.
    """
    from harken.tui.keys.file import keymap_path
    from harken.tui.keys.keymap import user_keymap
    from harken.tui.keys.listing import list_keys, list_keys_report, written_defaults

    del context
    if check and write:
        raise click.UsageError("--check and --write exclude each other.")
    path = keymap_path()
    if write:
        from harken.cli.render import write_output

        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HarkenError(f"{path.parent} cannot be made: {error.strerror}.") from error
        write_output(
            written_defaults().encode(), output=path, force=destination.force, what="the default keys"
        )
        return 0
    if check:
        return _check()
    from harken.cli.render import emit

    found = list_keys(user_keymap())
    emit(found, list_keys_report(found), destination)
    return 0


def _check() -> int:
    from harken.tui.keys.file import has_no_file, keymap_path
    from harken.tui.keys.keymap import read_keymap

    path = keymap_path()
    if has_no_file():
        click.echo(visible(f"There is no {path}: the default keys hold. `harken keys --write` makes it."))
        return 0
    found, faults = read_keymap(path)
    for fault in faults:
        click.echo(visible(str(fault)))
    if faults:
        raise HarkenError(f"{path} has {many(len(faults), 'fault')}.")
    click.echo(
        visible(
            f"{path} is in order: keyboard {found.keyboard.name}, "
            f"{many(len(found.changed), 'command')} with other keys than the default."
        )
    )
    return 0
