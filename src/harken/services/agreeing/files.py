"""Agreement from a file of codings, without a project."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from os import PathLike
from typing import cast

from harken.importers.rating_files import RatedUnit, RatingLayout, read_ratings
from harken.model import ResponseKey
from harken.services.agreeing.disagreeing import UNCODABLE
from harken.services.agreeing.figures import Compared, measure_figures
from harken.services.agreeing.file_decisions import Decided, decisions_in
from harken.services.agreeing.file_variable import FileVariable, make_variable
from harken.services.agreeing.result import Agreement, Disagreed, Figures, Scope, Slice, SliceKind
from harken.services.agreeing.yardstick import Yardstick
from harken.stats.ratings import (
    SetRatings,
    code_ratings,
    collect_set_ratings,
    family_ratings,
    units_in_disagreement,
)
from harken.stats.scaled_alpha import Scale
from harken.stats.uncertainty import Uncertainty, UncertaintyMethod

FAMILY = "codings"
"""What the codes of a file are called where they are read as one variable."""
_Decision = tuple[RatedUnit, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReading:
    """How the codes of a file are read: as sets, or as one variable with one value a coder and unit."""

    codes: tuple[str, ...] = ()
    """Declared codes or categories, in their order."""
    coders: tuple[str, ...] = ()
    """Only these, in this order; empty means all."""
    is_exclusive: bool = False
    scale: Scale | None = None

    @property
    def is_single(self) -> bool:
        return self.is_exclusive or self.scale is not None


def measure_file_agreement(
    path: str | PathLike[str],
    *,
    layout: str | None = None,
    codes: Sequence[str] = (),
    coders: Sequence[str] = (),
    exclusive: bool = False,
    scale: str | None = None,
    rounds: Sequence[str] = (),
    questions: Sequence[str] = (),
    pool: bool = False,
    sheet: str | None = None,
    encoding: str | None = None,
    level: float = 0.95,
    method: str = "bootstrap",
    replicates: int = 2000,
    seed: int = 1,
    minimum: float | None = None,
) -> Agreement:
    r"""Agreement between the coders of a file, as `harken agreement --codings` measures it.

    Parameters
    ----------
    path
        CSV, TSV, XLSX, XLS or ODS.
    layout
        `long` (a row a code, in columns `coder`, `code`, and `unit` or `participant`, `question` and
        `occasion`) or `wide` (a row a unit, a column a coder). By default long where there are columns
        `coder` and `code`.
    codes
        Codes or categories that count even if nobody applied them, in their order.
    coders
        Only these, in this order, whether or not they decided anything. By default all.
    exclusive
        Read the codes as one nominal variable, with at most one code for each coder and unit.
    scale
        `ordinal` or `interval`: read the codes as one variable whose values have an order or are numbers.
    rounds, questions
        Only these; the file needs the column.
    pool
        A unit is the same in all rounds, and of each coder's decisions on it the latest counts.
    sheet, encoding
        Of the file, where it does not say.
    level, method, replicates, seed
        How intervals are made: at which level, by `bootstrap`, `bca`, `analytic` or `jackknife`.
    minimum
        The alpha below which reliability would not do; by default the lower of the customary limits.

    Returns
    -------
    Agreement
        Per code and on whole sets, or as the one family `codings`; with the pairs of coders, and slices by
        round and question where there are several.

    Raises
    ------
    HarkenError
        Where the file cannot be read, has columns that nobody knows, or lines that contradict each other.

    Notes
    -----
    Codes are exact texts; dots in them make no hierarchy. A coder has decided a unit where the file says so:
    a blank code says that no code applies (in a wide file `(none)` does; there a blank cell is missing).
    Degenerate data is no error: figures are undefined, and say why.

    References
    ----------
    The definitions are those of the functions in `harken.stats`.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import mkdtemp
    >>> path = Path(mkdtemp(), "codings.csv")
    >>> _ = path.write_text("unit,ann,bob\n1,yes,yes\n2,yes,no\n3,no,no\n4,no,no\n")
    >>> found = measure_file_agreement(path, exclusive=True)
    >>> round(found.whole.families["codings"].krippendorff_alpha.value, 3)
    0.533
    """
    reading = FileReading(
        codes=tuple(codes),
        coders=tuple(dict.fromkeys(coders)),
        is_exclusive=exclusive,
        scale=None if scale is None else Scale(scale),
    )
    yardstick = Yardstick(
        uncertainty=Uncertainty(
            method=UncertaintyMethod(method),
            replicates=replicates,
            seed=seed,
            level=level,
            minimum=minimum,
        )
    )
    file = read_ratings(
        os.fspath(path),
        layout=None if layout is None else RatingLayout(layout),
        coders=reading.coders,
        one_code_a_cell=reading.is_single,
        sheet=sheet,
        encoding=encoding,
    )
    decided = decisions_in(
        file,
        rounds=rounds,
        questions=questions,
        coders=reading.coders,
        is_single=reading.is_single,
        pool=pool,
    )
    coders = reading.coders or tuple(dict.fromkeys((*file.coders, *sorted({coder for _, coder in decided}))))
    variable = (
        make_variable(file, decided, declared=reading.codes, scale=reading.scale)
        if reading.is_single
        else None
    )
    decisions = list(_decisions(decided, variable))

    def figures(chosen: Sequence[_Decision], rounds: tuple[str, ...], questions: tuple[str, ...]) -> Figures:
        compared = _compare(chosen, coders, reading, variable)
        n_ratings = Counter(unit for unit, _, _ in chosen)
        scope = Scope(
            coders=coders,
            questions=questions,
            rounds=rounds,
            with_excluded=False,
            n_units_rated=len(n_ratings),
            n_units_pairable=sum(n >= 2 for n in n_ratings.values()),
            pooled=pool,
        )
        return measure_figures(compared, scope=scope, by=yardstick)

    in_rounds = _met((unit.round for unit, _ in decided), rounds) if file.has_rounds else ()
    asked = _met((unit.question for unit, _ in decided), questions) if file.has_questions else ()
    slices = [
        Slice(
            kind=SliceKind.ROUND,
            by=SliceKind.ROUND,
            value=value,
            figures=figures([one for one in decisions if one[0].round == value], (value,), asked),
        )
        for value in (in_rounds if len(in_rounds) > 1 and not pool else ())
    ]
    slices += [
        Slice(
            kind=SliceKind.QUESTION,
            by=SliceKind.QUESTION,
            value=value,
            figures=figures([one for one in decisions if one[0].question == value], in_rounds, (value,)),
        )
        for value in (asked if len(asked) > 1 else ())
    ]
    return Agreement(
        whole=figures(decisions, in_rounds, asked),
        slices=tuple(slices),
        disagreements=tuple(_disagreements(decided, decisions, coders, variable)),
        yardstick=yardstick,
    )


def _met(values: Iterable[str], named: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(named or values))


def _decisions(decided: Decided, variable: FileVariable | None) -> Iterable[_Decision]:
    """What is compared of each decision: its codes, or its one category unless it counts as missing."""
    for (unit, coder), decision in decided.items():
        codes = decision.codes if variable is None else variable.category(decision.codes)
        if codes is not None:
            yield unit, coder, codes


def _compare(
    decisions: Sequence[_Decision],
    coders: tuple[str, ...],
    reading: FileReading,
    variable: FileVariable | None,
) -> Compared:
    if variable is None:
        sets = _collect(decisions, coders, reading.codes)
        codes = {code: code_ratings(sets, (code,)) for code in sets.codes}
        return Compared(coders=coders, codes=codes, families={}, sets=sets, codability=None)
    there = variable.within(codes[0] for _, _, codes in decisions)
    sets = _collect(decisions, coders, there.categories)
    matrix = family_ratings(sets, there.categories, is_none_a_category=False)
    return Compared(
        coders=coders,
        codes={},
        families={FAMILY: matrix},
        sets=None,
        codability=None,
        scales={FAMILY: there.scale} if there.scale else {},
    )


def _collect(decisions: Iterable[_Decision], coders: tuple[str, ...], codes: Sequence[str]) -> SetRatings:
    return collect_set_ratings(decisions, coders=coders, codes=codes, participant_of=lambda unit: unit.person)


def _disagreements(
    decided: Decided, decisions: Sequence[_Decision], coders: tuple[str, ...], variable: FileVariable | None
) -> Iterable[Disagreed]:
    """Units that coders decided differently; that one is uncodable differs from no code applying."""
    if variable is None and any(decision.is_uncodable for decision in decided.values()):
        decisions = [
            (unit, coder, (UNCODABLE,) if one.is_uncodable else one.codes)
            for (unit, coder), one in decided.items()
        ]
    sets = _collect(decisions, coders, ())
    units = cast("tuple[RatedUnit, ...]", sets.units)
    for row in units_in_disagreement(sets):
        unit = units[row]
        yield Disagreed(
            key=ResponseKey(
                unit.participant or unit.unit,
                unit.question,
                unit.occasion or (unit.unit if unit.participant else ""),
            ),
            text="",
            round=unit.round,
            codes={
                coder: tuple(
                    code
                    for code, is_held in zip(sets.codes, sets.members[id], strict=True)
                    if is_held and not (variable and code == variable.blank)
                )
                for coder, id in zip(sets.coders, sets.set_ids[row], strict=True)
                if id >= 0
            },
        )
