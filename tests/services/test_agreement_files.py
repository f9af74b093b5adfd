"""Agreement of a file through Python: the same figures whatever form the file has, and clear refusals."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from harken import measure_file_agreement
from harken.errors import HarkenError
from harken.services.agreeing import Agreement
from harken.services.agreeing.reporting.scope_notes import scope_notes

CODES = ["x", "y.z", "1", "01", "(none)", "a, b", " padded ", "naïve"]
decided = st.dictionaries(
    st.tuples(st.sampled_from(["1", "2", "3", "10"]), st.sampled_from(["ann", "b|c", "é"])),
    st.frozensets(st.sampled_from(CODES), max_size=3),
    min_size=1,
)


def _measured(rows: list[tuple[str, ...]], **options: Any) -> Agreement:
    text = io.StringIO()
    csv.writer(text).writerows([("unit", "coder", "code"), *rows])
    with TemporaryDirectory() as folder:
        path = Path(folder, "codings.csv")
        path.write_text(text.getvalue(), encoding="utf-8", newline="")
        return measure_file_agreement(path, replicates=20, **options)


def _rows(decisions: dict[tuple[str, str], frozenset[str]]) -> list[tuple[str, ...]]:
    return [
        (unit, coder, code) for (unit, coder), codes in decisions.items() for code in sorted(codes) or [""]
    ]


def _figures(agreement: Agreement) -> dict[str, Any]:
    document = agreement.as_json()
    return {key: document[key] for key in ("scope", "codes", "sets", "pairs")}


@given(decisions=decided, data=st.data())
def test_the_order_and_repetition_of_rows_change_nothing(
    decisions: dict[tuple[str, str], frozenset[str]], data: st.DataObject
) -> None:
    rows = _rows(decisions)
    shuffled = data.draw(st.permutations([*rows, *rows[: len(rows) // 2]]))
    options = {"method": "jackknife"}
    before, after = (_figures(_measured(list(one), **options)) for one in (rows, shuffled))
    assert _rounded(after) == _rounded(before)


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_rounded(one) for one in value]
    return round(value, 9) + 0.0 if isinstance(value, float) else value


@given(decisions=decided)
def test_every_code_that_was_applied_is_counted_as_often_as_it_was(
    decisions: dict[tuple[str, str], frozenset[str]],
) -> None:
    found = _measured(_rows(decisions)).whole
    times = {code: sum(code in codes for codes in decisions.values()) for code in CODES}
    assert {code: one.n_positive for code, one in found.codes.items()} == {
        c: n for c, n in times.items() if n
    }
    assert found.scope.n_units_rated == len({unit for unit, _ in decisions})


def test_a_workbook_is_read_like_text(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "codings.xlsx") as book:
        for place, row in enumerate([("unit", "ann", "bob"), (1, 3, 3), (2, 1, 2), (3, "", 1)]):
            book.worksheets_objs or book.add_worksheet("ratings")
            book.worksheets_objs[0].write_row(place, 0, row)
    found = measure_file_agreement(tmp_path / "codings.xlsx", scale="interval", sheet="ratings")
    assert found.whole.scope.n_units_pairable == 2
    assert found.whole.families["codings"].krippendorff_alpha_interval is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"layout": "width"}, r"^No layout 'width'\. Known: long, wide\.$"),
        ({"scale": "nominal"}, r"^No scale 'nominal'\. Known: ordinal, interval, ratio\.$"),
        ({"scale": "ordinal", "exclusive": True}, r"^Categories have an order or they don't"),
        ({"level": 1.0}, r"^A level lies between 0 and 1"),
        ({"replicates": 0}, r"^Intervals need one replicate"),
        ({"method": "boot"}, r"^No method 'boot' for intervals"),
    ],
)
def test_words_and_numbers_that_make_no_sense_are_refused(options: dict[str, Any], words: str) -> None:
    with pytest.raises(HarkenError, match=words):
        measure_file_agreement("never-read.csv", **options)


@pytest.mark.parametrize(
    "text",
    [
        "unit,coder,code\n1,ann,x\n1,bob,\n1,consensus,x\n2,ann,x\n2,bob,x\n",
        "unit,ann,bob,consensus\n1,x,(none),x\n2,x,x,\n",
    ],
)
def test_the_adjudicated_layer_of_a_file_is_no_coder_unless_it_is_named(tmp_path: Path, text: str) -> None:
    path = tmp_path / "codings.csv"
    path.write_text(text)
    scope = measure_file_agreement(path, replicates=20).whole.scope
    assert (scope.coders, scope.n_units_pairable, scope.n_adjudicated_left_out) == (("ann", "bob"), 2, 1)
    assert any("'consensus' in the file are left out" in note for note in scope_notes(scope))
    named = measure_file_agreement(path, coders=["ann", "consensus"], replicates=20).whole.scope
    assert (named.n_units_pairable, named.n_adjudicated_left_out) == (1, 0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("unit,ann,bob,ann\n1,x,x,x\n", "two columns are called 'ann'"),
        (",unit,ann,bob\n0,1,x,x\n", "column 1 has no header"),
    ],
)
def test_a_column_without_a_name_of_its_own_is_no_coder(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "wide.csv"
    path.write_text(text)
    with pytest.raises(HarkenError, match=words):
        measure_file_agreement(path)
    assert measure_file_agreement(path, coders=["bob"], replicates=20).whole.scope.coders == ("bob",)
