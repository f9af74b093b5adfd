"""Codings files: each line read by itself, each fault named, written so that it reads back the same."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.exporters.codings_csv import write_codings
from harken.importers.codings import read_codings
from harken.model import CODING_COLUMNS, CodingRow, DecisionState

HEADER = ",".join(CODING_COLUMNS)


@pytest.fixture
def read(tmp_path: Path):
    def read_text(text: str) -> list[CodingRow]:
        path = tmp_path / "codings.csv"
        path.write_bytes(text.encode())
        return list(read_codings(path))

    return read_text


def refusal(read, text: str) -> str:
    with pytest.raises(HarkenError) as caught:
        read(text)
    message = str(caught.value)
    return message[message.index("codings.csv") :]


def row(**values) -> CodingRow:
    blank = {"participant": "p", "question": "q", "occasion": "", "round": "main", "coder": "ann", "code": ""}
    return CodingRow(**{**blank, **values})


def test_four_columns_are_enough(read):
    assert read("coder,participant,question,code\nann,p1,q1,benefit.trust\n") == [
        row(participant="p1", question="q1", code="benefit.trust", row=2)
    ]


def test_every_column_is_read(read):
    line = "p,q,2,pilot,ann,benefit.trust,3,9,coded,yes,a memo,2026-01-31T09:30:00Z"
    assert read(f"{HEADER}\n{line}\n") == [
        row(
            occasion="2",
            round="pilot",
            code="benefit.trust",
            start=3,
            end=9,
            unsure=True,
            memo="a memo",
            at="2026-01-31T09:30:00.000000Z",
            row=2,
        )
    ]


def test_a_blank_code_is_a_decision_that_none_applies(read):
    assert read("participant,question,coder,code\np,q,ann,\n") == [row(row=2)]


def test_uncodable_is_a_state(read):
    assert read("participant,question,coder,code,state\np,q,ann,,Uncodable\n") == [
        row(state=DecisionState.UNCODABLE, row=2)
    ]


@pytest.mark.parametrize(
    ("word", "is_unsure"),
    [("yes", True), ("1", True), ("TRUE", True), ("no", False), ("0", False), ("", False)],
)
def test_unsure_is_read_from_the_usual_words(read, word, is_unsure):
    assert read(f"participant,question,coder,code,unsure\np,q,ann,a,{word}\n")[0].unsure is is_unsure


def test_ids_and_codes_are_kept_byte_for_byte(read):
    assert read('participant,question,coder,code\n" 007 ",q ,ann,N/A\n') == [
        row(participant=" 007 ", question="q ", code="N/A", row=2)
    ]


def test_a_codings_file_may_hold_no_lines(read):
    assert read("participant,question,coder,code\n") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "participant,question,coder,code,sate\np,q,a,b,\n",
            "codings.csv: a codings file has no column 'sate'. Did you mean 'state'? Columns: participant,",
        ),
        (
            "participant,question,coder,code,extra 1,zz\np,q,a,b,,\n",
            "codings.csv: a codings file has no column 'extra 1', 'zz'. Remove it, or rename it.",
        ),
        (
            "participant,question,code\np,q,a\n",
            "codings.csv: column 'coder' is missing. A codings file needs participant, question,",
        ),
        (
            "participant,question,coder,code\np,q,ann,a\np, ,ann,a\n",
            "codings.csv, row 3, column 'question' is blank. Fill it in, or remove the row.",
        ),
        (f"{HEADER}\np,q,,,ann,a,,,done,,,\n", "codings.csv, row 2, column 'state': 'done' is no state."),
        (
            f"{HEADER}\np,q,,,ann,a,,,uncodable,,,\n",
            "codings.csv, row 2, column 'code': 'a' stands in a row whose state is uncodable.",
        ),
        (
            f"{HEADER}\np,q,,,ann,a,,,,maybe,,\n",
            "codings.csv, row 2, column 'unsure': 'maybe' is neither yes",
        ),
        (f"{HEADER}\np,q,,,ann,a,3,,,,,\n", "codings.csv, row 2, column 'end' is blank. Give start and end"),
        (f"{HEADER}\np,q,,,ann,a,-1,4,,,,\n", "codings.csv, row 2, column 'start': '-1' is no position."),
        (f"{HEADER}\np,q,,,ann,a,1.0,4,,,,\n", "codings.csv, row 2, column 'start': '1.0' is no position."),
        (
            f"{HEADER}\np,q,,,ann,a,4,4,,,,\n",
            "codings.csv, row 2, column 'end': '4' is not after the start, 4.",
        ),
        (
            f"{HEADER}\np,q,,,ann,,1,4,,,,\n",
            "codings.csv, row 2, column 'start': '1' marks a segment, but no",
        ),
        (f"{HEADER}\np,q,,,ann,a,,,,,,soon\n", "codings.csv, row 2, column 'at': 'soon' is no time."),
        (
            f"{HEADER}\np,q,,,ann,a,,,,,,9999-12-31T23:59:59-10:00\n",
            "codings.csv, row 2, column 'at': '9999-12-31T23:59:59-10:00' is no time.",
        ),
    ],
)
def test_faults_are_named_with_row_and_column(read, text, words):
    assert refusal(read, text).startswith(words)


def written(rows: list[CodingRow], **options) -> str:
    stream = io.StringIO(newline="")
    assert write_codings(rows, stream, **options) == len(rows)
    return stream.getvalue()


def test_codings_are_written_with_all_columns_and_sorted():
    rows = [
        row(participant="p2", code="b"),
        row(
            participant="p1", code="b", start=2, end=5, unsure=True, memo='so "so"', at="2026-01-31T09:30:00Z"
        ),
        row(participant="p1", code="b"),
        row(participant="p1", state=DecisionState.UNCODABLE, coder="bob"),
    ]
    assert written(rows).split("\r\n") == [
        HEADER,
        "p1,q,,main,ann,b,,,coded,no,,",
        'p1,q,,main,ann,b,2,5,coded,yes,"so ""so""",2026-01-31T09:30:00Z',
        "p1,q,,main,bob,,,,uncodable,no,,",
        "p2,q,,main,ann,b,,,coded,no,,",
        "",
    ]


