"""A synthetic study of any size to browse, and what finding and reading its answers takes.

    python benchmarks/answers_store.py FILE [--answers 1000000]

Makes FILE where it is missing, else measures it as it is. Prints figures and judges nothing. The words are
made up and fall off as words do; every third answer is coded by one coder, every twentieth by two.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import accumulate
from pathlib import Path

from harken.codebook.data import code_as_data, family_as_data
from harken.model import Code, Coding, Decision, Family, ResponseKey
from harken.services.browsing import (
    AnswerFilter,
    AnswerMark,
    AnswerSort,
    Reader,
    all_ids,
    code_page,
    find_ids,
    first_ids,
    person_page,
    rows,
)
from harken.services.studies import create_study
from harken.storage.answers.index import index_findings
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import import_decisions
from harken.storage.journal import new_id
from harken.storage.store import Store
from harken.storage.survey_rows import SurveyWriter

QUESTIONS = ("q_good", "q_bad", "q_wish")
N_CODES = 20
N_WORDS = 20_000
SYLLABLES = ("ka", "lo", "mi", "ren", "sta", "tu", "vel", "wo", "pri", "en", "os", "ba", "dri", "fe", "gu")
VARIABLES = (
    {"name": "group", "role": "group", "per_response": False},
    {"name": "age_band", "role": "closed", "per_response": False},
)


def vocabulary(chance: random.Random) -> list[str]:
    words: dict[str, None] = {}
    while len(words) < N_WORDS:
        words["".join(chance.choices(SYLLABLES, k=chance.randint(1, 4)))] = None
        if len(words) > 3000:
            words["".join(chance.choices(SYLLABLES, k=4))] = None
    return list(words)


def falling(n: int) -> list[float]:
    """Cumulative weights that fall off by rank."""
    return list(accumulate(1 / rank for rank in range(1, n + 1)))


def build(path: Path, n_answers: int) -> None:
    chance = random.Random(1)
    words, weights = vocabulary(chance), falling(N_WORDS)
    n_people = -(-n_answers // len(QUESTIONS))
    with create_study(path, lead="ada") as store:
        with store.action("ada") as action:
            for coder in ("ben", "cy"):
                action.append("coder.added", {"name": coder})
            import_id = new_id()
            writer = SurveyWriter(action, import_id=import_id)
            for question in QUESTIONS:
                writer.add_question(question)
            for number in range(n_people):
                name = f"P{number:07}"
                group = "rare" if number % 9973 == 5000 else ("patients" if number % 3 else "experts")
                writer.add_participant(name, {"group": group, "age_band": str(number % 5)})
                for question in QUESTIONS:
                    text = " ".join(chance.choices(words, cum_weights=weights, k=chance.randint(3, 24)))
                    writer.add_response(ResponseKey(name, question), text, {})
            action.append(
                "survey.imported",
                {
                    "file": "synthetic.csv",
                    "questions": list(QUESTIONS),
                    "asked": {},
                    "rows_sha256": writer.finish().rows_sha256,
                    "variables": list(VARIABLES),
                },
                id=import_id,
            )
            family = Family(key="theme", label="Theme")
            action.append(
                "codebook.imported",
                {
                    "file": "synthetic.yaml",
                    "title": "",
                    "language": "en",
                    "families": [family_as_data(family)],
                    "codes": [
                        {
                            "id": f"theme.c{number}",
                            "path": f"theme.c{number}",
                            "body": code_as_data(Code(key=f"c{number}", label=f"Code {number}")),
                        }
                        for number in range(N_CODES)
                    ],
                    "removed": [],
                    "map": {},
                },
            )
        with store.action("ada") as action:
            import_decisions(
                action, stored_codebook(store), decisions(n_people, chance), source={"file": "synthetic.csv"}
            )


def decisions(n_people: int, chance: random.Random) -> Iterator[Decision]:
    codes = [f"theme.c{number}" for number in range(N_CODES - 1)]
    weights = falling(N_CODES - 1)
    for number in range(n_people):
        for place, question in enumerate(QUESTIONS):
            nth = number * len(QUESTIONS) + place
            for coder in ("ben", "cy")[: 2 if nth % 20 == 0 else (1 if nth % 3 == 0 else 0)]:
                applied = set(chance.choices(codes, cum_weights=weights, k=chance.randint(0, 3)))
                if nth % 50_021 == 0:
                    applied.add(f"theme.c{N_CODES - 1}")
                yield Decision(
                    key=ResponseKey(f"P{number:07}", question),
                    coder=coder,
                    codings=tuple(Coding(code) for code in sorted(applied)),
                    is_unsure=nth % 1000 == 0,
                )


def timed(what: str, work: Callable[[], object]) -> None:
    began = time.perf_counter()
    result = work()
    print(f"{what:<44} {1000 * (time.perf_counter() - began):9.1f} ms   {result}")


def filters(store: Store) -> dict[str, AnswerFilter]:
    """A filter of every kind; the words are the study's most frequent one and a rare one."""
    store.connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, answer_index, row)")
    ((common,),) = store.connection.execute(
        "SELECT term FROM temp.words ORDER BY doc DESC LIMIT 1"
    ).fetchall()
    ((rare,),) = store.connection.execute("SELECT term FROM temp.words ORDER BY doc LIMIT 1").fetchall()
    code, rare_code = ("theme.c0",), (f"theme.c{N_CODES - 1}",)
    patients, few = (("group", "patients"),), (("group", "rare"),)
    return {
        "no filter": AnswerFilter(),
        "a common word": AnswerFilter(text=common),
        "a rare word": AnswerFilter(text=rare),
        **{f"its first {n} letters": AnswerFilter(text=f"{common[:n]}*") for n in (1, 2, 3, 4)},
        "without the common word": AnswerFilter(text=f"-{common}"),
        "a code": AnswerFilter(codes=code),
        "a rare code": AnswerFilter(codes=rare_code),
        "a common group": AnswerFilter(where=patients),
        "a rare group": AnswerFilter(where=few),
        "code and group": AnswerFilter(codes=code, where=patients),
        "code and rare group": AnswerFilter(codes=code, where=few),
        "word and code": AnswerFilter(text=common, codes=code),
        "word and rare code": AnswerFilter(text=common, codes=rare_code),
        "word and rare group": AnswerFilter(text=common, where=few),
        "undecided by ben": AnswerFilter(states=(AnswerMark.UNDECIDED,), coders=("ben",)),
        "unsure": AnswerFilter(states=(AnswerMark.UNSURE,), coders=("ben",)),
        "by question": AnswerFilter(text=common, sort=AnswerSort.QUESTION),
        "at most 3 words": AnswerFilter(longest=3),
        "at most 2 words (none)": AnswerFilter(longest=2),
    }


