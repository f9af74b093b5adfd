"""Taking the decisions of a codings file in: all of them, or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple, TypeVar

from harken.errors import HarkenError
from harken.importers.codings import read_codings
from harken.model import CONSENSUS, CodingRow, Decision, ResponseKey
from harken.services import studies
from harken.services.codings.result import CodingsImport
from harken.services.codings.rows import (
    Place,
    adjudicated,
    at,
    decision_of,
    in_words,
    is_same,
    refuse_segments_beyond,
    retired_codes,
    tidied,
    unknown_response,
)
from harken.services.sources import source_name
from harken.storage import codebooks, coding, study, survey
from harken.storage.store import Action, Store

Progress = Callable[[str, float], None]
"""Is told the stage and the share of it that is done."""
_PER_REPORT = 500
_Item = TypeVar("_Item")


class _Answer(NamedTuple):
    id: int
    is_answered: bool
    length: int


def import_codings(
    store: Store,
    path: Path,
    *,
    actor: str,
    is_adjudicated: bool = False,
    is_replacing: bool = False,
    encoding: str | None = None,
    is_trial: bool = False,
    progress: Progress | None = None,
) -> CodingsImport:
    """Store every decision of a codings file, or none; with `is_trial` all of it is taken back at the end.

    Raises `HarkenError` with the row for an unknown response or code, for rows of one decision that
    contradict each other, and for a decision that stands otherwise in the project unless `is_replacing`.
    """
    stored = codebooks.stored_codebook(store)
    told = progress or _untold
    read = read_codings(path, encoding=encoding, progress=lambda _, share: told("reading", share))
    rows = list(adjudicated(path, map(partial(tidied, path), read), is_adjudicated))
    gone = {person.name for person in survey.participants(store) if person.has_withdrawn}
    places: dict[Place, dict[CodingRow, CodingRow]] = {}
    for row in rows:
        if row.participant not in gone:
            key = ResponseKey(row.participant, row.question, row.occasion)
            at_place = places.setdefault(Place(key, row.round, row.coder), {})
            at_place.setdefault(row._replace(row=None), row)
    responses = {one.key: _Answer(one.id, one.is_answered, len(one.text)) for one in survey.responses(store)}
    decided = {
        (round, coder): coding.decided_ids(store, round=round, coder=coder)
        for round, coder in {(place.round, place.coder) for place in places}
    }
    new, n_known, n_replaced, n_on_non_response = [], 0, 0, 0
    retired: Counter[str] = Counter()
    for place, different in _counted(list(places.items()), "checking", told):
        theirs = list(different.values())
        answer = responses.get(place.key)
        if answer is None:
            raise HarkenError(unknown_response(store, path, theirs[0]))
        decision = decision_of(path, place, theirs, stored.codebook)
        refuse_segments_beyond(path, theirs, answer.length)
        n_on_non_response += 0 if answer.is_answered else len(theirs)
        known = None
        if answer.id in decided[place.round, place.coder]:
            known = coding.decision_at(store, stored, place.key, round=place.round, coder=place.coder)
        if known is not None and is_same(known, decision):
            n_known += 1
        elif known is not None and not is_replacing:
            raise HarkenError(
                f"{at(path, theirs[0])}: {place.coder!r} decided {place.key.participant!r}, "
                f"{place.key.question!r} otherwise before ({in_words(known)}; here {in_words(decision)}). "
                "Use --replace to let the file's decisions count."
            )
        else:
            n_replaced += known is not None
            new.append(decision)
            had = () if known is None else known.codes
            retired.update(code for code in retired_codes(decision, stored.codebook) if code not in had)
    action_of = store.trial if is_trial else store.action
    with action_of(actor) as action:
        new_coders, new_rounds = _store(action, store, path, new, stored, told)
    return CodingsImport(
        file=path.name,
        is_trial=is_trial,
        n_rows=len(rows),
        n_decisions=len(places),
        n_known=n_known,
        n_replaced=n_replaced,
        new_coders=new_coders,
        new_rounds=new_rounds,
        n_rows_on_non_response=n_on_non_response,
        retired=dict(sorted(retired.items())),
        withdrawn=tuple(dict.fromkeys(row.participant for row in rows if row.participant in gone)),
    )


def _store(
    action: Action,
    store: Store,
    path: Path,
    decisions: list[Decision],
    stored: codebooks.StoredCodebook,
    told: Progress,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Write decisions and the coders and rounds they need; returns the new names."""
    if not decisions:
        return (), ()
    known_coders = {*study.coders(store), CONSENSUS}
    known_rounds = {round.name for round in study.rounds(store)}
    coders = dict.fromkeys(d.coder for d in decisions if d.coder not in known_coders)
    source = {"file": source_name(path), "sha256": sha256(path.read_bytes()).hexdigest()}
    for name in coders:
        action.append("coder.added", {"name": studies.clean_coder_name(name)})
    rounds = studies.add_unknown_rounds(action, known_rounds, [d.round for d in decisions])
    coding.import_decisions(action, stored, _counted(decisions, "storing", told), source=source)
    return tuple(coders), rounds


def _untold(stage: str, share: float) -> None:
    """Nobody watches."""


def _counted(every: Sequence[_Item], stage: str, told: Progress) -> Iterator[_Item]:
    for number, one in enumerate(every, start=1):
        yield one
        if number % _PER_REPORT == 0 or number == len(every):
            told(stage, number / len(every))
