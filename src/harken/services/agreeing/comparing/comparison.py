"""Decisions that are ready to be compared, as a whole and in parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from harken.model import Codebook
from harken.services.agreeing.chosen import Apart, Chosen
from harken.services.agreeing.comparing import slicing
from harken.services.agreeing.comparing.segments import measure_segments, read_segments
from harken.services.agreeing.comparing.slicing import Part
from harken.services.agreeing.comparing.variables import compare_by_codebook
from harken.services.agreeing.figures import Compared, measure_figures
from harken.services.agreeing.measures import Measures
from harken.services.agreeing.rating.choosing import latest_of_each_coder, without_repeated_texts
from harken.services.agreeing.rating.independence import note_suggestions, part_by_discussion
from harken.services.agreeing.rating.meanings import Meanings, read_meanings
from harken.services.agreeing.rating.rated import RatedUnits, rate
from harken.services.agreeing.rating.repeating import rate_repeated
from harken.services.agreeing.rating.rows import DecisionRows
from harken.services.agreeing.result import Figures, Scope, Stability
from harken.services.agreeing.yardstick import Yardstick
from harken.services.grouping import group_participants
from harken.stats.meanings import has_several_meanings
from harken.stats.segments.agreement import SegmentAgreement
from harken.storage.coding.segments import segmented_codes
from harken.storage.store import Store


class Comparison:
    """The units of a measurement: as coders decided them independently (`rated`) and as they stand now."""

    def __init__(
        self,
        store: Store,
        codebook: Codebook,
        *,
        chosen: Chosen,
        rows: DecisionRows,
        yardstick: Yardstick,
        measures: Measures,
    ) -> None:
        self._store = store
        self._codebook = codebook
        self._chosen = chosen
        self._yardstick = yardstick
        self._measures = measures
        rows = note_suggestions(store, rows, rounds=chosen.rounds)
        stability: Stability | None = None
        if chosen.is_intra:
            every, stability = rate_repeated(store, rows, codes=codebook.paths)
            self.rated = self.standing = self._distinct(every)
        else:
            found = part_by_discussion(store, rows, rounds=chosen.rounds)
            rows = found.standing
            self._coders = chosen.coders or rows.present_coders
            every = self._rate(found.independent)
            self.rated = self._distinct(every)
            is_same = found.independent is found.standing
            self.standing = self.rated if is_same else self._distinct(self._rate(found.standing))
        self._versions = read_meanings(store, rows.codebooks, codebook)
        self._meanings: Meanings | None = None if chosen.pools else self._versions
        # Segments are read as they stand, each in its round.
        has_segments = not (chosen.is_intra or chosen.pools) and segmented_codes(store, rounds=chosen.rounds)
        self._segments = read_segments(store, list(self.rated.ratings()), codebook) if has_segments else None
        is_over_time = Apart.PERIODS in chosen.apart and not (chosen.is_intra or chosen.pools)
        rounds_without_times = slicing.rounds_without_times(self.rated) if is_over_time else ()
        self._scope = Scope(
            coders=self.rated.coders,
            questions=chosen.questions,
            rounds=chosen.rounds,
            with_excluded=chosen.with_excluded,
            n_units_rated=0,
            n_units_pairable=0,
            pooled=chosen.pools,
            distinct=chosen.is_distinct,
            n_repeated_texts=len(every.response) - len(self.rated.response),
            codes_named=chosen.codes,
            rounds_without_times=rounds_without_times,
            stability=stability,
        )

    def _rate(self, rows: DecisionRows) -> RatedUnits:
        kept = latest_of_each_coder(rows) if self._chosen.pools else rows
        return rate(kept, coders=self._coders, codes=self._codebook.paths, pools=self._chosen.pools)

    def _distinct(self, rated: RatedUnits) -> RatedUnits:
        return without_repeated_texts(self._store, rated) if self._chosen.is_distinct else rated

    def figures(self, rated: RatedUnits, questions: tuple[str, ...]) -> Figures:
        """Every figure over these units."""
        uncodable = np.asarray(rated.is_uncodable.any(axis=1))
        codable = self._compared(rated.select(~uncodable), questions) if uncodable.any() else None
        return measure_figures(
            self._compared(rated, questions),
            scope=replace(
                self._scope,
                questions=questions,
                n_units_rated=rated.n_rated,
                n_units_pairable=rated.n_pairable,
                n_units_apart=self._count_apart(rated),
                codes_redefined=self._redefined(rated),
                n_revised_after_discussion=int(rated.is_revised.sum()),
                n_units_with_suggestions=int(rated.is_suggested.any(axis=1).sum()),
            ),
            by=self._yardstick,
            codable_only=codable,
            segments=self._measure_segments(rated, questions),
            measures=self._measures,
        )

    def _compared(self, rated: RatedUnits, questions: tuple[str, ...]) -> Compared:
        return compare_by_codebook(
            rated, self._codebook, questions=questions, codes=self._chosen.codes, meanings=self._meanings
        )

    def _count_apart(self, rated: RatedUnits) -> int:
        if self._meanings is None:
            return 0
        return int(has_several_meanings(rated.sets.set_ids, self._meanings.of_sets(rated)).sum())

    def _redefined(self, rated: RatedUnits) -> tuple[str, ...]:
        if self._meanings is None:
            return ()
        asked = self._chosen.codes
        return tuple(path for path in self._meanings.redefined(rated) if not asked or path in asked)

    def _measure_segments(
        self, rated: RatedUnits, questions: tuple[str, ...]
    ) -> tuple[SegmentAgreement, ...]:
        if self._segments is None:
            return ()
        return tuple(
            found
            for found in measure_segments(
                self._segments,
                list(rated.ratings()),
                self._codebook,
                coders=rated.coders,
                questions=questions,
                uncertainty=self._yardstick.uncertainty,
            )
            if not self._chosen.codes or found.code in self._chosen.codes
        )

    def parts(self, by: str | None) -> Iterator[Part]:
        """What is shown beside the whole."""
        chosen, rated = self._chosen, self.rated
        questions = chosen.questions
        yield from slicing.parts_by_question(rated, questions)
        if not (chosen.pools or chosen.is_intra):
            yield from slicing.parts_by_round(rated, chosen.rounds, questions)
        if chosen.is_intra:
            yield from slicing.parts_by_coder(rated, questions)
        if by is not None:
            groups = group_participants(self._store, by)
            kept = groups if chosen.with_excluded else groups.of_usable(self._store)
            yield from slicing.parts_by_group(rated, kept, questions)
        for what in chosen.apart:
            yield from self._parts_apart(what)

    def _parts_apart(self, what: Apart) -> Iterator[Part]:
        rated, questions = self.rated, self._chosen.questions
        match what:
            case Apart.VERSIONS:
                n_versions = len(rated.rows.codebooks)
                numbers = self._versions.of_everything() if self._versions else [0] * n_versions
                yield from slicing.parts_by_version(rated, numbers, questions)
            case Apart.DISCUSSION:
                yield from slicing.parts_by_discussion(rated, self.standing, questions)
            case Apart.SUGGESTIONS:
                yield from slicing.parts_by_suggestions(rated, questions)
            case Apart.PERIODS:
                yield from slicing.parts_by_period(rated, questions)
