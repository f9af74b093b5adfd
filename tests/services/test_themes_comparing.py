"""Groups compared in the theme tables of a project."""

from __future__ import annotations

import random

import numpy as np
import pytest
from study_builder import codebook, decision

from harken.report import Report
from harken.services.prespecifying import prespecify_themes
from harken.services.project import Project
from harken.services.tabulating import tabulate, theme_report
from harken.services.tabulating.result import NO_COMPARISON, Comparison, Theme, ThemeTable
from harken.stats.differences import difference_limits
from harken.stats.multiplicity import benjamini_hochberg, holm
from harken.stats.stratified import length_strata, mantel_haenszel_difference
from harken.stats.weighted import weighted_difference

CODES = ("risk.worry", "risk.worry.pain", "risk.upset", "need.talk")


def drawn(groups: tuple[str, ...] = ("experts", "patients")) -> dict[str, tuple[str, int, list[str]]]:
    """People with their group, number of words and codes; who writes more mentions more."""
    chance = random.Random(3)
    found = {}
    for number in range(90):
        n_words = chance.choice([1, 2, 3, 5, 8, 13, 21])
        codes = [code for code in CODES if chance.random() < n_words / 40 + 0.1 * (number % 2)]
        found[f"p{number}"] = (groups[number % len(groups)], n_words, codes)
    return found


def many_people(study, *, groups: tuple[str, ...] = ("experts", "patients")):
    people = drawn(groups)
    return study(
        people={
            name: {"group": group, "weight": str(1 + number % 3)}
            for number, (name, (group, _, _)) in enumerate(people.items())
        },
        answers=[(name, "q1", " ".join(["word"] * n_words)) for name, (_, n_words, _) in people.items()],
        codebook=codebook(*CODES),
        decisions=[decision("ada", name, "q1", *codes) for name, (_, _, codes) in people.items()],
    )


def rows(result: ThemeTable) -> dict[str, Theme]:
    return {theme.code: theme for theme in (*result.united.themes, *result.united.families)}


def notes_of(report: Report, title: str) -> str:
    return "\n".join(note for table in report.tables if table.title.startswith(title) for note in table.notes)


def test_one_group_is_compared_with_nothing(study) -> None:
    assert {theme.comparison for theme in rows(tabulate(many_people(study))).values()} == {NO_COMPARISON}


def test_without_comparisons_the_counts_are_the_same(study) -> None:
    project = many_people(study)
    full, bare = tabulate(project, by="group"), tabulate(project, by="group", with_comparisons=False)
    assert {theme.comparison for theme in rows(bare).values()} == {NO_COMPARISON}
    assert {code: (theme.cells, theme.total) for code, theme in rows(bare).items()} == {
        code: (theme.cells, theme.total) for code, theme in rows(full).items()
    }


def test_without_slices_the_union_is_the_same(study) -> None:
    answers = [(f"p{n}", f"q{q}", "words") for n in range(4) for q in (1, 2)]
    project = study(
        people={f"p{n}": {"group": "ab"[n % 2]} for n in range(4)},
        answers=answers,
        codebook=codebook(*CODES),
        decisions=[decision("ada", who, question, "risk.upset") for who, question, _ in answers[:5]],
    )
    full, united = tabulate(project, by="group"), tabulate(project, by="group", with_slices=False)
    assert (len(full.slices), united.slices) == (2, ())
    assert united.united == full.united


@pytest.mark.parametrize("method", ["miettinen-nurminen", "newcombe"])
def test_every_theme_and_family_of_two_groups_has_its_difference(study, method: str) -> None:
    for theme in rows(tabulate(many_people(study), by="group", difference=method)).values():
        first, second = theme.cells
        found = theme.comparison.difference
        assert found is not None
        assert found.value == first.n / first.base - second.n / second.base
        assert (found.low, found.high) == difference_limits(
            first.n, first.base, second.n, second.base, method=method
        )
        assert found.method == method


