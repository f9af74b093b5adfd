"""The committed codings fit the survey and the codebook, and the two coders disagree as people do."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from harken.codebook import read_codebook

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
CODEBOOK = read_codebook(ROOT / "codebooks" / "image_sharing.yaml")
QUESTIONS = ("q_benefits", "q_risks", "q_requirements")
NON_RESPONSE = ("", "[no answer]")

Unit = tuple[str, str]


def read_rows(name: str) -> list[dict[str, str]]:
    with (SAMPLE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SURVEY = read_rows("synthetic_survey.csv")
ANSWERED = {(row["participant"], q) for row in SURVEY for q in QUESTIONS if row[q] not in NON_RESPONSE}
EXCLUDED = {
    row["participant"]
    for row in SURVEY
    if row["q_benefits"] in NON_RESPONSE or row["q_risks"] in NON_RESPONSE
}
USABLE = {unit for unit in ANSWERED if unit[0] not in EXCLUDED}


def decisions_of(name: str, coder: str) -> dict[Unit, set[str]]:
    """What a coder decided: the codes of each answer, empty where no code applies or it is uncodable."""
    decided: dict[Unit, set[str]] = {}
    for row in read_rows(name):
        if row["coder"] == coder:
            codes = decided.setdefault((row["participant"], row["question"]), set())
            codes |= {row["code"]} - {""}
    return decided


TRUTH = decisions_of("synthetic_true_codes.csv", "generator")
ADA = decisions_of("synthetic_codings.csv", "ada")
BEN = decisions_of("synthetic_codings.csv", "ben")


@pytest.fixture(scope="module", params=["synthetic_codings.csv", "synthetic_true_codes.csv"])
def rows(request: pytest.FixtureRequest) -> list[dict[str, str]]:
    return read_rows(request.param)


def test_every_coding_names_a_code_that_applies_to_its_question(rows: list[dict[str, str]]) -> None:
    used = {(row["code"], row["question"]) for row in rows if row["code"]}
    assert [
        (code, question)
        for code, question in sorted(used)
        if code not in CODEBOOK.entries or not CODEBOOK.entries[code].applies_to(question)
    ] == []


def test_rows_are_sorted_and_none_is_given_twice(rows: list[dict[str, str]]) -> None:
    keys = [tuple(row[c] for c in ("participant", "question", "round", "coder", "code")) for row in rows]
    assert keys == sorted(set(keys))


def test_a_blank_code_stands_alone_in_its_decision(rows: list[dict[str, str]]) -> None:
    n_rows = Counter((row["participant"], row["question"], row["coder"]) for row in rows)
    blank = [row for row in rows if not row["code"]]
    assert {n_rows[row["participant"], row["question"], row["coder"]] for row in blank} == {1}


def test_rows_of_one_decision_agree_on_state_unsure_and_memo(rows: list[dict[str, str]]) -> None:
    said = {
        (row["participant"], row["question"], row["coder"], row["state"], row["unsure"], row["memo"])
        for row in rows
    }
    assert len(said) == len({key[:3] for key in said})


def test_the_truth_covers_every_answered_response() -> None:
    assert set(TRUTH) == ANSWERED


def test_ada_decided_every_answered_response_of_the_usable_people() -> None:
    assert set(ADA) == USABLE


def test_ben_decided_all_answers_of_about_a_third_of_the_usable_people() -> None:
    people = {participant for participant, _ in BEN}
    assert set(BEN) == {unit for unit in USABLE if unit[0] in people}
    assert 0.28 < len(people) / len({participant for participant, _ in USABLE}) < 0.42


def test_every_code_of_the_codebook_is_used_by_the_truth_and_by_both_coders() -> None:
    for decided in (TRUTH, ADA, BEN):
        assert set().union(*decided.values()) == set(CODEBOOK.paths)


def test_empty_uncodable_and_unsure_decisions_and_memos_are_there_and_rare() -> None:
    rows = read_rows("synthetic_codings.csv")
    decisions = {(row["participant"], row["question"], row["coder"]): row for row in rows}.values()
    n = len(decisions)
    assert 0.03 < sum(not row["code"] and row["state"] == "coded" for row in decisions) / n < 0.15
    assert 5 <= sum(row["state"] == "uncodable" for row in decisions) < 0.03 * n
    assert 10 <= sum(row["unsure"] == "yes" for row in decisions) < 0.05 * n
    assert 10 <= sum(row["memo"] != "" for row in decisions) < 0.05 * n


def alpha_of(code: str) -> float:
    """Krippendorff's alpha of two coders on one code, as Krippendorff (2011) defines it for binary data."""
    units = [u for u in sorted(set(ADA) & set(BEN)) if CODEBOOK.entries[code].applies_to(u[1])]
    pairs = [(code in ADA[unit], code in BEN[unit]) for unit in units]
    n_values = 2 * len(pairs)
    n_yes = sum(first + second for first, second in pairs)
    observed = sum(first != second for first, second in pairs) / len(pairs)
    expected = 2 * n_yes * (n_values - n_yes) / (n_values * (n_values - 1))
    return 1 - observed / expected


@pytest.mark.parametrize("code", CODEBOOK.paths)
def test_coders_agree_on_each_code_neither_perfectly_nor_hopelessly(code: str) -> None:
    assert 0.45 < alpha_of(code) < 0.97


def test_coders_agree_on_a_code_as_a_rule_between_60_and_90_percent_beyond_chance() -> None:
    alphas = [alpha_of(code) for code in CODEBOOK.paths]
    assert sum(0.60 <= alpha <= 0.90 for alpha in alphas) >= 0.7 * len(alphas)


def test_some_codes_are_too_rare_for_a_verdict_and_most_are_not() -> None:
    n_double = len(set(ADA) & set(BEN))
    expected = {
        code: sum(code in ADA[u] or code in BEN[u] for u in sorted(set(ADA) & set(BEN)))
        for code in CODEBOOK.paths
    }
    rare = [code for code, n in expected.items() if n < 10]
    assert n_double >= 350
    assert 1 <= len(rare) <= 6


@pytest.mark.parametrize(
    ("code", "more", "by_at_least"),
    [
        ("benefit.understanding", "experts", 0.15),
        ("benefit.adherence", "experts", 0.15),
        ("benefit.reassurance", "patients", 0.02),
        ("risk.misinterpretation", "experts", 0.15),
        ("risk.none_stated", "patients", 0.12),
        ("demand.wants_access", "patients", 0.04),
    ],
)
def test_groups_differ_in_what_they_mention(code: str, more: str, by_at_least: float) -> None:
    people = {row["participant"]: row["group"] for row in SURVEY if row["participant"] not in EXCLUDED}
    mentioned = {p for (p, _), codes in TRUTH.items() if code in codes and p in people}
    share = {
        group: sum(people[p] == group for p in mentioned) / sum(g == group for g in people.values())
        for group in ("experts", "patients")
    }
    other = "patients" if more == "experts" else "experts"
    assert share[more] - share[other] >= by_at_least


def test_ada_is_nearer_to_the_truth_than_ben() -> None:
    both = sorted(set(ADA) & set(BEN))
    assert sum(ADA[u] == TRUTH[u] for u in both) > sum(BEN[u] == TRUTH[u] for u in both)
