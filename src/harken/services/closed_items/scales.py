"""The order of a closed item's answers and its nets: given, remembered, or read off the data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harken.errors import HarkenError, listed
from harken.storage import study
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """Several answers counted as one, such as “agree or strongly agree”."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """What is known of an item's answers beside who gave them."""

    order: tuple[str, ...] = ()
    nets: tuple[Net, ...] = ()


def parse_net(given: str) -> Net:
    """A net as it is written: LABEL=VALUE|VALUE."""
    label, separator, values = given.partition("=")
    found = tuple(dict.fromkeys(value.strip() for value in values.split("|") if value.strip()))
    if not (separator and label.strip() and found):
        raise HarkenError(f"A net is written LABEL=VALUE|VALUE, as in agree=4|5; got {given!r}.")
    return Net(label=label.strip(), values=found)


def read_scales(store: Store) -> dict[str, Scale]:
    """Orders and nets that the project remembers, by item."""
    found = {}
    for name, body in study.settings(store).items():
        if name.startswith(_PREFIX):
            data = json.loads(body)
            found[name.removeprefix(_PREFIX)] = Scale(
                order=tuple(data["order"]),
                nets=tuple(Net(label=label, values=tuple(values)) for label, values in data["nets"]),
            )
    return found


def remember_scales(store: Store, scales: Mapping[str, Scale], *, actor: str) -> tuple[str, ...]:
    """Keep these orders and nets for every later look; returns the items where something changed."""
    known = read_scales(store)
    changed = {item: scale for item, scale in scales.items() if known.get(item, Scale()) != scale}
    if changed:
        with store.action(actor) as action:
            action.append(
                "settings.changed", {_PREFIX + item: _body(scale) for item, scale in changed.items()}
            )
    return tuple(changed)


def settle_scales(
    values: Mapping[str, Sequence[str]],
    remembered: Mapping[str, Scale],
    *,
    order: Sequence[str],
    nets: Iterable[Net],
) -> dict[str, Scale]:
    """For each item, by the values that it has, its order and nets: what is given now, else remembered.

    What is given holds for every item that has one of the values. Raises for a value that no item has and
    that looks like a slip of the pen, and for an order or net of which no item has any value.
    """
    given = [(f"the order {listed(order)}", tuple(order))] if order else []
    wanted = tuple(nets)
    labels = [net.label for net in wanted]
    for label in labels:
        if labels.count(label) > 1:
            raise HarkenError(f"Two nets are called {label!r}; give each its own name.")
    given += [(f"the net {net.label!r}", net.values) for net in wanted]
    everything = list(dict.fromkeys(value for known in values.values() for value in known))
    for what, named in given:
        _check(what, named, everything, items=tuple(values))
    settled = {}
    for item, known in values.items():
        before = remembered.get(item, Scale())
        applies = set(order) & set(known)
        own = tuple(net for net in wanted if set(net.values) & set(known))
        kept = tuple(net for net in before.nets if net.label not in {one.label for one in own})
        settled[item] = Scale(order=tuple(order) if applies else before.order, nets=(*kept, *own))
    return settled


def in_order(known: Sequence[str], order: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """Values in their order, and whether it is that of numbers: the given order first, then the others.

    The others go by number where all of them are numbers or begin with one, as 18-34 and <18 do; else as
    they come up in the data.
    """
    named = tuple(dict.fromkeys(order))
    others = [value for value in known if value not in set(named)]
    places: Sequence[tuple[float, int]] | None = None
    if (numbers := numbers_of(others)) is not None:
        places = [(number, 0) for number in numbers]
    elif all(beginnings := [_BAND.match(value) for value in others]):
        places = [_place_of_band(found) for found in beginnings if found]
    if places is not None:
        others = [value for _, value in sorted(zip(places, others, strict=True))]
    return (*named, *others), places is not None and bool(others)


def _place_of_band(beginning: re.Match[str]) -> tuple[float, int]:
    """Where a band such as <18, 18-34 or >80 stands by its number."""
    sign, thousands, number = beginning.groups()
    value = float(thousands.replace(",", "") if thousands else number.replace(",", "."))
    return value, {"<": -2, "≤": -1, "": 0, "≥": 1, ">": 2}[sign]


_BAND = re.compile(r"\s*([<≤≥>]?)\s*(?:(\d{1,3}(?:,\d{3})+)|(\d+(?:[.,]\d+)?))")
"""A number at the beginning, with what may stand before it."""


def numbers_of(values: Iterable[str]) -> list[float] | None:
    """The values as numbers, None where any is none; a decimal comma counts as a point."""
    numbers = []
    for value in values:
        try:
            number = float(value.replace(",", "."))
        except ValueError:
            return None
        if number != number or number in (float("inf"), float("-inf")):
            return None
        numbers.append(number)
    return numbers


_PREFIX = "closed item: "


def _body(scale: Scale) -> str:
    data = {"order": list(scale.order), "nets": [[net.label, list(net.values)] for net in scale.nets]}
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _check(what: str, named: Sequence[str], everything: Sequence[str], *, items: Sequence[str]) -> None:
    for value in named:
        alike = [one for one in everything if one.casefold() == value.casefold()]
        if alike and value not in everything:
            raise HarkenError(
                f"No value {value!r} of {what} in {listed(items)}. Did you mean {alike[0]!r}? Capitals count."
            )
    if not set(named) & set(everything):
        raise HarkenError(
            f"Nobody chose any value of {what} in {listed(items)}. Values there: {listed(everything)}."
        )
