"""Reports as web pages and LaTeX fragments: the report's cells, read back, and no text that does anything."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from typing import Any

import pytest
from figure_study import ROWS, figure_of
from hypothesis import given, settings
from lxml import html
from test_office_files import MORE_HOSTILE, reports
from test_report_exports import report_of, wide_report

from harken.exporters.html import html_text
from harken.exporters.latex import latex_text
from harken.exporters.latex_text import WRITTEN
from harken.exporters.office_text import office_text
from harken.report import Cell, Column, Report, Table, count, text, typeset


def page_of(report: Report) -> Any:
    return html.document_fromstring(html_text(report))


def body_rows(table: Any) -> list[list[str]]:
    """A page's table cell by cell, indents as spaces; blanks stand behind a cell that spans several."""
    return [
        [words for cell in row for words in (_with_indent(cell), *[""] * (int(cell.get("colspan", 1)) - 1))]
        for row in table.xpath("tbody/tr")
    ]


def tables_of(page: Any) -> list[Any]:
    """The tables that a screen shows; those that are printed in their place stand in blocks."""
    return page.xpath("//table[not(parent::section[starts-with(@class, 'block ')])]")


def _with_indent(cell: Any) -> str:
    return " " * int(cell.get("style", "--deep:0").removeprefix("--deep:")) + str(cell.text_content())


def as_printed(words: str) -> str:
    """A text in which only what white space there is, not how much, counts: as LaTeX sets it.

    A hyphen before a figure is set as a minus there; here both are a hyphen.
    """
    lines = unicodedata.normalize("NFC", office_text(words)).replace("\u2212", "-").split("\n")
    return "\n".join(re.sub(" +", " ", line).strip(" ") for line in lines)


_BACK = {written: character for character, written in WRITTEN.items()}
_TOKEN = re.compile(
    "|".join(
        [
            r"\\harkenchar\{(?P<character>.)\}\{[0-9A-F]+\}",
            r"(?P<indent>\\hspace\*\{[\d.]+em\}|\\hangindent=[\d.]+em )",
            r"(?P<line>\\newline )",
            r"(?P<nothing>\\leavevmode|\\allowbreak\{\}|\{\})",
            *(re.escape(written) for written in sorted(_BACK, key=len, reverse=True)),
            r"(?P<plain>[^\\{}$&#%_^~<>|`\"\[\]*])",
        ]
    )
)


def read_back(source: str) -> str:
    """What LaTeX prints for a text; fails where a character stands unescaped."""
    words, at = "", 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        assert match is not None, source[at : at + 30]
        at = match.end()
        if match["character"] or match["plain"]:
            words += match["character"] or match["plain"]
        elif match["line"]:
            words += "\n"
        elif not (match["indent"] or match["nothing"]):
            words += _BACK[match[0]]
    words = words.replace("\u2212", "-")
    return "\n".join(re.sub(" +", " ", line).strip(" ") for line in words.split("\n"))


def tex_tables(source: str) -> list[list[list[str]]]:
    """The cells of each table's body: what stands between the rule below the headings and the last rule.

    A table too wide for a page goes on below, each part with the first column.
    """
    tables = []
    for one in re.split(r"(?=\\begin\{table\}|\\begingroup)", source)[1:]:
        table, *parts = _tex_parts(one)
        for part in parts:
            table = [[*row, *more[1:]] for row, more in zip(table, part, strict=True)]
        tables.append(table)
    return tables


def _tex_parts(source: str) -> list[list[list[str]]]:
    parts = []
    for part in re.findall(
        r"\\begin\{(?:tabular|longtable)\}.*?\\end\{(?:tabular|longtable)\}", source, re.DOTALL
    ):
        lines = part.split("\n")
        starts = [
            number for number, line in enumerate(lines) if line in (r"\midrule", r"\toprule", r"\endfoot")
        ]
        rows = [line for line in lines[starts[-1] + 1 : -1] if line not in (r"\addlinespace", r"\bottomrule")]
        parts.append([_tex_cells(row) for row in rows])
    return parts


def _tex_cells(row: str) -> list[str]:
    row = re.sub(r" \\\\\*?$", "", row)
    spanning = re.fullmatch(r"\\multicolumn\{(\d+)\}\{@\{\}(?:l|p\{0.95\\linewidth\})@\{\}\}\{(.*)\}", row)
    if spanning:
        return [_tex_cell(spanning[2]), *[""] * (int(spanning[1]) - 1)]
    return [_tex_cell(cell) for cell in re.split(r" & ", row)]


