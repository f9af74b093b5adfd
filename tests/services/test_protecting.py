"""What a protected result shows and what it hides."""

from __future__ import annotations

import json
from dataclasses import replace
from random import Random

import pytest
from random_tables import random_study, table_of
from study_builder import build_study, codebook, decision

from harken.errors import HarkenError
from harken.services.closed_items import count_closed_items
from harken.services.closed_items.scales import Net
from harken.services.cooccurring import count_pairs
from harken.services.crosstabulating import crosstabulate
from harken.services.flowing import flow
from harken.services.protecting import (
    audit_themes,
    protect,
    protect_closed,
    protect_cooccurrence,
    protect_crosstab,
    protect_flow,
)
from harken.services.tabulating import tabulate, theme_report
from harken.services.tabulating.result import ThemeTable


@pytest.fixture
def store():
    """40 experts and 60 patients; few of them mention cost, and no expert mentions time."""
    people = {f"E{at}": {"group": "expert", "site": "north", "like": "yes"} for at in range(40)}
    people |= {
        f"P{at}": {
            "group": "patient",
            "site": "north" if at < 30 else "south",
            "like": "no" if at < 3 else "yes" if at < 50 else "unsure",
        }
        for at in range(60)
    }
    decisions = [
        decision(
            "ann",
            name,
            "q",
            *(["risk.cost"] if name in ("E1", "E2", "P1") or (name[0] == "P" and int(name[1:]) > 45) else []),
            *(["risk.time"] if name[0] == "P" and int(name[1:]) % 3 else []),
            *(["good.calm"] if int(name[1:]) % 2 else []),
        )
        for name in people
    ]
    return build_study(
        people=people,
        answers=[(name, "q", "words") for name in people],
        codebook=codebook("risk", "risk.cost", "risk.time", "good", "good.calm"),
        decisions=decisions,
    )


def shown(table: ThemeTable, code: str) -> list[int | None]:
    theme = next(theme for theme in table.united.themes if theme.code == code)
    return [cell.n for cell in (*theme.cells, theme.total)]


def test_a_small_count_is_hidden_with_one_that_would_tell_it_and_zeros_are_shown(store) -> None:
    table = protect(tabulate(store, by="group"), threshold=5)
    assert shown(table, "risk.cost") == [None, None, 17]
    assert shown(table, "risk.time") == [0, 40, 40]


def test_hiding_tells_how_far_it_is(store) -> None:
    told: list[tuple[str, float]] = []
    protect(tabulate(store, by="group"), threshold=5, progress=lambda *news: told.append(news))
    assert {stage for stage, _ in told} == {"hiding"}
    assert (told[0][1], told == sorted(told)) == (0.0, True)


def test_nothing_of_a_hidden_cell_but_its_base_is_shown(store) -> None:
    table = protect(tabulate(store, by="group"), threshold=5)
    cell = next(theme for theme in table.united.themes if theme.code == "risk.cost").cells[0]
    assert {name for name, value in table_cell(cell).items() if value is not None} == {
        "group",
        "base",
        "suppressed",
    }
    assert (cell.base, cell.suppressed) == (40, True)


def table_cell(cell) -> dict:
    from dataclasses import asdict

    return asdict(cell)


def test_a_row_with_a_hidden_cell_has_no_comparison_range_or_mentions(store) -> None:
    table = protect(tabulate(store, by="group"), threshold=5)
    theme = next(theme for theme in table.united.themes if theme.code == "risk.cost")
    assert (theme.comparison.difference, theme.comparison.test, theme.comparison.not_tested) == (
        None,
        None,
        "suppressed",
    )
    assert (theme.total.n, theme.total.n_all, theme.total.n_any, theme.total.mentions) == (
        17,
        None,
        None,
        None,
    )


def test_what_is_adjusted_beside_a_hidden_test_is_an_upper_limit(store) -> None:
    table = tabulate(store, by="group")
    before = next(theme for theme in table.united.themes if theme.code == "risk.time").comparison.test
    table = protect(table, threshold=5)
    after = next(theme for theme in table.united.themes if theme.code == "risk.time").comparison.test
    assert before.p == after.p
    assert after.p_holm >= before.p_holm
    assert after.p_bh >= before.p_bh


def test_a_group_smaller_than_the_threshold_shows_its_base_alone(store) -> None:
    table = protect(tabulate(store, by="like"), threshold=5)
    small = [group.name for group in table.united.groups].index("no")
    assert table.united.groups[small].coded == 3
    assert table.united.groups[small].words_median is None
    assert {theme.cells[small].n for theme in table.united.themes} == {None}


def test_a_threshold_of_one_is_refused_with_the_way_out(store) -> None:
    with pytest.raises(HarkenError, match="Take 2 or more"):
        protect(tabulate(store), threshold=1)


