"""What an answer counts as, worked out once more from the rules as the page on theme tables words them."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from study_builder import build_study, codebook, decision

from harken.model import Decision, Round, RoundKind
from harken.services.tabulating import tabulate

CODES = ("f.a", "f.b", "f.c")
CODERS = ("ada", "ben", "cy", "consensus")
PEOPLE = tuple(f"p{number}" for number in range(40))


def some_rounds(random: Random) -> list[Round]:
    main = Round(
        name="main", primary_coder=random.choice(("", "ben")), coders=random.choice(((), ("cy", "ada")))
    )
    others = [
        Round(name="again", coders=random.choice(((), ("ben", "ada")))),
        Round(name="apart", kind=RoundKind.RELIABILITY),
        Round(name="anew", kind=RoundKind.RECODE, primary_coder=random.choice(("", "cy"))),
        Round(name="repeated", kind=RoundKind.REPEAT),
    ]
    random.shuffle(others)
    return [main, *(round for round in others if random.random() < 0.6)]


def some_decisions(random: Random, rounds: list[Round]) -> list[Decision]:
    """Each at a time of its own, in no order."""
    places = [(person, round.name, coder) for person in PEOPLE for round in rounds for coder in CODERS]
    random.shuffle(places)
    return [
        decision(
            coder,
            person,
            "q",
            *([] if is_uncodable else random.sample(CODES, random.randint(0, 2))),
            round=round,
            uncodable=is_uncodable,
            at=f"2026-01-01T00:00:00.{at:06d}Z",
        )
        for at, (person, round, coder) in enumerate(places)
        if random.random() < (0.5 if round == "main" and coder != "consensus" else 0.2)
        for is_uncodable in [random.random() < 0.15]
    ]


def votes_of(decisions: list[Decision], rounds: list[Round]) -> list[Decision]:
    """Coders' decisions that a rule looks at: none of repeat rounds, none before a recode round."""
    kind = {round.name: round.kind for round in rounds}
    place = {round.name: at for at, round in enumerate(rounds)}
    kept = [one for one in decisions if one.coder != "consensus" and kind[one.round] != RoundKind.REPEAT]
    recoded = max((place[one.round] for one in kept if kind[one.round] == RoundKind.RECODE), default=0)
    return [one for one in kept if place[one.round] >= recoded]


def counted_by_default(decisions: list[Decision], rounds: list[Round]) -> Decision | None:
    adjudicated = [one for one in decisions if one.coder == "consensus"]
    if adjudicated:
        return max(adjudicated, key=lambda one: one.at)
    reliability = {round.name for round in rounds if round.kind is RoundKind.RELIABILITY}
    main = [one for one in votes_of(decisions, rounds) if one.round not in reliability]
    for round in rounds:
        here = sorted((one for one in main if one.round == round.name), key=lambda one: one.at)
        if here:
            who = [one.coder for one in here]
            primary = next((name for name in (round.primary_coder, *round.coders) if name in who), who[0])
            return max((one for one in main if one.coder == primary), key=lambda one: one.at)
    return None


def counted_by_vote(
    decisions: list[Decision], rounds: list[Round], rule: str
) -> tuple[bool, set[str]] | None:
    """Whether anybody found it codable, and the codes; None where nobody decided."""
    reliability = {round.name for round in rounds if round.kind is RoundKind.RELIABILITY}
    by_coder: dict[str, Decision] = {}
    for one in sorted(votes_of(decisions, rounds), key=lambda one: (one.round not in reliability, one.at)):
        by_coder[one.coder] = one
    adjudicated = sorted((one for one in decisions if one.coder == "consensus"), key=lambda one: one.at)
    votes = list(by_coder.values()) or adjudicated[-1:]
    if not votes:
        return None
    said = Counter(code for one in votes for code in one.codes)
    least = {"any": 1, "all": len(votes), "majority": len(votes) // 2 + 1}[rule]
    return any(one.state == "coded" for one in votes), {code for code in CODES if said[code] >= least}


@pytest.mark.parametrize("seed", range(12))
def test_tables_count_what_the_rules_in_words_give(seed: int) -> None:
    random = Random(seed)
    rounds = some_rounds(random)
    decisions = some_decisions(random, rounds)
    of = {person: [one for one in decisions if one.key.participant == person] for person in PEOPLE}
    readings: dict[str, list[tuple[bool, set[str]] | None]] = {
        rule: [counted_by_vote(of[person], rounds, rule) for person in PEOPLE]
        for rule in ("any", "all", "majority")
    }
    chosen = [counted_by_default(of[person], rounds) for person in PEOPLE]
    readings["default"] = [one and (one.state == "coded", set(one.codes)) for one in chosen]
    with build_study(
        people=PEOPLE,
        answers=[(person, "q", "text") for person in PEOPLE],
        codebook=codebook(*CODES),
        decisions=decisions,
        rounds=rounds,
    ) as store:
        for rule, found in readings.items():
            united = tabulate(store, basis=rule).united
            coded = [reading[1] for reading in found if reading and reading[0]]
            assert (united.total.undecided, united.total.coded) == (found.count(None), len(coded)), rule
            assert [theme.total.n for theme in united.themes] == [
                sum(code in codes for codes in coded) for code in CODES
            ], rule
