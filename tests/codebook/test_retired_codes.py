"""A retired code in every form of the codebook."""

from __future__ import annotations

from dataclasses import replace

from harken.codebook import assign_hotkeys, diff_codebooks, parse_codebook, write_codebook
from harken.codebook.table import codebook_rows
from harken.model import Code, Codebook, Family


def book(*codes: Code) -> Codebook:
    return Codebook(families=(Family(key="theme", label="Theme", codes=codes),))


RETIRED = Code(key="wait", label="Waiting", is_retired=True)


def test_yaml_says_that_a_code_is_retired() -> None:
    text = write_codebook(book(RETIRED))
    assert "        retired: true\n" in text
    assert parse_codebook(text).entries["theme.wait"].code.is_retired


def test_a_table_has_a_column_for_it_only_where_a_code_is_retired() -> None:
    assert "retired" not in codebook_rows(book(replace(RETIRED, is_retired=False)))[0]
    headings, _, row = codebook_rows(book(RETIRED))
    assert dict(zip(headings, row, strict=True))["retired"] == "true"


def test_retiring_is_a_difference_named_as_in_the_file() -> None:
    (change,) = diff_codebooks(book(replace(RETIRED, is_retired=False)), book(RETIRED)).changed
    assert (change.path, change.fields) == ("theme.wait", ("retired",))


def test_a_retired_code_keeps_its_letter_and_gets_no_new_one() -> None:
    codes = book(replace(RETIRED, hotkey="w"), Code(key="old", label="Old", is_retired=True))
    assert assign_hotkeys(codes, "q", usage={}) == {"theme.wait": "w"}