def all_chunks(store: Store, filter: AnswerFilter, reader: Reader) -> str:
    """How many there are, and how long the longest wait for a chunk was."""
    n, longest, began = 0, 0.0, time.perf_counter()
    for chunk in find_ids(store, filter, reader):
        n += len(chunk)
        longest, began = max(longest, time.perf_counter() - began), time.perf_counter()
    return f"{n:,}, longest chunk {1000 * longest:.0f} ms"


def measure(path: Path) -> None:
    reader = Reader(coder="ada")
    with Store.open(path) as store:
        timed("all ids", lambda: f"{len(all_ids(store)):,}")
        timed("all ids again", lambda: f"{len(all_ids(store)):,}")
        for name, filter in filters(store).items():
            timed(f"{name}: first 200", partial(lambda one: len(first_ids(store, one, reader)), filter))
            timed(f"{name}: all", partial(all_chunks, store, filter, reader))
        coded = first_ids(store, AnswerFilter(codes=("theme.c0",)), reader)
        timed("rows of 200 coded answers", lambda: len(rows(store, coded, reader)))
        middle = len(all_ids(store)) // 2
        timed("rows of 200 in the middle", lambda: len(rows(store, range(middle, middle + 200), reader)))
        timed("a person's page", lambda: len(person_page(store, "P0000020", reader).answers))
        timed(
            "a code's page by group", lambda: len(code_page(store, "c0", reader, by="group", most=100).groups)
        )
        timed("the index held to the texts", lambda: list(index_findings(store)))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--answers", type=int, default=1_000_000)
    options = parser.parse_args()
    if not options.file.exists():
        timed(f"building {options.answers:,} answers", lambda: build(options.file, options.answers))
    else:
        measure(options.file)


if __name__ == "__main__":
    sys.exit(main())
