"""Theme tables counted the plain way: every answer and every decision is read, person by person."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from operator import attrgetter
from typing import Any

from harken.services.counting.readings import UNDECIDED, Reader, Vote, parse_basis
from harken.services.counting.rows import rows_of
from harken.storage import study, survey, tables
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store


def recount(store: Store, *, basis: str = "default", by: str | None = None) -> dict[str, Any]:
    """Bases, counts of every row and special answers over all questions, by group in no order."""
    reader = Reader(
        parse_basis(basis, known_coders=study.coders(store), n_deciding_coders=9),
        study.rounds(store),
        tables.first_orders(store),
    )
    rows = rows_of(stored_codebook(store))
    names = {question.id: question.name for question in survey.questions(store)}
    group_of = {
        person.id: (person.attributes.get(by, "").strip() or "(missing)") if by else "all"
        for person in survey.participants(store)
        if not person.exclusion
    }
    decided = {
        id: list(decisions)
        for id, decisions in groupby(tables.decision_rows(store, sorted(names)), attrgetter("response_id"))
    }
    states: dict[int, list[tuple[bool, bool]]] = defaultdict(list)
    said: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    mentioned: dict[int, list[int]] = defaultdict(list)
    special = {"n_undecided": 0, "n_open": 0, "n_several": 0, "n_only_reliability": 0}
    words: dict[str, list[int]] = defaultdict(list)
    for answer in tables.answers(store, sorted(names)):
        person = answer.participant_id
        if person not in group_of:
            continue
        allowed = rows.allowed_at(names[answer.question_id])
        votes = [
            Vote(row, allowed & sum({rows.bit_of_id.get(id, 0) for id in row.code_ids.split(",")}))
            for row in decided.get(answer.response_id, [])
        ]
        reading = reader.read(votes) if votes else UNDECIDED
        states[person].append((reading.is_decided, reading.is_codable))
        mentioned[person].append(reading.codes)
        for layer, codes in enumerate((reading.codes, reading.all_codes, reading.any_codes)):
            said[person][layer] |= codes
        special["n_undecided"] += not reading.is_decided
        special["n_open"] += reading.is_open
        special["n_several"] += reading.n_coders > 1
        special["n_only_reliability"] += not reading.is_decided and reading.n_coders > 0
        words[group_of[person]].append(answer.n_words)
    coded = {
        person
        for person, seen in states.items()
        if all(is_decided for is_decided, _ in seen) and any(is_codable for _, is_codable in seen)
    }
    groups = sorted(set(group_of.values()))
    return {
        "coded": {group: sum(group_of[person] == group for person in coded) for group in groups},
        "answered": {group: sum(group_of[person] == group for person in states) for group in groups},
        "words": {group: sorted(words[group]) for group in groups},
        "special": special,
        "rows": {
            (row.code, row.members): {
                group: (
                    *(
                        sum(
                            bool(said[person][layer] & row.members)
                            for person in coded
                            if group_of[person] == group
                        )
                        for layer in range(3)
                    ),
                    sum(
                        bool(codes & row.members)
                        for person in coded
                        if group_of[person] == group
                        for codes in mentioned[person]
                    ),
                )
                for group in groups
            }
            for row in rows.every
        },
    }


def counted(store: Store, *, basis: str = "default", by: str | None = None) -> dict[str, Any]:
    """The same figures as theme tables have them."""
    from harken.services.counting.loading import load_sheet
    from harken.services.counting.sheet import count_people

    sheet = load_sheet(store, basis=basis, by=by)
    tally = count_people(sheet, range(len(sheet.units)))
    in_use = [at for at in range(len(sheet.people.groups)) if at in set(sheet.people.group_of)]
    names = sheet.people.groups

    def by_group(values: list[Any]) -> dict[str, Any]:
        return {names[at]: values[at] for at in sorted(in_use, key=names.__getitem__)}

    return {
        "coded": by_group(tally.coded),
        "answered": by_group(tally.answered),
        "words": by_group(
            [
                [length for length, n in enumerate(of_group.tolist()) for _ in range(n)]
                for of_group in tally.lengths
            ]
        ),
        "special": {
            name: sum(getattr(unit, name) for unit in sheet.answers)
            for name in ("n_undecided", "n_open", "n_several", "n_only_reliability")
        },
        "rows": {
            (row.code, row.members): by_group(
                [
                    (of.n[at], of.n_all[at], of.n_any[at], of.mentions[at])
                    for of in [tally.of(row)]
                    for at in range(len(names))
                ]
            )
            for row in sheet.rows.every
        },
    }