def _tex_cell(source: str) -> str:
    bold = re.fullmatch(r"\\textbf\{(.*)\}", source)
    return read_back(bold[1] if bold else source)


# -- equal cells -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(report=reports())
def test_a_page_holds_every_cell_of_the_report(report: Report) -> None:
    page = page_of(report)
    wanted = [
        [[office_text(cell.text) for cell in row] for row in table.rows]
        for table in map(typeset, report.tables)
    ]
    assert [body_rows(table) for table in tables_of(page)] == wanted
    notes = [office_text(note) for table in report.tables for note in table.notes]
    assert [str(note.text_content()) for note in page.xpath("//section/p")] == notes


@settings(deadline=None, max_examples=60)
@given(report=reports())
def test_a_fragment_holds_every_cell_of_the_report(report: Report) -> None:
    tables = [typeset(table) for table in report.tables]
    wanted = [
        [
            # A head across all columns is one line.
            [as_printed(cell.text).replace("\n", " ").strip() for cell in row]
            if table.has_spanning_head(number)
            else [as_printed(cell.text) for cell in row]
            for number, row in enumerate(table.rows)
        ]
        for table in tables
    ]
    found = tex_tables(latex_text(report))
    assert [[[as_printed(cell) for cell in row] for row in table] for table in found] == [
        [[re.sub(" +", " ", cell) for cell in row] for row in table] for table in wanted
    ]


@settings(deadline=None, max_examples=20)
@given(report=reports())
def test_the_same_report_gives_the_same_page_and_fragment(report: Report) -> None:
    assert html_text(report) == html_text(report)
    assert latex_text(report) == latex_text(report)


# -- web pages ---------------------------------------------------------------------------------------


def test_a_page_tells_headings_of_columns_groups_rows_and_sections_apart() -> None:
    words = "a section: 3 of 121 people"
    table = Table(
        title="t",
        columns=(
            Column(heading="Theme"),
            Column(heading="n", group="experts", align="right"),
            Column(heading="%", group="experts", align="right"),
        ),
        rows=((text(words), text(""), text("")), (text("  waits"), count(1), count(5))),
        heads=(0,),
    )
    (found,) = page_of(Report(title="r", tables=(table,))).iter("table")
    cells = [
        (cell.tag, cell.get("scope"), cell.get("colspan"), cell.get("rowspan"), cell.text_content())
        for cell in found.iter("th", "td")
    ]
    assert cells == [
        ("th", "col", None, "2", "Theme"),
        ("th", "colgroup", "2", None, "experts"),
        ("th", "col", None, None, "n"),
        ("th", "col", None, None, "%"),
        ("th", "rowgroup", "3", None, words),
        ("th", "row", None, None, "waits"),
        ("td", None, None, None, "1"),
        ("td", None, None, None, "5"),
    ]
    assert [group.get("span") for group in found.iter("colgroup")] == ["1", "2"]
    assert found.findtext("caption/h2") == "Table 1. t"


def test_a_page_needs_nothing_from_elsewhere() -> None:
    written = html_text(replace(wide_report(), figures=(figure_of(*ROWS),)))
    page = html.document_fromstring(written)
    assert page.get("lang") == "en"
    assert [element.tag for element in page.iter("script", "link", "img", "iframe", "object", "base")] == []
    outside = re.findall(r"""(?:href|src)="(?!#)[^"]*"|url\((?!#)|@import""", written)
    assert outside == []


def test_ids_on_a_page_are_there_once_and_labels_lead_to_them() -> None:
    report = replace(wide_report(), figures=(figure_of(*ROWS), figure_of(*ROWS)))
    page = page_of(report)
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {name for names in page.xpath("//@aria-labelledby") for name in names.split()} <= set(ids)


def test_a_page_shows_figures_before_tables_with_their_captions() -> None:
    report = replace(wide_report(), figures=(figure_of(*ROWS),))
    page = page_of(report)
    assert [str(heading.text_content()) for heading in page.iter("h1", "h2")] == [
        *("Wide", "Figure 1. Alpha by code", "Table 1. t")
    ]
    assert page.xpath("//*[local-name()='desc']/text()") == ["One code is reliable."]


