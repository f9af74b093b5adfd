"""What goes into an archive, and what must not."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from study_builder import LEAD, build_study, codebook, decision

from harken.errors import HarkenError
from harken.model import Mark, MarkKind, ResponseKey, TextList, TextRule
from harken.services.archiving import Archive, ArchiveOptions, TextChoice, archive_project
from harken.services.marking import set_mark
from harken.services.memos import subjects, writing
from harken.storage import survey
from harken.storage.store import Store

PEOPLE = {
    "p1": {"group": "north", "job": "driver of the night bus"},
    "p2": {"group": "south", "job": "farmer"},
    "p3": {"group": "south", "job": "farmer"},
}
ANSWERS = [
    ("p1", "q1", "Nurse Willoughby explained every picture twice"),
    ("p2", "q1", "Waited nineteen weeks, nobody telephoned me"),
    ("p3", "q1", "My neighbour saw NURSE WILLOUGHBY as well"),
]
BOOK = codebook("theme.wait", "theme.staff")


def make_study() -> Store:
    """Three people, two codes, an example, a memo, and one name marked as identifying."""
    family = BOOK.families[0]
    wait = replace(
        family.codes[0],
        examples=("Waited nineteen weeks",),
        definition="What Nurse Willoughby would call waiting",
    )
    book = replace(BOOK, families=(replace(family, codes=(wait, family.codes[1])),))
    store = build_study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=book,
        decisions=[decision("ann", "p1", "q1", "theme.staff"), decision("ann", "p2", "q1", "theme.wait")],
        rules=[TextRule(list=TextList.NO_CONTENT, text="Waited nineteen weeks, nobody telephoned me")],
    )
    key = ResponseKey("p1", "q1")
    id = survey.response_id(store, key)
    assert id is not None
    mark = Mark(kind=MarkKind.IDENTIFYING, start=0, end=16, coder="ann", label="name")
    set_mark(store, survey.response(store, id), mark, actor="ann")
    writing.add_memo(
        store, subjects.on_answer(store, key), "She means nurse  Willoughby; compare p2.", actor="ann"
    )
    return store


@pytest.fixture
def pack(tmp_path: Path) -> Callable[..., tuple[Archive, dict[str, str]]]:
    """The archive of the study above, and its members as texts."""

    def make(text: str = "none", **options: object) -> tuple[Archive, dict[str, str]]:
        with make_study() as store:
            made = archive_project(
                store,
                tmp_path / f"{text}.zip",
                options=ArchiveOptions(text=TextChoice(text), **options),  # type: ignore[arg-type]
                actor=LEAD,
                is_replacing=True,
            )
        with zipfile.ZipFile(made.path) as archive:
            return made, {name: archive.read(name).decode() for name in archive.namelist()}

    return make


Pack = Callable[..., tuple[Archive, dict[str, str]]]


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_without_texts_no_twelve_characters_of_any_answer_stand_anywhere_in_the_archive(pack: Pack) -> None:
    _, members = pack("none")
    everything = "\n".join(members.values()).casefold()
    windows = {text.casefold()[at : at + 12] for _, _, text in ANSWERS for at in range(len(text) - 11)}
    assert [window for window in sorted(windows) if window in everything] == []


def test_without_texts_there_is_no_column_for_them_and_no_memo(pack: Pack) -> None:
    _, members = pack("none")
    assert rows(members["answers.csv"]) == [
        {"participant": name, "question": "q1", "occasion": "", "state": "answered"} for name in PEOPLE
    ]
    assert "memos.csv" not in members
    assert "example" not in members["codebook.yaml"]


def test_redacted_archives_hold_marked_words_nowhere_however_they_are_written(pack: Pack) -> None:
    _, members = pack("redacted")
    assert [name for name, text in members.items() if "willoughby" in text.casefold()] == []
    assert [row["response"] for row in rows(members["answers.csv"])] == [
        "[name removed] explained every picture twice",
        "Waited nineteen weeks, nobody telephoned me",
        "My neighbour saw [name removed] as well",
    ]
    assert [row["memo"] for row in rows(members["memos.csv"])] == ["She means [name removed]; compare p2."]


def test_full_archives_hold_texts_as_they_were_written(pack: Pack) -> None:
    made, members = pack("full")
    assert [row["response"] for row in rows(members["answers.csv"])] == [text for _, _, text in ANSWERS]
    assert made.n_withheld == 0


def test_of_withheld_events_the_bare_hash_stands_with_the_reason(pack: Pack) -> None:
    made, members = pack("none")
    events = list(map(json.loads, members["journal.jsonl"].splitlines()))
    withheld = [event for event in events if "withheld" in event]
    assert [sorted(event) for event in withheld] == [["hash", "withheld"]] * made.n_withheld
    assert {event["withheld"] for event in withheld} == {"repeats words of answers"}
    assert made.n_withheld == 2


@pytest.mark.parametrize("options", [{}, {"has_pseudonyms": True}])
@pytest.mark.parametrize("text", ["none", "redacted", "full"])
def test_an_archive_verifies_without_harken(
    pack: Pack, tmp_path: Path, text: str, options: dict[str, bool]
) -> None:
    made, _ = pack(text, **options)
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(made.path).extractall(folder)
    done = subprocess.run(
        [sys.executable, "-S", "verify.py"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "all as it was made")
    assert made.project_hash in done.stdout


@pytest.mark.parametrize("name", ["codings.csv", "journal.jsonl", "project_hash.txt"])
def test_an_archive_that_was_changed_does_not_verify(pack: Pack, tmp_path: Path, name: str) -> None:
    made, members = pack("full")
    folder = tmp_path / "unpacked"
    zipfile.ZipFile(made.path).extractall(folder)
    changed = members[name].replace("a", "b", 1) if name != "project_hash.txt" else "0" * 64
    (folder / name).write_text(changed)
    done = subprocess.run([sys.executable, "verify.py"], cwd=folder, capture_output=True, check=False)
    assert done.returncode == 1


def test_the_same_project_and_options_give_the_same_bytes(tmp_path: Path) -> None:
    with make_study() as store:
        made = [
            archive_project(store, tmp_path / name, options=ArchiveOptions(), actor=LEAD).path.read_bytes()
            for name in ("one.zip", "two.zip")
        ]
    assert made[0] == made[1]


def test_pseudonyms_stand_in_every_file_in_the_place_of_ids(pack: Pack) -> None:
    _, members = pack("full", has_pseudonyms=True)
    people = [row["participant"] for row in rows(members["participants.csv"])]
    assert people == sorted(people)
    assert {row["participant"] for row in rows(members["answers.csv"])} == set(people)
    assert {row["participant"] for row in rows(members["codings.csv"])} < set(people)
    memo = rows(members["memos.csv"])[0]["memo"].rstrip(".")
    assert memo.rpartition(" ")[2] in people
    assert [name for name, text in members.items() if '"p1"' in text or "p1," in text] == []


def test_pseudonyms_are_the_same_in_every_archive_of_a_project(tmp_path: Path) -> None:
    options = ArchiveOptions(has_pseudonyms=True)
    with make_study() as store:
        made = [
            archive_project(store, tmp_path / name, options=options, actor=LEAD).path
            for name in ("one.zip", "two.zip")
        ]
    one, two = (zipfile.ZipFile(path).read("participants.csv") for path in made)
    assert one == two


def test_the_dictionary_explains_every_column_of_every_table(pack: Pack) -> None:
    _, members = pack("redacted")
    explained = {(row["file"], row["column"]) for row in rows(members["data_dictionary.csv"])}
    tables = {name: text for name, text in members.items() if name.endswith(".csv")}
    del tables["data_dictionary.csv"]
    assert explained == {
        (name, column)
        for name, text in tables.items()
        for column in next(csv.reader([text.split("\n")[0].rstrip("\r")]))
    }


def test_codings_and_codebook_of_an_archive_can_be_imported(pack: Pack, tmp_path: Path) -> None:
    from harken.codebook import read_codebook
    from harken.services.codings import import_codings

    _, members = pack("full")
    (tmp_path / "codebook.yaml").write_text(members["codebook.yaml"])
    (tmp_path / "codings.csv").write_bytes(members["codings.csv"].encode())
    book = read_codebook(tmp_path / "codebook.yaml")
    with build_study(people=PEOPLE, answers=ANSWERS, codebook=book) as store:
        result = import_codings(store, tmp_path / "codings.csv", actor=LEAD)
        assert (result.n_rows, result.n_decisions) == (2, 2)


def test_ids_that_look_like_names_are_warned_of(tmp_path: Path) -> None:
    people = {"Joan Smith": {}, "jo@example.org": {}, "p3": {}, "Leeds ward 528": {}}
    with build_study(people=people, answers=[(name, "q1", "waiting") for name in people]) as store:
        made = archive_project(store, tmp_path / "a.zip", options=ArchiveOptions(), actor=LEAD)
    assert made.warnings == (
        "2 participant ids look like names or addresses; --pseudonyms replaces the ids.",
    )


def test_a_column_that_does_not_exist_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with make_study() as store, pytest.raises(HarkenError, match=r"No column 'age'.*Columns: 'group', 'job'"):
        archive_project(store, path, options=ArchiveOptions(attributes=("age",)), actor=LEAD)
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_exists_is_kept_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(b"mine")
    with make_study() as store, pytest.raises(HarkenError, match="exists already"):
        archive_project(store, path, options=ArchiveOptions(), actor=LEAD)
    assert path.read_bytes() == b"mine"
