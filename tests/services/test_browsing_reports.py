"""Lists, answers by code and the framework matrix: what their documents and reports say."""

from __future__ import annotations

import pytest
from study_builder import LEAD, build_study, codebook, decision

from harken import Project
from harken.errors import HarkenError
from harken.model import Mark, MarkKind, ResponseKey, Round
from harken.services.browsing import AnswerFilter, AnswerMark, AnswerSort
from harken.services.browsing.code_reports import matrix_report, retrieval_report
from harken.services.browsing.list_report import answers_report, marked, person_report
from harken.services.browsing.looking import lay_out_matrix, list_answers, retrieve_answers, view_person
from harken.storage.marks import put_mark

BOOK = codebook("wait.phone", "wait.room", "staff.rude")


@pytest.fixture(scope="module")
def told():
    """Three people in two groups; two coders; a name in one answer."""
    with build_study(
        people={"p1": {"group": "north"}, "p2": {"group": "south"}, "p3": {"group": "south"}},
        answers=[
            ("p1", "q1", "slow phone"),
            ("p1", "q2", "Bob was rude"),
            ("p2", "q1", "a slow phone, a cold room"),
            ("p3", "q1", "fine"),
        ],
        codebook=BOOK,
        decisions=[
            decision("ann", "p1", "q1", "wait.phone"),
            decision("ben", "p1", "q1", "wait.phone"),
            decision("ann", "p1", "q2", "staff.rude"),
            decision("ann", "p2", "q1", "wait.phone", "wait.room"),
            decision("consensus", "p2", "q1", "wait.phone"),
            decision("ann", "p3", "q1"),
        ],
    ) as store:
        with store.action("ann") as action:
            name = Mark(kind=MarkKind.IDENTIFYING, start=0, end=3, coder="ann", label="name")
            put_mark(action, ResponseKey("p1", "q2"), name)
        yield store


