"""The spreadsheet round trip: what a colleague fills in comes back, and nothing harmed is taken."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from zipfile import ZipFile

import pytest
from filled_workbook import FilledIn, fill
from python_calamine import CalamineWorkbook
from study_builder import codebook, decision

from harken.errors import HarkenError
from harken.model import Coding, Decision, Mark, MarkKind, ResponseKey, Round
from harken.services.checking import check_project
from harken.services.codebooks.codes import retire_code
from harken.services.marking import set_mark
from harken.services.round_trip import (
    ChangeKind,
    WorkbookImport,
    export_workbook,
    is_coding_workbook,
    look_at_workbook,
    take_workbook,
    workbook_report,
)
from harken.services.withdrawing import withdraw_participant
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide, decision_at
from harken.storage.store import Store
from harken.storage.survey import responses

Study = Callable[..., Store]
BOOK = codebook("theme.wait", "theme.staff", "theme.price", questions={"theme.price": ("q2",)})


@pytest.fixture
def store(study: Study) -> Store:
    """Three people, two questions; ann decided on the first answer, bob on all."""
    return study(
        people={"p1": {"group": "north"}, "p2": {"group": ""}, "p3": {"group": "south"}},
        answers=[
            ("p1", "q1", "too slow"),
            ("p2", "q1", "=1+1 \x07 and <r>x</r>\r\nsecond line"),
            ("p3", "q1", "  nice   staff "),
            ("p1", "q2", "the price"),
        ],
        codebook=BOOK,
        decisions=[
            decision("ann", "p1", "q1", "theme.wait"),
            decision("bob", "p2", "q1", "theme.staff"),
            decision("bob", "p1", "q2", "theme.price"),
        ],
        rounds=[Round(name="blind", is_blind=True, hides_group=True, coders=("bob",))],
    )


@pytest.fixture
def path(store: Store, tmp_path: Path) -> Path:
    """Ann's workbook of the main round, as it is exported."""
    return exported(store, tmp_path / "ann.xlsx")


def exported(store: Store, path: Path, *, coder: str = "ann", round: str = "main") -> Path:
    path.write_bytes(export_workbook(store, coder=coder, round=round).data)
    return path


