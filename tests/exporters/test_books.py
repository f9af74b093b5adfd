"""A book of reports: numbered alike in all its files, harmless, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from lxml import html
from python_calamine import CalamineWorkbook

from exporters.figure_study import ROWS, figure_of
from harken.exporters.books import book_document, book_figures, book_page, book_workbook
from harken.exporters.books.numbering import numbered_sections
from harken.report import Book, Cell, Column, Listing, Report, Section, Table, count, text

HOSTILE = '</style><script>alert(1)</script> "\\ & \x1b[31m'


def table_of(title: str, *, leads_to: str = "") -> Table:
    return Table(
        title=title,
        columns=(
            Column(heading="Theme"),
            Column(heading="n", align="right"),
            Column(heading="N", align="right", glue="/"),
        ),
        rows=(
            (text("Waiting"), Cell("2", 2, leads_to), count(3)),
            (text(HOSTILE), count(10), count(12)),
            (text("Price"), count(1), count(3)),
        ),
    )


def small_book() -> Book:
    return Book(
        title="Phones & people",
        facts=(("Project hash", "3f0a"), ("Command", "harken report --by group")),
        running="Harken 1 · project hash 3f0a",
        sections=(
            Section(title="Codebook", is_appendix=True, report=Report(title="", tables=(table_of("Codes"),))),
            Section(title="Participants", paragraphs=("Three people.", HOSTILE)),
            Section(
                title="Themes",
                report=Report(title="", notes=("n = people.",), figures=(figure_of(*ROWS),)),
            ),
            Section(title="q1", level=2, report=Report(title="", tables=(table_of("q1", leads_to="a0"),))),
            Section(title="q1", level=2, report=Report(title="", tables=(table_of("q1 again"),))),
        ),
        listings=(
            Listing(title="q1", anchor="scope-0"),
            Listing(
                title="Waiting: 2 people", anchor="a0", level=3, entries=(("p1", HOSTILE), ("p2", "slow"))
            ),
        ),
    )


def test_chapters_are_numbered_appendices_lettered_and_tables_numbered_over_the_book() -> None:
    found = [
        (one.heading, one.anchor, one.first_table, len(one.tables)) for one in numbered_sections(small_book())
    ]

    assert found == [
        ("1 Participants", "participants", 1, 0),
        ("2 Themes", "themes", 1, 0),
        ("2.1 q1", "q1", 1, 1),
        ("2.2 q1", "q1-2", 2, 1),
        ("Appendix A. Codebook", "codebook", 3, 1),
    ]


def test_after_the_last_letter_appendices_go_on_with_two() -> None:
    book = Book(title="", sections=tuple(Section(title="x", is_appendix=True) for _ in range(28)))

    assert [one.number for one in numbered_sections(book)][24:] == ["Y", "Z", "AA", "AB"]


@pytest.fixture
def page() -> html.HtmlElement:
    return html.document_fromstring(book_page(small_book()))


def test_the_page_has_landmarks_a_skip_link_and_contents_that_lead_to_every_section(
    page: html.HtmlElement,
) -> None:
    assert [len(page.xpath(f"//{name}")) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//a[@class='skip']/@href") == ["#content"]
    targets = [target.removeprefix("#") for target in page.xpath("//nav//a/@href")]
    assert targets == [
        *("section-participants", "section-themes", "section-q1", "section-q1-2", "section-codebook"),
        "answers",
    ]


def test_every_link_of_the_page_leads_to_one_place_on_it(page: html.HtmlElement) -> None:
    ids = [element.get("id") for element in page.iter() if isinstance(element.tag, str) and element.get("id")]
    targets = set(page.xpath("//a/@href"))

    assert len(ids) == len(set(ids))
    assert all(target.startswith("#") and target[1:] in ids for target in targets)


def test_the_page_loads_nothing_and_runs_its_own_script_alone(page: html.HtmlElement) -> None:
    written = book_page(small_book())

    assert [
        element.tag for element in page.iter() if isinstance(element.tag, str) and element.get("src")
    ] == []
    assert page.xpath("//link|//img|//iframe|//object") == []
    assert len(page.xpath("//script")) == 1
    policy = page.xpath("//meta[@http-equiv]/@content")[0]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-[\w+/]+='", policy
    )
    assert "alert(1)</script>" not in written


def test_a_count_leads_to_the_answers_behind_it(page: html.HtmlElement) -> None:
    links = page.xpath("//td//a")

    assert [(link.text, link.get("href")) for link in links] == [("2/3", "#a0")]
    assert page.get_element_by_id("a0").text == "Waiting: 2 people"


def test_a_title_of_any_text_is_a_string_in_the_page_header() -> None:
    written = book_page(Book(title='x"; } </style> \\', running="r"))

    assert written.count("</style>") == 1
    assert 'content: "x\\22 \\3b \\20 \\7d \\20 \\3c \\2f style\\3e \\20 \\5c "' in written


def test_the_document_has_headings_captions_and_a_line_on_every_page() -> None:
    document = docx.Document(io.BytesIO(book_document(small_book())))

    styled = [(one.style.name, one.text) for one in document.paragraphs if one.style is not None]
    headings = [words for name, words in styled if name.startswith("Heading")]
    assert headings == ["1 Participants", "2 Themes", "2.1 q1", "2.2 q1", "Appendix A. Codebook"]
    assert [words for name, words in styled if name == "Caption"] == [
        "Figure 1. Alpha by code",
        "Table 1. q1",
        "Table 2. q1 again",
        "Table 3. Codes",
    ]
    assert document.sections[0].footer.paragraphs[0].text == "Harken 1 · project hash 3f0a · page 1"
    assert document.sections[0].header.paragraphs[0].text == "Phones & people"


def test_the_contents_of_the_document_lead_to_its_headings_and_number_their_pages() -> None:
    document = docx.Document(io.BytesIO(book_document(small_book())))
    body = document.element.body

    wanted = body.xpath(".//w:hyperlink/@w:anchor")
    assert wanted == body.xpath(".//w:bookmarkStart/@w:name")
    numbers = [words.text.split()[1] for words in body.xpath(".//w:hyperlink//w:instrText")]
    assert numbers == wanted
    begun, ended = (body.xpath(f".//w:fldChar[@w:fldCharType='{kind}']") for kind in ("begin", "end"))
    assert len(begun) == len(ended)


def test_the_workbook_has_a_sheet_for_each_table_numbered_as_on_the_pages() -> None:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(book_workbook(small_book())))

    assert workbook.sheet_names == ["1 q1", "2 q1 again", "3 Codes", "Notes"]
    rows = workbook.get_sheet_by_name("1 q1").to_python()
    assert rows[0][0] == "Table 1. q1"
    assert rows[2][:3] == ["Waiting", 2.0, 3.0]


def test_each_figure_is_a_file_of_its_own_in_two_formats() -> None:
    files = dict(book_figures(small_book()))

    assert list(files) == ["figures/figure-1.svg", "figures/figure-1.png"]
    assert b"Figure 1. Alpha by code" in files["figures/figure-1.svg"]


def test_a_book_without_sections_can_be_written() -> None:
    empty = Book(title="Nothing yet")

    assert "Nothing yet" in book_page(empty)
    assert zipfile.is_zipfile(io.BytesIO(book_document(empty)))
    assert zipfile.is_zipfile(io.BytesIO(book_workbook(empty)))
    assert list(book_figures(empty)) == []
