"""What a theme table looks like, and that it prints what the result holds."""

from __future__ import annotations

import pytest
from study_builder import codebook, decision

from harken.exporters.delimited import csv_text
from harken.exporters.terminal import terminal_text
from harken.report import for_print, percentage, share_in_percent
from harken.services.codebooks.codes import retire_code
from harken.services.describing.counting_words import prespecified_sentences, statistics_sentences
from harken.services.reporting.counted import as_shown
from harken.services.tabulating import tabulate, theme_report


def two_groups(study, **parts):
    """24 experts and 30 patients, one answer each; some coded by two people who differ once."""
    people = {f"e{n}": {"group": "experts"} for n in range(24)} | {
        f"p{n}": {"group": "patients"} for n in range(30)
    }
    decisions = [
        decision("ada", name, "q1", *(["risk.worry"] if number % 3 == 0 else []))
        for number, name in enumerate(people)
    ]
    decisions.append(decision("ben", "e0", "q1", "risk.upset"))
    return study(
        people=people,
        answers=[(name, "q1", "some words here") for name in people],
        codebook=codebook("risk.worry", "risk.upset", "risk.none_stated"),
        decisions=decisions,
        title="Sharing images",
        **parts,
    )


def test_the_terminal_shows_n_base_percent_interval_and_range_of_every_cell(study) -> None:
    shown = terminal_text(theme_report(tabulate(two_groups(study)))).splitlines()
    start = shown.index("q1")
    assert shown[start : start + 9] == [
        "q1",
        "Theme                  Code                n/N     %   low–high    all–any",
        "─" * 74,
        "Risk: any              risk              18/54  33.3  22.2–46.6  31.5–33.3",
        "  any but none stated  risk              18/54  33.3  22.2–46.6  31.5–33.3",
        "  Worry                risk.worry        18/54  33.3  22.2–46.6  31.5–33.3",
        "  Upset                risk.upset         0/54   0.0    0.0–6.6    0.0–1.9",
        "  None stated          risk.none_stated   0/54   0.0    0.0–6.6    0.0–0.0",
        "all: 54 returned → 0 excluded → 54 usable → 54 answered → 54 coded",
    ]


def test_a_retired_code_is_marked_in_the_table(study) -> None:
    store = two_groups(study)
    retire_code(store, "risk.upset", actor="ada")
    labels = [row[0].text for row in theme_report(tabulate(store)).tables[0].rows]
    assert labels == [
        *("Risk: any", "  any but none stated", "  Worry", "  Upset (retired)", "  None stated"),
    ]


def test_groups_stand_in_the_datas_order_under_their_names_with_the_total_last(study) -> None:
    table = theme_report(tabulate(two_groups(study), by="group")).tables[0]
    assert list(dict.fromkeys(column.group for column in table.columns)) == [
        "",
        "experts",
        "patients",
        "total",
    ]


def test_notes_name_base_basis_interval_sampling_and_why_it_is_provisional(study) -> None:
    report = theme_report(tabulate(two_groups(study), by="group"))
    assert report.title == "Sharing images: themes mentioned by group (PROVISIONAL)"
    notes = "\n".join(report.notes)
    for words in (
        "coders differ on 1 answer and nobody has settled it",
        "N (coded) = people with every answer in scope decided",
        "Basis default: the adjudicated decision",
        "95 % Wilson score interval, as if people had been sampled at random; recruitment is not modelled",
        "not how many hold the view",
        "Several coders decided 1 answer.",
        "Who was asked is not known for q1",
    ):
        assert words in notes


def test_each_group_has_its_flow_line(study) -> None:
    store = two_groups(study, excluded={"duplicate": ["p29"]})
    report = theme_report(tabulate(store, by="group"))
    assert report.tables[0].notes == (
        "experts: 24 returned → 0 excluded → 24 usable → 24 answered → 24 coded",
        "patients: 30 returned → 1 excluded → 29 usable → 29 answered → 29 coded",
        "total: 54 returned → 1 excluded → 53 usable → 53 answered → 53 coded",
    )


