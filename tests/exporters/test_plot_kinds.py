"""Flow diagrams, curves and rows that share a label: nothing cut, nothing on top of each other."""

from __future__ import annotations

from itertools import combinations
from typing import Any
from xml.etree import ElementTree

import matplotlib
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import RendererAgg
from test_report_exports import HOSTILE

from harken.exporters.figures import figure_png, figure_svg, inline_svg, join_figures
from harken.exporters.figures.drawing import draw
from harken.exporters.figures.layout import rows_of
from harken.exporters.figures.lettering import DPI
from harken.report import (
    Curve,
    CurvePlot,
    CurvePoint,
    Dot,
    DotPlot,
    Figure,
    FlowColumn,
    FlowDiagram,
    FlowStep,
    Plot,
    ReferenceLine,
)

SVG = "{http://www.w3.org/2000/svg}"

EXPERTS = FlowColumn(
    heading="experts",
    steps=(
        FlowStep(label="Returned", n="n = 131", left=("10 excluded", "(item non-response)")),
        FlowStep(label="Usable", n="n = 121", left=("4 without an answer",)),
        FlowStep(label="Coded", n="n = 117"),
    ),
)
FLOW = FlowDiagram(columns=(EXPERTS, EXPERTS), axis="Images study")
CURVES = CurvePlot(
    curves=(
        Curve(
            label="in the order of coding",
            points=tuple(CurvePoint(x=n, y=n // 2) for n in range(1, 9)),
            is_stepped=True,
        ),
        Curve(
            label="in any order",
            points=tuple(CurvePoint(x=n, y=n / 2, low=n / 3, high=n) for n in range(1, 9)),
        ),
    ),
    axis="people",
    upright="codes seen",
    levels=(ReferenceLine(value=4, label="4 seen"), ReferenceLine(value=4.1, label="Chao2 4.1")),
    places=(ReferenceLine(value=6, label="6+2"),),
)


def drawn(plot: Plot) -> Figure:
    return Figure(title="f", alt="It shows.", plot=plot)


def boxes_of(plot: Plot) -> tuple[list, object]:
    with matplotlib.rc_context({"text.parse_math": False, "font.family": "DejaVu Sans"}):
        canvas = draw(plot)
        canvas.set_dpi(DPI)
        # Measured without drawing: a drawn picture of many would stay in memory.
        ruler = RendererAgg(1, 1, DPI)
        return [words.get_window_extent(ruler) for words in canvas.texts if words.get_text()], canvas.bbox


def is_within(plot: Plot) -> bool:
    boxes, room = boxes_of(plot)
    return all(
        room.x0 <= box.x0 and box.x1 <= room.x1 and room.y0 <= box.y0 and box.y1 <= room.y1 for box in boxes
    )


def texts_of(plot: Plot) -> list[str]:
    root = ElementTree.fromstring(figure_svg(drawn(plot)))
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_a_flow_diagram_holds_its_words_once_a_group() -> None:
    words = texts_of(FLOW)
    assert sorted(words) == sorted(
        [
            *["experts", "Returned", "n = 131", "10 excluded", "(item non-response)"] * 2,
            *["Usable", "n = 121", "4 without an answer", "Coded", "n = 117"] * 2,
            "Images study",
        ]
    )


def test_curves_hold_the_names_of_axes_lines_and_levels() -> None:
    wanted = ["in the order of coding", "in any order", "people", "codes seen", "4 seen", "Chao2 4.1", "6+2"]
    assert [one for one in wanted if one not in texts_of(CURVES)] == []


@pytest.mark.parametrize("plot", [FLOW, CURVES])
def test_no_two_texts_touch(plot: Plot) -> None:
    boxes, _ = boxes_of(plot)
    assert [(a, b) for a, b in combinations(boxes, 2) if a.overlaps(b.padded(-2))] == []


@pytest.mark.parametrize("plot", [FLOW, CURVES])
def test_the_same_plot_gives_the_same_bytes(plot: Plot) -> None:
    one = (figure_svg(drawn(plot)), figure_png(drawn(plot)))
    with matplotlib.rc_context({"font.size": 30, "axes.grid": True}):
        assert (figure_svg(drawn(plot)), figure_png(drawn(plot))) == one


@pytest.mark.parametrize("plot", [FLOW, CURVES])
def test_a_plot_on_a_page_has_only_the_pages_colours(plot: Plot) -> None:
    written = inline_svg(drawn(plot), name="f")
    assert ("#000000" in written, "#ffffff" in written, "#8c8c8c" in written) == (False, False, False) or (
        # As what a page's own colour falls back to.
        written.count("#ffffff") == written.count("var(--paper, #ffffff)")
        and written.count("#8c8c8c") == written.count("var(--faint, #8c8c8c)")
        and "#000000" not in written
    )


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_is_shown_as_text(words: str) -> None:
    step = FlowStep(label=words, n=words, left=(words,))
    flow = FlowDiagram(columns=(FlowColumn(heading=words, steps=(step, step)),), axis=words)
    curves = CurvePlot(
        curves=(Curve(label=words, points=(CurvePoint(x=1, y=1),)),),
        axis=words,
        upright=words,
        levels=(ReferenceLine(value=1, label=words),),
        places=(ReferenceLine(value=1, label=words),),
    )
    known = {
        SVG + tag for tag in ("svg", "title", "desc", "g", "path", "defs", "use", "text", "clipPath", "rect")
    }
    for plot in (flow, curves):
        assert {element.tag for element in ElementTree.fromstring(figure_svg(drawn(plot))).iter()} <= known


_WORDS = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x17F, exclude_categories=("C",)), max_size=70
)
_STEPS = st.lists(
    st.builds(FlowStep, label=_WORDS, n=_WORDS, left=st.lists(_WORDS, max_size=3).map(tuple)), max_size=4
)


