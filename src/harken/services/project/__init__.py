"""The Python API: a project, opened or made, with the command line's verbs as methods."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Self

from harken.model import Approach, Sampling
from harken.services import studies
from harken.services.project.answers import AnswerVerbs
from harken.services.project.codes import CodeVerbs
from harken.services.project.disagreements import DisagreementVerbs
from harken.services.project.looks import LookVerbs
from harken.services.project.memos import MemoVerbs
from harken.services.project.pages import PageVerbs
from harken.services.project.part import File
from harken.services.project.quotes import QuoteVerbs
from harken.services.project.releases import ReleaseVerbs
from harken.services.project.results import ResultVerbs
from harken.services.project.survey import SurveyVerbs
from harken.services.project.team import TeamVerbs
from harken.storage import study
from harken.storage.store import Store


class Project(
    SurveyVerbs,
    CodeVerbs,
    AnswerVerbs,
    MemoVerbs,
    TeamVerbs,
    QuoteVerbs,
    ResultVerbs,
    DisagreementVerbs,
    LookVerbs,
    PageVerbs,
    ReleaseVerbs,
):
    """An open project and who is acting in it. Use it as a context manager, or `close` it.

    Results are frozen dataclasses; those with rows have `to_records()`, a list of flat dictionaries that
    `pandas.DataFrame` takes as it is. A `HarkenError` says in one line what is wrong and leaves everything
    as it was.
    """

    @classmethod
    def open(cls, path: File, *, actor: str | None = None) -> Self:
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
        path: File,
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

    @property
    def coders(self) -> tuple[str, ...]:
        """Names of the coders in the order in which they were added, the lead first."""
        return study.coders(self.store)

    def add_coders(self, *names: str) -> tuple[str, ...]:
        """Add coders by name; returns those who were not there yet."""
        return studies.add_coders(self.store, names, actor=self.actor)
