"""Reading that takes long, done beside the keys in a thread with a store of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from harken.errors import HarkenError
from harken.storage import driver
from harken.storage.store import Store

Result = TypeVar("Result")


def read_aside(
    store: Store, read: Callable[[Store], Result], deliver: Callable[[Result | HarkenError], object]
) -> None:
    """Read something, and have it, or why it cannot be read, delivered by the thread.

    A project in memory has one connection only: there it is read and delivered at once.
    """
    if str(store.path) == ":memory:":
        _read(store, read, deliver)
        return

    def work() -> None:
        try:
            with Store.open(store.path) as own:
                _read(own, read, deliver)
        except HarkenError as error:
            deliver(error)

    threading.Thread(target=work, name="reading aside", daemon=True).start()


def _read(
    store: Store, read: Callable[[Store], Result], deliver: Callable[[Result | HarkenError], object]
) -> None:
    try:
        found = read(store)
    except HarkenError as error:
        deliver(error)
    except driver.DatabaseError as error:
        deliver(driver.explain(error, store.path))
    else:
        deliver(found)
