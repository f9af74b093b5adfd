"""One report, four outputs: the same cells in each, and no text that does anything."""

from __future__ import annotations

import csv
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.exporters.delimited import csv_text
from harken.exporters.layout import text_width, wrap
from harken.exporters.markdown import markdown_text
from harken.exporters.structured import dumps
from harken.exporters.terminal import terminal_text
from harken.report import Cell, Column, Report, Table, count, glued, text, visible

HOSTILE = (
    "I said [/b] and [red]this[/red]",
    "\x1b[31mred\x1b[0m and \x1b]0;title\x07",
    "bell \x07 and backspace \x08 and null \x00",
    "\u202egnp.exe\u202c and \u2066isolate\u2069",
    "👩‍👩‍👧 ümlaut 漢字 e\u0301",
    "=cmd|' /C calc'!A0",
    "+1-2 @SUM(A1) -3",
    "pipe | `code` <script>alert(1)</script> [link](http://x) ![x](y) **bold** _it_ # ~~no~~ $x$ &lt;",
    "'; DROP TABLE events; --",
    'quote " comma , semicolon ; end',
    "two\nlines and\r\nthree and\rfour",
    "\u2028separators\u2029 and \x85 and \x9b31m",
    " spaces at both ends ",
    "# not a note",
    "w" * 10_000,
    "",
)


def report_of(*texts: str) -> Report:
    return Report(
        title="Texts",
        notes=("A note.",),
        tables=(
            Table(
                title="Table",
                columns=(
                    Column(heading="Text"),
                    Column(heading="n", group="g", align="right"),
                    Column(heading="N", group="g", align="right", glue="/"),
                ),
                rows=tuple((text(words), count(1), count(20)) for words in texts),
                notes=("Below.",),
            ),
        ),
    )


def csv_tables(words: str) -> list[list[list[str]]]:
    """Read back what `csv_text` wrote: rows by table, remarks left out."""
    tables: list[list[list[str]]] = [[]]
    lines = [line for line in words.split("\n") if not line.startswith("# ")]
    for row in csv.reader(line + "\n" for line in lines):
        if row:
            tables[-1].append(row)
        elif tables[-1]:
            tables.append([])
    return [table for table in tables if table]


def markdown_rows(words: str) -> list[list[str]]:
    """Read a pipe table back as a reader sees it."""
    rows = []
    before = last = ""
    for line in words.splitlines():
        # The rule is the second line of a table; a cell may look like one.
        is_rule = last.startswith("| ") and not before.startswith("| ")
        if line.startswith("| ") and not is_rule:
            cells = re.split(r"(?<!\\)\|", line)[1:-1]
            rows.append([_as_seen(cell[1:-1]) for cell in cells])
        before, last = last, line
    return rows


def _as_seen(cell: str) -> str:
    kept = re.sub(r"(?<!\\)&nbsp;", " ", cell.replace("<br>", "\n"))
    return re.sub(r"\\([^\s\w]|_)", r"\1", kept)


# -- equal cells -------------------------------------------------------------------------------------

_SAFE = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs", "Mn")), max_size=12)


@given(texts=st.lists(_SAFE, min_size=1, max_size=5))
def test_csv_markdown_and_terminal_hold_the_same_cells(texts: list[str]) -> None:
    report = report_of(*texts)
    (table,) = report.tables
    wanted = [[cell.text for cell in row] for row in table.rows]
    on_pages = [[visible(cell.text) for cell in row] for row in glued(table).rows]
    assert csv_tables(csv_text(report))[0][1:] == wanted
    assert markdown_rows(markdown_text(report))[1:] == on_pages
    lines = terminal_text(report).splitlines()
    body = lines[lines.index("Below.") - len(texts) : lines.index("Below.")]
    width = max(text_width(words) for words, _ in (*on_pages, ["Text", ""]))
    assert body == [
        (words + " " * (width - text_width(words)) + "    " + n).rstrip() for words, n in on_pages
    ]


# -- hostile texts -----------------------------------------------------------------------------------


