"""How good and how fast suggestions are before anyone has decided anything, on real coded answers.

    HARKEN_SHARED=/path/to/shared python benchmarks/suggestions.py

recall@3 is the mean, over answers that have a code, of the share of its codes among the first three
suggestions. The codes are shuffled first, since codebooks are often sorted by frequency and ties would
leak it. The baseline counts how many words of an answer stand in a code's label.
With `examples`, a few short answers of each code become its examples in the codebook and leave the test.
At the end stands, for suggestions behind the third, how often those that the coding screen leaves out as
too weak would have been right, and those that it shows.
"""

from __future__ import annotations

import csv
import os
import queue
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from harken.codebook.reading import read_codebook
from harken.model import Code, Codebook
from harken.suggesters.lexical import LexicalSuggester, blank_pipeline
from harken.suggesters.worker import SuggestionWorker
from harken.tui.answer_suggestions import worth_showing
from harken.tui.commands import N_SUGGESTION_KEYS

CODERS = {
    "nhs_feedback": "coder1",
    "anes_terrorism": "consensus",
    "passwords": "coder_primary",
    "music": "consensus",
}
NON_RESPONSE = {"", "Did not answer"}
TOP = 3
SEEDS = (0, 1, 2)
EXAMPLES_PER_CODE = 3
LONGEST_EXAMPLE = 25


class CodedAnswer(NamedTuple):
    text: str
    question: str
    codes: frozenset[str]


Suggest = Callable[[str, str], Sequence[str]]


def coded_answers(folder: Path, coder: str) -> list[CodedAnswer]:
    codes: dict[tuple[str, str, str], set[str]] = {}
    for row in rows(folder / "codings.csv"):
        if row["coder"] == coder and row["code"]:
            codes.setdefault(response_key(row), set()).add(row["code"])
    return [
        CodedAnswer(row["response"], row["question"], frozenset(codes[response_key(row)]))
        for row in rows(folder / "responses.csv")
        if response_key(row) in codes and row["response"].strip() not in NON_RESPONSE
    ]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def response_key(row: Mapping[str, str]) -> tuple[str, str, str]:
    return row["participant"], row["question"], row.get("occasion") or ""


def shuffled(codebook: Codebook, rng: random.Random) -> Codebook:
    def mixed(codes: tuple[Code, ...]) -> tuple[Code, ...]:
        parts = [replace(code, codes=mixed(code.codes)) for code in codes]
        return tuple(rng.sample(parts, len(parts)))

    families = [replace(family, codes=mixed(family.codes)) for family in codebook.families]
    return replace(codebook, families=tuple(rng.sample(families, len(families))))


def with_examples(
    codebook: Codebook, answers: Sequence[CodedAnswer], rng: random.Random
) -> tuple[Codebook, list[CodedAnswer]]:
    """The codebook with a few short answers of each code as its examples, and the answers that are left."""
    examples: dict[str, list[str]] = {}
    left = []
    for answer in rng.sample(answers, len(answers)):
        code = min(sorted(answer.codes), key=lambda code: len(examples.get(code, ())))
        is_short = 2 <= len(answer.text.split()) <= LONGEST_EXAMPLE and len(answer.codes) <= 2
        if is_short and len(examples.get(code, ())) < EXAMPLES_PER_CODE:
            examples.setdefault(code, []).append(answer.text)
        else:
            left.append(answer)

    def exemplified(codes: tuple[Code, ...], prefix: str) -> tuple[Code, ...]:
        return tuple(
            replace(
                code,
                examples=tuple(examples.get(f"{prefix}.{code.key}", ())),
                codes=exemplified(code.codes, f"{prefix}.{code.key}"),
            )
            for code in codes
        )

    families = [replace(family, codes=exemplified(family.codes, family.key)) for family in codebook.families]
    return replace(codebook, families=tuple(families)), left


def label_words(codebook: Codebook) -> Suggest:
    """The baseline: the codes with most words of their label in the answer."""
    nlp = blank_pipeline(codebook.language)

    def content(text: str) -> set[str]:
        return {token.lower_ for token in nlp.make_doc(text) if token.is_alpha and not token.is_stop}

    labels = {path: content(entry.code.label) for path, entry in codebook.entries.items()}

    def suggest(text: str, question: str) -> Sequence[str]:
        words = content(text)
        counts = Counter(
            {
                path: len(words & label)
                for path, label in labels.items()
                if words & label and codebook.entries[path].applies_to(question)
            }
        )
        return [path for path, _ in counts.most_common(TOP)]

    return suggest


def harken(codebook: Codebook) -> Suggest:
    suggester = LexicalSuggester(codebook)

    def suggest(text: str, question: str) -> Sequence[str]:
        return [suggestion.code for suggestion in suggester.suggest(text, question, top=TOP)]

    return suggest