@pytest.mark.parametrize("base", ["coded", "substantive"])
def test_the_difference_at_like_length_pools_fifths_of_the_words_of_who_counts(study, base: str) -> None:
    counted = [one for one in drawn().values() if base == "coded" or one[2]]
    fifths = length_strata([n_words for _, n_words, _ in counted])
    for theme in rows(tabulate(many_people(study), by="group", base=base)).values():
        strata = []
        for part in range(5):
            inside = [one for one, fifth in zip(counted, fifths, strict=True) if fifth == part]
            codes = {
                group: [said for of, _, said in inside if of == group] for group in ("experts", "patients")
            }
            (n1, base1), (n2, base2) = (
                (sum(mentions(said, theme.code) for said in of), len(of)) for of in codes.values()
            )
            strata.append((n1, base1, n2, base2))
        found = theme.comparison.difference_by_length
        assert found is not None
        assert (found.value, found.low, found.high) == pytest.approx(mantel_haenszel_difference(strata))


def mentions(codes: list[str], theme: str) -> bool:
    return any(f"{code}.".startswith(f"{theme}.") for code in codes)


def test_a_share_of_all_who_were_asked_has_no_parts_of_like_length(study) -> None:
    found = rows(tabulate(many_people(study), by="group", base="eligible"))
    assert {theme.comparison.difference_by_length for theme in found.values()} == {None}
    assert all(theme.comparison.difference for theme in found.values())


def test_parents_with_families_are_adjusted_apart_from_codes(study) -> None:
    found = rows(tabulate(many_people(study), by="group"))
    for family in (
        ["risk.worry.pain", "risk.upset", "need.talk"],
        ["risk.worry", "risk", "need"],
    ):
        tests = [found[code].comparison.test for code in family]
        ps = [test.p for test in tests if test]
        assert [test.p_holm for test in tests if test] == holm(ps)
        assert [test.p_bh for test in tests if test] == benjamini_hochberg(ps)


def test_more_groups_have_no_difference(study) -> None:
    found = rows(tabulate(many_people(study, groups=("a", "b", "c")), by="group"))
    for theme in found.values():
        comparison = theme.comparison
        assert (comparison.difference, comparison.difference_by_length, comparison.odds_ratio) == (None,) * 3
        assert comparison.test is not None
        assert comparison.cramers_v is not None


def test_slices_are_compared_each_and_a_code_of_another_question_says_so(study) -> None:
    store = study(
        people={name: {"g": name[0]} for name in ("a1", "a2", "b1", "b2")},
        answers=[(name, q, "w") for name in ("a1", "a2", "b1", "b2") for q in ("q1", "q2")],
        codebook=codebook("f.x", "f.y", questions={"f.x": ("q1",)}),
        decisions=[decision("ada", "a1", "q1", "f.x"), decision("ada", "b1", "q2", "f.y")]
        + [decision("ada", name, "q1") for name in ("a2", "b1", "b2")]
        + [decision("ada", name, "q2") for name in ("a1", "a2", "b2")],
    )
    first, second = (part.figures.themes for part in tabulate(store, by="g").slices)
    assert first[0].comparison.difference is not None
    assert first[0].comparison.difference.value == 0.5
    assert second[0].comparison == Comparison(
        not_tested="it cannot be applied to any question in scope",
    )
    assert second[1].comparison.difference is not None
    assert second[1].comparison.difference.value == -0.5


def test_a_group_with_one_person_is_compared_and_a_group_nobody_is_coded_in_is_not(study) -> None:
    answers = [(name, "q", "w") for name in ("a1", "a2", "b1")]
    coded = [decision("ada", "a1", "q", "f.x"), decision("ada", "a2", "q")]
    people = {name: {"g": name[0]} for name in ("a1", "a2", "b1")}
    one = study(
        people=people,
        answers=answers,
        codebook=codebook("f.x"),
        decisions=[*coded, decision("ada", "b1", "q")],
    )
    (theme,) = tabulate(one, by="g").united.themes
    assert theme.comparison.test is not None
    assert theme.comparison.test.name == "mid-p"
    none = study(people=people, answers=answers, codebook=codebook("f.x"), decisions=coded)
    (theme,) = tabulate(none, by="g").united.themes
    assert theme.comparison == Comparison(not_tested="nobody is counted in b")


