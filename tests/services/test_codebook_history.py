"""Who changed what in the codebook, from Python; and where a code is used, as far as one may see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import Code, Round
from harken.services.browsing import Reader, reader_for
from harken.services.codebooks import import_codebook
from harken.services.codebooks.desk import CodebookDesk
from harken.services.codebooks.history import codebook_history, history_report
from harken.services.codebooks.looking import CodeUse, answers_with, uses
from harken.services.codebooks.merging import preview_merge
from harken.services.withdrawing import withdraw_participant
from harken.storage.store import Store

PEOPLE = ["P1", "P2", "P3"]


@pytest.fixture
def store(study: Callable[..., Store]) -> Store:
    return study(
        people=PEOPLE,
        answers=[(name, "q", f"what {name} said of it") for name in PEOPLE],
        codebook=codebook("theme.wait", "theme.staff", "risk.fear"),
        decisions=[
            decision(LEAD, "P1", "q", "theme.wait"),
            decision(LEAD, "P2", "q", "theme.wait"),
            decision("ben", "P2", "q", "theme.wait", "theme.staff", round="blind"),
            decision("ben", "P3", "q", "theme.wait", round="blind"),
        ],
        rounds=[Round(name="blind", is_blind=True)],
    )


@pytest.fixture
def desk(store: Store) -> CodebookDesk:
    return CodebookDesk(store, actor=LEAD)


def test_the_desk_takes_families_and_codes_by_their_address(desk) -> None:
    assert desk.add("tone", exclusive=True, scale="ordinal").path == "tone"
    assert desk.add("tone.good", label="Good", keywords=["fine"], value=1.0).path == "tone.good"
    assert desk.rename("tone", "mood").path == "mood"
    assert desk.change("mood", label="Mood").said == "Mood is changed."
    assert desk.change("good", **desk.longer_lists("good", keywords=["fine", "well"])).path == "mood.good"
    assert desk.current.entries["mood.good"].code == Code(
        key="good", label="Good", keywords=("fine", "well"), value=1.0
    )
    desk.remove("good")
    desk.move("mood", before="theme")
    assert [family.key for family in desk.current.families] == ["mood", "theme", "risk"]
    desk.remove("mood")
    desk.undo()
    assert desk.current.family("mood").label == "Mood"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"exclusive": True}, "'wait' is a code, which has no exclusive; say so of its family"),
        ({"colour": "red"}, "'wait' is a code, which has no colour; known: label, definition, include"),
    ],
)
def test_a_field_that_there_is_not_is_refused_by_its_name(desk, fields, words) -> None:
    with pytest.raises(HarkenError) as refused:
        desk.change("wait", **fields)
    assert words in str(refused.value)


def said(store: Store, address: str = "") -> list[tuple[str, str, str]]:
    return [(entry.coder, entry.what, entry.code) for entry in codebook_history(store, address).entries]


def test_a_merge_stands_in_the_history_of_both_codes(store, desk) -> None:
    desk.merge("wait", "staff")
    desk.undo()
    assert said(store, "wait")[1:] == [(LEAD, "merged", "theme.wait"), (LEAD, "parted", "theme.wait")]
    assert said(store, "staff")[1:] == [(LEAD, "took in", "theme.staff"), (LEAD, "gave back", "theme.staff")]


def test_a_code_that_is_gone_is_found_by_its_first_address(store, desk) -> None:
    desk.merge("wait", "staff")
    assert said(store, "theme.wait")[-1] == (LEAD, "merged", "theme.wait")


def test_an_import_is_one_entry_with_what_it_changed(store, desk, tmp_path: Path) -> None:
    file = tmp_path / "book.yaml"
    file.write_text(
        "harken: 1\nfamilies:\n  - key: theme\n    codes:\n      - {key: wait, label: Waiting}\n"
        "      - {key: staff, label: Staff}\n      - {key: new, label: New}\n"
    )
    import_codebook(store, file, actor="ben")
    assert said(store)[1:] == [
        *(("ben", "imported", ""), ("ben", "reworded", "theme.wait"), ("ben", "removed", "risk.fear")),
    ]
    assert said(store, "new") == [("ben", "made", "theme.new")]


def test_the_report_has_a_row_for_each_field(store, desk) -> None:
    desk.change("wait", label="Waiting", keywords=["queue", "slow"], why="agreed")
    (table,) = history_report(codebook_history(store, "wait")).tables
    assert [[cell.text for cell in row[1:]] for row in table.rows[1:]] == [
        [LEAD, "reworded", "theme.wait", "label", "Wait", "Waiting", "agreed"],
        ["", "", "", "keywords", "", "queue\nslow", ""],
    ]


def test_use_is_counted_in_people_and_codings(store) -> None:
    everything = Reader(coder=LEAD)
    assert uses(store, everything) == {"theme.wait": CodeUse(3, 4), "theme.staff": CodeUse(1, 1)}
    assert [answer.key.participant for answer in answers_with(store, "theme.wait", everything)] == PEOPLE
    first = answers_with(store, "theme.wait", everything)[0]
    assert [
        one.key.participant for one in answers_with(store, "theme.wait", everything, after=first.response_id)
    ] == [
        *("P2", "P3"),
    ]


def test_in_a_blind_round_own_work_alone_is_counted_and_previewed(store) -> None:
    reader = reader_for(store, "ben", round="blind")
    assert uses(store, reader) == {"theme.wait": CodeUse(2, 2), "theme.staff": CodeUse(1, 1)}
    assert [answer.coders for answer in answers_with(store, "theme.wait", reader)] == [("ben",), ("ben",)]
    assert (
        preview_merge(store, "staff", "wait", reader=reader).said
        == "1 answer goes over; 1 of these has both already."
    )


def test_a_reason_that_quotes_a_participant_is_named_when_they_withdraw(store, desk) -> None:
    desk.retire("wait", why="what P1 said of it fits staff")
    assert withdraw_participant(store, "P1", actor=LEAD).still_held[0] == (
        "the codebook and its history in the journal: the wording of theme.wait repeats an answer's words"
    )
