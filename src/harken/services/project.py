"""The Python API: a project, opened or made, with the command line's verbs as methods."""

from __future__ import annotations

from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from harken.model import Approach, Sampling
from harken.services import studies
from harken.storage import study
from harken.storage.store import Store


class Project:
    """An open project and who is acting in it. Use it as a context manager, or `close` it."""

    def __init__(self, store: Store, *, actor: str) -> None:
        self.store = store
        self.actor = actor

    @classmethod
    def open(cls, path: str | PathLike[str], *, actor: str | None = None) -> Self:
        """Open a project file as one of its coders (default: the lead).

        Raises `HarkenError` for a file that is no project and for an unknown coder; both stay untouched.
        """
        store = Store.open(Path(path))
        try:
            return cls(store, actor=studies.acting_coder(store, actor))
        except BaseException:
            store.close()
            raise

    @classmethod
    def create(
        cls,
        path: str | PathLike[str],
        *,
        title: str = "",
        lead: str = "",
        approach: Approach = Approach.CONTENT,
        sampling: Sampling = Sampling.CONVENIENCE,
    ) -> Self:
        """Make a new project file and open it as its lead; an existing file is refused."""
        store = studies.create_study(Path(path), title=title, lead=lead, approach=approach, sampling=sampling)
        return cls(store, actor=study.settings(store)["lead"])

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def title(self) -> str:
        return study.settings(self.store)["title"]