@settings(deadline=None, max_examples=25)
@example(columns=[FlowColumn(heading="0" * 13, steps=())], words="")
@given(
    columns=st.lists(st.builds(FlowColumn, heading=_WORDS, steps=_STEPS.map(tuple)), max_size=7),
    words=_WORDS,
)
def test_no_text_of_a_flow_diagram_is_cut(columns: list[FlowColumn], words: str) -> None:
    assert is_within(FlowDiagram(columns=tuple(columns), axis=words))


_LINES = st.lists(st.builds(ReferenceLine, value=st.floats(0, 50), label=_WORDS), max_size=3)
_POINTS = st.lists(
    st.builds(CurvePoint, x=st.floats(0, 60), y=st.floats(0, 60), low=st.none() | st.floats(0, 60)),
    max_size=5,
)


@settings(deadline=None, max_examples=25)
@given(
    curves=st.lists(
        st.builds(Curve, label=_WORDS, points=_POINTS.map(tuple), is_stepped=st.booleans()), max_size=3
    ),
    words=st.tuples(_WORDS, _WORDS),
    levels=_LINES,
    places=_LINES,
)
def test_no_text_of_curves_is_cut(curves, words, levels, places) -> None:
    axis, upright = words
    plot = CurvePlot(
        curves=tuple(curves), axis=axis, upright=upright, levels=tuple(levels), places=tuple(places)
    )
    assert is_within(plot)


def test_rows_without_a_label_stand_close_below_and_share_the_label_in_their_middle() -> None:
    dots = [Dot(label="one", value=0.1), Dot(label="", value=0.2), Dot(label="two", value=0.3)]
    first, second, other = rows_of(dots)
    assert second.middle - first.middle < other.middle - second.middle
    assert first.label_middle == pytest.approx((first.middle + second.middle) / 2)
    assert other.label_middle == pytest.approx(other.middle)


def test_figures_of_parts_are_strokes_that_the_axis_reaches() -> None:
    parts = DotPlot(rows=(Dot(label="all", value=50, others=(-30, 140)),), axis="%", low=0, high=100)
    plain = DotPlot(rows=(Dot(label="all", value=50),), axis="%", low=0, high=100)
    n_strokes = _n_lines(draw(parts)) - _n_lines(draw(plain))
    low, high = draw(parts).axes[0].get_xlim()
    assert (n_strokes, low < -30, high > 140) == (2, True, True)


def _n_lines(canvas: Any) -> int:
    return sum(len(lines.get_segments()) for lines in canvas.axes[0].collections)


def test_a_picture_file_of_a_flow_diagram_and_a_plot_holds_the_first() -> None:
    flow, dots = drawn(FLOW), drawn(DotPlot(rows=(), axis="%"))
    assert join_figures([flow, dots]) == (flow, 1)
    assert join_figures([dots, flow, dots]) == (
        Figure(title="f", alt="f: It shows. f: It shows.", plot=DotPlot(rows=(), axis="%")),
        1,
    )