def _is_harmless(words: str) -> bool:
    return not any(
        (unicodedata.category(character) == "Cc" and character != "\n")
        or character in "\u2028\u2029\u200e\u200f\u061c"
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        for character in words
    )


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("width", [None, 80])
def test_a_terminal_shows_hostile_text_without_obeying_it(words: str, width: int | None) -> None:
    report = report_of(words)
    report = Report(title=words, notes=(words,), tables=(*report.tables, *_everywhere(words)))
    shown = terminal_text(report, width=width)
    assert _is_harmless(shown)
    if width is None:
        for line in words.splitlines()[:1]:
            assert visible(line).rstrip() in shown


def _everywhere(words: str) -> tuple[Table, ...]:
    column = Column(heading=words, group=words)
    return (Table(title=words, columns=(column, column), rows=((text(words), text(words)),), notes=(words,)),)


@pytest.mark.parametrize("words", HOSTILE)
def test_csv_keeps_hostile_text_character_for_character(words: str) -> None:
    (table,) = report_of(words).tables
    written = csv_text(Report(title="", tables=(table,)))
    body = written[written.index("\n", written.index("Text,")) + 1 :]
    quoted = body.removesuffix(",1,20\n")
    unquoted = quoted[1:-1].replace('""', '"') if quoted.startswith('"') else quoted
    assert unquoted == words


@pytest.mark.parametrize("words", HOSTILE)
def test_text_in_remarks_cannot_start_a_row(words: str) -> None:
    report = Report(title=words, notes=(words,), tables=_everywhere(words))
    (table,) = report.tables
    head = csv_text(Report(title=words, notes=(words,)))
    assert all(line.startswith("# ") for line in head.removesuffix("\n").split("\n") if line)
    assert len(markdown_rows(markdown_text(report))) == len(table.rows) + 1


@pytest.mark.parametrize("words", HOSTILE)
def test_markdown_shows_hostile_text_as_text(words: str) -> None:
    written = markdown_text(report_of(words))
    assert _is_harmless(written)
    shown = markdown_rows(written)[1][0]
    assert shown == "\n".join(map(visible, re.split(r"\r\n|\r|\n", words)))
    bare = re.sub(r"\\[\W_]", "", written.replace("<br>", ""))
    assert not re.search(r"[<*`\[\]~]", bare)


@pytest.mark.parametrize("words", HOSTILE)
def test_json_keeps_hostile_text(words: str) -> None:
    written = dumps({"text": words})
    assert json.loads(written) == {"text": words}