@pytest.mark.parametrize("base", ["coded", "eligible", "substantive"])
@pytest.mark.parametrize("decimals", [0, 1, 3])
def test_printed_cells_are_those_of_the_result(study, base: str, decimals: int) -> None:
    result = tabulate(two_groups(study), by="group", base=base, decimals=decimals)
    figures = result.united
    table = theme_report(result).tables[0]
    by_code = {theme.code: theme for theme in figures.themes}
    width = sum(column.group == "total" for column in table.columns)
    n_checked = 0
    for row in table.rows:
        theme = by_code.get(row[1].text)
        if theme is None:
            continue
        for place, cell in enumerate((*theme.cells, theme.total)):
            n, base_cell, percent, low, high, *_ = row[2 + width * place :]
            assert (n.value, base_cell.value) == (cell.n, cell.base)
            if cell.percent is None:
                assert {percent.text, low.text, high.text} == {"–"}
            else:
                limits = (100 * cell.low, 100 * cell.high)
                assert (percent.value, low.value, high.value) == (cell.percent, *limits)
                assert percent.text == percentage(cell.n, cell.base, decimals)
            n_checked += 1
    assert n_checked == 9


def test_slices_are_shown_each_and_united_when_asked_for(study) -> None:
    store = study(
        people=["p1"],
        answers=[("p1", "q1", "1", "slow"), ("p1", "q1", "2", "slow"), ("p1", "q2", "slow")],
        codebook=codebook("wait.phone", "staff.rude", questions={"wait.phone": ("q1",)}),
    )
    result = tabulate(store)
    assert [table.title for table in theme_report(result).tables] == [
        *("q1 · 1", "q1 · 1: bases (people)"),
        *("q1 · 2", "q1 · 2: bases (people)"),
        *("q2", "q2: bases (people)"),
    ]
    united = theme_report(result, united=True).tables
    assert united[0].title == "q1, q2: each person once over 3 questions and occasions"
    labels = [[row[0].text for row in table.rows] for table in theme_report(result).tables[::2]]
    assert labels[0] == labels[1] == ["Wait: any", "  Phone", "Staff: any", "  Rude"]
    assert labels[2] == ["Staff: any", "  Rude"]


def test_a_group_called_total_keeps_its_own_figures(study) -> None:
    store = study(
        people={"p1": {"g": "total"}, "p2": {"g": "b"}},
        answers=[("p1", "q", "one"), ("p2", "q", "two")],
    )
    (bases,) = (table for table in theme_report(tabulate(store, by="g")).tables if table.kind == "bases")
    assert [column.heading for column in bases.columns] == ["", "total", "b", "total"]
    assert [cell.text for cell in bases.rows[0]] == ["Returned", "1", "1", "2"]


def asked_apart(study):
    """Each group was asked a question of its own, so that no question compares them."""
    people = {f"e{n}": {"group": "experts"} for n in range(24)} | {
        f"p{n}": {"group": "patients"} for n in range(30)
    }
    asked = {name: "q1" if name.startswith("e") else "q2" for name in people}
    return study(
        people=people,
        answers=[(name, question, "some words here") for name, question in asked.items()],
        codebook=codebook("risk.worry", "risk.upset"),
        decisions=[decision("ada", name, question, "risk.worry") for name, question in asked.items()],
    )


def test_a_group_of_whom_nobody_is_counted_has_columns_in_files_alone_and_is_not_compared(study) -> None:
    report = theme_report(tabulate(asked_apart(study), by="group"))
    assert [(table.title, table.kind) for table in report.tables] == [
        *(("q1", "themes"), ("q1: bases (people)", "bases")),
        *(("q2", "themes"), ("q2: bases (people)", "bases")),
    ]
    printed = [for_print(table).columns for table in report.tables[::2]]
    assert [{column.group for column in columns if column.group} for columns in printed] == [
        {"experts", "total"},
        {"patients", "total"},
    ]
    assert [column.group for column in report.tables[0].columns].count("patients") == 5
    assert report.tables[0].notes[-1] == "Nobody is counted in patients, so that groups are not compared."


