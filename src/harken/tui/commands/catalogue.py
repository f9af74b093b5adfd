"""All commands of all screens, found by walking the modules beside this one."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterable, Mapping
from functools import cache

from textual.binding import Binding

SCREENS: Mapping[str, str] = {
    "code": "coding",
    "menu": "coding, menu",
    "select": "coding, words selected",
    "words": "coding, menu of the selected words",
    "visit": "coding one answer of a list",
    "answers": "answers",
    "page": "a person's or a code's answers",
    "read": "reading room",
    "codebook": "codebook",
    "memos": "memos",
    "analytic": "analytic themes",
    "questions": "questions",
    "meeting": "meeting",
    "room": "every screen but coding",
    "app": "everywhere",
}
"""The first part of a command's id, and what the list of commands calls that place."""
EVERYWHERE = "app"
IN_EVERY_ROOM = "room"
_MENUS = frozenset({"menu", "words"})
"""Nothing else works while one of these is open."""
_NO_ROOMS = frozenset({"code", "select", "visit", *_MENUS})


@cache
def all_commands() -> Mapping[str, Binding]:
    """Every binding that has an id, by it, in the order of the modules' names and of their lists."""
    package = importlib.import_module("harken.tui.commands")
    found: dict[str, Binding] = {}
    for module in pkgutil.iter_modules(package.__path__):
        names = vars(importlib.import_module(f"{package.__name__}.{module.name}"))
        for value in list(names.values()):
            for binding in value if isinstance(value, list) else [value]:
                if isinstance(binding, Binding) and binding.id:
                    found.setdefault(binding.id, binding)
    return dict(sorted(found.items(), key=lambda one: _place_order(one[0])))


def _place_order(id: str) -> tuple[int, str]:
    place = place_of(id)
    return (list(SCREENS).index(place), "") if place in SCREENS else (len(SCREENS), place)


def place_of(id: str) -> str:
    """The first part of an id: where the command works."""
    return id.partition(".")[0]


def screen_name(id: str) -> str:
    place = place_of(id)
    return SCREENS.get(place, place)


def work_together(ids: Iterable[str]) -> dict[str, list[str]]:
    """By place, the ids of all commands that work there."""
    every = list(ids)
    groups = {}
    for place in dict.fromkeys(map(place_of, every)):
        shared = {place} if place in _MENUS else {place, EVERYWHERE}
        if place not in _NO_ROOMS:
            shared.add(IN_EVERY_ROOM)
        groups[place] = [id for id in every if place_of(id) in shared]
    return groups