@pytest.mark.parametrize("words", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_spreadsheet_safe_puts_an_apostrophe_before_formulas(words: str) -> None:
    written = csv_text(report_of(words), spreadsheet_safe=True)
    assert "'" + words in written
    assert "'" + words not in csv_text(report_of(words))


@pytest.mark.parametrize("figure", [float("nan"), float("inf")])
def test_json_refuses_what_no_strict_reader_takes(figure: float) -> None:
    with pytest.raises(HarkenError, match="no form in JSON"):
        dumps({"value": figure})


# -- layout ------------------------------------------------------------------------------------------


def wide_report() -> Report:
    columns = [Column(heading="Theme"), Column(heading="Code", is_detail=True)]
    for group in ("experts", "patients", "somebody else"):
        columns += [
            Column(heading="n", group=group, align="right"),
            Column(heading="N", group=group, align="right", glue="/"),
            Column(heading="%", group=group, align="right"),
        ]
    row = (text("  a theme of several words"), text("family.code"), *(count(n) for n in (1, 20, 5) * 3))
    return Report(
        title="Wide", tables=(Table(title="t", columns=tuple(columns), rows=(row, row), heads=(1,)),)
    )


def test_a_pipe_gets_every_column_in_one_line_each() -> None:
    assert terminal_text(wide_report()) == (
        "Wide\n"
        "\n"
        "t\n"
        "                                          ─ experts ─   ─ patients ─   ─ somebody else ─\n"
        "Theme                       Code           n/N      %    n/N       %    n/N            %\n"
        "────────────────────────────────────────────────────────────────────────────────────────\n"
        "  a theme of several words  family.code   1/20      5   1/20       5   1/20            5\n"
        "\n"
        "  a theme of several words  family.code   1/20      5   1/20       5   1/20            5\n"
    )


@given(width=st.integers(40, 200))
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_lost(width: int) -> None:
    shown = terminal_text(wide_report(), width=width)
    assert max(text_width(line) for line in shown.splitlines()) <= width
    assert shown.count("1/20") == 6
    assert ("family.code" in shown) == ("Not shown in this width: Code." not in shown)


def test_what_is_left_out_ends_in_one_stop() -> None:
    columns = (Column(heading="code"), *(Column(heading=name, is_detail=True) for name in ("n", "prev.")))
    row = (text("a" * 30), text("b" * 30), text("c" * 30))
    shown = terminal_text(
        Report(title="t", tables=(Table(title="", columns=columns, rows=(row,)),)), width=50
    )
    assert shown.endswith("\nNot shown in this width: n, prev.\n")


def test_a_group_of_nothing_but_details_is_left_out_as_a_whole() -> None:
    columns = (
        Column(heading="code"),
        *(Column(heading=heading, group="2 × 2", is_detail=True) for heading in ("both", "neither")),
        Column(heading="alpha", align="right"),
    )
    table = Table(title="t", columns=columns, rows=((text("c"), count(1), count(2), count(3)),))
    assert terminal_text(Report(title="r", tables=(table,)), width=16).splitlines()[2:] == [
        *("t", "code  alpha", "───────────", "c         3", "Not shown in", "this width: 2 ×", "2."),
    ]


def test_styles_only_add_escape_codes() -> None:
    styled = terminal_text(wide_report(), styled=True)
    assert "\x1b[1m" in styled
    plain = re.sub(r"\x1b\[\d*m", "", styled)
    assert [line.rstrip() for line in plain.splitlines()] == terminal_text(wide_report()).splitlines()


def test_csv_names_the_group_of_a_column_and_parts_tables_by_a_blank_line() -> None:
    one = Table(
        title="One",
        columns=(Column(heading="a"), Column(heading="n", group="g", align="right")),
        rows=((text("x"), count(1)),),
        notes=("Note.",),
    )
    assert csv_text(Report(title="Title", notes=("On all.",), tables=(one, one))) == (
        "# Title\n# On all.\n\n# One\n# Note.\na,g: n\nx,1\n\n# One\n# Note.\na,g: n\nx,1\n"
    )


def test_joined_columns_leave_out_a_dash() -> None:
    table = Table(
        title="",
        columns=(Column(heading="low"), Column(heading="high", glue="–")),
        rows=((Cell("1.0", 1.0), Cell("2.0", 2.0)), (count(None), count(None))),
    )
    joined = glued(table)
    assert [column.heading for column in joined.columns] == ["low–high"]
    assert [[cell.text for cell in row] for row in joined.rows] == [["1.0–2.0"], ["–"]]


def test_a_table_that_goes_on_below_repeats_all_the_columns_of_words_before_its_figures() -> None:
    figures = tuple(Column(heading=name * 12, align="right") for name in "xyz")
    table = Table(
        title="",
        columns=(Column(heading="Code"), Column(heading="and code"), *figures),
        rows=((text("risk"), text("harm"), count(1), count(2), count(3)),),
    )
    assert terminal_text(Report(title="", tables=(table,)), width=45).splitlines()[2:] == [
        "Code  and code  xxxxxxxxxxxx  yyyyyyyyyyyy",
        "─" * 42,
        "risk  harm                 1             2",
        "",
        "Code  and code  zzzzzzzzzzzz",
        "─" * 28,
        "risk  harm                 3",
    ]


def test_a_word_too_long_for_its_column_is_broken_behind_a_joint() -> None:
    assert wrap("risk.misinterpretation, risk.worry", 12) == ["risk.misinte", "rpretation,", "risk.worry"]
    assert wrap("requirement.guidance", 14) == ["requirement.", "guidance"]
