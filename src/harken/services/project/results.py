"""Verbs that give a study's results, and the check of its file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from harken.services.project.part import ProjectPart

if TYPE_CHECKING:
    from harken.services.agreeing import Agreement
    from harken.services.agreeing.planning import AgreementPlan
    from harken.services.prespecifying import Prespecification
    from harken.services.tabulating import ThemeTable


class ResultVerbs(ProjectPart):
    """What `harken agreement`, `agreement plan`, `themes` and `doctor` do."""

    def agreement(
        self,
        *,
        rounds: Sequence[str] = (),
        coders: Sequence[str] = (),
        questions: Sequence[str] = (),
        codes: Sequence[str] = (),
        by: str | None = None,
        pool: bool = False,
        distinct: bool = False,
        intra: bool = False,
        apart: Sequence[str] = (),
        level: float = 0.95,
        method: str = "bootstrap",
        replicates: int = 2000,
        seed: int = 1,
        minimum: float | None = None,
        tentative: float | None = None,
        reliable: float | None = None,
        expected_positives: float | None = None,
        with_excluded: bool = False,
        progress: Callable[[str, float], None] | None = None,
    ) -> Agreement:
        """Agreement where two coders decided: per code, exclusive family, whole set and pair of coders.

        `codes` limits codes and families; sets stay whole. `pool` makes one unit of a response in all rounds
        and codebook versions, `distinct` one of answers with the same text; `intra` compares coders with
        themselves. `apart`: versions, discussion, suggestions or periods, each part of which is a slice.
        `method`: bootstrap, bca, analytic or jackknife. `minimum` is the alpha below which reliability would
        not do. `tentative`, `reliable` and `expected_positives` take the place of the project's limits of
        verdicts.
        """
        from harken.services.agreeing import Yardstick, measure_agreement
        from harken.services.agreeing.thresholds import read_thresholds
        from harken.services.agreeing.yardstick import checked_bands, make_uncertainty

        how = make_uncertainty(method=method, replicates=replicates, seed=seed, level=level, minimum=minimum)
        thresholds = read_thresholds(self.store)
        bands = checked_bands(
            thresholds.bands,
            tentative=tentative,
            reliable=reliable,
            expected_positives=expected_positives,
        )
        result = measure_agreement(
            self.store,
            rounds=rounds,
            coders=coders,
            questions=questions,
            codes=codes,
            by=by,
            yardstick=Yardstick(uncertainty=how, bands=bands, study=thresholds.study),
            pool=pool,
            distinct=distinct,
            intra=intra,
            apart=apart,
            with_excluded=with_excluded,
            viewer=self.actor,
            progress=progress,
        )
        if by is not None:  # how often each code is in each group stands beside how well coders agree there
            self._note_themes_seen("agreement", by=by, questions=questions)
        return result

    def plan_agreement(
        self,
        *,
        targets: Sequence[float] = (),
        p: float = 0.05,
        width: float | None = None,
        assumed_alpha: float = 0.8,
        level: float = 0.95,
        prevalences: Mapping[str, float] | None = None,
        supposed: Sequence[float] = (),
        double_coded: Sequence[int] = (),
        questions: Sequence[str] = (),
        rounds: Sequence[str] = (),
    ) -> AgreementPlan:
        """Double-coded answers that each code takes to show agreement, and what samples of them could show.

        `targets` for alpha default to .667 and .8; `width` is of an interval at `assumed_alpha`.
        `prevalences`, by code, take the place of what was decided; `supposed` ones stand beside the codes.
        """
        from harken.services.agreeing.planning import plan_agreement
        from harken.stats.planning import DEFAULT_TARGETS, Aim

        aim = Aim(
            targets=tuple(targets) or DEFAULT_TARGETS,
            p=p,
            width=width,
            assumed_alpha=assumed_alpha,
            level=level,
        )
        return plan_agreement(
            self.store,
            prevalences=prevalences,
            supposed=supposed,
            aim=aim,
            double_coded=double_coded,
            questions=questions,
            rounds=rounds,
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
        difference: str = "miettinen-nurminen",
        decimals: int = 1,
        where: Sequence[tuple[str, str]] = (),
        weights: str | None = None,
        with_excluded: bool = False,
        suppress: int = 0,
        progress: Callable[[str, float], None] | None = None,
    ) -> ThemeTable:
        """How many people mentioned each theme, of how many, by the groups of a column.

        `basis`: default, majority, any, all or coder:NAME. `base`: coded, eligible or substantive.
        `interval`: wilson or clopper-pearson; `difference`: miettinen-nurminen or newcombe. `where` keeps the
        people with one of the values given for each column; `weights` names a column of survey weights.
        `suppress` hides counts of fewer people, and what would give them away; 0 hides nothing. The look
        is noted in the project, unless its file is read-only.
        """
        from harken.services.tabulating import Base, tabulate
        from harken.stats.differences import DifferenceMethod
        from harken.stats.proportions import IntervalMethod

        result = tabulate(
            self.store,
            questions=questions,
            by=by,
            basis=basis,
            base=Base(base),
            level=level,
            interval=IntervalMethod(interval),
            difference=DifferenceMethod(difference),
            decimals=decimals,
            where=where,
            weights=weights,
            with_excluded=with_excluded,
            progress=progress,
        )
        if suppress:
            from harken.services.protecting import protect

            result = protect(result, threshold=suppress, progress=progress)
        self._note_themes_seen("themes", by=by, where=where, questions=result.questions)
        return result

    def prespecify_themes(self, *codes: str, by: str | None = None, undo: bool = False) -> Prespecification:
        """Declare codes or families as hypotheses, to be compared by a column (default: any).

        Tables print the p-values of what was declared before the first table by group; `undo` takes a
        declaration back.
        """
        from harken.services.prespecifying import prespecify_themes

        return prespecify_themes(self.store, codes, actor=self.actor, by=by, undo=undo)

    def prespecification(self) -> Prespecification:
        """What was declared, when and by whom, and whether that was in time."""
        from harken.services.prespecifying import read_prespecification

        return read_prespecification(self.store)

    def doctor(self, *, repair: bool = False) -> tuple[str, ...]:
        """What is wrong with the file, a sentence each; empty for a sound one.

        With `repair` everything that follows from the journal is made anew first.
        """
        from harken.services.checking import check_project, repair_project

        if repair:
            repair_project(self.store)
        return check_project(self.store)