@pytest.mark.parametrize("words", MORE_HOSTILE)
def test_a_page_shows_hostile_text_as_text(words: str) -> None:
    column = Column(heading=words, group=words)
    table = Table(title=words, columns=(column, column), rows=((text(words), text(words)),), notes=(words,))
    page = page_of(Report(title=words, notes=(words,), tables=(table,)))
    assert str(page.find("body/main/h1").text_content()) == office_text(words)
    known = "main h1 p section div table caption h2 colgroup thead tbody tr th td"
    assert {element.tag for element in page.find("body").iterdescendants()} <= set(known.split())
    shown = {str(cell.text_content()).lstrip(" ") for cell in page.iter("th", "td")}
    assert shown == {office_text(words).lstrip(" ")}


# -- LaTeX -------------------------------------------------------------------------------------------


def test_a_fragment_sets_groups_heads_and_notes() -> None:
    table = Table(
        title="A table of 5 %",
        columns=(
            Column(heading="Theme"),
            Column(heading="n", group="experts", align="right"),
            Column(heading="N", group="experts", align="right", glue="/"),
            Column(heading="%", group="experts", align="right"),
        ),
        rows=(
            (text("Benefits"), count(3), count(20), count(15)),
            (text("  [sic] a_b"), count(1), count(20), Cell("5–6", None)),
            (text("others"), text(""), text(""), text("")),
        ),
        heads=(0, 2),
        notes=("n & N.",),
    )
    assert latex_text(Report(title="Ti\ntle", notes=("On all.",), tables=(table,))) == (
        "% Ti tle\n"
        "% Needs in the preamble: \\usepackage[T1]{fontenc} \\usepackage{booktabs,array}\n"
        "% Wide tables are fitted to A4 paper with \\usepackage[margin=25mm]{geometry}.\n"
        "\n"
        "On all.\n"
        "\n"
        "\\begin{table}[htbp]\n"
        "\\centering\\setlength{\\tabcolsep}{3pt}\n"
        "\\caption{A table of 5 \\%}\\label{tab:a-table-of-5}\n"
        "\\fontsize{9}{11}\\selectfont\n"
        "\\begin{tabular}{@{}lrr@{}}\n"
        "\\toprule\n"
        " & \\multicolumn{2}{c}{experts} \\\\\n"
        "\\cmidrule(lr){2-3}\n"
        "Theme & n/N & \\% \\\\\n"
        "\\midrule\n"
        "\\textbf{Benefits} & \\textbf{3/20} & \\textbf{15} \\\\*\n"
        "\\hspace*{1em}{[}sic{]} a\\_b & 1/20 & 5\\textendash{}6 \\\\\n"
        "\\addlinespace\n"
        "\\multicolumn{3}{@{}l@{}}{\\textbf{others}} \\\\*\n"
        "\\bottomrule\n"
        "\\end{tabular}\n"
        "\\par\\smallskip\n"
        "{\\raggedright\\footnotesize n \\& N.\\par}\n"
        "\\end{table}\n"
    )


def test_a_table_longer_than_a_page_repeats_its_headings() -> None:
    table = Table(title="t", columns=(Column(heading="a"),), rows=((text("x"),),) * 41)
    written = latex_text(Report(title="r", tables=(table, table)))
    assert written.startswith(
        "% r\n% Needs in the preamble: \\usepackage[T1]{fontenc} \\usepackage{booktabs,array,longtable}\n"
    )
    assert written.count(r"\endhead") == written.count(r"\endfirsthead") == 2
    assert re.findall(r"\\label\{(.*?)\}", written) == ["tab:t", "tab:t-2"]


def test_a_page_prints_a_table_too_wide_for_paper_in_blocks_that_each_have_its_first_column() -> None:
    figures = [Column(heading="a figure", group=f"group {n}", align="right") for n in range(24)]
    row = (text("theme"), *(count(n) for n in range(24)))
    rows = (row, (text("other"), *row[1:]))
    table = Table(title="t", columns=(Column(heading="Theme"), *figures), rows=rows)
    page = html.document_fromstring(html_text(Report(title="Wide", tables=(table,))))
    (whole,) = tables_of(page)
    blocks = [body_rows(block) for block in page.xpath("//section[starts-with(@class, 'block ')]/table")]
    assert len(blocks) > 1
    assert {row[0] for block in blocks for row in block} == {row[0].text for row in table.rows}
    rejoined = [
        [row[0]] + [cell for block in blocks for cell in block[at][1:]] for at, row in enumerate(blocks[0])
    ]
    assert rejoined == body_rows(whole)
    assert [caption.text_content().strip() for caption in page.xpath("//section/table/caption")] == [
        f"Table 1. {table.title}",
        *["Table 1. (continued)"] * (len(blocks) - 1),
    ]