def sheets_of(path: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(str(path)) as workbook:
        return {
            name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[misc]
            for name in workbook.sheet_names
        }


def zipped_text(path: Path) -> bytes:
    with ZipFile(path) as parts:
        return b"".join(parts.read(name) for name in parts.namelist())


def stored(
    store: Store, participant: str, question: str = "q1", *, coder: str = "ann", round: str = "main"
) -> Decision | None:
    key = ResponseKey(participant, question)
    found = decision_at(store, stored_codebook(store), key, round=round, coder=coder)
    return None if found is None else replace(found, at="")


def changes(looked: WorkbookImport) -> list[tuple[str, str, str]]:
    return [(one.after.key.participant, one.after.key.question, one.kind.value) for one in looked.changes]


def refusal(store: Store, path: Path) -> str:
    with pytest.raises(HarkenError) as refused:
        look_at_workbook(store, path)
    return str(refused.value).replace(str(path), "FILE")


# -- out ---------------------------------------------------------------------------------------------


def test_a_sheet_holds_a_questions_answers_and_own_decisions_alone(path: Path) -> None:
    sheets = sheets_of(path)
    assert list(sheets) == ["q1", "q2", "Codes", "Read me", "harken", "lists"]
    headings, *rows = sheets["q1"]
    codes = [f"code {number}" for number in range(1, 7)]
    assert headings == [
        *("participant", "answer", *codes, "decision", "unsure", "memo", "question", "occasion"),
        "survey: group",
    ]
    blank = [""] * 5
    assert rows == [
        ["p1", "too slow", "Wait", *blank, "coded", "", "", "q1", "", "north"],
        [
            *("p2", "=1+1 ␇ and <r>x</r>\nsecond line", "", *blank, "", "", "", "q1", "", "(missing)"),
        ],
        ["p3", "  nice   staff ", "", *blank, "", "", "", "q1", "", "south"],
    ]


def test_what_tells_who_somebody_is_goes_into_no_workbook(store: Store, tmp_path: Path) -> None:
    response = next(one for one in responses(store) if one.key == ResponseKey("p1", "q2"))
    mark = Mark(kind=MarkKind.IDENTIFYING, start=4, end=9, coder="bob", label="name")
    set_mark(store, response, mark, actor="bob")
    path = exported(store, tmp_path / "marked.xlsx")
    answers = [row[1] for row in sheets_of(path)["q2"][1:]]
    assert answers == ["the [name removed]"]
    assert b"the price" not in zipped_text(path)
    assert look_at_workbook(store, path).n_undecided == 3


def test_drop_downs_offer_the_questions_codes(path: Path) -> None:
    lists = sheets_of(path)["lists"]
    columns = [[cell for cell in column if cell] for column in zip(*lists, strict=True)]
    assert columns == [
        ["decisions", "coded", "no code applies", "uncodable"],
        ["unsure", "yes"],
        ["codes of q1", "Wait", "Staff"],
        ["codes of q2", "Wait", "Staff", "Price"],
    ]
    body = FilledIn(path).members["xl/worksheets/sheet1.xml"].decode()
    ranges = dict(re.findall(r'sqref="([A-Z0-9:]+)"><formula1>([^<]+)</formula1>', body))
    assert ranges["C2:C4"] == "lists!$C$2:$C$3"
    assert ranges["I2:I4"] == "lists!$A$2:$A$4"


def test_only_the_coders_cells_can_be_filled_in(path: Path) -> None:
    workbook = FilledIn(path)
    body = workbook.members[workbook.part].decode()
    assert "<sheetProtection " in body
    assert 'topLeftCell="C2"' in body
    assert '<autoFilter ref="A1:N4"/>' in body
    looks = {re.sub(r"\d", "", cell): look for cell, look in re.findall(r'<c r="([A-Z]+2)" s="(\d+)"', body)}
    open_look = looks["C"]
    assert sorted(letter for letter, look in looks.items() if look == open_look) == list("CDEFGHIJK")


def test_a_round_that_hides_groups_exports_none(store: Store, tmp_path: Path) -> None:
    sheets = sheets_of(exported(store, tmp_path / "blind.xlsx", round="blind"))
    assert sheets["q1"][0][-1] == "occasion"
    assert [row[2] for row in sheets["q1"][1:]] == ["", "", ""]


def test_the_same_project_gives_the_same_workbook(store: Store) -> None:
    assert export_workbook(store, coder="ann").data == export_workbook(store, coder="ann").data


def test_codes_with_one_label_are_told_apart(study: Study, tmp_path: Path) -> None:
    store = study(
        people=["p1"], answers=[("p1", "q1", "x")], codebook=codebook("a.other", "b.other", "b.more")
    )
    path = exported(store, tmp_path / "w.xlsx", coder="lead")
    assert [row[0] for row in sheets_of(path)["Codes"][1:]] == ["Other (a.other)", "Other (b.other)", "More"]
    fill(path, lambda sheet: sheet.put(2, "code 1", "Other (b.other)").put(2, "code 2", "more"))
    take_workbook(store, path, look_at_workbook(store, path), actor="lead")
    assert stored(store, "p1", coder="lead") == decision("lead", "p1", "q1", "b.more", "b.other")


def test_there_is_no_workbook_without_answers_or_codes(study: Study) -> None:
    with pytest.raises(HarkenError, match="no answer to code"):
        export_workbook(study(people=[], answers=[], codebook=BOOK), coder="lead")
    with pytest.raises(HarkenError, match="codebook has no code"):
        export_workbook(study(people=["p1"], answers=[("p1", "q1", "x")]), coder="lead")


# -- in ----------------------------------------------------------------------------------------------


def test_an_untouched_workbook_changes_nothing(store: Store, path: Path) -> None:
    assert is_coding_workbook(path)
    looked = look_at_workbook(store, path)
    assert (looked.changes, looked.n_same, looked.n_undecided) == ((), 1, 3)


def test_what_was_filled_in_becomes_the_coders_decisions(store: Store, path: Path) -> None:
    fill(
        path,
        lambda sheet: (
            sheet.put(2, "code 2", "theme.staff")
            .put(3, "decision", "No code applies")
            .put(3, "memo", "=odd")
            .put(4, "code 3", " staff ")
            .put(4, "unsure", "yes")
        ),
    )
    fill(path, lambda sheet: sheet.put(2, "decision", "uncodable"), sheet=2)
    looked = look_at_workbook(store, path)
    assert changes(looked) == [
        ("p1", "q1", "changed"),
        ("p2", "q1", "new"),
        ("p3", "q1", "new"),
        ("p1", "q2", "new"),
    ]
    assert stored(store, "p2") is None
    take_workbook(store, path, looked, actor="lead")
    assert stored(store, "p1") == decision("ann", "p1", "q1", "theme.staff", "theme.wait")
    assert stored(store, "p2") == replace(decision("ann", "p2", "q1"), memo="=odd")
    assert stored(store, "p3") == replace(decision("ann", "p3", "q1", "theme.staff"), is_unsure=True)
    assert stored(store, "p1", "q2") == decision("ann", "p1", "q2", uncodable=True)
    assert check_project(store) == ()
    again = look_at_workbook(store, path)
    assert (again.changes, again.n_same) == ((), 4)


def test_the_report_shows_every_change_with_before_and_after(store: Store, path: Path) -> None:
    fill(path, lambda sheet: sheet.put(2, "code 1", "Staff").put(2, "memo", "m").put(3, "code 1", "Wait"))
    report = workbook_report(look_at_workbook(store, path))
    assert report.notes == ("Rows: 1 new, 1 changed, 2 undecided.",)
    assert [[cell.text for cell in row] for row in report.tables[0].rows] == [
        ["p1", "q1", "changed", "theme.wait", "theme.staff (memo)"],
        ["p2", "q1", "new", "undecided", "theme.wait"],
    ]


def test_a_cleared_row_leaves_the_decision(store: Store, path: Path) -> None:
    fill(path, lambda sheet: sheet.put(2, "code 1", "").put(2, "decision", ""))
    looked = look_at_workbook(store, path)
    assert (looked.changes, looked.left_as_decided) == ((), (ResponseKey("p1", "q1"),))


def test_segments_and_messages_of_what_stays_are_kept(store: Store, tmp_path: Path) -> None:
    before = replace(
        decision("ann", "p1", "q1"),
        codings=(Coding("theme.wait", 0, 3),),
        is_unsure=True,
        message="Is this a wait?",
    )
    with store.action("ann") as action:
        decide(action, stored_codebook(store), before)
    path = exported(store, tmp_path / "w.xlsx")
    fill(path, lambda sheet: sheet.put(2, "code 2", "Staff"))
    take_workbook(store, path, look_at_workbook(store, path), actor="ann")
    assert stored(store, "p1") == replace(before, codings=(Coding("theme.staff"), Coding("theme.wait", 0, 3)))


def test_a_later_decision_in_the_project_is_a_conflict(store: Store, path: Path) -> None:
    with store.action("ann") as action:
        decide(action, stored_codebook(store), decision("ann", "p1", "q1", "theme.staff"))
        decide(action, stored_codebook(store), decision("ann", "p2", "q1", "theme.staff"))
    fill(path, lambda sheet: sheet.put(3, "code 1", "Wait"))
    looked = look_at_workbook(store, path)
    # The first row was not touched, so it does not undo what was decided later.
    assert changes(looked) == [("p2", "q1", "conflict")]
    assert looked.left_as_decided == (ResponseKey("p1", "q1"),)
    with pytest.raises(HarkenError, match=r"1 of the workbook's rows .*--replace"):
        take_workbook(store, path, looked, actor="ann")
    assert stored(store, "p2") == decision("ann", "p2", "q1", "theme.staff")
    take_workbook(store, path, looked, actor="ann", is_replacing=True)
    assert stored(store, "p2") == decision("ann", "p2", "q1", "theme.wait")


def test_what_was_looked_at_is_what_is_taken(store: Store, path: Path) -> None:
    fill(path, lambda sheet: sheet.put(3, "code 1", "Wait"))
    looked = look_at_workbook(store, path)
    fill(path, lambda sheet: sheet.put(3, "code 1", "Staff"))
    with pytest.raises(HarkenError, match="changed while you looked at it"):
        take_workbook(store, path, looked, actor="ann")
    assert stored(store, "p2") is None


def test_a_person_who_withdrew_meanwhile_is_left_out(store: Store, path: Path) -> None:
    fill(path, lambda sheet: sheet.put(3, "code 1", "Wait"))
    withdraw_participant(store, "p2", actor="lead")
    looked = look_at_workbook(store, path)
    assert (looked.changes, looked.withdrawn) == ((), ("p2",))


# -- harm --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda s: s.put(3, "participant", "p9"), "Sheet 'q1', row 3, column 'participant': no row of this"),
        (lambda s: s.put(3, "answer", "other"), "Sheet 'q1', row 3, column 'answer': the answer of 'p2'"),
        (
            lambda s: s.put(3, "participant", "p1"),
            "row 3, column 'answer': the answer of 'p1' is not the one",
        ),
        (lambda s: s.remove(3), "Of the workbook's rows 1 can no longer be found ('p2')"),
        (lambda s: s.put(3, "code 1", "Wate"), "row 3, column 'code 1': 'Wate' is no code. Did you mean"),
        (lambda s: s.put(3, "code 1", "Price"), "column 'code 1': 'theme.price' is limited to q2"),
        (
            lambda s: s.put(3, "code 1", "Wait").put(3, "decision", "no code applies"),
            "row 3, column 'decision': 'no code applies' stands beside 'theme.wait'",
        ),
        (lambda s: s.put(3, "decision", "coded"), "column 'decision': 'coded', but no code is filled in"),
        (lambda s: s.put(3, "decision", "perhaps"), "column 'decision': 'perhaps' is no decision"),
        (lambda s: s.put(3, "memo", "hm"), "column 'memo': is filled in, but 'p2' is not decided"),
        (lambda s: s.put(2, "unsure", "maybe"), "column 'unsure': 'maybe' is neither yes nor blank"),
        (lambda s: s.put_formula(3, "code 1", "C2", "Wait"), "Sheet 'q1': a formula at 'C3'"),
        (lambda s: s.merge("code 1", "code 2", 3), "Sheet 'q1': merged cells at 'C3'"),
        (lambda s: s.put(1, "answer", "text"), "Sheet 'q1': column 'answer' is missing"),
    ],
)
def test_harm_is_refused_with_its_place(
    store: Store, path: Path, change: Callable[[FilledIn], object], words: str
) -> None:
    fill(path, change)
    message = refusal(store, path)
    assert message.startswith("FILE: nothing was taken. ")
    assert words in message