def recall(suggest: Suggest, answers: Sequence[CodedAnswer]) -> float:
    shares = [
        len(answer.codes.intersection(suggest(answer.text, answer.question))) / len(answer.codes)
        for answer in answers
    ]
    return statistics.fmean(shares)


def tails(codebook: Codebook, answers: Sequence[CodedAnswer]) -> tuple[float, float, float]:
    """Behind the third: how many are left out of an answer; the shares of these and of the others right."""
    suggester = LexicalSuggester(codebook)
    right = {True: 0, False: 0}
    n_tails = {True: 0, False: 0}
    for answer in answers:
        found = suggester.suggest(answer.text, answer.question, top=N_SUGGESTION_KEYS)
        shown = worth_showing(found, answer.text)
        for suggestion in found[TOP:]:
            n_tails[suggestion in shown] += 1
            right[suggestion in shown] += suggestion.code in answer.codes
    left_out, kept = (right[is_shown] / max(n_tails[is_shown], 1) for is_shown in (False, True))
    return n_tails[False] / len(answers), left_out, kept


def answers_per_second(codebook: Codebook, answers: Sequence[CodedAnswer]) -> tuple[float, float]:
    """Throughput, and the slowest answer in milliseconds, once warm."""
    suggest = harken(codebook)
    suggest(answers[0].text, answers[0].question)
    times = []
    for answer in answers:
        started = time.perf_counter()
        suggest(answer.text, answer.question)
        times.append(time.perf_counter() - started)
    return len(answers) / sum(times), 1000 * max(times)


def worker_times(codebook: Codebook, answers: Sequence[CodedAnswer]) -> tuple[float, list[float]]:
    """Seconds until the first suggestions come from the other process, then milliseconds for each answer."""
    said: queue.SimpleQueue[object] = queue.SimpleQueue()
    started = time.perf_counter()
    worker = SuggestionWorker(codebook, on_suggestions=lambda *found: said.put(found), on_off=sys.exit)
    worker.start()
    times = []
    for number, answer in enumerate(answers):
        worker.request(number, answer.text, answer.question)
        said.get(timeout=60)
        times.append(time.perf_counter() - started)
        started = time.perf_counter()
    worker.close()
    return times[0], sorted(1000 * seconds for seconds in times[1:])


def main() -> None:
    shared = os.environ.get("HARKEN_SHARED")
    if not shared:
        sys.exit("Set HARKEN_SHARED to the folder that holds data/.")
    heading = ("data", "answers", "codes", "label words", "harken", "examples", "answers/s", "slowest ms")
    print("{:<15} {:>7} {:>5} {:>11} {:>7} {:>9} {:>9} {:>10}".format(*heading))
    figures: list[tuple[float, float, float]] = []
    waits: list[tuple[str, float, list[float]]] = []
    left_out: list[tuple[str, tuple[float, float, float]]] = []
    for name, coder in CODERS.items():
        folder = Path(shared) / "data" / name
        codebook = read_codebook(folder / "codebook.yaml")
        answers = coded_answers(folder, coder)
        measured = []
        for seed in SEEDS:
            rng = random.Random(seed)
            mixed = shuffled(codebook, rng)
            exemplified, left = with_examples(mixed, answers, rng)
            measured.append(
                (
                    recall(label_words(mixed), answers),
                    recall(harken(mixed), answers),
                    recall(harken(exemplified), left),
                )
            )
        means = tuple(statistics.fmean(column) for column in zip(*measured, strict=True))
        figures.append((means[0], means[1], means[2]))
        rate, slowest = answers_per_second(exemplified, answers)
        left_out += [(name, tails(mixed, answers)), (f"{name}, examples", tails(exemplified, left))]
        waits.append((name, *worker_times(exemplified, answers[:1000])))
        print(
            f"{name:<15} {len(answers):>7} {len(codebook.entries):>5} {means[0]:>11.3f} {means[1]:>7.3f} "
            f"{means[2]:>9.3f} {rate:>9.0f} {slowest:>10.1f}",
            flush=True,
        )
    means = tuple(statistics.fmean(column) for column in zip(*figures, strict=True))
    print(f"{'mean':<15} {'':>7} {'':>5} {means[0]:>11.3f} {means[1]:>7.3f} {means[2]:>9.3f}")
    print("From the other process: first suggestions after s, then ms an answer (median, p99, slowest)")
    for name, first, times in waits:
        p99 = times[len(times) * 99 // 100]
        print(f"{name:<15} {first:.2f} {statistics.median(times):.2f} {p99:.2f} {times[-1]:.2f}")
    print(
        "Suggestions behind the third: left out of an answer, share right of these, share right of the others"
    )
    for name, (n_left_out, wrongly, kept) in left_out:
        print(f"{name:<25} {n_left_out:.2f} {wrongly:.3f} {kept:.3f}")


if __name__ == "__main__":
    main()
