"""Disagreements as work: the answers, the codes that coders part on, the codes that they confuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from harken.model import Codebook
from harken.services.agreeing.chosen import coders_named, rounds_compared
from harken.services.agreeing.disagreements.confusions import confused_codes
from harken.services.agreeing.disagreements.finding import disagreements
from harken.services.agreeing.disagreements.result import Disagreements, DisputedAnswer, DisputedCode
from harken.services.agreeing.rating.rated import RatedUnits, Unit, rate
from harken.services.agreeing.rating.rows import decision_rows
from harken.services.blindness import undecided_blind
from harken.storage import codebooks, study, survey
from harken.storage.store import Store

Decided = Mapping[str, tuple[str, ...]]
"""Codes by coder."""


class Dispute(NamedTuple):
    """What coders decided on a unit, and the codes that part them with who applied each."""

    decided: Decided
    parted: Mapping[str, tuple[str, ...]]


def list_disagreements(
    store: Store,
    *,
    rounds: Sequence[str] = (),
    coders: Sequence[str] = (),
    questions: Sequence[str] = (),
    codes: Sequence[str] = (),
    viewer: str = "",
) -> Disagreements:
    """Answers that coders decided differently within a round.

    Default: the reliability rounds, else `main`; every coder; every question; every code. One coder is
    compared with everybody else, several with each other. With `codes`, answers where they part on one of
    these. Excluded people are left out. So is what `viewer` has yet to decide in a blind round; the
    disagreements on it are counted.
    """
    with store.snapshot():
        codebook = codebooks.stored_codebook(store).codebook
        chosen = tuple(dict.fromkeys(codebook.resolve(address) for address in codes))
        in_rounds, named = rounds_compared(store, rounds), coders_named(store, coders)
        center = named[0] if len(named) == 1 else ""
        asked = tuple(
            dict.fromkeys(survey.question_named(store, name).name for name in questions)
            or (question.name for question in survey.questions(store))
        )
        rows = decision_rows(
            store,
            rounds=in_rounds,
            coders=() if center else named,
            questions=questions,
            with_excluded=False,
        )
        rated = rate(rows, coders=named, codes=codebook.paths)
        is_compared = rated.n_decided > 1
        if center:
            is_compared &= rated.is_decided[:, rated.coders.index(center)]
        is_hidden = np.isin(rated.response, list(undecided_blind(store, viewer) if viewer else ()))
        seen = rated.select(is_compared & ~is_hidden)
        apart = _apart(seen, codebook, chosen)
        answers = _answers(store, apart, asked)
        pairable = Counter(rows.questions[place] for place in seen.question.tolist())
        return Disagreements(
            title=study.settings(store).get("title", ""),
            rounds=in_rounds,
            coders=named if len(named) > 1 else tuple(sorted({*rows.present_coders, *named})),
            compares_with=center,
            questions=asked,
            chosen_codes=chosen,
            n_units_pairable=pairable.total(),
            answers=answers,
            n_blind_disagreements=len(_apart(rated.select(is_compared & is_hidden), codebook, chosen)),
            codes=_disputed_codes(answers, codebook, pairable, chosen),
            confusions=tuple(
                one
                for one in confused_codes(seen, coder=center or None)
                if not chosen or any(code in one.codes for code in chosen)
            ),
        )


def parted_codes(decided: Decided, codebook: Codebook, *, question: str) -> dict[str, tuple[str, ...]]:
    """Codes that some applied and others did not, each with who applied it.

    A code counts as applied where it or one below it is, as it does in the figures of agreement.
    """
    applied: dict[str, list[str]] = {}
    for coder, codes in decided.items():
        for path in dict.fromkeys(above for code in codes for above in codebook.with_parents(code)):
            applied.setdefault(path, []).append(coder)
    entries = codebook.entries
    known = [path for path in applied if entries[path].applies_to(question)]
    return {path: tuple(applied[path]) for path in known if len(applied[path]) < len(decided)}


def _apart(rated: RatedUnits, codebook: Codebook, chosen: tuple[str, ...]) -> dict[Unit, Dispute]:
    """Units that were decided differently, with what parts them; with `chosen` codes, on one of these.

    Where two differ from each other, at least one of them differs from any third: so who was asked for is
    part of every disagreement on the units that they decided.
    """
    apart = {}
    for unit, decided in rated.apart():
        parted = parted_codes(decided, codebook, question=unit.question)
        if not chosen or any(code in parted for code in chosen):
            apart[unit] = Dispute(decided, parted)
    return apart


def _answers(
    store: Store,
    apart: Mapping[Unit, Dispute],
    questions: tuple[str, ...],
) -> tuple[DisputedAnswer, ...]:
    place = {name: number for number, name in enumerate(questions)}
    units = sorted(apart, key=lambda unit: (place[unit.question], unit.response_id, unit.round))
    found = disagreements(store, ((unit, apart[unit].decided) for unit in units))
    return tuple(
        DisputedAnswer(
            key=one.key, text=one.text, round=one.round, codes=one.codes, parted=apart[unit].parted
        )
        for unit, one in zip(units, found, strict=True)
    )


def _disputed_codes(
    answers: Sequence[DisputedAnswer],
    codebook: Codebook,
    pairable: Counter[str],
    chosen: tuple[str, ...],
) -> tuple[DisputedCode, ...]:
    counts: Counter[str] = Counter()
    applied: dict[str, Counter[str]] = {}
    for answer in answers:
        for code, who in answer.parted.items():
            counts[code] += 1
            applied.setdefault(code, Counter()).update(who)
    entries = [
        entry for path, entry in codebook.entries.items() if counts[path] and (not chosen or path in chosen)
    ]
    return tuple(
        DisputedCode(
            code=entry.path,
            label=entry.code.label,
            definition=entry.code.definition,
            include=entry.code.include,
            exclude=entry.code.exclude,
            is_retired=entry.code.is_retired,
            n_disagreements=counts[entry.path],
            n_units_pairable=sum(n for question, n in pairable.items() if entry.applies_to(question)),
            applied_by=dict(sorted(applied[entry.path].items())),
        )
        for entry in sorted(entries, key=lambda entry: -counts[entry.path])
    )
