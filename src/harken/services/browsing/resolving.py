"""Looking up the names in a filter, and refusing what its reader may not ask."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harken.errors import HarkenError, listed, near_match, quoted, unknown_name
from harken.model import CONSENSUS, MISSING_GROUP, Codebook, VariableRole
from harken.services.blindness import codes_in
from harken.services.browsing.filters import AnswerFilter
from harken.services.browsing.readers import Reader
from harken.services.browsing.searching import parse_search
from harken.storage import codebooks, study, survey
from harken.storage.answers.conditions import FLAGS, NAMED, Conditions, Value
from harken.storage.answers.disputes import Dispute
from harken.storage.answers.naming import has_value, occasion_names, values_of
from harken.storage.answers.statements import Work
from harken.storage.store import Store

_MOST_VALUES = 200
"""Values among which a near one is looked for."""


def conditions_of(store: Store, filter: AnswerFilter, reader: Reader) -> Conditions:
    """The filter with its names looked up; raises for unknown ones and for what the reader may not ask."""
    _refuse_hidden(store, filter, reader)
    search, memo = parse_search(filter.text), parse_search(filter.memo)
    seen = reader.work
    work = replace(seen, coders=filter.coders or seen.coders, rounds=filter.rounds or seen.rounds)
    personal, own = _values(store, filter, reader)
    return Conditions(
        expression=search.expression,
        unwanted_expression=search.unwanted_expression,
        matches=search.matches if filter.text.strip() else None,
        code_ids=None if filter.asks_for_disputes else _code_ids(store, filter.codes, filter.families),
        without_code_ids=_code_ids(store, filter.without_codes, filter.without_families) or (),
        coding=work,
        question_ids=tuple(survey.question_named(store, name).id for name in filter.questions),
        participant_ids=tuple(survey.participant_named(store, name).id for name in filter.participants),
        occasions=_occasions(store, filter.occasions),
        personal=personal,
        own=own,
        states=("decided", "draft")
        if filter.asks_for_work
        else tuple(state.value for state in filter.states if state in NAMED),
        flags=tuple(state.value for state in filter.states if state in FLAGS),
        state=work if filter.asks_for_work else _state_work(store, filter, reader),
        dispute=_dispute(store, filter, reader),
        reader=reader.coder,
        memo_matches=memo.matches if filter.memo.strip() else None,
        memo=work,
        shortest=filter.shortest,
        longest=filter.longest,
    )


def _refuse_hidden(store: Store, filter: AnswerFilter, reader: Reader) -> None:
    known = (*study.coders(store), CONSENSUS)
    for name in filter.coders:
        if name not in known:
            raise unknown_name("coder", name, known)
        if reader.is_blind and name != reader.coder:
            raise HarkenError(
                "This is a blind round, or one of yours is not done, so you see your own work alone: "
                f"a filter on coder {name!r} would tell you of others'. Leave it out."
            )
    if filter.asks_for_disputes and reader.is_blind:
        raise HarkenError(
            "This is a blind round, or one of yours is not done, so you see your own work alone: "
            "a list of what was decided differently would tell you of others'. Ask for it when you are done."
        )
    for name in filter.rounds:
        study.round_named(store, name)
        if reader.sees_one_round and name != reader.round:
            raise HarkenError(
                f"Round {reader.round!r} repeats earlier work, so it shows none of it: leave out the filter "
                f"on round {name!r}."
            )


def _state_work(store: Store, filter: AnswerFilter, reader: Reader) -> Work:
    rounds = filter.rounds or (reader.round,)
    coders = filter.coders
    if not coders and (reader.is_blind or _codes_in(store, reader, rounds)):
        coders = (reader.coder,)
    return replace(reader.work, coders=coders, rounds=rounds)


def _dispute(store: Store, filter: AnswerFilter, reader: Reader) -> Dispute:
    """With one coder their disagreements with everybody, with several those between them."""
    if not filter.asks_for_disputes:
        return Dispute()
    coders = tuple(dict.fromkeys(filter.coders))
    rounds = filter.rounds or (reader.round,)
    stored = codebooks.stored_codebook(store)
    paths = _paths(stored.codebook, filter.codes, filter.families) or ()
    return Dispute(
        work=Work(coders=coders if len(coders) > 1 else (), rounds=rounds),
        with_coder=coders[0] if len(coders) == 1 else "",
        code_ids=tuple(
            tuple(stored.ids[one] for one in stored.codebook.with_descendants(path)) for path in paths
        ),
    )


def _codes_in(store: Store, reader: Reader, rounds: Sequence[str]) -> bool:
    return any(codes_in(store, reader.coder, study.round_named(store, name)) for name in rounds)


def _code_ids(store: Store, codes: Sequence[str], families: Sequence[str]) -> tuple[str, ...] | None:
    """Ids of the codes, and of all codes in the families; None where none are named."""
    stored = codebooks.stored_codebook(store)
    paths = _paths(stored.codebook, codes, families)
    return None if paths is None else tuple(stored.ids[path] for path in paths)


def _paths(codebook: Codebook, codes: Sequence[str], families: Sequence[str]) -> tuple[str, ...] | None:
    """Paths of the codes, and of all codes in the families, each once; None where none are named."""
    if not codes and not families:
        return None
    paths = [codebook.resolve(address) for address in codes]
    for key in families:
        family = codebook.family(key)
        paths += [path for path, entry in codebook.entries.items() if entry.family.key == family.key]
    return tuple(dict.fromkeys(paths))


def _occasions(store: Store, names: Sequence[str]) -> tuple[str, ...]:
    if names:
        known = occasion_names(store)
        for name in names:
            if name not in known:
                raise unknown_name("occasion", name, known)
    return tuple(names)


def _values(
    store: Store, filter: AnswerFilter, reader: Reader
) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
    variables = {variable.name: variable for variable in survey.variables(store)}
    asked: dict[str, list[str]] = {}
    for name, value in filter.where:
        if name not in variables:
            raise HarkenError(
                f"No column {name!r} in this survey.{near_match(name, tuple(variables))} "
                f"Columns: {', '.join(variables) or 'none'}."
            )
        if reader.hides_group and variables[name].role is VariableRole.GROUP:
            raise HarkenError(f"A round of yours hides the groups: leave out the filter on {name!r}.")
        asked.setdefault(name, []).append("" if value == MISSING_GROUP else value.strip())
    wanted = {name: Value(variable=name, values=tuple(values)) for name, values in asked.items()}
    return (
        tuple(value for name, value in wanted.items() if not variables[name].per_response),
        tuple(value for name, value in wanted.items() if variables[name].per_response),
    )


def refuse_unknown_values(store: Store, filter: AnswerFilter) -> None:
    """Raise for a value that nobody has; to be asked when nothing was found, for it may look at everybody."""
    variables = {variable.name: variable for variable in survey.variables(store)}
    for name, value in filter.where:
        given = "" if value == MISSING_GROUP else value.strip()
        if not given or has_value(store, variables[name], given):
            continue
        known = values_of(store, variables[name], most=_MOST_VALUES)
        raise HarkenError(
            f"Nobody has {quoted(value)} in column {name!r}.{near_match(given, known)} "
            f"Values: {listed(known)}."
        )