def texts(table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def test_a_list_says_how_many_there_are_and_marks_the_words(told):
    result = list_answers(told, AnswerFilter(text="slow"), actor=LEAD, most=1)
    report = answers_report(result)
    assert report.notes == ("2 answers: search slow.", "The first 1 are shown.")
    (table,) = report.tables
    assert [(column.group, column.heading) for column in table.columns] == [
        ("", "Participant"),
        ("", "group"),
        ("", "Question"),
        ("", "Answer"),
        ("Codes", "ann"),
        ("Codes", "ben"),
        ("", "State"),
    ]
    assert texts(table) == [["p1", "north", "q1", "«slow» phone", "wait.phone", "wait.phone", "decided"]]
    assert texts(answers_report(result, marks_matches=False).tables[0])[0][3] == "slow phone"


def test_a_list_of_one_coders_work_shows_no_others(told):
    result = list_answers(told, AnswerFilter(text="slow", coders=("ben",)), actor=LEAD)
    assert [[work.coder for work in row.works] for row in result.rows] == [["ben"]]


def test_the_marks_stand_around_every_match():
    assert marked("slow, Slow and slowly", AnswerFilter(text="slow*")) == "«slow», «Slow» and «slowly»"


def test_identifying_words_are_brackets_in_every_output_unless_asked_for(told):
    for layout, read in (
        (list_answers, lambda result: result.as_json()["answers"][0]["response"]),
        (retrieve_answers, lambda result: result.as_json()["codes"][0]["groups"][0]["passages"][0]["text"]),
        (
            lay_out_matrix,
            lambda result: result.as_json()["participants"][0]["cells"][0]["passages"][0]["text"],
        ),
    ):
        filter = AnswerFilter(codes=("rude",))
        assert read(layout(told, filter, actor=LEAD)) == "[name removed] was rude"
        assert read(layout(told, filter, actor=LEAD, is_redacted=False)) == "Bob was rude"


def test_a_list_as_json_and_as_records(told):
    result = list_answers(told, AnswerFilter(participants=("p3",)), actor=LEAD)
    document = result.as_json()
    assert (document["n"], document["filter"]["participants"], document["reader"]["coder"]) == (
        1,
        ["p3"],
        LEAD,
    )
    assert document["answers"] == [
        {
            "participant": "p3",
            "question": "q1",
            "occasion": "",
            "response": "fine",
            "state": "answered",
            "groups": {"group": "south"},
            "excluded": False,
            "starred": False,
            "alert": False,
            "works": [
                {
                    "coder": "ann",
                    "round": "main",
                    "state": "decided",
                    "codes": [],
                    "codings": [],
                    "uncodable": False,
                    "unsure": False,
                    "memo": "",
                }
            ],
        }
    ]
    assert [
        (record["response"], record["group.group"], record["coder"]) for record in result.to_records()
    ] == [("fine", "south", "ann")]


def test_answers_by_code_and_group_count_people_and_name_their_base(told):
    report = retrieval_report(
        retrieve_answers(told, AnswerFilter(families=("wait",)), actor=LEAD, by="group")
    )
    assert [table.title for table in report.tables] == ["Phone (wait.phone)", "Room (wait.room)"]
    assert texts(report.tables[0]) == [
        ["north: 1 of 1 people", "", "", ""],
        ["p1", "q1", "slow phone", "ann, ben"],
        ["south: 1 of 2 people", "", "", ""],
        ["p2", "q1", "a slow phone, a cold room", "ann, consensus"],
    ]
    assert report.tables[0].heads == (0, 2)
    assert any("N = people of the group with a decided answer in scope" in note for note in report.notes)


def test_a_coder_narrows_whose_codes_are_gathered(told):
    result = retrieve_answers(told, AnswerFilter(codes=("phone",), coders=("consensus",)), actor=LEAD)
    (section,) = result.sections
    (group,) = section.groups
    assert (group.n, group.base, [one.coders for one in group.passages]) == (1, 1, [("consensus",)])


def test_codes_that_no_answer_has_are_named_once(told):
    result = retrieve_answers(told, AnswerFilter(questions=("q2",)), actor=LEAD)
    assert [section.entry.path for section in result.sections] == ["staff.rude"]
    assert [entry.path for entry in result.unused] == ["wait.phone", "wait.room"]
    assert "No answer has wait.phone, wait.room." in retrieval_report(result).notes


def test_a_limit_is_said_where_it_leaves_people_out(told):
    result = retrieve_answers(told, AnswerFilter(codes=("phone",)), actor=LEAD, most=1)
    (table,) = retrieval_report(result).tables
    assert texts(table)[0][0] == "everybody: 2 of 3 people"
    assert table.notes == ("all: the answers of 1 of the 2 people are shown.",)


def test_the_framework_matrix_has_a_person_a_row_and_a_family_a_column(told):
    report = matrix_report(lay_out_matrix(told, AnswerFilter(), actor=LEAD))
    (table,) = report.tables
    assert [column.heading for column in table.columns] == ["Participant", "group", "Wait", "Staff"]
    assert texts(table) == [
        ["p1", "north", "q1: slow phone [Phone]", "q2: [name removed] was rude [Rude]"],
        ["p2", "south", "q1: a slow phone, a cold room [Phone, Room]", ""],
    ]


def test_the_matrix_of_single_codes_has_a_column_for_each(told):
    result = lay_out_matrix(told, AnswerFilter(codes=("room", "phone")), actor=LEAD)
    assert [column.key for column in result.columns] == ["wait.room", "wait.phone"]
    assert texts(matrix_report(result).tables[0])[1] == [
        "p2",
        "south",
        "a slow phone, a cold room [Room]",
        "a slow phone, a cold room [Phone]",
    ]


def test_a_persons_page_lists_columns_and_answers(told):
    report = person_report(view_person(told, "p1", actor=LEAD))
    assert report.title == "A study: participant p1"
    assert texts(report.tables[0]) == [["group", "north"]]
    assert [row[2:4] for row in texts(report.tables[1])] == [
        ["q1", "slow phone"],
        ["q2", "[name removed] was rude"],
    ]


def test_python_reads_answers_as_records_and_a_retrieval_is_a_look(told):
    project = Project(told, actor="ann")
    hit = AnswerFilter(codes=("phone",))
    assert [record["coder"] for record in project.answers(filter=hit, limit=1).to_records()] == ["ann", "ben"]
    assert [
        (one["code"], one["group"], one["n"], one["base"])
        for one in project.retrieval(filter=hit, by="group").to_records()
    ] == [
        ("wait.phone", "north", 1, 1),
        ("wait.phone", "south", 1, 2),
    ]
    assert [
        (one["participant"], one["column"]) for one in project.framework_matrix(filter=hit).to_records()
    ] == [
        ("p1", "wait.phone"),
        ("p2", "wait.phone"),
    ]
    assert [record["question"] for record in project.person("p1").to_records()] == ["q1", "q1", "q2"]
    looks = told.connection.execute("SELECT actor, kind, payload FROM looks").fetchall()
    assert looks == [("ann", "answers", '{"by":"group","layout":"retrieval"}')]


# -- nothing found -----------------------------------------------------------------------------------


def test_where_nothing_matches_each_part_says_how_many_it_alone_finds(told):
    filter = AnswerFilter(text="slow", codes=("rude",), where=(("group", "south"),), sort=AnswerSort.LONGEST)
    result = list_answers(told, filter, actor=LEAD)
    assert (result.n, result.look.alone) == (0, (("text", 2), ("codes", 1), ("where", 2)))
    assert answers_report(result).notes == (
        "No answer matches all of the filter. Answers that each part alone finds: search slow: 2; "
        "code rude: 1; where group=south: 2. Leave out what finds too few.",
    )


@pytest.mark.parametrize("layout", [retrieve_answers, lay_out_matrix])
def test_reports_by_code_say_it_too(told, layout):
    result = layout(told, AnswerFilter(text="fine", codes=("rude",)), actor=LEAD)
    assert result.look.alone == (("text", 1), ("codes", 1))


def test_a_value_that_nobody_has_is_an_error_with_a_near_one(told):
    with pytest.raises(HarkenError, match=r"Nobody has 'nroth' in column 'group'\. Did you mean 'north'"):
        list_answers(told, AnswerFilter(where=(("group", "nroth"),)), actor=LEAD)


def test_an_empty_codebook_has_nothing_to_gather(study):
    store = study(people=["p1"], answers=[("p1", "q", "text")])
    for layout in (retrieve_answers, lay_out_matrix):
        with pytest.raises(HarkenError, match="The codebook is empty"):
            layout(store, AnswerFilter(), actor=LEAD)


def test_a_project_without_answers_says_what_comes_next(study):
    result = list_answers(study(people=[], answers=[]), AnswerFilter(), actor=LEAD)
    assert answers_report(result).notes == (
        "The project has no answers yet. `harken import FILE` takes them in.",
    )


def test_reports_of_a_blind_round_hold_own_work_and_say_so(study):
    store = study(
        people={"p1": {"group": "north"}},
        answers=[("p1", "q1", "slow phone"), ("p1", "q2", "rude")],
        codebook=BOOK,
        rounds=[Round(name="blind", is_blind=True, hides_group=True, coders=("ann", "ben"))],
        decisions=[
            decision("ann", "p1", "q1", "wait.phone", round="blind"),
            decision("ben", "p1", "q1", "wait.room", round="blind"),
        ],
    )
    filter = AnswerFilter(rounds=("blind",), states=(AnswerMark.DECIDED,))
    listed = answers_report(list_answers(store, filter, actor="ann"))
    assert listed.notes[1:] == (
        "Blind: codes, memos and marks are ann's own alone, since this is a blind round or one of theirs is "
        "not done.",
        "A round in which ann codes hides the groups.",
    )
    assert [(one.group, one.heading) for one in listed.tables[0].columns if one.group] == [
        ("Own codes", "ann")
    ]
    gathered = retrieve_answers(store, AnswerFilter(rounds=("blind",)), actor="ann")
    assert [section.entry.path for section in gathered.sections] == ["wait.phone"]
    with pytest.raises(HarkenError, match="hides the groups: leave out --by group"):
        retrieve_answers(store, AnswerFilter(rounds=("blind",)), actor="ann", by="group")
