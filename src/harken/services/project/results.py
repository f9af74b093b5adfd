"""Verbs that give a study's results, and the check of its file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.agreeing import Agreement
    from harken.services.tabulating import ThemeTable


class ResultVerbs(ProjectPart):
    """What `harken agreement`, `themes` and `doctor` do."""

    def agreement(
        self,
        *,
        rounds: Sequence[str] = (),
        coders: Sequence[str] = (),
        questions: Sequence[str] = (),
        by: str | None = None,
        level: float = 0.95,
        replicates: int = 2000,
        seed: int = 1,
        with_excluded: bool = False,
    ) -> Agreement:
        """Agreement where two coders decided: per code, exclusive family, whole set and pair of coders."""
        from harken.services.agreeing import Yardstick, measure_agreement
        from harken.stats.uncertainty import Uncertainty

        return measure_agreement(
            self.store,
            rounds=rounds,
            coders=coders,
            questions=questions,
            by=by,
            yardstick=Yardstick(uncertainty=Uncertainty(replicates=replicates, seed=seed, level=level)),
            with_excluded=with_excluded,
            viewer=self.actor,
        )

    def themes(
        self,
        *,
        questions: Sequence[str] = (),
        by: str | None = None,
        basis: str = "default",
        base: str = "coded",
        level: float = 0.95,
        interval: str = "wilson",
        decimals: int = 1,
        with_excluded: bool = False,
    ) -> ThemeTable:
        """How many people mentioned each theme, of how many, by the groups of a column.

        `basis`: default, majority, any, all or coder:NAME. `base`: coded, eligible or substantive.
        `interval`: wilson or clopper-pearson. The look is noted in the project, unless its file is read-only.
        """
        from harken.services.tabulating import Base, tabulate
        from harken.stats.proportions import IntervalMethod

        result = tabulate(
            self.store,
            questions=questions,
            by=by,
            basis=basis,
            base=Base(base),
            level=level,
            interval=IntervalMethod(interval),
            decimals=decimals,
            with_excluded=with_excluded,
        )
        self.store.note_look(
            actor=self.actor, kind="themes", payload={"by": by, "questions": list(result.questions)}
        )
        return result

    def doctor(self, *, repair: bool = False) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty for a sound one.

        With `repair` everything that follows from the journal is made anew first.
        """
        from harken.services.checking import check_project, repair_project

        if repair:
            repair_project(self.store)
        return check_project(self.store)
