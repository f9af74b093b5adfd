"""The project and what is asked of it, for all chapters of a report."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from harken.model import Approach, Codebook
from harken.services.blindness import Sight, sight_of
from harken.services.flowing import Flow, flow
from harken.services.protecting import protect, protect_flow
from harken.services.reporting.options import ReportOptions
from harken.services.tabulating import Base, ThemeTable, tabulate
from harken.storage import codebooks, study
from harken.storage.store import Store

Progress = Callable[[str, float], None]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Whose report it is, of what, for whom, and who waits for it."""

    store: Store
    options: ReportOptions
    actor: str
    progress: Progress | None = None

    @cached_property
    def approach(self) -> str:
        return study.settings(self.store).get("approach", Approach.CONTENT.value)

    @cached_property
    def sight(self) -> Sight:
        """What the reader may see of single answers."""
        return sight_of(self.store, self.actor)

    @cached_property
    def codebook(self) -> Codebook:
        return codebooks.stored_codebook(self.store).codebook

    @cached_property
    def theme_table(self) -> ThemeTable | None:
        """Theme tables as they are printed, where the report has any."""
        options = self.options
        if not options.shows_counts(self.approach):
            return None
        table = tabulate(
            self.store,
            questions=options.questions,
            by=options.by,
            basis=options.basis,
            base=Base(options.base),
            level=options.level,
            with_excluded=options.with_excluded,
            progress=lambda _, share: self.tell("themes", 0.05 * share),
        )
        return table if options.threshold is None else protect(table, threshold=options.threshold)

    @cached_property
    def people(self) -> Flow:
        """The flow of people as it is printed."""
        people = flow(self.store, by=self.options.by)
        threshold = self.options.threshold
        return people if threshold is None else protect_flow(people, threshold=threshold)

    @property
    def may_see_answers(self) -> bool:
        """Whether answers by code and group tell the reader nothing that a round of theirs hides."""
        return not self.sight.is_blind and not (self.sight.hides_group and self.options.by is not None)

    def tell(self, stage: str, share: float) -> None:
        if self.progress is not None:
            self.progress(stage, share)

    @contextmanager
    def waiting(self, stage: str, start: float, end: float) -> Iterator[Progress]:
        """A part that tells of its own progress, between these shares of the whole."""
        self.tell(stage, start)
        yield lambda _, share: self.tell(stage, start + share * (end - start))
