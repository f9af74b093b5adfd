"""Figures: all their texts within the picture, the same bytes every time, words for who does not see them."""

from __future__ import annotations

import io
import struct
from dataclasses import replace
from xml.etree import ElementTree

import docx
import matplotlib
import pytest
from figure_study import LONG, ROWS, figure_of
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from test_report_exports import HOSTILE, wide_report

from harken.exporters.document import document_bytes
from harken.exporters.figures import figure_png, figure_svg, inline_svg
from harken.exporters.figures.drawing import draw
from harken.exporters.figures.lettering import DPI
from harken.exporters.markdown import markdown_text
from harken.exporters.office_text import office_text
from harken.report import Dot, DotPlot, Figure, ReferenceLine, Report

SVG = "{http://www.w3.org/2000/svg}"


def texts_of(svg: bytes) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def is_within(plot: DotPlot) -> bool:
    """Whether every text stands wholly within the picture."""
    with matplotlib.rc_context({"text.parse_math": False, "font.family": "DejaVu Sans"}):
        canvas = draw(plot)
        # As it is written: characters stand on whole dots, so their widths follow the resolution.
        canvas.set_dpi(DPI)
        # Measured without drawing: a drawn picture of many would stay in memory.
        boxes = [words.get_window_extent(RendererAgg(1, 1, DPI)) for words in canvas.texts]
    room = canvas.bbox
    return all(
        room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1 for box in boxes
    )


def test_an_svg_holds_every_text_as_text() -> None:
    words = texts_of(figure_svg(figure_of(*ROWS)))
    wanted = [
        *("Benefits", "benefit.understanding", "benefit.rare", "Risks", "risk $x_1$ <b>&", "risk.漢字"),
        *("undefined: one category", "no interval", "tentative .667", "reliable .800"),
        *("reliable", "tentative", "unreliable", "too few", "Krippendorff's alpha, 95 % interval"),
    ]
    assert [one for one in wanted if one not in words] == []


def test_a_long_label_goes_on_in_another_line_behind_a_dot() -> None:
    words = texts_of(figure_svg(figure_of(*ROWS)))
    first = words.index("benefit.a_rather_long_name_of_a_parent.")
    assert words[first] + words[first + 1] == LONG


def test_a_figure_says_what_it_shows() -> None:
    root = ElementTree.fromstring(figure_svg(figure_of(*ROWS)))
    title, description = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert description is not None
    assert (title.text, description.text) == ("Alpha by code", "One code is reliable.")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"


def test_the_same_figure_gives_the_same_bytes_whatever_a_persons_settings() -> None:
    figure = figure_of(*ROWS)
    svg, png = figure_svg(figure), figure_png(figure)
    with matplotlib.rc_context({"font.size": 30, "lines.linewidth": 9, "savefig.bbox": "tight"}):
        assert (figure_svg(figure), figure_png(figure)) == (svg, png)
        assert matplotlib.rcParams["font.size"] == 30


def test_a_png_has_200_dots_an_inch_and_grows_with_its_rows() -> None:
    heights = []
    for n in (1, 41):
        data = figure_png(figure_of(*[replace(ROWS[0], group="")] * n))
        heights.append(struct.unpack(">I", data[20:24])[0])
        at = data.index(b"pHYs") + 4
        assert round(struct.unpack(">I", data[at : at + 4])[0] * 0.0254) == 200
    assert heights[1] - heights[0] == pytest.approx(40 * 0.225 * 200, abs=1)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_figure_shows_hostile_text_as_text(words: str) -> None:
    figure = figure_of(Dot(label=words, value=0.5, note=words, group=words), title=words, alt=words)
    root = ElementTree.fromstring(figure_svg(figure))
    assert (root.findtext(f"{SVG}title") or "") == office_text(words)
    assert {element.tag for element in root.iter()} <= {
        SVG + tag for tag in ("svg", "title", "desc", "g", "path", "defs", "use", "text", "clipPath", "rect")
    }


_WORDS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("C",)), max_size=90
)
_FIGURES = st.none() | st.floats(-3, 2)


@settings(deadline=None, max_examples=25)
@given(
    rows=st.lists(st.builds(Dot, label=_WORDS, value=_FIGURES, note=_WORDS, group=_WORDS), max_size=4),
    references=st.lists(st.builds(ReferenceLine, value=st.floats(0, 1), label=_WORDS), max_size=3),
    words=st.lists(_WORDS, max_size=3),
)
def test_no_text_is_cut(rows: list[Dot], references: list[ReferenceLine], words: list[str]) -> None:
    plot = DotPlot(
        rows=tuple(rows),
        axis=words[0] if words else "",
        references=tuple(references),
        marks=tuple(("half", one) for one in words),
    )
    assert is_within(plot)


@pytest.mark.parametrize("label", ["<<<NNUUUUU_i´¼", "i" * 44, "l1" * 20, "W" * 44])
def test_characters_set_on_whole_dots_still_have_room(label: str) -> None:
    assert is_within(DotPlot(rows=(Dot(label=label),), axis=label))


def test_two_figures_on_a_page_share_no_id() -> None:
    ids = [
        {
            element.get("id")
            for element in ElementTree.fromstring(inline_svg(figure_of(*ROWS), name=name)).iter()
        }
        - {None}
        for name in ("figure-1", "figure-2")
    ]
    assert ids[0] & ids[1] == set()
    assert all(ids)


def test_a_figure_on_a_page_has_only_the_pages_colours() -> None:
    written = inline_svg(figure_of(*ROWS), name="f")
    assert "#000000" not in written
    assert "currentColor" in written


def test_a_document_holds_a_figure_with_words_for_who_does_not_see_it() -> None:
    figure = figure_of(*ROWS)
    report = replace(wide_report(), figures=(figure, figure))
    data = document_bytes(report)
    assert data == document_bytes(report)
    found = docx.Document(io.BytesIO(data))
    assert [
        (shape._inline.docPr.get("title"), shape._inline.docPr.get("descr")) for shape in found.inline_shapes
    ] == [("Alpha by code", "One code is reliable.")] * 2
    captions = [paragraph.text for paragraph in found.paragraphs if paragraph.style.name == "Caption"]
    assert captions == ["Figure 1. Alpha by code", "Figure 2. Alpha by code", "Table 1. t"]


def test_a_tall_figure_fits_its_documents_page() -> None:
    figure = figure_of(*[ROWS[0]] * 200)
    (shape,) = docx.Document(io.BytesIO(document_bytes(Report(title="r", figures=(figure,))))).inline_shapes
    assert shape.height.pt <= 640


def test_markdown_tells_what_a_figure_shows() -> None:
    report = Report(title="r", figures=(Figure(title="f", alt="It shows.", plot=DotPlot(rows=(), axis="")),))
    assert markdown_text(report) == "# r\n\n## f\n\nIt shows.\n"