def test_rows_in_another_order_are_found(store: Store, path: Path) -> None:
    columns = ("participant", "answer")
    texts = {("p1", 4): "too slow", ("p3", 2): "  nice   staff "}
    fill(
        path,
        lambda sheet: (
            [
                sheet.put(row, column, value)
                for (person, row), words in texts.items()
                for column, value in zip(columns, (person, words), strict=True)
            ]
            + [
                sheet.put(2, "code 1", "Staff"),
                sheet.put(4, "code 1", "Wait"),
                sheet.put(4, "decision", "coded"),
            ]
        ),
    )
    assert changes(look_at_workbook(store, path)) == [("p3", "q1", "new")]


def test_hidden_rows_are_taken_and_named_and_foreign_columns_are_not(store: Store, path: Path) -> None:
    fill(
        path,
        lambda sheet: sheet.put(3, "code 1", "Wait").hide(3).add_column("my notes", "x"),
    )
    looked = look_at_workbook(store, path)
    assert changes(looked) == [("p2", "q1", "new")]
    assert looked.remarks == (
        "Sheet 'q1': hidden rows were read like the others: 3.",
        "Sheet 'q1': columns that are none of Harken's were not read: 'my notes'.",
    )


def test_another_projects_workbook_is_refused(store: Store, study: Study, path: Path) -> None:
    other = study(people=["p1"], answers=[("p1", "q1", "too slow")], codebook=BOOK)
    assert "was exported from another project" in refusal(other, path)


