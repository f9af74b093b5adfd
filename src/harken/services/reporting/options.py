"""What a report is asked to hold, and how that is said on its pages."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from harken.errors import HarkenError
from harken.model import Approach


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """What a report holds. Everything else follows from the project, so that pages say these alone."""

    questions: tuple[str, ...] = ()
    by: str | None = None
    basis: str = "default"
    base: str = "coded"
    level: float = 0.95
    threshold: int | None = None
    """Counts above 0 and below it are hidden, and what would give them away."""
    with_excluded: bool = False
    is_united: bool = False
    """Also a table of people over all questions, each counted once."""
    n_quotes: int | None = None
    """Quotes of each theme; None is the usual number, 0 none."""
    has_answers: bool = True
    """Whether the page holds the answers behind its figures; never with a threshold."""
    has_agreement: bool = False
    has_counts: bool = False
    """Reflexive studies have agreement and theme tables on request alone."""
    has_memos: bool = False
    has_looks: bool = False
    """Codes on the same people, and when new codes ceased to come up."""
    checklists: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.n_quotes is not None and self.n_quotes < 0:
            raise HarkenError(f"{self.n_quotes} quotes of a theme cannot be shown; 0 shows none.")
        if self.threshold is not None and self.has_memos:
            raise HarkenError(
                "Memos quote answers and name people, which --suppress keeps back; leave one of them out."
            )

    @property
    def shows_answers(self) -> bool:
        return self.has_answers and self.threshold is None

    def shows_agreement(self, approach: str) -> bool:
        """Agreement has counts of answers by code, so that it goes with a threshold on request alone."""
        return self.has_agreement or (approach != Approach.REFLEXIVE and self.threshold is None)

    def shows_counts(self, approach: str) -> bool:
        return self.has_counts or approach != Approach.REFLEXIVE

    @property
    def command(self) -> str:
        """The command with its options but without the folder."""
        return shlex.join(["harken", "report", *self._words()])

    def _words(self) -> Iterator[str]:
        usual = ReportOptions()
        for question in self.questions:
            yield from ("--question", question)
        if self.by is not None:
            yield from ("--by", self.by)
        for name in ("basis", "base"):
            if getattr(self, name) != getattr(usual, name):
                yield from (f"--{name}", getattr(self, name))
        if self.level != usual.level:
            yield from ("--level", f"{self.level:g}")
        if self.threshold is not None:
            yield from ("--suppress", str(self.threshold))
        if self.n_quotes == 0:
            yield "--no-quotes"
        elif self.n_quotes is not None:
            yield from ("--quotes", str(self.n_quotes))
        if not self.has_answers:
            yield "--no-answers"
        flags = {
            "--with-excluded": self.with_excluded,
            "--united": self.is_united,
            "--with-agreement": self.has_agreement,
            "--with-counts": self.has_counts,
            "--memos": self.has_memos,
            "--looks": self.has_looks,
        }
        yield from (name for name, is_set in flags.items() if is_set)
        for name in self.checklists:
            yield from ("--checklist", name)