def test_weighted_tables_have_weighted_differences_and_no_test(study) -> None:
    result = tabulate(many_people(study), by="group", weights="weight")
    weights = np.array([1.0 + number % 3 for number in range(90)])
    first = np.array([group == "experts" for group, _, _ in drawn().values()])
    for theme in rows(result).values():
        has = np.array([mentions(codes, theme.code) for _, _, codes in drawn().values()])
        wanted, found = weighted_difference(has, weights, first, ~first), theme.comparison
        assert found.difference is not None
        assert (found.difference.value, found.difference.low, found.difference.high) == pytest.approx(
            (wanted.value, wanted.low, wanted.high)
        )
        assert (found.test, found.odds_ratio, found.not_tested) == (None, None, "weighted")
    report = theme_report(result)
    assert "Not tested: figures are weighted." in notes_of(report, "q1: experts minus patients")


def test_what_was_declared_in_time_is_prespecified_for_its_column_alone(study) -> None:
    store = many_people(study)
    prespecify_themes(store, ["risk.upset", "need"], actor="ada", by="group")
    tests = {code: theme.comparison.test for code, theme in rows(tabulate(store, by="group")).items()}
    assert {code for code, test in tests.items() if test and test.prespecified} == {"risk.upset", "need"}
    other = rows(tabulate(store, by="weight"))
    assert not any(theme.comparison.test and theme.comparison.test.prespecified for theme in other.values())


def test_p_is_printed_of_prespecified_themes_and_of_others_on_request(study) -> None:
    store = many_people(study)
    project = Project(store, actor="ada")
    project.prespecify_themes("upset")
    result = project.themes(by="group")

    def printed(report: Report) -> dict[str, str]:
        table = report.tables[1]
        at = [column.heading for column in table.columns].index("p")
        return {row[1].text: row[at].text for row in table.rows}

    short = printed(theme_report(result))
    assert {code for code, p in short.items() if p != "–"} == {"risk.upset"}
    assert "–" not in printed(theme_report(result, with_p=True)).values()


def test_without_a_declaration_no_p_is_printed_and_the_notes_say_why(study) -> None:
    report = theme_report(tabulate(many_people(study), by="group"))
    table = report.tables[1]
    assert [column.heading for column in table.columns] == [
        *("Theme", "Code", "points", "low", "high", "points", "low", "high"),
    ]
    assert (
        "Every comparison is exploratory: no theme tested here was declared before the first table by group, "
        "so no p is printed (--p prints it)."
    ) in table.notes


def test_the_full_view_has_odds_ratios_mentions_and_what_silence_could_hide(study) -> None:
    themes, differences, _ = theme_report(tabulate(many_people(study), by="group"), is_full=True).tables
    assert [column.heading for column in themes.columns if column.group == "experts"] == [
        *("n", "N", "%", "low", "high", "mentions", "least", "most"),
    ]
    assert list(dict.fromkeys(column.group for column in differences.columns)) == [
        *("", "Difference", "Length-stratified", "Odds ratio", "Cramér's V"),
    ]


def test_where_length_changes_the_picture_the_notes_say_so(study) -> None:
    people, answers, decisions = {}, [], []
    for number in range(120):
        name, is_long = f"p{number}", number % 10 != 0
        group = "a" if is_long == (number % 4 < 3) else "b"
        people[name] = {"g": group}
        answers.append((name, "q", "w " * (30 if is_long else 2)))
        mentions_it = is_long if group == "b" else is_long and number % 3
        decisions.append(decision("ada", name, "q", *(["f.x"] if mentions_it else [])))
    store = study(people=people, answers=answers, codebook=codebook("f.x"), decisions=decisions)
    result = tabulate(store, by="g")
    comparison = result.united.themes[0].comparison
    assert comparison.difference is not None
    assert comparison.difference_by_length is not None
    crude, by_length = comparison.difference, comparison.difference_by_length
    parts = (crude.low <= 0 <= crude.high) != (by_length.low <= 0 <= by_length.high) or (
        crude.value * by_length.value < 0
    )
    assert parts
    assert "length-stratified difference disagree for F, X" in notes_of(theme_report(result), "q: ")


def test_comparing_tells_how_far_it_is(study) -> None:
    store = many_people(study, groups=("a", "b", "c"))
    told: list[tuple[str, float]] = []
    tabulate(store, by="group", progress=lambda stage, share: told.append((stage, share)))
    shares = [share for stage, share in told if stage == "themes"]
    assert len(shares) >= len(CODES)
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1
