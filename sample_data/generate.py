"""Make the synthetic sample study: a survey, the codes its answers truly carry, two coders' codings.

`python sample_data/generate.py` rewrites the committed files, byte for byte. `--participants 100000
--output DIR` makes a survey of that size for benchmarks.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from synthesis.chance import Chance
from synthesis.coders import ADA, BEN, SyntheticDecision, decide
from synthesis.grammar import QUESTIONS, load_grammar
from synthesis.people import CLOSED_ITEMS, EXPERTS, PATIENTS, Person, draw_person
from synthesis.themes import Kind
from synthesis.writing import Answer, write_answer

RETURNED = {EXPERTS: 131, PATIENTS: 355}
EXCLUDED = {EXPERTS: 10, PATIENTS: 73}
"""Returned questionnaires without an answer on benefits or on risks."""
SEED = 486
TRUTH = "generator"
NO_ANSWER = "[no answer]"
OVERLAP = 0.35
"""Share of the usable people whose answers Ben coded too."""
SURVEY_COLUMNS = ("participant", "group", "age_band", "setting", *CLOSED_ITEMS, *QUESTIONS)
CODING_COLUMNS = (
    "participant", "question", "occasion", "round", "coder", "code", "start", "end", "state", "unsure",
    "memo", "at",
)  # fmt: skip
_SKIPS_REQUIREMENTS = {EXPERTS: 0.08, PATIENTS: 0.16}
_LEFT_BLANK = ((("q_benefits",), 0.2), (("q_risks",), 0.5), (("q_benefits", "q_risks"), 0.3))
_STREAMS_PER_PERSON = 4


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Make the synthetic sample study.")
    parser.add_argument("--participants", type=int, default=sum(RETURNED.values()), metavar="N")
    parser.add_argument("--output", type=Path, default=Path(__file__).parent, metavar="DIR")
    parser.add_argument("--seed", type=int, default=SEED, metavar="S")
    options = parser.parse_args(arguments)
    if options.participants < 1:
        parser.error("--participants must be 1 or more")
    options.output.mkdir(parents=True, exist_ok=True)
    write_study(participants=options.participants, output=options.output, seed=options.seed)


def write_study(*, participants: int, output: Path, seed: int) -> None:
    """Write the three files; people are made one after the other, so memory does not grow with them."""
    with ExitStack() as stack:
        survey = _writer(stack, output / "synthetic_survey.csv", SURVEY_COLUMNS)
        truth = _writer(stack, output / "synthetic_true_codes.csv", CODING_COLUMNS)
        codings = _writer(stack, output / "synthetic_codings.csv", CODING_COLUMNS)
        for number, (id, group, turn) in enumerate(_ids(participants, seed)):
            first = (number + 1) * _STREAMS_PER_PERSON
            person = draw_person(id=id, group=group, turn=turn, chance=Chance(seed=seed, stream=first))
            answers = _answers(person, Chance(seed=seed, stream=first + 1))
            survey(_survey_row(person, answers))
            for answer in sorted(answers, key=lambda each: each.question):
                if answer.text not in ("", NO_ANSWER):
                    _write_decision(truth, person, answer, _true_decision(answer))
            if not person.is_excluded:
                _write_codings(codings, person, answers, Chance(seed=seed, stream=first + 2))


def _ids(participants: int, seed: int) -> Iterator[tuple[str, str, int]]:
    """Every participant's id, group and turn (see `Person.turn`)."""
    n_experts = _share(participants, RETURNED[EXPERTS], sum(RETURNED.values()))
    for stream, (group, n) in enumerate(((EXPERTS, n_experts), (PATIENTS, participants - n_experts))):
        n_excluded = _share(n, EXCLUDED[group], RETURNED[group])
        turns = Chance(seed=seed, stream=stream).shuffled(range(-n_excluded, n - n_excluded))
        width = max(3, len(str(n)))
        for index, turn in enumerate(turns, start=1):
            yield f"{group[0].upper()}{index:0{width}d}", group, turn


def _share(n: int, part: int, whole: int) -> int:
    """`n` × `part` / `whole`, rounded to the nearest whole number."""
    return (2 * n * part + whole) // (2 * whole)


def _answers(person: Person, chance: Chance) -> list[Answer]:
    blank: tuple[str, ...] = chance.weighted(_LEFT_BLANK) if person.is_excluded else ()
    if chance.happens(_SKIPS_REQUIREMENTS[person.group] + 0.25 * len(blank)):
        blank = (*blank, "q_requirements")
    grammar = load_grammar()
    answers = []
    for question in QUESTIONS:
        if question in blank:
            text = NO_ANSWER if chance.happens(0.12) else ""
            answers.append(Answer(question=question, text=text, codes=(), kind=Kind.EMPTY))
        else:
            answers.append(write_answer(person=person, question=question, grammar=grammar, chance=chance))
    return answers


def _survey_row(person: Person, answers: Sequence[Answer]) -> tuple[str, ...]:
    closed = (person.closed[item] for item in CLOSED_ITEMS)
    texts = (answer.text for answer in answers)
    return (person.id, person.group, person.age_band, person.setting, *closed, *texts)


def _true_decision(answer: Answer) -> SyntheticDecision:
    codes = tuple(sorted(answer.codes))
    return SyntheticDecision(coder=TRUTH, codes=codes, is_uncodable=answer.kind is Kind.UNCLEAR)


def _write_codings(
    write: Callable[[Sequence[str]], object], person: Person, answers: Sequence[Answer], chance: Chance
) -> None:
    coders = (ADA, BEN) if chance.happens(OVERLAP) else (ADA,)
    for answer in sorted(answers, key=lambda each: each.question):
        if answer.text not in ("", NO_ANSWER):
            for coder in coders:
                _write_decision(write, person, answer, decide(answer=answer, coder=coder, chance=chance))


def _write_decision(
    write: Callable[[Sequence[str]], object], person: Person, answer: Answer, decision: SyntheticDecision
) -> None:
    state = "uncodable" if decision.is_uncodable else "coded"
    unsure = "yes" if decision.is_unsure else ""
    for code in decision.codes or ("",):
        write(
            (
                person.id,
                answer.question,
                "",
                "main",
                decision.coder,
                code,
                "",
                "",
                state,
                unsure,
                decision.memo,
                "",
            )
        )


def _writer(stack: ExitStack, path: Path, columns: Sequence[str]) -> Callable[[Sequence[str]], object]:
    file = stack.enter_context(path.open("w", encoding="utf-8", newline=""))
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    return writer.writerow


if __name__ == "__main__":
    main()
