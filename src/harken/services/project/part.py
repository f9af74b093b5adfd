"""What every part of the Python API works on."""

from __future__ import annotations

from os import PathLike

from harken.storage.store import Store

File = str | PathLike[str]


class ProjectPart:
    """The verbs of one topic. A verb imports its service when it is called: opening a project stays quick."""

    def __init__(self, store: Store, *, actor: str) -> None:
        self.store = store
        self.actor = actor
