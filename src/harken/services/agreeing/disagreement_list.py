"""Disagreements as work: the answers, the codes that coders part on, the codes that they confuse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harken.model import Codebook
from harken.services.agreeing.confusions import confused_codes
from harken.services.agreeing.disagreeing import decided_codes, disagreements
from harken.services.agreeing.disputes import Disagreements, DisputedAnswer, DisputedCode
from harken.services.agreeing.rated import Rating, Unit, ratings_of
from harken.services.agreeing.scope import coders_named, rounds_compared
from harken.services.blindness import undecided_blind
from harken.storage import codebooks, study, survey
from harken.storage.store import Store

Decided = Mapping[str, tuple[str, ...]]
"""Codes by coder."""


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
        ratings = ratings_of(
            store,
            rounds=in_rounds,
            coders=() if center else named,
            questions=questions,
            with_excluded=False,
        )
        hidden = undecided_blind(store, viewer) if viewer else frozenset()
        seen = [r for r in ratings if r.unit.response_id not in hidden]
        compared = _compared(seen, center)
        apart = _apart(compared, codebook, chosen)
        answers = _answers(store, compared, apart, asked)
        pairable = Counter(unit.question for unit in compared)
        return Disagreements(
            title=study.settings(store).get("title", ""),
            rounds=in_rounds,
            coders=named if len(named) > 1 else tuple(sorted({r.coder for r in ratings} | set(named))),
            compares_with=center,
            questions=asked,
            chosen_codes=chosen,
            n_units_pairable=pairable.total(),
            answers=answers,
            n_blind_disagreements=len(
                _apart(
                    _compared([r for r in ratings if r.unit.response_id in hidden], center), codebook, chosen
                )
            ),
            codes=_disputed_codes(answers, codebook, pairable, chosen),
            confusions=tuple(
                one
                for one in confused_codes(
                    [r for r in seen if r.unit in compared], codebook, coder=center or None
                )
                if not chosen or any(code in one.codes for code in chosen)
            ),
        )


def parted_codes(decided: Decided, codebook: Codebook, *, question: str) -> dict[str, tuple[str, ...]]:
    """Codes that some applied and others did not, each with who applied it.

    A code counts as applied where it or one below it is, as it does in the figures of agreement.
    """
    applied: dict[str, list[str]] = {}
    for coder, codes in decided.items():
        for path in dict.fromkeys(above for code in codes for above in _with_parents(code)):
            applied.setdefault(path, []).append(coder)
    entries = codebook.entries
    known = [path for path in applied if path in entries and entries[path].applies_to(question)]
    return {path: tuple(applied[path]) for path in known if len(applied[path]) < len(decided)}


def _with_parents(path: str) -> Iterator[str]:
    while "." in path:
        yield path
        path = path.rpartition(".")[0]


def _compared(ratings: Iterable[Rating], center: str) -> dict[Unit, Decided]:
    """Units that two or more decided, `center` among them where there is one."""
    decided: dict[Unit, dict[str, tuple[str, ...]]] = {}
    for rating in ratings:
        decided.setdefault(rating.unit, {})[rating.coder] = tuple(sorted(decided_codes(rating)))
    return {unit: by for unit, by in decided.items() if len(by) > 1 and (not center or center in by)}


def _apart(
    compared: Mapping[Unit, Decided], codebook: Codebook, chosen: tuple[str, ...]
) -> dict[Unit, dict[str, tuple[str, ...]]]:
    """Units that were decided differently, with what parts them; with `chosen` codes, on one of these.

    Where two differ from each other, at least one of them differs from any third: so who was asked for is
    part of every disagreement on the units that they decided.
    """
    apart = {}
    for unit, decided in compared.items():
        if len(set(decided.values())) > 1:
            parted = parted_codes(decided, codebook, question=unit.question)
            if not chosen or any(code in parted for code in chosen):
                apart[unit] = parted
    return apart


def _answers(
    store: Store,
    compared: Mapping[Unit, Decided],
    apart: Mapping[Unit, Mapping[str, tuple[str, ...]]],
    questions: tuple[str, ...],
) -> tuple[DisputedAnswer, ...]:
    place = {name: number for number, name in enumerate(questions)}
    units = sorted(apart, key=lambda unit: (place[unit.question], unit.response_id, unit.round))
    found = disagreements(store, ((unit, compared[unit]) for unit in units))
    return tuple(
        DisputedAnswer(key=one.key, text=one.text, round=one.round, codes=one.codes, parted=apart[unit])
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
