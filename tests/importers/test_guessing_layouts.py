"""What a survey's columns are held to be when nobody says it, and how saying it overrides that."""

from __future__ import annotations

import pytest

from harken.errors import HarkenError
from harken.importers.guessing import guess_layout
from harken.importers.layout import ImportOptions, Layout
from harken.importers.raw_table import RawTable, TableSource, build_table
from harken.importers.settling import settle_layout

ANSWERS = (
    "I could finally see what the doctor meant by a tear in the disc",
    "It would worry me to look at it without anybody there to explain",
    "Nothing",
    "Being able to show the physiotherapist exactly where it hurts",
    "You learn how your own body works, and you take better care of it",
    "none that I can think of right now",
)


def table_of(*records: list[str]) -> RawTable:
    return build_table(TableSource(name="answers.csv", format="csv", sha256=""), enumerate(records, 1))


def wide_survey() -> RawTable:
    return table_of(
        ["StartDate", "Respondent ID", "group", "age", "q_benefits", "wants access", "ward"],
        *(
            [
                f"2024-01-{n + 1:02d} 10:00",
                f"R{n:03d}",
                "AB"[n % 2],
                str(20 + n),
                f"{text} {n}",
                str(n % 5),
                "",
            ]
            for n, text in enumerate(ANSWERS * 4)
        ),
    )


def long_survey(*, extra: str = "service") -> RawTable:
    return table_of(
        ["Participant", "Question", "Response", "group", extra],
        ["p1", "q1", ANSWERS[0], "A", "x"],
        ["p1", "q2", ANSWERS[1], "A", "y"],
        ["p2", "q1", ANSWERS[2], "B", "x"],
    )


def test_a_wide_survey_is_guessed_with_a_reason_for_every_column():
    layout = guess_layout(wide_survey())
    assert [(guess.column, str(guess.role), guess.why) for guess in layout.columns] == [
        ("StartDate", "attribute", "by its name, which is that of survey metadata or of a personal detail"),
        ("Respondent ID", "id", "by its name, and no value stands twice"),
        ("group", "group", "by its name"),
        ("age", "attribute", "numbers"),
        ("q_benefits", "question", "texts of 11 words on average, 24 different ones in 24"),
        ("wants access", "closed", "5 different values, all numbers"),
        ("ward", "attribute", "blank in every row"),
    ]
    assert layout.notes == (
        "The table is wide, a row a participant: no columns hold participant, question and response.",
    )


def test_a_long_survey_is_guessed_by_its_headers():
    layout = guess_layout(long_survey())
    assert (layout.layout, layout.id, layout.questions, layout.response) == (
        Layout.LONG,
        "Participant",
        ("Question",),
        "Response",
    )
    assert (layout.occasion, layout.groups, layout.attributes) == (None, ("group",), ("service",))


def test_a_column_called_occasion_is_the_occasion():
    assert guess_layout(long_survey(extra="occasion")).occasion == "occasion"


def test_a_wave_is_the_occasion_where_it_alone_tells_rows_apart():
    table = table_of(
        ["participant", "question", "response", "wave"], ["p1", "q1", "a", "1"], ["p1", "q1", "b", "2"]
    )
    assert guess_layout(table).occasion == "wave"


def test_ids_that_repeat_for_each_event_of_a_wide_table_get_it_as_occasion():
    table = table_of(
        ["study_id", "redcap_event_name", "comments"],
        ["1", "baseline", ANSWERS[0]],
        ["1", "follow-up", ANSWERS[1]],
        ["2", "baseline", ANSWERS[3]],
    )
    layout = guess_layout(table)
    assert (layout.id, layout.occasion, layout.questions) == ("study_id", "redcap_event_name", ("comments",))


def test_rows_are_numbered_where_no_column_is_an_id():
    layout = guess_layout(table_of(["colour", "why"], *(["red", text] for text in ANSWERS)))
    assert layout.id is None
    assert (
        layout.notes[1]
        == "No column tells participants apart, so rows are numbered and 1, 2, 3 … are the ids."
    )


def test_a_column_of_tokens_is_the_id_whatever_it_is_called():
    table = table_of(["why", "Kennung"], *([text, f"x7{n}k"] for n, text in enumerate(ANSWERS)))
    assert guess_layout(table).id == "Kennung"


