"""The committed synthetic survey is what its README says, and its answers vary as people's do."""

from __future__ import annotations

import csv
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_data"
FILES = ("synthetic_survey.csv", "synthetic_codings.csv", "synthetic_true_codes.csv")
QUESTIONS = ("q_benefits", "q_risks", "q_requirements")
NON_RESPONSE = ("", "[no answer]")


def generate(*options: str) -> None:
    subprocess.run([sys.executable, str(SAMPLE / "generate.py"), *options], check=True)


def read_survey(folder: Path) -> list[dict[str, str]]:
    with (folder / "synthetic_survey.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def flow_of(rows: list[dict[str, str]]) -> dict[str, tuple[int, int, int]]:
    """Returned, excluded and usable people by group, by the rule that the README names."""
    returned = Counter(row["group"] for row in rows)
    excluded = Counter(
        row["group"] for row in rows if row["q_benefits"] in NON_RESPONSE or row["q_risks"] in NON_RESPONSE
    )
    return {group: (n, excluded[group], n - excluded[group]) for group, n in returned.items()}


@pytest.fixture(scope="module")
def survey() -> list[dict[str, str]]:
    return read_survey(SAMPLE)


@pytest.fixture(scope="module")
def answers(survey: list[dict[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Answered texts by group and question."""
    return {
        (group, question): [
            row[question] for row in survey if row["group"] == group and row[question] not in NON_RESPONSE
        ]
        for group in ("experts", "patients")
        for question in QUESTIONS
    }


def test_running_the_generator_again_gives_the_committed_files_byte_for_byte(tmp_path: Path) -> None:
    generate("--output", str(tmp_path))
    again = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert again == {name: (SAMPLE / name).read_bytes() for name in FILES}


def test_output_does_not_hang_on_the_order_of_hashes(tmp_path: Path) -> None:
    for hash_seed in ("1", "2"):
        folder = tmp_path / hash_seed
        command = [
            sys.executable,
            str(SAMPLE / "generate.py"),
            "--participants",
            "40",
            "--output",
            str(folder),
        ]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    contents = [{path.name: path.read_bytes() for path in folder.iterdir()} for folder in tmp_path.iterdir()]
    assert contents[0] == contents[1]


def test_another_seed_gives_other_answers_and_the_same_flow(tmp_path: Path) -> None:
    generate("--output", str(tmp_path), "--seed", "7")
    other = read_survey(tmp_path)
    assert [row["q_benefits"] for row in other] != [row["q_benefits"] for row in read_survey(SAMPLE)]
    assert flow_of(other) == flow_of(read_survey(SAMPLE))


def test_returned_excluded_and_usable_are_those_of_the_study(survey: list[dict[str, str]]) -> None:
    assert flow_of(survey) == {"experts": (131, 10, 121), "patients": (355, 73, 282)}


def test_larger_surveys_keep_the_shares_of_groups_and_exclusions(tmp_path: Path) -> None:
    generate("--participants", "1215", "--output", str(tmp_path))
    assert flow_of(read_survey(tmp_path)) == {"experts": (328, 25, 303), "patients": (887, 182, 705)}


def test_every_participant_has_one_row_in_the_order_of_ids(survey: list[dict[str, str]]) -> None:
    expected = [f"E{n:03d}" for n in range(1, 132)] + [f"P{n:03d}" for n in range(1, 356)]
    assert [row["participant"] for row in survey] == expected


def test_attributes_and_closed_items_hold_the_values_that_the_readme_lists(
    survey: list[dict[str, str]],
) -> None:
    expected = {
        "group": {"experts", "patients"},
        "age_band": {"18-34", "35-49", "50-64", "65-79", "80+"},
        "setting": {"hospital", "community", "private practice", "university", ""},
        "wants_access": {"yes", "no", "unsure", ""},
        "how_soon": {"at once", "within a week", "with the report", "at the visit", ""},
        "who_explains": {"referring clinician", "radiologist", "GP", "anyone trained", "nobody needed", ""},
        "images_should_be_shared": {"1", "2", "3", "4", "5", ""},
    }
    assert {column: {row[column] for row in survey} for column in expected} == expected


def test_usable_people_may_be_silent_on_requirements(survey: list[dict[str, str]]) -> None:
    usable = [row for row in survey if not {row["q_benefits"], row["q_risks"]} & set(NON_RESPONSE)]
    silent = Counter(row["group"] for row in usable if row["q_requirements"] in NON_RESPONSE)
    assert 0.02 < silent["experts"] / 121 < 0.12
    assert 0.10 < silent["patients"] / 282 < 0.25


def test_most_non_response_is_blank_and_some_is_the_listed_text(survey: list[dict[str, str]]) -> None:
    found = Counter(
        row[question] for row in survey for question in QUESTIONS if row[question] in NON_RESPONSE
    )
    assert found["[no answer]"] >= 5
    assert found[""] > 4 * found["[no answer]"]


@pytest.mark.parametrize(
    ("group", "question", "low", "high"),
    [
        ("experts", "q_benefits", 0.0, 0.15),
        ("experts", "q_risks", 0.03, 0.25),
        ("experts", "q_requirements", 0.08, 0.33),
        ("patients", "q_benefits", 0.05, 0.25),
        ("patients", "q_risks", 0.15, 0.38),
        ("patients", "q_requirements", 0.12, 0.38),
    ],
)
def test_share_of_identical_texts_is_that_of_real_surveys(
    answers: dict[tuple[str, str], list[str]], group: str, question: str, low: float, high: float
) -> None:
    texts = [" ".join(text.split()).casefold() for text in answers[group, question]]
    repeated = sum(n for n in Counter(texts).values() if n > 1)
    assert low <= repeated / len(texts) <= high


def test_no_long_answer_is_given_twice(answers: dict[tuple[str, str], list[str]]) -> None:
    texts = Counter(text.casefold() for each in answers.values() for text in each if len(text.split()) > 12)
    assert [text for text, n in texts.items() if n > 1] == []


def test_answers_run_from_one_word_to_a_paragraph(answers: dict[tuple[str, str], list[str]]) -> None:
    lengths = {key: [len(text.split()) for text in texts] for key, texts in answers.items()}
    for key, words in lengths.items():
        assert min(words) == 1, key
        assert max(words) >= 30, key
    assert median(lengths["patients", "q_benefits"]) > median(lengths["experts", "q_benefits"])


def test_a_tenth_to_a_third_of_the_answers_hold_several_themes_in_one_sentence(
    survey: list[dict[str, str]],
) -> None:
    with (SAMPLE / "synthetic_true_codes.csv").open(encoding="utf-8", newline="") as file:
        n_codes = Counter(
            (row["participant"], row["question"]) for row in csv.DictReader(file) if row["code"]
        )
    text_of = {(row["participant"], question): row[question] for row in survey for question in QUESTIONS}
    n_mixed = sum(n > 1 and not re.search(r"[.!?\n;]\s*\S", text_of[key]) for key, n in n_codes.items())
    assert 0.10 < n_mixed / len(n_codes) < 0.34


def test_misspellings_are_present_and_not_the_rule(answers: dict[tuple[str, str], list[str]]) -> None:
    """Words with letters that the phrase files never use are slips; the phrase files are the dictionary."""
    phrases = (SAMPLE / "synthesis" / "phrases").glob("*.txt")
    people = (SAMPLE / "synthesis" / "people.py").read_text(encoding="utf-8")
    known = set(
        re.findall(r"[a-z]+", (people + "".join(p.read_text(encoding="utf-8") for p in phrases)).lower())
    )
    contractions = {"dont", "cant", "wont", "isnt", "wasnt", "didnt", "doesnt", "wouldnt", "couldnt"}
    texts = [text for each in answers.values() for text in each]
    with_slip = [
        text
        for text in texts
        if any(
            len(word) > 4 and word not in known | contractions for word in re.findall(r"[a-z]+", text.lower())
        )
    ]
    assert 0.04 < len(with_slip) / len(texts) < 0.20


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("an equals sign at the start", r"^="),
        ("square brackets", r"\[\w+\]"),
        ("an emoji", "[\U0001f300-\U0001faff]"),
        ("curly quotes", "[“”’]"),
        ("an umlaut", "[äöüÄÖÜï]"),
        ("several lines", r"\n"),
        ("an empty line inside", r"\n\n"),
        ("straight double quotes", r'"'),
        ("capitals only", r"^[^a-z]*[A-Z]{4}[^a-z]*$"),
        ("lower case only", r"^[^A-Z]*[a-z]{4}[^A-Z]*$"),
        ("a dash for an answer", r"^-$"),
        ("n/a", r"(?i)^n/a\.?$"),
        ("don't know", r"(?i)^do?n'?t know\.?$"),
        ("nothing", r"(?i)^nothing\.?$"),
        ("a numbered list", r"1\. .*\n2\. "),
    ],
)
def test_answers_hold_what_real_answers_hold(
    answers: dict[tuple[str, str], list[str]], what: str, pattern: str
) -> None:
    assert any(re.search(pattern, text) for texts in answers.values() for text in texts), what


def test_answers_are_fully_expanded(answers: dict[tuple[str, str], list[str]]) -> None:
    texts = [text for each in answers.values() for text in each]
    assert [text for text in texts if re.search(r"[{}|]|\(\)|\?<|\ba (MRI|X-ray|ultrasound)\b", text)] == []
