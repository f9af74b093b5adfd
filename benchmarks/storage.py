"""The project file at scale: 100,000 synthetic answers, two coders, about two codes each.

Prints figures and judges nothing:

    python benchmarks/storage.py [--answers 100000] [--keys 500] [--folder DIR]

One coder's work comes as a codings file, the other's decision by decision, so that the journal is as long
as it would be after years. A decision at one key is timed beside a bare one-row commit in the same run,
turn by turn, as the disk decides most of both.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from harken.codebook.data import code_as_data, family_as_data
from harken.model import Code, Coding, Decision, Family, Response, ResponseKey
from harken.services.checking import check_project
from harken.services.studies import create_study
from harken.storage import audit, coding, driver, journal, survey
from harken.storage.codebooks import StoredCodebook, stored_codebook
from harken.storage.store import Store
from harken.storage.survey_rows import SurveyWriter

WORDS = (
    *("the", "image", "helped", "me", "see", "what", "is", "wrong", "and", "I", "could", "follow"),
    *("when", "she", "explained", "it", "calmly"),
)
QUESTIONS = ("q_good", "q_bad")
CODES = tuple(f"code_{number}" for number in range(20))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--answers", type=int, default=100_000)
    parser.add_argument("--keys", type=int, default=500, help="decisions to time one by one")
    parser.add_argument("--folder", type=Path, help="where to write; default: a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as name:
        measure(Path(name), n_answers=options.answers, n_keys=options.keys)


def measure(folder: Path, *, n_answers: int, n_keys: int) -> None:
    print(
        f"SQLite {driver.sqlite3.sqlite_version}, journal mode {driver.journal_mode()}, {n_answers:,} answers"
    )
    chance = random.Random(1)
    with create_study(folder / "study.db", lead="ada") as store:
        timed("import of the rows", n_answers, lambda: take_in(store, n_answers, chance))
        add_codes(store)
        codebook = stored_codebook(store)
        answers = list(survey.responses(store))
        timed("a codings file", n_answers, lambda: codings_file(store, codebook, answers, chance))
        timed(
            "decisions in the journal, one by one",
            n_answers,
            lambda: one_by_one(store, codebook, answers, chance),
        )
        (n_events,) = store.connection.execute("SELECT count(*) FROM events").fetchone()
        print(f"{n_events:,} events, file {store.path.stat().st_size / 1e6:.0f} MB")
        keys(store, codebook, answers, folder / "bare.db", n_keys, chance)
        timed("queue", n_answers, lambda: len(coding.queue(store, coder="cy", round="main")))
        timed("decided_ids", n_answers, lambda: len(coding.decided_ids(store, coder="ada", round="main")))
        timed("decisions, streamed", 2 * n_answers, lambda: drain(coding.decisions(store)))
        timed("coding_rows, streamed", 4 * n_answers, lambda: drain(coding.coding_rows(store)))
        timed("project hash", n_events, store.project_hash)
        timed("doctor", n_events, lambda: print(*check_project(store), sep="\n"))
        timed("repair", n_events, lambda: audit.mend(store))
    timed("opening", 1, lambda: Store.open(folder / "study.db").close())


def peak() -> str:
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{size / (1e6 if sys.platform == 'darwin' else 1e3):.0f} MB"


def timed(what: str, n: int, work: Callable[[], Any]) -> None:
    began = time.perf_counter()
    work()
    seconds = time.perf_counter() - began
    rate = f"{n / seconds:>12,.0f} /s" if n > 1 else " " * 15
    print(f"{what:<40}{seconds:>9.3f} s{rate}   peak {peak()}", flush=True)


def drain(rows: Iterator[Any]) -> None:
    for _ in rows:
        pass


def take_in(store: Store, n_answers: int, chance: random.Random) -> None:
    with store.action("ada") as action:
        import_id = journal.new_id()
        writer = SurveyWriter(action, import_id=import_id)
        for question in QUESTIONS:
            writer.add_question(question)
        for number in range(n_answers // len(QUESTIONS)):
            name = f"P{number}"
            writer.add_participant(name, {"team": chance.choice("ab"), "age": str(chance.randrange(90))})
            for question in QUESTIONS:
                text = " ".join(chance.choices(WORDS, k=chance.randint(2, 25)))
                writer.add_response(ResponseKey(name, question), text, {})
        payload = {"file": "synthetic.csv", "variables": [], "rows_sha256": writer.finish().rows_sha256}
        action.append("survey.imported", payload, id=import_id)


def add_codes(store: Store) -> None:
    family = Family(key="theme", label="Themes")
    with store.action("ada") as action:
        action.append("coder.added", {"name": "ben"})
        for key in CODES:
            code = {
                "id": f"theme.{key}",
                "path": f"theme.{key}",
                "body": code_as_data(Code(key=key, label=key)),
            }
            action.append("code.added", {"family": family_as_data(family), "code": code})


def some_decision(answer: Response, coder: str, chance: random.Random) -> Decision:
    codes = chance.sample(CODES, k=chance.choice((1, 2, 2, 3)))
    return Decision(key=answer.key, coder=coder, codings=tuple(Coding(f"theme.{key}") for key in codes))


def codings_file(
    store: Store, codebook: StoredCodebook, answers: list[Response], chance: random.Random
) -> None:
    with store.action("ada") as action:
        decisions = (some_decision(answer, "ada", chance) for answer in answers)
        coding.import_decisions(action, codebook, decisions, source={"file": "synthetic.csv"})


def one_by_one(
    store: Store, codebook: StoredCodebook, answers: list[Response], chance: random.Random
) -> None:
    with store.action("ben") as action:
        for answer in answers:
            coding.decide(action, codebook, some_decision(answer, "ben", chance))


def keys(
    store: Store,
    codebook: StoredCodebook,
    answers: list[Response],
    bare_path: Path,
    n_keys: int,
    chance: random.Random,
) -> None:
    """One coder's keys, each a commit of its own, beside a bare commit of one row."""
    bare = driver.sqlite3.connect(bare_path, isolation_level=None)
    bare.execute(f"PRAGMA journal_mode = {driver.journal_mode()}")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, body TEXT) STRICT")
    times: dict[str, list[float]] = {}

    def clock(what: str, work: Callable[..., Any], *given: Any) -> None:
        began = time.perf_counter()
        work(*given)
        times.setdefault(what, []).append((time.perf_counter() - began) * 1000)

    def decide(one: Decision) -> None:
        with store.action("cy") as action:
            coding.decide(action, codebook, one)

    def draft(one: Decision) -> None:
        with store.action("cy") as action:
            made = coding.Draft(codings=one.codings)
            coding.put_draft(action, codebook, one.key, made, round="main", coder="cy")

    def look(key: ResponseKey) -> None:
        coding.decision_at(store, codebook, key, **place)

    def look_at_draft(key: ResponseKey) -> None:
        coding.draft_at(store, codebook, key, **place)

    place = {"round": "main", "coder": "cy"}
    for answer in chance.sample(answers, k=min(n_keys, len(answers))):
        one = some_decision(answer, "cy", chance)
        clock("a bare one-row commit", lambda: bare.execute("INSERT INTO one (body) VALUES ('a row')"))
        clock("put_draft", draft, one)
        clock("decide", decide, one)
        clock("decision_at", look, one.key)
        clock("draft_at", look_at_draft, one.key)
    for _ in range(min(n_keys, 100)):
        clock("undo", lambda: coding.undo(store, **place))
    for _ in range(min(n_keys, 100)):
        clock("redo", lambda: coding.redo(store, **place))
    clock("undo with nothing to undo", lambda: coding.undo(store, round="main", coder="dan"))
    clock("undo in a round without own decisions", lambda: coding.undo(store, round="x", coder="ben"))
    bare.close()
    print(f"{'at one key, milliseconds':<42}{'p50':>9}{'p95':>9}{'p99':>9}{'most':>9}")
    for what, took in times.items():
        cuts = statistics.quantiles(took, n=100, method="inclusive") if len(took) > 1 else took * 99
        print(f"  {what:<40}{cuts[49]:>9.3f}{cuts[94]:>9.3f}{cuts[98]:>9.3f}{max(took):>9.3f}")
    ratio = statistics.median(times["decide"]) / statistics.median(times["a bare one-row commit"])
    print(f"  decide is {ratio:.2f} bare commits (medians)")


if __name__ == "__main__":
    main()
