"""Notes and tables as a printed report has them."""

from __future__ import annotations

from harken.report import (
    Cell,
    Column,
    CurvePlot,
    Dot,
    DotPlot,
    Figure,
    Report,
    Table,
    for_print,
    text,
    typeset,
    without_empty,
)
from harken.services.reporting.printing import notes_of_all, printed, without_notes


def report_of(*notes: str) -> Report:
    return Report(title="r", notes=(), tables=(Table(title="t", columns=(), rows=(), notes=notes),))


def test_a_printed_note_does_not_tell_what_to_type() -> None:
    report = Report(
        title="r",
        notes=("No p is printed (--p prints it).", "Intervals (95 %) hold - as far as known."),
        tables=report_of("Order: as in the data (--order gives one).").tables,
    )
    shown = printed(report)
    assert shown.notes == ("No p is printed.", "Intervals (95 %) hold - as far as known.")
    assert [table.notes for table in shown.tables] == [("Order: as in the data.",)]


def test_notes_that_every_part_has_are_found_in_their_order_and_taken_out_of_the_parts() -> None:
    parts = [report_of("of all", "of one", "of all too"), report_of("of all too", "of all")]
    together = notes_of_all(parts)
    assert together == ("of all", "of all too")
    assert [without_notes(part, together) for part in parts] == [report_of("of one"), report_of()]


def test_a_printed_figure_has_a_true_minus_and_a_text_or_a_range_keeps_its_hyphen() -> None:
    table = Table(
        title="t",
        columns=(
            Column(heading="a"),
            Column(heading="points", align="right"),
            Column(heading="low", align="right"),
            Column(heading="high", align="right", glue=" to "),
            Column(heading="interval", align="right"),
        ),
        rows=((text("-5 a-1"), *(Cell(words, words) for words in ("-8.5", "-16.8", "-.8", "[-0.1, 2-3]"))),),
    )
    ((name, points, limits, interval),) = typeset(table).rows
    assert [cell.text for cell in (name, points, limits, interval)] == [
        *("-5 a-1", "\u22128.5", "\u221216.8 to \u2212.8", "[\u22120.1, 2-3]"),
    ]


def test_a_printed_table_leaves_out_columns_for_data_and_keeps_its_links() -> None:
    table = Table(
        title="t",
        columns=(Column(heading="Theme"), Column(heading="Code", is_for_data=True), Column(heading="n")),
        rows=((text("Trust"), text("f.trust"), Cell("3", 3, leads_to="answers")),),
    )
    assert for_print(table) == Table(
        title="t",
        columns=(Column(heading="Theme"), Column(heading="n")),
        rows=((text("Trust"), Cell("3", 3, leads_to="answers")),),
    )


def test_a_column_that_no_row_fills_is_left_out_and_an_empty_table_keeps_its_head() -> None:
    columns = (Column(heading="Code"), Column(heading="Definition"), Column(heading="Examples"))
    table = Table(title="t", columns=columns, rows=((text("a"), text(""), text("")), (text("b"),) * 3))
    assert without_empty(table) == table
    (bare,) = without_empty(Table(title="t", columns=columns, rows=table.rows[:1])).columns
    assert bare.heading == "Code"
    assert without_empty(Table(title="t", columns=columns, rows=())).columns == columns


def test_a_tall_plot_goes_on_in_a_further_figure_and_no_theme_is_torn_apart() -> None:
    rows = tuple(
        Dot(label="" if group else f"theme {theme}", value=1.0) for theme in range(50) for group in range(3)
    )
    figure = Figure(title="who", alt="Most say so.", plot=DotPlot(rows=rows, axis="%"), notes=("a note",))
    parts = printed(Report(title="r", figures=(figure,))).figures
    assert [part.title for part in parts] == ["who (1 of 3)", "who (2 of 3)", "who (3 of 3)"]
    plots = [part.plot for part in parts if isinstance(part.plot, DotPlot)]
    assert [len(plot.rows) for plot in plots] == [51, 51, 48]
    assert tuple(row for plot in plots for row in plot.rows) == rows
    assert all(plot.rows[0].label for plot in plots)
    assert [part.notes for part in parts] == [(), (), ("a note",)]


def test_a_plot_that_fits_a_page_and_a_picture_of_another_kind_stay_whole() -> None:
    low = Figure(title="who", alt="", plot=DotPlot(rows=(Dot(label="a"),) * 64, axis="%"))
    curve = Figure(title="curve", alt="", plot=CurvePlot(curves=(), axis="people", upright="codes"))
    assert printed(Report(title="r", figures=(low, curve))).figures == (low, curve)
