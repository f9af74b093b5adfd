"""Agreement from a file of codings, without a project."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from os import PathLike

import numpy as np

from harken.errors import HarkenError, quoted
from harken.importers.rated_lines import RatingLayout, Said
from harken.importers.rating_files import read_ratings
from harken.model import CONSENSUS
from harken.services.agreeing.figures import Compared, measure_figures
from harken.services.agreeing.files.decisions import FileDecisions, decisions_in
from harken.services.agreeing.files.disagreeing import disagreements_in
from harken.services.agreeing.files.remarks import remarks_on
from harken.services.agreeing.files.units import rate_file, units_of_file
from harken.services.agreeing.files.variable import FileVariable, make_variable
from harken.services.agreeing.result import Agreement, Figures, Scope, Slice, SliceKind
from harken.services.agreeing.yardstick import Yardstick, checked_bands, make_uncertainty
from harken.stats.ratings import (
    MISSING,
    SetRatings,
    code_ratings,
    family_ratings,
    select_units,
)
from harken.stats.scaled_alpha import Scale
from harken.stats.verdicts import DEFAULT_BANDS

FAMILY = "codings"
"""What the codes of a file are called where they are read as one variable."""


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
    tentative: float | None = None,
    reliable: float | None = None,
    expected_positives: float | None = None,
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
        Only these, in this order, whether or not they decided anything. By default all but `consensus`,
        which is the adjudicated layer.
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
        The alpha below which reliability would not do; by default the tentative limit.
    tentative, reliable, expected_positives
        What verdicts are held against; by default Krippendorff's customary limits, and ten.

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
    if exclusive and scale is not None:
        raise HarkenError("Categories have an order or they don't: give `exclusive` or `scale`, not both.")
    reading = FileReading(
        codes=tuple(codes),
        coders=tuple(dict.fromkeys(coders)),
        is_exclusive=exclusive,
        scale=None if scale is None else Scale(_known("scale", scale, Scale)),
    )
    how = make_uncertainty(method=method, replicates=replicates, seed=seed, level=level, minimum=minimum)
    bands = checked_bands(
        DEFAULT_BANDS, tentative=tentative, reliable=reliable, expected_positives=expected_positives
    )
    file = read_ratings(
        os.fspath(path),
        layout=None if layout is None else RatingLayout(_known("layout", layout, RatingLayout)),
        coders=reading.coders,
        is_single=reading.is_single,
        sheet=sheet,
        encoding=encoding,
    )
    found = decisions_in(
        file,
        rounds=rounds,
        questions=questions,
        coders=reading.coders,
        is_single=reading.is_single,
        pool=pool,
    )
    return _measure(found, reading, Yardstick(uncertainty=how, bands=bands), is_pooled=pool)


def _known(what: str, name: str, known: Iterable[str]) -> str:
    names = [str(one) for one in known]
    if name not in names:
        raise HarkenError(f"No {what} {quoted(name)}. Known: {', '.join(names)}.")
    return name


def _measure(
    found: FileDecisions, reading: FileReading, yardstick: Yardstick, *, is_pooled: bool
) -> Agreement:
    variable = (
        make_variable(found, declared=reading.codes, scale=reading.scale) if reading.is_single else None
    )
    coders = reading.coders or _coders(found)
    sets = rate_file(
        found,
        coders=coders,
        codes=reading.codes if variable is None else variable.categories,
        set_of=_codes if variable is None else variable.category,
    )
    units = units_of_file(sets)
    rounds = found.rounds
    questions = tuple(dict.fromkeys(unit.question for unit in units)) if found.file.has_questions else ()

    def figures(part: SetRatings, rounds: tuple[str, ...], questions: tuple[str, ...]) -> Figures:
        n_ratings = (part.set_ids != MISSING).sum(axis=1)
        scope = Scope(
            coders=coders,
            questions=questions,
            rounds=rounds,
            with_excluded=False,
            n_units_rated=int((n_ratings > 0).sum()),
            n_units_pairable=int((n_ratings > 1).sum()),
            pooled=is_pooled,
            n_adjudicated_left_out=found.n_adjudicated_left_out,
        )
        return measure_figures(_compare(part, variable), scope=scope, by=yardstick)

    def slice_of(kind: SliceKind, value: str) -> Slice:
        is_round = kind is SliceKind.ROUND
        there = [(unit.round if is_round else unit.question) == value for unit in units]
        part = select_units(sets, np.array(there, dtype=np.bool_))
        within = ((value,), questions) if is_round else (rounds, (value,))
        return Slice(kind=kind, by=kind, value=value, figures=figures(part, *within))

    return Agreement(
        whole=figures(sets, rounds, questions),
        slices=(
            *(slice_of(SliceKind.ROUND, value) for value in rounds if len(rounds) > 1 and not is_pooled),
            *(slice_of(SliceKind.QUESTION, value) for value in questions if len(questions) > 1),
        ),
        disagreements=tuple(disagreements_in(found, coders=coders, variable=variable)),
        yardstick=yardstick,
        remarks=tuple(
            remarks_on(
                found,
                coders=coders,
                has_named_coders=bool(reading.coders),
                declared=reading.codes,
                variable=variable,
            )
        ),
        has_named_coders=bool(reading.coders),
    )


def _coders(found: FileDecisions) -> tuple[str, ...]:
    """All columns of a wide file but the adjudicated layer; in a long one who decided something in scope."""
    file = found.file
    if file.layout is RatingLayout.WIDE:
        return tuple(coder for coder in file.coders if coder != CONSENSUS)
    return tuple(sorted(file.coders[coder] for coder in set(found.coder_of)))


def _codes(said: Said) -> tuple[str, ...]:
    """Uncodable counts as no code."""
    return said.codes


def _compare(sets: SetRatings, variable: FileVariable | None) -> Compared:
    if variable is None:
        codes = {code: code_ratings(sets, (code,)) for code in sets.codes}
        return Compared(coders=sets.coders, codes=codes, families={}, sets=sets, codability=None)
    held = sets.members[np.unique(sets.set_ids[sets.set_ids != MISSING])].any(axis=0)
    there = variable.within(compress(sets.codes, held))
    return Compared(
        coders=sets.coders,
        codes={},
        families={FAMILY: family_ratings(sets, there.categories, is_none_a_category=False)},
        sets=None,
        codability=None,
        scales={FAMILY: there.scale} if there.scale else {},
    )