def test_pages_print_one_mark_for_what_is_hidden(store) -> None:
    report = theme_report(protect(tabulate(store, by="group"), threshold=5))
    row = next(row for row in report.tables[0].rows if row[1].text == "risk.cost")
    # n, N, %, low and high of experts, patients and all.
    assert [cell.text for cell in row[2:9]] == ["[c]", "40", "[c]", "[c]", "[c]", "[c]", "60"]
    assert any("[c] = confidential" in note for note in report.notes)


def test_json_of_a_protected_table_is_strict_and_says_the_threshold(store) -> None:
    data = json.loads(
        json.dumps(protect(tabulate(store, by="group"), threshold=5).as_json(), allow_nan=False)
    )
    assert (data["suppress"], data["ties"]) == (5, [])


def test_an_audit_refuses_a_table_that_shows_what_gives_a_hidden_count_away(store) -> None:
    table = tabulate(store, by="group")
    printed = protect(table, threshold=5)
    themes = tuple(
        replace(theme, cells=(theme.cells[0], real.cells[1])) if theme.code == "risk.cost" else theme
        for theme, real in zip(printed.united.themes, table.united.themes, strict=True)
    )
    told = replace(printed, united=replace(printed.united, themes=themes))
    audit_themes([table], [printed], threshold=5)
    with pytest.raises(HarkenError, match="hidden figures could be worked out"):
        audit_themes([table], [told], threshold=5)


@pytest.mark.parametrize("seed", range(6))
def test_unions_slices_and_nets_are_hidden_in_one_pattern_that_passes_the_audit(seed) -> None:
    random = Random(seed)
    for _ in range(4):
        study = random_study(
            random,
            sizes=[random.randint(3, 40) for _ in range(3)],
            codes={"a": ("a.x", "a.x.y", "a.z"), "b": ("b.u", "b.v")},
            n_questions=random.randint(1, 3),
            share=lambda: random.random() ** 2 / 2,
            undecided=random.choice([0, 0.1]),
        )
        table = table_of(study)
        printed = protect(table, threshold=4)
        # Once more without witnesses: every hidden count is bounded exactly.
        audit_themes([table], [printed], threshold=4)


def test_attributes_of_one_table_are_hidden_in_one_pattern(store) -> None:
    tables = protect_crosstab(crosstabulate(store, by=["group", "site"]), threshold=5).tables
    totals = {shown(table, "risk.cost")[-1] for table in tables}
    assert len(totals) == 1


def test_the_flow_hides_reasons_of_few_people_and_keeps_the_steps() -> None:
    people = {f"P{at}": {"group": "a" if at < 20 else "b"} for at in range(40)}
    store = build_study(
        people=people,
        answers=[(name, "q", "words") for name in people],
        excluded={
            "too young": ["P1", "P21"],
            "no answer": [f"P{at}" for at in (2, 3, 4, 5, 6, 7, 8, 22, 23)],
        },
    )
    result = protect_flow(flow(store, by="group"), threshold=5)
    assert [(steps.returned, steps.usable) for steps in (*result.groups, result.total)] == [
        (20, 12),
        (20, 17),
        (40, 29),
    ]
    assert {why.n for steps in (*result.groups, result.total) for why in steps.excluded} == {None}
    assert result.total.line == (
        "40 returned → 11 excluded (too young [c], no answer [c]) → 29 usable → 29 answered → 0 coded"
    )


def test_the_only_reason_for_exclusions_is_told_by_the_steps_and_shown() -> None:
    store = build_study(
        people=["P1", "P2", "P3"], answers=[("P1", "q", "words")], excluded={"too young": ["P3"]}
    )
    assert protect_flow(flow(store), threshold=5).total.excluded[0].n == 1


def test_closed_items_hide_small_answers_nets_and_what_lies_within_them(store) -> None:
    item = protect_closed(
        count_closed_items(
            store, items=["like"], by="group", nets=[Net(label="not yes", values=("no", "unsure"))]
        ),
        threshold=5,
    ).items[0]
    counts = {row.label: [cell.n for cell in (*row.cells, row.total)] for row in (*item.answers, *item.nets)}
    assert counts["no"] == [0, None, None]
    assert None in counts["unsure"] or None in counts["yes"]
    assert item.test is None
    themed = count_closed_items(store, items=["like"], by="group", themes=["risk.cost"])
    assert themed.items[0].themes
    assert protect_closed(themed, threshold=5).items[0].themes == ()


def test_pairs_of_codes_are_hidden_whole_where_few_people_have_both_or_one(store) -> None:
    result = count_pairs(store)
    hidden = {
        (pair.first, pair.second)
        for pair in protect_cooccurrence(result, threshold=9).pairs
        if pair.overlap is None
    }
    small = {
        (pair.first, pair.second)
        for pair in result.pairs
        if any(
            0 < n < 9
            for n in (
                pair.overlap.both,
                pair.overlap.only_first,
                pair.overlap.only_second,
                pair.overlap.neither,
            )
        )
    }
    assert small
    assert small <= hidden