def test_a_changed_hidden_sheet_is_refused(store: Store, path: Path) -> None:
    fill(path, lambda sheet: sheet.put(1, "what", "who"), sheet=5)
    assert "the hidden sheet 'harken' was changed" in refusal(store, path)


def test_a_stray_cell_far_away_is_refused_before_all_that_lies_between_is_read(
    store: Store, path: Path
) -> None:
    fill(path, lambda sheet: sheet.put_far("XFD", 1_048_576, "stray"))
    assert refusal(store, path).startswith("FILE (sheet 'q1'): its ")
    assert "reach as far as XFD1048576. Delete the stray cell" in refusal(store, path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_workbook_that_lost_a_part_is_damaged(store: Store, path: Path, part: str) -> None:
    with ZipFile(path) as whole:
        members = {name: whole.read(name) for name in whole.namelist() if name != part}
    with ZipFile(path, "w") as rest:
        for name, body in members.items():
            rest.writestr(name, body)
    assert refusal(store, path).startswith("FILE is a damaged workbook (")


def test_a_code_that_was_retired_since_stays_and_goes_to_no_further_answer(store: Store, path: Path) -> None:
    fill(
        path, lambda sheet: sheet.put(2, "code 2", "Staff").put(3, "code 1", "Wait").put(4, "code 1", "wait")
    )
    retire_code(store, "theme.wait", actor="lead")
    assert refusal(store, path) == (
        "FILE: nothing was taken. Retired codes go to no further answer: 'theme.wait' in 'q1 row 3', "
        "'q1 row 4'. Choose other codes there, or have the code restored: `harken codebook restore "
        "theme.wait`."
    )
    fill(path, lambda sheet: sheet.put(3, "code 1", "").put(4, "code 1", ""))
    take_workbook(store, path, look_at_workbook(store, path), actor="lead")
    assert stored(store, "p1") == decision("ann", "p1", "q1", "theme.staff", "theme.wait")


def test_exclusive_codes_are_not_taken_together(study: Study, tmp_path: Path) -> None:
    book = codebook("mood.good", "mood.bad")
    book = replace(book, families=(replace(book.families[0], exclusive=True),))
    store = study(people=["p1"], answers=[("p1", "q1", "x")], codebook=book)
    path = exported(store, tmp_path / "w.xlsx", coder="lead")
    fill(path, lambda sheet: sheet.put(2, "code 1", "Good").put(2, "code 2", "Bad"))
    assert "'mood.good' and 'mood.bad' exclude each other" in refusal(store, path)


def test_a_codings_file_is_no_coding_workbook(tmp_path: Path) -> None:
    (tmp_path / "codings.csv").write_text("participant,question,coder,code\n")
    assert not is_coding_workbook(tmp_path / "codings.csv")
    assert not is_coding_workbook(tmp_path / "nothing.xlsx")


# -- other programs ----------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("suffix", ["xlsx", "ods"])
def test_a_copy_saved_by_libreoffice_is_read(store: Store, path: Path, tmp_path: Path, suffix: str) -> None:
    fill(
        path,
        lambda sheet: (
            sheet.put(3, "code 1", "Wait")
            .put(3, "memo", "two\nlines")
            .put(4, "unsure", "yes")
            .put(4, "decision", "no code applies")
        ),
    )
    out = tmp_path / "saved"
    profile = f"-env:UserInstallation={tmp_path.as_uri()}/office"
    command = ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True)
    saved = out / f"ann.{suffix}"
    assert is_coding_workbook(saved)
    looked = look_at_workbook(store, saved)
    assert changes(looked) == [("p2", "q1", "new"), ("p3", "q1", "new")]
    assert looked.n_of(ChangeKind.NEW) == 2
    take_workbook(store, saved, looked, actor="ann")
    assert stored(store, "p2") == replace(decision("ann", "p2", "q1", "theme.wait"), memo="two\nlines")
