"""Codings files in and out: every decision or none."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from harken import Project
from harken.errors import HarkenError
from harken.model import DecisionState, ResponseKey
from harken.storage import codebooks, coding, study
from harken.storage import survey as stored_survey

BOOK = """harken: 1
families:
  - key: theme
    label: Theme
    codes:
      - {key: wait, label: Waiting, codes: [{key: phone, label: On the phone}]}
      - {key: staff, label: Staff}
      - {key: price, label: Price, questions: [q2]}
  - key: tone
    label: Tone
    exclusive: true
    codes: [{key: good, label: Good}, {key: bad, label: Bad}]
"""
SURVEY = "participant,question,response\np1,q1,too slow\np1,q2,\np2,q1,rude\np2,q2,dear\n"
HEADER = "participant,question,coder,code\n"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    (tmp_path / "survey.csv").write_text(SURVEY)
    (tmp_path / "book.yaml").write_text(BOOK)
    with Project.create(tmp_path / "harken.db", lead="ada") as made:
        made.import_survey(tmp_path / "survey.csv")
        made.import_codebook(tmp_path / "book.yaml")
        yield made


def write(folder: Path, text: str, name: str = "codings.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return path


def exported(project: Project) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(project.export_codings().decode(), newline="")))


def codes(project: Project) -> list[tuple[str, ...]]:
    return [
        tuple(row[name] for name in ("participant", "question", "coder", "code")) for row in exported(project)
    ]


def test_a_decision_is_all_rows_of_one_answer_and_coder(project, tmp_path) -> None:
    summary = project.import_codings(
        write(tmp_path, HEADER + "p1,q1,bob,wait\np1,q1,bob,theme.staff\np2,q1,bob,\n")
    )
    assert (summary.n_rows, summary.n_decisions, summary.new_coders) == (3, 2, ("bob",))
    assert codes(project) == [
        ("p1", "q1", "bob", "theme.staff"),
        ("p1", "q1", "bob", "theme.wait"),
        ("p2", "q1", "bob", ""),
    ]
    assert study.coders(project.store) == ("ada", "bob")


def test_identical_rows_are_one(project, tmp_path) -> None:
    summary = project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\n" * 2 + "p1,q1,bob,wait\n"))
    assert (summary.n_decisions, codes(project)) == (1, [("p1", "q1", "bob", "theme.wait")])


def test_the_same_file_again_adds_nothing(project, tmp_path) -> None:
    path = write(tmp_path, HEADER + "p1,q1,bob,wait\np2,q1,bob,\np2,q2,bob,price\n")
    project.import_codings(path)
    before = project.store.project_hash()
    again = project.import_codings(path)
    assert (again.n_decisions, again.n_known, again.n_replaced) == (3, 3, 0)
    assert project.store.project_hash() == before


def test_a_file_without_rows_is_taken_in_as_nothing(project, tmp_path) -> None:
    assert project.import_codings(write(tmp_path, HEADER)).n_decisions == 0


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("p9,q1,bob,wait", r"row 2, column 'participant': no participant 'p9'"),
        ("p1,q9,bob,wait", r"row 2, column 'question': no question 'q9' in this project\. Questions: q1, q2"),
        ("p1,Q1,bob,wait", r"Did you mean 'q1'\?"),
        ("p1,Q2,bob,price", r"row 2, column 'question': no question 'Q2' .* Did you mean 'q2'\?"),
        ("p1,q1,bob,zzz", r"row 2, column 'code': No code 'zzz' in the codebook"),
        ("p1,q1,bob,watt", r"Did you mean theme\.wait"),
        ("p1,q1,bob,price", r"row 2, column 'code': 'theme\.price' is limited to q2, and this answers 'q1'"),
        (
            "p1,q1,bob,wait\np1,q1,bob,",
            r"row 3 contradicts row 2: 'bob' cannot have decided both 'wait' and no",
        ),
        ("p1,q1,bob,good\np1,q1,bob,bad", r"row 3, column 'code': 'tone\.bad' and 'tone\.good' exclude each"),
        ("p1,q1,consensus,wait", r"row 2: 'consensus' names the adjudicated layer.*--adjudicated"),
        ('p1,q1,"b\x1bob",wait', r"row 2, column 'coder': 'b\\x1bob' cannot be a coder's name"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_taken_in(project, tmp_path, rows, words) -> None:
    before = project.store.project_hash()
    good = "p2,q1,bob,staff\n"
    with pytest.raises(HarkenError, match=words):
        project.import_codings(write(tmp_path, f"{HEADER}{rows}\n{good}"))
    assert project.store.project_hash() == before
    assert study.coders(project.store) == ("ada",)


def test_an_uncodable_row_contradicts_a_coded_one(project, tmp_path) -> None:
    text = "participant,question,coder,code,state\np1,q1,bob,wait,\np1,q1,bob,,uncodable\n"
    with pytest.raises(HarkenError, match=r"row 3 contradicts row 2: .* both 'wait' and uncodable"):
        project.import_codings(write(tmp_path, text))


def test_one_code_of_an_exclusive_family_beside_others_is_fine(project, tmp_path) -> None:
    project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,good\np1,q1,bob,wait\np1,q1,bob,tone.good\n"))
    assert [code for *_, code in codes(project)] == ["theme.wait", "tone.good"]


def test_a_decision_that_stands_otherwise_is_an_error_unless_replaced(project, tmp_path) -> None:
    project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\n"))
    other = write(tmp_path, HEADER + "p2,q1,bob,staff\np1,q1,bob,staff\n", "other.csv")
    with pytest.raises(
        HarkenError,
        match=r"other\.csv, row 3: 'bob' decided 'p1', 'q1' otherwise before \(theme\.wait; here th",
    ):
        project.import_codings(other)
    summary = project.import_codings(other, is_replacing=True)
    assert (summary.n_replaced, summary.n_known) == (1, 0)
    assert codes(project) == [("p1", "q1", "bob", "theme.staff"), ("p2", "q1", "bob", "theme.staff")]
    assert project.doctor() == ()


def test_a_memo_alone_makes_a_decision_different(project, tmp_path) -> None:
    project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\n"))
    with pytest.raises(HarkenError, match=r"\(theme\.wait; here theme\.wait, with a memo\)"):
        project.import_codings(
            write(tmp_path, "participant,question,coder,code,memo\np1,q1,bob,wait,hm\n", "memo.csv")
        )


def test_a_segment_beyond_the_answer_is_refused(project, tmp_path) -> None:
    header = "participant,question,coder,code,start,end\n"
    project.import_codings(write(tmp_path, header + "p1,q1,bob,wait,0,8\n"))
    with pytest.raises(HarkenError, match=r"row 2, column 'end': 9 is beyond the answer .* has 8 characters"):
        project.import_codings(write(tmp_path, header + "p1,q1,cat,wait,0,9\n"))


# -- the adjudicated layer ---------------------------------------------------------------------------


def test_adjudicated_takes_the_file_of_one_coder_into_the_layer(project, tmp_path) -> None:
    summary = project.import_codings(
        write(tmp_path, HEADER + "p1,q1,bob,wait\np2,q1,bob,\n"), is_adjudicated=True
    )
    assert summary.new_coders == ()
    assert {coder for _, _, coder, _ in codes(project)} == {"consensus"}
    assert study.coders(project.store) == ("ada",)


def test_adjudicated_refuses_a_file_of_two_coders(project, tmp_path) -> None:
    path = write(tmp_path, HEADER + "p1,q1,bob,wait\np2,q1,cat,\n")
    with pytest.raises(HarkenError, match=r"decisions of one coder, and here are 2: bob, cat"):
        project.import_codings(path, is_adjudicated=True)


def test_a_whole_export_with_its_layer_comes_back_with_adjudicated(project, tmp_path) -> None:
    project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\n"))
    project.import_codings(write(tmp_path, HEADER + "p1,q1,consensus,staff\n"), is_adjudicated=True)
    path = tmp_path / "all.csv"
    path.write_bytes(project.export_codings())
    with Project.create(tmp_path / "other.db", lead="ada") as other:
        other.import_survey(tmp_path / "survey.csv")
        other.import_codebook(tmp_path / "book.yaml")
        other.import_codings(path, is_adjudicated=True)
        assert other.export_codings() == path.read_bytes()


# -- what stands around ------------------------------------------------------------------------------


def test_codings_on_non_response_are_kept_and_counted_by_rows(project, tmp_path) -> None:
    summary = project.import_codings(
        write(tmp_path, HEADER + "p1,q2,bob,wait\np1,q2,bob,price\np1,q1,bob,\n")
    )
    assert summary.n_rows_on_non_response == 2
    assert ("p1", "q2", "bob", "theme.price") in codes(project)


def test_decisions_about_people_who_withdrew_are_left_out(project, tmp_path) -> None:
    project.withdraw("p1")
    summary = project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\np2,q1,bob,staff\n"))
    assert (summary.withdrawn, summary.n_decisions) == (("p1",), 1)
    assert codes(project) == [("p2", "q1", "bob", "theme.staff")]
    assert project.doctor() == ()


def test_a_blank_round_is_main_and_an_unknown_one_is_made(project, tmp_path) -> None:
    text = "participant,question,coder,code,round\np1,q1,bob,wait,\np2,q1,bob,wait,second\n"
    assert project.import_codings(write(tmp_path, text)).new_rounds == ("second",)
    assert [row["round"] for row in exported(project)] == ["main", "second"]


def test_spaces_around_a_coder_are_no_other_coder(project, tmp_path) -> None:
    summary = project.import_codings(write(tmp_path, HEADER + "p1,q1, bob ,wait\np2,q1,bob,\n"))
    assert (summary.new_coders, {row["coder"] for row in exported(project)}) == (("bob",), {"bob"})


def test_times_are_kept_in_utc(project, tmp_path) -> None:
    text = "participant,question,coder,code,at\np1,q1,bob,wait,2026-01-31T09:30:00+02:00\n"
    project.import_codings(write(tmp_path, text))
    assert exported(project)[0]["at"] == "2026-01-31T07:30:00.000000Z"


def test_every_column_comes_back_as_it_went_out(project, tmp_path) -> None:
    text = (
        "participant,question,occasion,round,coder,code,start,end,state,unsure,memo,at\r\n"
        'p1,q1,,main,bob,theme.wait,0,3,coded,yes,"=1+1, ""so""",2026-01-31T09:30:00.000000Z\r\n'
        "p2,q1,,main,bob,,,,uncodable,no,[/b],2026-01-31T09:30:01.000000Z\r\n"
    )
    project.import_codings(write(tmp_path, text))
    assert project.export_codings() == text.encode()