def test_formulas_are_written_as_they_are_unless_made_safe_for_spreadsheets():
    rows = [row(participant="=1+1", code="a", memo="@sum")]
    assert written(rows).splitlines()[1] == "=1+1,q,,main,ann,a,,,coded,no,@sum,"
    assert written(rows, spreadsheet_safe=True).splitlines()[1] == "'=1+1,q,,main,ann,a,,,coded,no,'@sum,"


_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_NAME = _TEXT.filter(str.strip)
_SEGMENT = st.none() | st.tuples(st.integers(0, 50), st.integers(51, 99))


@st.composite
def coding_rows(draw) -> CodingRow:
    code = draw(st.just("") | _NAME)
    start, end = (draw(_SEGMENT) if code else None) or (None, None)
    return CodingRow(
        participant=draw(_NAME),
        question=draw(_NAME),
        occasion=draw(_TEXT),
        round=draw(_NAME),
        coder=draw(_NAME),
        code=code,
        start=start,
        end=end,
        state=DecisionState.CODED if code else draw(st.sampled_from(DecisionState)),
        unsure=draw(st.booleans()),
        memo=draw(_TEXT),
    )


@given(rows=st.lists(coding_rows(), max_size=6))
def test_codings_that_are_written_read_back_the_same_whatever_the_order(tmp_path_factory, rows):
    path = tmp_path_factory.getbasetemp() / "written_codings.csv"
    path.write_bytes(written(rows).encode())
    back = [row._replace(row=None) for row in read_codings(path)]
    assert sorted(map(repr, back)) == sorted(map(repr, rows))
    assert written(back) == written(list(reversed(rows)))
