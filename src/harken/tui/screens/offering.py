"""The list of commands in two forms: the help, and the palette that finds one by its name."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from textual.binding import Binding
from textual.events import Paste

from harken.tui.keys.names import shown_key

if TYPE_CHECKING:
    from textual.screen import Screen

    from harken.tui.widgets.choices import Choice

    _Base = Screen[Any]
else:
    _Base = object


_SHARED = ("room.", "app.")
"""How the ids begin of commands that many screens have."""


class Command(NamedTuple):
    """A command that can be given now."""

    action: str
    name: str
    key: str
    """As a person reads it; of a menu's entry the key of the menu before it."""
    about: str
    group: str


class OffersCommands(_Base):
    """The part of a screen that shows its commands. Only what works at the moment is offered."""

    HELP_GROUP = "Here"
    """Title of the screen's own commands in the help."""

    keymap: Mapping[str, str] = {}
    """Keys that the user gave to bindings, by id."""

    def menus(self) -> Sequence[tuple[str, str, Sequence[Binding]]]:
        """Menus of this screen: title, action that opens it, entries."""
        return ()

    def keys_of_help(self) -> Sequence[tuple[str, str]]:
        """Keys that are no commands but stand in the help before them."""
        return ()

    def working(self) -> Callable[[str], bool]:
        """Which actions would do something at this moment; keys of the others say why they do not."""
        return lambda action: True

    def offered_ids(self) -> frozenset[str]:
        """Ids of the menus' entries that work now."""
        return frozenset(binding.id or "" for _, _, entries in self._working_menus() for binding in entries)

    def _working_menus(self) -> Iterator[tuple[str, str, Sequence[Binding]]]:
        works = self.working()
        for title, opener, entries in self.menus():
            yield (
                title,
                opener,
                [one for one in entries if self.check_action(one.action, ()) and works(one.action)],
            )

    def commands(self) -> list[Command]:
        """Every command that works now, with the keys that the keymap gives."""
        display, works = self.app.get_key_display, self.working()
        keys: dict[str, list[str]] = {}
        bindings: dict[str, Binding] = {}
        for active in self.active_bindings.values():
            binding = active.binding
            if active.enabled and not binding.system and works(binding.action):
                keys.setdefault(binding.action, []).append(display(binding))
                bindings.setdefault(binding.action, binding)
        own_first = sorted(bindings.values(), key=lambda binding: (binding.id or "").startswith(_SHARED))
        found = [
            _command(binding, " ".join(dict.fromkeys(keys[binding.action])), self.HELP_GROUP)
            for binding in own_first
        ]
        for title, opener, entries in self._working_menus():
            for binding in entries:
                own = self.keymap.get(binding.id or "", binding.key).split(",")
                opened_by = keys.get(opener, [""])[0]
                found.append(_command(binding, f"{opened_by} {' '.join(map(shown_key, own))}", title))
        return found

    def refuse(self, text: str) -> None:
        """Say why something was not done."""
        raise NotImplementedError

    def on_paste(self, event: Paste) -> None:
        event.stop()
        self.refuse("Pasting does nothing here: it goes into boxes that take text.")

    def action_open_palette(self) -> None:
        from harken.tui.screens.boxes.picker import Picker

        self.app.push_screen(Picker(title="Commands", search=self._find_commands), self._run_later)

    def _run_later(self, action: object) -> None:
        # After the dialog is gone: the action may open another one.
        if action:
            self.call_later(self.run_action, str(action))

    def _find_commands(self, text: str) -> Sequence[Choice]:
        from harken.tui.widgets.choices import Choice

        wanted = text.strip().casefold()
        found = [one for one in self.commands() if wanted in f"{one.name} {one.about}".casefold()]
        # Those whose name has the text come before those that only speak of it.
        found.sort(key=lambda one: wanted not in one.name.casefold())
        return [
            Choice(value=one.action, text=f"{one.name[:1].upper()}{one.name[1:]}", note=one.key)
            for one in found
        ]

    def action_show_help(self) -> None:
        from harken.tui.screens.boxes.reading import ReadingDialog, help_text

        groups: dict[str, list[tuple[str, str]]] = {self.HELP_GROUP: list(self.keys_of_help())}
        for one in self.commands():
            if not self.is_summed_up(one):
                groups.setdefault(one.group, []).append((one.key, one.about))
        self.app.push_screen(ReadingDialog(title="Keys", content=help_text(list(groups.items()))))

    def is_summed_up(self, command: Command) -> bool:
        """Whether `keys_of_help` speaks of this command already."""
        del command
        return False


def _command(binding: Binding, key: str, group: str) -> Command:
    return Command(
        action=binding.action, name=binding.description, key=key, about=binding.tooltip, group=group
    )
