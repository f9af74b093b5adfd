"""The words of the methods section, and who took part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product, repeat

import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import Approach, Mark, MarkKind, ResponseKey, Round
from harken.services.describing import (
    ParticipantTable,
    codebook_report,
    codebook_section,
    describe_participants,
    memos_section,
    methods_paragraphs,
    participants_report,
    protect_participants,
    read_facts,
)
from harken.services.describing.participants import Characteristic, ValueCount
from harken.services.marking import set_mark
from harken.services.memos import subjects
from harken.services.memos.writing import add_memo
from harken.services.tabulating import tabulate
from harken.storage import codebooks, coding, survey
from harken.storage.store import Store

Study = Callable[..., Store]
PEOPLE = {f"p{n}": {"group": "north" if n < 3 else "south"} for n in range(5)}
ANSWERS = [(name, "q1", f"answer of {name}") for name in PEOPLE]
BOOK = codebook("theme.wait", "theme.staff")


def words(store: Store, **options: object) -> str:
    return "\n".join(methods_paragraphs(store, **options))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("approach", "name"),
    [
        (Approach.CONTENT, "content analysis"),
        (Approach.STRUCTURED_TABULAR, "structured tabular thematic analysis (Robinson 2022)"),
        (Approach.CODEBOOK, "a codebook approach to thematic analysis"),
        (Approach.REFLEXIVE, "reflexive thematic analysis (Braun and Clarke 2019)"),
    ],
)
def test_the_analysis_is_called_by_the_name_of_its_approach(
    study: Study, approach: Approach, name: str
) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, codebook=BOOK)
    with store.action(LEAD) as action:
        action.append("settings.changed", {"approach": approach})
    assert f"(q1) were analysed by {name}." in words(store)


def test_a_content_analysis_is_never_called_a_thematic_one(study: Study) -> None:
    store = study(
        people=PEOPLE, answers=ANSWERS, codebook=BOOK, decisions=[decision("ann", "p1", "q1", "theme.wait")]
    )
    assert "thematic" not in words(store, table=tabulate(store, by="group"), threshold=5)


def test_the_flow_of_people_is_told_by_group_with_reasons(study: Study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, excluded={"asked to": ["p1"]})
    assert (
        "5 questionnaires came back (north 3, south 2). 1 person was left out (asked to). "
        "4 participants remained (north 2, south 2). All 4 people answered the open question, with "
        "4 answers in all."
    ) in words(store, by="group")


def test_small_numbers_of_people_are_not_told_where_a_threshold_keeps_them_back(study: Study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS, excluded={"asked to": ["p1"]})
    said = words(store, by="group", threshold=3)
    assert "4 participants were analysed." in said
    assert "asked to" not in said
    assert "came back" not in said


def decide_all(store: Store, *codes: str) -> None:
    stored = codebooks.stored_codebook(store)
    with store.action("ann") as action:
        for name in PEOPLE:
            coding.decide(action, stored, decision("ann", name, "q1", *codes))


def add(store: Store, key: str) -> None:
    from harken.services.codebooks.codes import add_code

    add_code(store, f"theme.{key}", label=key.title(), actor=LEAD)


def test_codes_that_all_existed_before_coding_are_called_so(study: Study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision("ann", name, "q1", "theme.wait") for name in PEOPLE],
        one_by_one=True,
    )
    assert "All codes existed before the first answer was coded." in words(store)


def test_of_decisions_that_came_in_with_a_file_nothing_is_said_of_how_codes_came_about(study: Study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision("ann", name, "q1", "theme.wait") for name in PEOPLE],
    )
    assert "before the first answer" not in words(store)
    assert "suggested" not in words(store)


def test_a_reflexive_study_keeps_readings_and_talks_of_no_reliability(study: Study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        decisions=[decision(coder, name, "q1", "theme.wait") for coder in ("ann", "bob") for name in PEOPLE],
        one_by_one=True,
    )
    with store.action(LEAD) as action:
        action.append("settings.changed", {"approach": "reflexive"})
    said = words(store)
    assert "5 answers were read by more than one researcher to enrich the reading" in said
    for word in ("reliab", "agreement", "adjudicat", "disagree", "kappa"):
        assert word not in said.casefold()


def test_blind_rounds_are_told(study: Study) -> None:
    store = study(
        people=PEOPLE,
        answers=ANSWERS,
        codebook=BOOK,
        rounds=[Round(name="main", is_blind=True)],
        decisions=[decision(coder, "p1", "q1", "theme.wait") for coder in ("ann", "bob")],
        one_by_one=True,
    )
    assert (
        "Main coding: ann 1, bob 1 answers; coders did not see each other's work until they had decided."
    ) in words(store)


def test_the_hash_of_the_project_stands_at_the_end(study: Study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS)
    assert methods_paragraphs(store)[-1].endswith(f"has the hash {store.project_hash()}.")


def test_a_study_without_codes_or_decisions_has_no_sentence_on_them(study: Study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS)
    assert len(methods_paragraphs(store)) == 2


def test_methods_of_comparison_are_those_of_the_table(study: Study) -> None:
    people = {f"p{n}": {"group": "north" if n % 2 else "south"} for n in range(40)}
    store = study(
        people=people,
        answers=[(name, "q1", "words") for name in people],
        codebook=BOOK,
        decisions=[
            decision("ann", name, "q1", *["theme.wait"] * (at % 3 == 0)) for at, name in enumerate(people)
        ],
    )
    alone = words(store, table=tabulate(store))
    compared = words(store, table=tabulate(store, by="group"))
    assert "Wilson" in alone
    assert "Miettinen" not in alone
    assert "(south minus north) with intervals of Miettinen and Nurminen (1985)" in compared


# -- participants ------------------------------------------------------------------------------------


def test_characteristics_are_counted_by_group_of_people_who_are_analysed(study: Study) -> None:
    people = {
        "p1": {"group": "north", "age": "34"},
        "p2": {"group": "south", "age": ""},
        "p3": {"group": "south", "age": "61"},
        "p4": {"group": "south", "age": "34"},
    }
    store = study(people=people, answers=[(name, "q1", "x") for name in people], excluded={"late": ["p4"]})
    table = describe_participants(store, by="group")
    assert (table.groups, table.ns, table.total) == (("north", "south"), (1, 2), 3)
    assert table.characteristics == (
        Characteristic(
            name="age",
            values=(
                ValueCount(value="34", ns=(1, 0), total=1),
                ValueCount(value="61", ns=(0, 1), total=1),
            ),
            missing=ValueCount(value="missing", ns=(0, 1), total=1),
        ),
    )


def test_numbers_with_many_values_have_median_and_quartiles(study: Study) -> None:
    people = {f"p{n}": {"age": str(20 + n)} for n in range(21)}
    store = study(people=people, answers=[(name, "q1", "x") for name in people])
    (table,) = participants_report(describe_participants(store)).tables
    assert [tuple(cell.text for cell in row) for row in table.rows[2:]] == [
        ("  median", "30", ""),
        ("  quartiles", "25–35", ""),
    ]


def test_texts_with_many_values_are_left_out_and_named(study: Study) -> None:
    people = {f"p{n}": {"town": f"town {n}x"} for n in range(13)}
    store = study(people=people, answers=[(name, "q1", "x") for name in people])
    assert describe_participants(store).left_out == ("town",)


def test_an_unknown_column_is_refused_with_the_known_ones(study: Study) -> None:
    store = study(people=PEOPLE, answers=ANSWERS)
    with pytest.raises(HarkenError, match=r"No column 'age' of people.*'group'"):
        describe_participants(store, variables=["age"])


@st.composite
def tables(draw: st.DrawFn) -> ParticipantTable:
    """Up to two groups of up to eight people, a characteristic of one or two values, and gaps."""
    n_groups, n_rows = draw(st.integers(1, 2)), draw(st.integers(2, 3))
    cells = [[draw(st.integers(0, 8 // n_rows)) for _ in range(n_groups)] for _ in range(n_rows)]
    counts = [ValueCount(value=str(at), ns=tuple(row), total=sum(row)) for at, row in enumerate(cells)]
    ns = tuple(map(sum, zip(*cells, strict=True)))
    return ParticipantTable(
        title="",
        by="group",
        groups=tuple(map(str, range(n_groups))),
        ns=ns,
        total=sum(ns),
        characteristics=(Characteristic(name="x", values=tuple(counts[1:]), missing=counts[0]),),
        left_out=(),
    )


def grids(table: ParticipantTable) -> list[list[int | None]]:
    """Rows of counts, the total behind the groups."""
    (one,) = table.characteristics
    return [[*row.ns, row.total] for row in (*one.values, one.missing)]


def fitting(published: list[list[int | None]], bases: list[int], threshold: int) -> list[list[list[int]]]:
    """Every table that the published one could be: a reader knows that zeros are not kept back."""
    is_whole = all(n is None for row in published for n in row)
    tells_zeros = [not is_whole and not 0 < base < threshold for base in bases]

    def fits(n: int, shown: int | None, column: int) -> bool:
        return n == shown if shown is not None else n > 0 or not tells_zeros[column]

    columns = []
    for column, base in enumerate(bases[:-1]):
        shown = [row[column] for row in published]
        columns.append(
            [
                ns
                for ns in product(range(base + 1), repeat=len(shown))
                if sum(ns) == base and all(map(fits, ns, shown, repeat(column)))
            ]
        )
    found = []
    for chosen in product(*columns):
        rows = [[*row, sum(row)] for row in zip(*chosen, strict=True)]
        if all(fits(row[-1], shown[-1], -1) for row, shown in zip(rows, published, strict=True)):
            found.append(rows)
    return found


@given(tables(), st.integers(2, 4))
def test_no_small_count_can_be_told_from_what_is_published(table: ParticipantTable, threshold: int) -> None:
    bases = [*table.ns, table.total]
    published = grids(protect_participants(table, threshold=threshold))
    possible = fitting(published, bases, threshold)
    assert grids(table) in possible
    for at, row in enumerate(grids(table)):
        for column, n in enumerate(row):
            if n and n < threshold:
                values = [rows[at][column] for rows in possible]
                assert max(values) - min(values) >= min(threshold, bases[column])


# -- appendices --------------------------------------------------------------------------------------


def test_the_codebook_is_a_table_for_each_family() -> None:
    report = codebook_report(codebook("theme.wait", "theme.wait.long", "mood.bad"))
    assert [(table.title, len(table.rows)) for table in report.tables] == [
        ("Codes of the family Theme", 2),
        ("Codes of the family Mood", 1),
    ]


def test_memos_have_brackets_for_words_marked_in_any_answer(study: Study) -> None:
    store = study(people=PEOPLE, answers=[("p1", "q1", "I saw Doctor Brown"), ("p2", "q1", "nothing")])
    key = ResponseKey("p1", "q1")
    id = survey.response_id(store, key)
    assert id is not None
    mark = Mark(kind=MarkKind.IDENTIFYING, start=6, end=18, coder=LEAD, label="name")
    set_mark(store, survey.response(store, id), mark, actor=LEAD)
    add_memo(store, subjects.on_question(store, "q1"), "doctor brown again", actor=LEAD)
    report = memos_section(store, actor=LEAD).report
    assert report is not None
    assert report.tables[0].rows[0][-1].text == "[name removed] again"


def test_examples_of_the_codebook_have_brackets_for_words_marked_in_any_answer(study: Study) -> None:
    family = BOOK.families[0]
    code = replace(family.codes[0], examples=("Doctor Brown again",))
    book = replace(BOOK, families=(replace(family, codes=(code,)),))
    store = study(people=PEOPLE, answers=[("p1", "q1", "I saw Doctor Brown")], codebook=book)
    id = survey.response_id(store, ResponseKey("p1", "q1"))
    assert id is not None
    mark = Mark(kind=MarkKind.IDENTIFYING, start=6, end=18, coder=LEAD, label="name")
    set_mark(store, survey.response(store, id), mark, actor=LEAD)
    report = codebook_section(store).report
    assert report is not None
    assert report.tables[0].rows[0][-1].text == "“[name removed] again”"


def test_facts_are_those_of_the_project(study: Study) -> None:
    store = study(
        people=PEOPLE, answers=ANSWERS, codebook=BOOK, decisions=[decision("ann", "p1", "q1", "theme.wait")]
    )
    facts = read_facts(store)
    assert (facts.n_codes, facts.n_answers, facts.coding.coders) == (2, 5, ("ann",))
    assert replace(facts.coding, first_day="", last_day="").n_answers == 1