def test_spreadsheet_safe_prefixes_formulas_alone(project, tmp_path) -> None:
    text = "participant,question,coder,code,memo\np1,q1,bob,wait,=1+1\np2,q1,bob,wait,1+1\n"
    project.import_codings(write(tmp_path, text))
    safe = csv.DictReader(io.StringIO(project.export_codings(spreadsheet_safe=True).decode()))
    assert [row["memo"] for row in safe] == ["'=1+1", "1+1"]


def test_a_file_name_that_is_no_utf_8_is_recorded(project, tmp_path) -> None:
    name = os.fsdecode(b"caf\xe9.csv")
    assert project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\n", name)).n_decisions == 1
    assert project.doctor() == ()


def test_a_replaced_decision_leaves_no_codes_of_the_earlier_one(project, tmp_path) -> None:
    project.import_codings(write(tmp_path, HEADER + "p1,q1,bob,wait\np1,q1,bob,staff\n"))
    text = "participant,question,coder,code,state\np1,q1,bob,,uncodable\n"
    project.import_codings(write(tmp_path, text), is_replacing=True)
    found = coding.decision_at(
        project.store,
        codebooks.stored_codebook(project.store),
        ResponseKey("p1", "q1"),
        round="main",
        coder="bob",
    )
    assert found is not None
    assert (found.state, found.codings) == (DecisionState.UNCODABLE, ())