def test_few_different_long_answers_are_still_an_open_question():
    table = table_of(["id", "views"], *([str(n), text] for n, text in enumerate(ANSWERS)))
    assert guess_layout(table).questions == ("views",)


def test_ticked_options_joined_in_one_cell_are_a_closed_item():
    ticked = ["apples, pears and plums", "apples, figs", "figs", "pears and plums, figs", "apples"]
    table = table_of(
        ["id", "fruit", "why"], *([str(n), ticked[n % 5], f"{ANSWERS[n % 6]} {n}"] for n in range(40))
    )
    assert guess_layout(table).closed == ("fruit",)


def test_naming_questions_makes_other_open_columns_attributes():
    table = table_of(["id", "why", "how"], *([str(n), a, a[::-1]] for n, a in enumerate(ANSWERS)))
    layout = settle_layout(table, ImportOptions(questions=("HOW ",)))
    assert (layout.questions, layout.attributes) == (("how",), ("why",))


def test_naming_a_group_keeps_the_other_guesses():
    layout = settle_layout(long_survey(), ImportOptions(groups=("service",)))
    assert (layout.groups, layout.response) == (("group", "service"), "Response")


def test_a_column_called_group_is_an_attribute_if_one_says_so():
    layout = settle_layout(long_survey(), ImportOptions(attributes=("group",)))
    assert (layout.groups, layout.attributes) == ((), ("group", "service"))


def test_a_long_table_with_other_headers_is_read_by_naming_them():
    table = table_of(["who", "item no", "said", "site"], ["p1", "q1", "a", "x"])
    layout = settle_layout(table, ImportOptions(id="who", questions=("item no",), response="said"))
    assert (layout.layout, layout.id, layout.questions, layout.response, layout.attributes) == (
        Layout.LONG,
        "who",
        ("item no",),
        "said",
        ("site",),
    )


def test_requirements_and_askers_are_resolved_against_questions_and_columns():
    layout = settle_layout(
        long_survey(extra="asked q2"), ImportOptions(required=("Q1",), asked={"q2": "asked Q2"})
    )
    assert (layout.required, dict(layout.asked)) == (("q1",), {"q2": "asked q2"})


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (
            ImportOptions(groups=("servise",)),
            "answers.csv has no column 'servise' (--group). Did you mean 'service'? Its columns:"
            " 'Participant', 'Question', 'Response', 'group', 'service'.",
        ),
        (
            ImportOptions(required=("q9",)),
            "answers.csv has no question or column 'q9' (--require). Did you mean 'q2', 'q1'?",
        ),
        (
            ImportOptions(asked={"q7": "service"}),
            "answers.csv has no question 'q7' (--asked). Did you mean 'q2', 'q1'? Its questions: 'q1', 'q2'.",
        ),
        (
            ImportOptions(groups=("service",), closed=("service",)),
            "Column 'service' is named with --closed and with --group. Name it once.",
        ),
        (
            ImportOptions(layout=Layout.LONG, questions=("Question", "service")),
            "A long table has one column that names the question, and --question was given for 'Question',"
            " 'service'.",
        ),
        (
            ImportOptions(layout=Layout.WIDE, response="Response"),
            "--response 'Response' belongs to a long table",
        ),
    ],
)
def test_options_that_do_not_fit_the_table_are_refused(options, words):
    with pytest.raises(HarkenError) as caught:
        settle_layout(long_survey(), options)
    assert str(caught.value).startswith(words)


def test_a_wide_table_without_an_open_question_is_refused():
    with pytest.raises(
        HarkenError, match=r"no column looks like an open question. Name them with --question"
    ):
        settle_layout(table_of(["id", "age"], ["1", "20"], ["2", "21"]))


def test_a_long_table_without_its_columns_is_refused():
    with pytest.raises(HarkenError, match=r"is known to hold the response. Name it with --response"):
        settle_layout(table_of(["id", "question", "x"], ["1", "q", "a"]), ImportOptions(layout=Layout.LONG))


def test_a_table_of_headers_alone_is_refused():
    with pytest.raises(HarkenError, match=r"answers.csv has headers but no rows"):
        settle_layout(table_of(["participant", "question", "response"]))
