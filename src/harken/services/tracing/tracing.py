"""From one cell of a theme table to the people, answers, decisions and events behind it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from harken.errors import HarkenError, unknown_name
from harken.model import CodebookEntry, Response
from harken.services.counting.people import Unit, read_asked, read_people
from harken.services.marking import marks_of, redacted
from harken.services.tabulating import Base
from harken.services.tracing.decisions import traced_decisions
from harken.services.tracing.result import AnswerStanding, CellTrace, Standing, TracedAnswer, TracedPerson
from harken.services.tracing.scope import (
    Person,
    ReadAnswer,
    everybody,
    read_answers,
    read_basis,
    units_in,
)
from harken.services.tracing.sight import sees_own_alone
from harken.services.tracing.standings import Asked, PersonStanding, gather, standing_of
from harken.storage import study, survey, traces
from harken.storage.codebooks import StoredCodebook, stored_codebook
from harken.storage.store import Store

_MOST_APART = 200
"""People whose responses are read one by one; of more the whole survey is gone through once."""


def trace_cell(
    store: Store,
    code: str,
    *,
    viewer: str,
    by: str | None = None,
    group: str | None = None,
    questions: Sequence[str] = (),
    occasions: Sequence[str] = (),
    basis: str = "default",
    base: Base = Base.CODED,
    where: Iterable[tuple[str, str]] = (),
    with_excluded: bool = False,
    participants: Sequence[str] = (),
    with_not_mentioned: bool = False,
    with_outside: bool = False,
) -> CellTrace:
    """The cell of `code` (or of a family) with its people; the figure is that of `harken themes`.

    Who mentioned it is listed; on request who else is in the base, and who is outside it and why. With
    `participants` these alone are listed, whatever they are to the figure. Raises `HarkenError` for names
    that the project lacks, and while the viewer has a blind round to finish.
    """
    where = tuple(where)
    base = Base(base)
    columns = [column for column in (by, *(column for column, _ in where)) if column is not None]
    is_own = sees_own_alone(store, viewer, basis=basis, columns=columns)
    with store.snapshot():
        stored = stored_codebook(store)
        chosen = read_basis(store, basis)
        path, label, members = theme_named(stored, code)
        units = tuple(
            unit
            for unit in units_in(store, questions, occasions)
            if any(one.applies_to(unit.question.name) for one in members)
        )
        people = _in_group(everybody(store, by=by, where=where), by=by, group=group)
        for name in participants:
            survey.participant_named(store, name)
        place = read_people(store, by=None, with_excluded=True)
        asked = Asked(units=units, flags=read_asked(store, place, units), place=place.place)
        counted = frozenset(one.path for one in members)
        read: dict[int, ReadAnswer] = {}

        def kept(answers: Iterable[ReadAnswer]) -> Iterator[ReadAnswer]:
            wanted = {person.id for person in people}
            for answer in answers:
                if answer.participant_id in wanted:
                    read[answer.response_id] = answer
                    yield answer

        by_person = gather(kept(read_answers(store, units, stored, chosen)), asked)
        standings = {
            person.id: standing_of(
                person,
                by_person.get(person.id),
                members=counted,
                asked=asked,
                base=base,
                with_excluded=with_excluded,
            )
            for person in people
        }
        shown = [
            person
            for person in people
            if (
                person.name in participants
                if participants
                else _is_shown(
                    standings[person.id], with_not_mentioned=with_not_mentioned, with_outside=with_outside
                )
            )
        ]
        traced = _people(
            store,
            shown,
            standings,
            units=units,
            asked=asked,
            read=read,
            stored=stored,
            counted=counted,
            own=viewer if is_own else "",
        )
        n_by = Counter(standing.standing for standing in standings.values())
        return CellTrace(
            title=study.settings(store).get("title", ""),
            code=path,
            label=label,
            counted_codes=tuple(one.path for one in members),
            by=by,
            group=group,
            questions=tuple(dict.fromkeys(unit.question.name for unit in units)),
            occasions=tuple(occasions),
            basis=basis,
            base_of=base.value,
            where=where,
            with_excluded=with_excluded,
            n=n_by[Standing.MENTIONED],
            base=sum(standing.in_base for standing in standings.values()),
            standings=tuple((standing, n_by[standing]) for standing in Standing if n_by[standing]),
            people=traced,
            codebook=traces.latest_codebook_event(store),
            project_hash=store.project_hash(),
            own_decisions_of=viewer if is_own else "",
        )


def theme_named(stored: StoredCodebook, address: str) -> tuple[str, str, tuple[CodebookEntry, ...]]:
    """Path or key, label, and the codes that count towards a code or a family (`family:KEY` if need be)."""
    codebook = stored.codebook
    families = {family.key: family for family in codebook.families}
    key = address.removeprefix("family:")
    if address.startswith("family:") or (key in families and not codebook.matching(address)):
        family = codebook.family(key)
        own = tuple(one for one in codebook.entries.values() if one.family.key == key)
        return key, family.label or key, own
    if key in families:
        raise HarkenError(
            f"{address!r} names a family and a code ({', '.join(codebook.matching(address))}). "
            f"Write family:{key}, or the code's full path."
        )
    path = codebook.resolve(address)
    entry = codebook.entries[path]
    return (
        path,
        entry.code.label or path,
        tuple(codebook.entries[one] for one in codebook.with_descendants(path)),
    )


def _in_group(people: Sequence[Person], *, by: str | None, group: str | None) -> tuple[Person, ...]:
    if group is None:
        return tuple(people)
    if by is None:
        raise HarkenError(f"Group {group!r} of which column? Name it with --by COL.")
    known = tuple(dict.fromkeys(person.group for person in people if person.group))
    if group not in known:
        unknown = unknown_name("group", group, known)
        raise HarkenError(f"{unknown} Leave --group out for all of them together.")
    return tuple(person for person in people if person.group == group)


def _is_shown(standing: PersonStanding, *, with_not_mentioned: bool, with_outside: bool) -> bool:
    if standing.standing is Standing.MENTIONED:
        return True
    return with_not_mentioned if standing.in_base else with_outside


def _people(
    store: Store,
    shown: Sequence[Person],
    standings: Mapping[int, PersonStanding],
    *,
    units: Sequence[Unit],
    asked: Asked,
    read: Mapping[int, ReadAnswer],
    stored: StoredCodebook,
    counted: frozenset[str],
    own: str,
) -> tuple[TracedPerson, ...]:
    responses = _responses(store, shown, units)
    ids = [response.id for found in responses.values() for response in found]
    decisions = traced_decisions(store, ids, read=read, stored=stored, counted=counted, own=own)
    marks = marks_of(store, ids)
    number = {(unit.question.name, unit.occasion): at for at, unit in enumerate(units)}

    def answer(person: Person, response: Response) -> TracedAnswer:
        at = number[response.key.question, response.key.occasion]
        found = read.get(response.id)
        standing = AnswerStanding.NO_ANSWER
        if found is not None and response.is_answered:
            settled = found.settled
            if not asked.was_asked(at, person.id):
                standing = AnswerStanding.NOT_ASKED
            elif not settled.is_decided:
                standing = AnswerStanding.UNDECIDED
            else:
                standing = AnswerStanding.CODED if settled.is_codable else AnswerStanding.UNCODABLE
        is_read = found is not None and standing is not AnswerStanding.NOT_ASKED
        codes = found.settled.codes if found is not None and is_read else frozenset()
        return TracedAnswer(
            key=response.key,
            text=redacted(response.text, marks.get(response.id, ())),
            standing=standing,
            has_theme=bool(codes & counted),
            codes=tuple(path for path in stored.codebook.paths if path in codes),
            decisions=decisions.get(response.id, ()),
        )

    return tuple(
        TracedPerson(
            participant=person.name,
            group=person.group,
            standing=standings[person.id].standing,
            in_base=standings[person.id].in_base,
            why=standings[person.id].why,
            answers=tuple(answer(person, response) for response in responses.get(person.name, ())),
        )
        for person in shown
    )


def _responses(store: Store, people: Sequence[Person], units: Sequence[Unit]) -> dict[str, list[Response]]:
    """The responses in scope of these people by name; what withdrawn people gave is gone."""
    scope = {(unit.question.name, unit.occasion) for unit in units}
    names = {person.name for person in people if person.group}
    found: dict[str, list[Response]] = {}

    def take(responses: Iterable[Response]) -> None:
        for response in responses:
            if response.key.participant in names and response.key[1:] in scope:
                found.setdefault(response.key.participant, []).append(response)

    if len(names) > _MOST_APART:
        take(survey.responses(store, questions=sorted({question for question, _ in scope})))
    else:
        for name in names:
            take(survey.responses(store, participant=name))
    return found