def test_no_comparison_of_all_questions_is_told_of_where_each_question_is_shown_alone(study) -> None:
    table = tabulate(asked_apart(study), by="group")
    shown = as_shown(table, is_united=False)
    assert [*statistics_sentences(shown)] == [
        "Percentages have 95 % Wilson score (1927) intervals.",
        "They hold as if people had been sampled at random; recruitment is not modelled.",
    ]
    assert [*prespecified_sentences((), shown)] == []
    assert any("Miettinen" in words for words in statistics_sentences(as_shown(table, is_united=True)))


def test_an_empty_codebook_is_said(study) -> None:
    store = study(people=["p1"], answers=[("p1", "q", "one")])
    assert any("codebook is empty" in note for note in theme_report(tabulate(store)).tables[0].notes)


def test_ties_are_listed(study) -> None:
    store = study(
        people=["p1", "p2"],
        answers=[("p1", "q", "one"), ("p2", "q", "two")],
        codebook=codebook("f.a"),
        decisions=[
            decision("ada", "p1", "q", "f.a"),
            decision("ben", "p1", "q"),
            decision("eve", "p2", "q"),
        ],
    )
    table = theme_report(tabulate(store, basis="majority")).tables[-1]
    assert [[cell.text for cell in row] for row in table.rows] == [["p1", "q", "", "f.a"]]


def test_hostile_labels_groups_and_questions_do_nothing(study) -> None:
    bad = "\x1b]0;x\x07[red]\u202e|`<b>"
    store = study(
        people={"p1": {bad: bad}, "p2": {bad: "b"}},
        answers=[("p1", bad, bad, "slow"), ("p2", bad, "slow")],
        codebook=codebook("f.a"),
        title=bad,
    )
    report = theme_report(tabulate(store, by=bad))
    shown = terminal_text(report)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]" in shown
    assert f"{bad}: n" in csv_text(report)


@pytest.mark.parametrize(
    ("share", "decimals", "printed"),
    [
        (0.0625, 1, "6.3"),
        (0.0725, 1, "7.3"),
        (0.0004, 1, "<0.1"),
        (0.9996, 1, ">99.9"),
        (0.004, 0, "<1"),
        (0.996, 0, ">99"),
        (0.0, 1, "0.0"),
        (1.0, 0, "100"),
    ],
)
def test_a_share_prints_half_up_and_never_a_false_0_or_100(share: float, decimals: int, printed: str) -> None:
    assert share_in_percent(share, decimals) == printed


def weighted_people(study):
    """40 people, of whom one with next to no weight said the theme and one coder more."""
    people = {f"p{n}": {"w": "1" if n else "0.01"} for n in range(40)}
    return study(
        people=people,
        answers=[(name, "q1", "some words here") for name in people],
        codebook=codebook("risk.worry"),
        decisions=[
            *(decision("ada", name, "q1", *(["risk.worry"] if name == "p0" else [])) for name in people),
            decision("ben", "p1", "q1", "risk.worry"),
        ],
    )


def test_a_weighted_share_of_next_to_nothing_is_not_printed_as_0(study) -> None:
    (row, _) = theme_report(tabulate(weighted_people(study), weights="w")).tables[0].rows
    assert [cell.text for cell in row][2:5] == ["1", "40", "<0.1"]


@pytest.mark.parametrize("how", [{"weights": "w"}, {"base": "substantive"}])
def test_a_range_of_other_people_than_the_share_is_of_does_not_stand_beside_it(study, how) -> None:
    report = theme_report(tabulate(weighted_people(study), **how))
    assert "all" not in [column.heading for column in report.tables[0].columns]
    assert not [note for note in report.notes if "all–any" in note]


def test_p_is_said_to_be_adjusted_over_codes_and_apart_over_what_is_above_them(study) -> None:
    notes = theme_report(tabulate(two_groups(study), by="group"), with_p=True).tables[1].notes
    assert [note for note in notes if note.startswith("p:")] == [
        "p: n-1 chi-square, two-sided. Holm and BH (Benjamini–Hochberg): adjusted over the 1 code tested in "
        "this table, and apart from these over the 1 parent or family."
    ]
