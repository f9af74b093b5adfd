"""Small projects for the tests of the project file, and looks at a file that SQLite itself would not give."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from harken.importers.layout import ImportOptions
from harken.model import Coding, Decision, DecisionState, ResponseKey, TextRule
from harken.services.codebooks import import_codebook
from harken.services.importing import ImportSummary, import_survey, open_survey_file
from harken.services.studies import create_study
from harken.storage import driver
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import Draft, decide, put_draft
from harken.storage.schema import drop_guards_and_views, make_guards_and_views
from harken.storage.store import Store

LEAD = "ada"
QUESTIONS = ("q_good", "q_bad")
CODES = ("theme.trust", "theme.time", "theme.fear")
Row = Mapping[str, str]


def texts_of(name: str) -> dict[str, str]:
    return {
        "q_good": f"What {name} liked was the calm voice of the nurse",
        "q_bad": f"What {name} feared was the long wait in the corridor",
    }


def rows_of(names: Iterable[str]) -> list[Row]:
    return [
        {"id": name, "ward": f"ward of {name}", "team": "a" if len(name) % 2 else "b", **texts_of(name)}
        for name in names
    ]


def take_in(
    store: Store,
    folder: Path,
    rows: Sequence[Row],
    *,
    rules: Sequence[TextRule] = (),
    required: tuple[str, ...] = (),
    is_trial: bool = False,
) -> ImportSummary:
    """Import rows as a CSV file would bring them; the file is gone afterwards."""
    path = folder / "survey.csv"
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, fieldnames=["id", "team", "ward", *QUESTIONS])
        writer.writeheader()
        writer.writerows(rows)
    options = ImportOptions(
        id="id", groups=("team",), attributes=("ward",), questions=QUESTIONS, required=required
    )
    summary = import_survey(
        store, open_survey_file(path, options), actor=LEAD, rules=rules, is_trial=is_trial
    )
    path.unlink()
    return summary


def take_in_codebook(
    store: Store,
    folder: Path,
    paths: Sequence[str],
    *,
    mapping: Mapping[str, str] | None = None,
    examples: Mapping[str, str] | None = None,
) -> None:
    """Import a codebook with these codes, all directly below their families."""
    lines = ["harken: 1", "title: A study", "families:"]
    for family in dict.fromkeys(path.split(".")[0] for path in paths):
        lines += [f"  - key: {family}", f"    label: {family.title()}", "    codes:"]
        for path in paths:
            if path.split(".")[0] == family:
                lines += [f"      - key: {path.split('.')[1]}", f"        label: Code {path.split('.')[1]}"]
                if examples and path in examples:
                    lines.append(f'        examples: ["{examples[path]}"]')
    file = folder / "codebook.yaml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    import_codebook(store, file, actor=LEAD, mapping=mapping)
    file.unlink()


def new_study(path: Path, names: Iterable[str] = ("P1", "P2", "P3")) -> Store:
    """A project with people, two questions, a codebook of three codes, and two coders."""
    store = create_study(path, lead=LEAD)
    fill_study(store, path.parent, names)
    return store


def fill_study(store: Store, folder: Path, names: Iterable[str]) -> None:
    with store.action(LEAD) as action:
        action.append("coder.added", {"name": "ben"})
    take_in(store, folder, rows_of(names))
    take_in_codebook(store, folder, CODES)


def decision(
    name: str,
    *codes: str,
    question: str = "q_good",
    coder: str = LEAD,
    round: str = "main",
    state: DecisionState = DecisionState.CODED,
    memo: str = "",
    message: str = "",
) -> Decision:
    return Decision(
        key=ResponseKey(name, question),
        coder=coder,
        round=round,
        state=state,
        codings=tuple(Coding(code) for code in codes),
        is_unsure=bool(message),
        memo=memo,
        message=message,
    )


def decide_one(store: Store, one: Decision) -> None:
    with store.action(one.coder) as action:
        decide(action, stored_codebook(store), one)


def draft_one(store: Store, name: str, *codes: str, memo: str = "", coder: str = LEAD) -> None:
    draft = Draft(codings=tuple(Coding(code) for code in codes), memo=memo)
    with store.action(coder) as action:
        put_draft(
            action, stored_codebook(store), ResponseKey(name, "q_good"), draft, round="main", coder=coder
        )


def bytes_of(folder: Path) -> dict[str, str]:
    """Every file of a folder with the hash of its bytes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def holding(folder: Path, text: str) -> list[str]:
    """Names of the files in a folder whose bytes hold a text."""
    wanted = text.encode()
    return [file.name for file in sorted(folder.iterdir()) if wanted in file.read_bytes()]


def tamper(path: Path, *statements: str) -> None:
    """Change a closed file as somebody could who takes the guards away and puts them back."""
    connection = driver.sqlite3.connect(path, isolation_level=None)
    drop_guards_and_views(connection)
    for statement in statements:
        connection.execute(statement)
    make_guards_and_views(connection)
    connection.close()