SETS = st.lists(
    st.tuples(
        st.sampled_from([("p1", "q1"), ("p1", "q2"), ("p2", "q1"), ("p2", "q2")]),
        st.sampled_from(["bob", "cat", "ann m."]),
        st.sets(st.sampled_from(["theme.wait", "theme.wait.phone", "theme.staff", "tone.good"])),
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8),
    ),
    unique_by=lambda one: one[:2],
    max_size=8,
)


@given(SETS)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_out_comes_in_again_the_same(tmp_path_factory, decisions) -> None:
    folder = tmp_path_factory.mktemp("round_trip")
    lines = [
        ",".join([*key, coder, code, '"' + memo.replace('"', '""') + '"'])
        for key, coder, applied, memo in decisions
        for code in (sorted(applied) or [""])
    ]
    (folder / "survey.csv").write_text(SURVEY)
    (folder / "book.yaml").write_text(BOOK)
    source = write(folder, "participant,question,coder,code,memo\n" + "".join(f"{line}\n" for line in lines))
    outputs = []
    for number in range(2):
        with Project.create(folder / f"{number}.db", lead="ada") as project:
            project.import_survey(folder / "survey.csv")
            project.import_codebook(folder / "book.yaml")
            project.import_codings(source)
            outputs.append(project.export_codings())
            assert len(stored_survey.participant_names(project.store)) == 2
        source = folder / "out.csv"
        source.write_bytes(outputs[-1])
    assert outputs[0] == outputs[1]