def test_a_table_too_wide_for_a_page_is_turned_and_goes_on_below_with_its_first_column() -> None:
    columns = (Column(heading="code"), *(Column(heading=f"figure {n}", align="right") for n in range(20)))
    row = (text("family.a_code"), *(text(f"[0.{n:02}, 1.00]") for n in range(20)))
    written = latex_text(Report(title="r", tables=(Table(title="t", columns=columns, rows=(row,)),)))
    assert "pdflscape" in written.split("\n")[1]
    assert written.count(r"\begin{landscape}") == written.count(r"\caption{t}") == 1
    assert written.count(r"\begin{tabular}") == written.count("\ncode & ") == 2
    assert tex_tables(written) == [[[cell.text for cell in row]]]


def test_a_long_word_of_a_fragment_may_go_on_in_the_next_line() -> None:
    rows = ((text("s6.easy_to_remember.relate_to_words"), text("x" * 200)),)
    table = Table(title="t", columns=(Column(heading="code"), Column(heading="said")), rows=rows)
    written = latex_text(Report(title="r", tables=(table,)))
    assert r"s6.\allowbreak{}easy\_\allowbreak{}to\_\allowbreak{}remember." in written
    assert tex_tables(written) == [[[cell.text for cell in row] for row in rows]]


@pytest.mark.parametrize("words", MORE_HOSTILE)
def test_a_fragment_sets_hostile_text_as_text(words: str) -> None:
    report = replace(report_of(words), title=words, notes=(words,))
    written = latex_text(report)
    assert [row[0] for row in tex_tables(written)[0]] == [as_printed(words)]
    assert all(line.startswith("%") for line in written.split("\n\n")[0].split("\n")[:2])


@settings(deadline=None, max_examples=40)
@given(report=reports())
def test_braces_and_environments_of_a_fragment_are_balanced(report: Report) -> None:
    written = "\n".join(line for line in latex_text(report).split("\n") if not line.startswith("%"))
    bare = re.sub(r"\\[\\{}]", "", written)
    depth = 0
    for character in bare:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    open_ones: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{(\w+)\}", written):
        if kind == "begin":
            open_ones.append(name)
        else:
            assert open_ones.pop() == name
    assert open_ones == []
    assert written.count(r"\begingroup") == written.count(r"\endgroup")


def test_every_row_of_a_fragment_has_a_cell_for_each_column() -> None:
    for table in tex_tables(latex_text(wide_report())):
        assert {len(row) for row in table} == {len(typeset(wide_report().tables[0]).columns)}


def test_characters_that_not_every_latex_has_compile_all_the_same() -> None:
    written = latex_text(report_of("漢 κ é"))
    assert r"\harkenchar{漢}{6F22} \ensuremath{\kappa} é" in written
    assert r"\providecommand{\harkenchar}[2]" in written
    assert r"\harkenchar" not in latex_text(report_of("κ é"))


def test_signs_that_would_melt_into_another_are_kept_apart() -> None:
    assert "-{}-{}- '{}' ,{}," in latex_text(report_of("--- '' ,,"))


def test_a_fragment_names_the_figures_it_leaves_out() -> None:
    written = latex_text(Report(title="r", figures=(figure_of(*ROWS, title="Al%\npha"),)))
    assert written == (
        "% r\n"
        "% Needs in the preamble: \\usepackage[T1]{fontenc} \\usepackage{booktabs,array}\n"
        "% The figure 'Al% pha' is a file of its own: write it with --output FILE.png, then "
        "\\includegraphics{FILE}.\n"
    )


def test_figures_have_a_minus_and_long_labels_hang() -> None:
    columns = (Column(heading="Theme"), Column(heading="points", align="right"))
    table = Table(
        title="t",
        columns=columns,
        rows=((text("  a-1 " + "of many words " * 20), Cell("-8.5 to -0.1", None)),),
    )
    written = latex_text(Report(title="r", tables=(table,)))
    assert r"\ensuremath{-}8.5 to \ensuremath{-}0.1" in written
    assert r"\hangindent=1.5em \hspace*{1em}a-1 of many" in written
