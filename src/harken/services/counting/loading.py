"""Everything that tables are counted from, read once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from harken.model import CONSENSUS
from harken.services.counting.people import asked_people, read_people, read_units
from harken.services.counting.readings import parse_basis
from harken.services.counting.sheet import Sheet
from harken.services.counting.upkeep import STORED_RULES, News, counting, current_sets
from harken.services.grouping import require_personal_column
from harken.storage import study, survey, tables
from harken.storage.counted.sets import UnitSets
from harken.storage.store import Store


def load_sheet(
    store: Store,
    *,
    questions: Sequence[str] = (),
    by: str | None = None,
    basis: str = "default",
    with_excluded: bool = False,
    where: Sequence[tuple[str, str]] = (),
    progress: Callable[[str, float], None] | None = None,
) -> Sheet:
    """Everything that tables and flow are counted from, read once.

    Outside of a transaction the stored sets of people are brought up to date first.
    """
    refuse_unknown_names(store, questions=questions, by=by, where=where)
    with counting(store, is_kept=is_kept(basis), progress=progress) as news:
        return read_sheet(
            store,
            news,
            questions=questions,
            by=by,
            basis=basis,
            with_excluded=with_excluded,
            where=where,
            progress=progress,
        )


def refuse_unknown_names(
    store: Store, *, questions: Iterable[str], by: str | None, where: Iterable[tuple[str, str]]
) -> None:
    """Raise for a question or column that the survey lacks, before sets of people are made and stored."""
    for name in questions:
        survey.question_named(store, name)
    if by is not None:
        require_personal_column(store, by, use="compare by")
    for column, _ in where:
        require_personal_column(store, column, use="choose people by")


def is_kept(basis: str) -> bool:
    """Whether sets of people are stored for a basis."""
    return basis in STORED_RULES


def read_sheet(
    store: Store,
    news: News,
    *,
    questions: Iterable[str],
    by: str | None,
    basis: str,
    with_excluded: bool,
    where: Iterable[tuple[str, str]],
    progress: Callable[[str, float], None] | None,
) -> Sheet:
    """As `load_sheet`, for a caller that reads more at the same moment."""
    deciding = tables.deciding_coders(store)
    chosen = parse_basis(
        basis,
        known_coders=tuple(dict.fromkeys((*study.coders(store), *deciding))),
        n_deciding_coders=len(set(deciding) - {CONSENSUS}),
    )
    names = tuple(questions)
    wanted = {survey.question_named(store, name).id for name in names}
    settled = current_sets(store, chosen, news, question_ids=wanted, progress=progress)
    units = read_units(store, names, occasions=settled.known.occasions)
    nothing = UnitSets(settled.people.sets.n_bytes)
    return Sheet(
        people=read_people(store, by=by, with_excluded=with_excluded, where=where, settled=settled.people),
        rows=news.settler.rows,
        units=units,
        asked=asked_people(store, settled.people, units),
        sets=[settled.units.get((unit.question.id, unit.occasion), nothing) for unit in units],
        rule=chosen.rule,
        ties=settled.ties,
    )
