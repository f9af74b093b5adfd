"""Notes and tables as a printed report has them."""

from __future__ import annotations

from harken.report import Cell, Column, Report, Table, for_print, text, typeset
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
