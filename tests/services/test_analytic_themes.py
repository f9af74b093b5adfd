from __future__ import annotations

from collections.abc import Callable

import pytest
from study_builder import LEAD, codebook, decision

from harken.errors import HarkenError
from harken.model import Mark, MarkKind, ResponseKey, Round, RoundKind
from harken.services.analytic_themes import (
    QuoteFinder,
    ThemeList,
    ThemeQuote,
    list_themes,
    make_theme,
    people_for,
    quote_of,
    remove_theme,
    rename_theme,
    theme_named,
    themes_report,
    themes_table,
    toggle_code,
    toggle_memo,
    toggle_quote,
    write_idea,
    write_theme,
)
from harken.services.checking import check_project
from harken.services.marking import set_mark
from harken.services.memos import PROJECT, add_memo, on_answer, remove_memo
from harken.storage import survey
from harken.storage.store import Store

Study = Callable[..., Store]
ANSWER = ResponseKey("p1", "q")


@pytest.fixture
def coded(study: Study) -> Store:
    """One person waits, one waits long (a code below it), one speaks of staff; a blind round beside."""
    return study(
        people=["p1", "p2", "p3"],
        answers=[("p1", "q", "slow, said Dr Smith"), ("p2", "q", "very slow"), ("p3", "q", "rude staff")],
        codebook=codebook("theme.wait", "theme.wait.long", "theme.staff"),
        decisions=[
            decision("ann", "p1", "q", "theme.wait"),
            decision("ann", "p2", "q", "theme.wait.long"),
            decision("ann", "p3", "q", "theme.staff"),
            decision("ben", "p1", "q"),
        ],
        rounds=[Round(name="blind", kind=RoundKind.RELIABILITY, is_blind=True, coders=("ben",))],
    )


def themes(store: Store, coder: str = LEAD) -> ThemeList:
    return list_themes(store, coder=coder, people=people_for(store, coder=coder))


def test_a_theme_holds_a_name_an_idea_codes_quotes_and_memos(coded: Store) -> None:
    id = make_theme(
        coded, "  Time is  respect ", idea="Being left waiting is being told one’s worth", actor="ann"
    )
    memo = add_memo(coded, PROJECT, "the diary", actor="ann")
    toggle_code(coded, id, "wait", actor="ann")
    toggle_quote(coded, id, quote_of(coded, ANSWER, "slow"), actor=LEAD)
    toggle_memo(coded, id, memo.id, actor="ann")
    (theme,) = themes(coded).themes
    assert (theme.name, theme.author, theme.changed_by) == ("Time is respect", "ann", "ann")
    assert theme.codes == ("theme.wait",)
    assert [(shown.quote, shown.text) for shown in theme.quotes] == [
        (ThemeQuote(key=ANSWER, start=0, end=4), "slow")
    ]
    assert theme.memos == (memo,)
    assert check_project(coded) == ()


def test_people_with_a_code_or_one_below_it_are_counted_once(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_code(coded, id, "theme.wait", actor="ann")
    toggle_code(coded, id, "long", actor="ann")
    found = themes(coded)
    assert (found.themes[0].n_people, found.n_coded_people) == (2, 3)


def test_taking_the_same_again_takes_it_out(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    for _ in range(2):
        toggle_code(coded, id, "wait", actor="ann")
        toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    (theme,) = themes(coded).themes
    assert (theme.codes, theme.quotes) == ((), ())


def test_two_people_gathering_lose_nothing(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_code(coded, id, "wait", actor="ann")
    toggle_code(coded, id, "staff", actor="ben")
    write_idea(coded, id, "an idea", actor=LEAD)
    (theme,) = themes(coded).themes
    assert (theme.codes, theme.idea) == (("theme.wait", "theme.staff"), "an idea")


def test_an_idea_that_somebody_wrote_meanwhile_is_not_overwritten(coded: Store) -> None:
    id = make_theme(coded, "Time", idea="first", actor="ann")
    write_idea(coded, id, "second", actor="ben")
    with pytest.raises(HarkenError, match="Somebody changed this idea meanwhile"):
        write_idea(coded, id, "third", actor="ann", as_read="first")


@pytest.mark.parametrize(
    ("name", "why"), [(" ", "needs a name"), ("TIME", "There is a theme 'Time' already")]
)
def test_a_name_that_cannot_be_a_themes_is_refused(coded: Store, name: str, why: str) -> None:
    make_theme(coded, "Time", actor="ann")
    with pytest.raises(HarkenError, match=why):
        make_theme(coded, name, actor="ann")


def test_a_theme_keeps_its_own_name_when_it_is_written_in_other_capitals(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    rename_theme(coded, id, "TIME", actor="ann")
    assert theme_named(coded, "time").draft.name == "TIME"


def test_an_unknown_theme_is_named_with_the_known_ones(coded: Store) -> None:
    make_theme(coded, "Time", actor="ann")
    with pytest.raises(HarkenError, match=r"No analytic theme named 'Tme' .* Did you mean 'Time'\?"):
        theme_named(coded, "Tme")


def test_writing_a_theme_makes_it_or_changes_what_is_named(coded: Store) -> None:
    write_theme(coded, "Time", actor="ann", idea="an idea", codes=["wait", "staff"])
    write_theme(coded, "time", actor="ann", rename="Respect", without_codes=["staff"])
    (theme,) = themes(coded).themes
    assert (theme.name, theme.idea, theme.codes) == ("Respect", "an idea", ("theme.wait",))


def test_only_the_author_and_the_lead_remove_a_theme(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    with pytest.raises(HarkenError, match="This theme is ann’s"):
        remove_theme(coded, id, actor="ben")
    remove_theme(coded, id, actor=LEAD)
    assert themes(coded).themes == ()
    assert check_project(coded) == ()


def test_words_that_are_not_in_the_answer_are_no_quote(coded: Store) -> None:
    with pytest.raises(HarkenError, match="does not hold 'quick'"):
        quote_of(coded, ANSWER, "quick")


def test_a_merged_code_stands_as_what_it_went_into(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_code(coded, id, "long", actor="ann")
    with coded.action(LEAD) as action:
        action.append(
            "codebook.imported",
            {
                "title": "",
                "language": "en",
                "families": [{"key": "theme", "label": "Theme"}],
                "codes": [
                    {"id": f"theme.{key}", "path": f"theme.{key}", "body": {"key": key, "label": key}}
                    for key in ("wait", "staff")
                ],
                "removed": [],
                "map": {"theme.wait.long": "theme.staff"},
            },
        )
    (theme,) = themes(coded).themes
    assert theme.codes == ("theme.staff",)


def test_a_removed_memo_leaves_its_themes(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    memo = add_memo(coded, PROJECT, "the diary", actor="ann")
    toggle_memo(coded, id, memo.id, actor="ann")
    remove_memo(coded, memo.id, actor="ann")
    assert themes(coded).themes[0].memos == ()


def test_a_withdrawal_takes_a_persons_quotes_out_of_every_theme(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    with coded.action(LEAD) as action:
        action.append("participant.withdrawn", {"participant": "p1", "quoting_codes": []})
    assert themes(coded).themes[0].quotes == ()


def test_a_quote_does_not_tell_who_somebody_is(coded: Store) -> None:
    response = next(survey.responses(coded, participant="p1"))
    start = response.text.index("Dr Smith")
    mark = Mark(kind=MarkKind.IDENTIFYING, start=start, end=start + 8, coder="ann", label="name")
    set_mark(coded, response, mark, actor="ann")
    id = make_theme(coded, "Time", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    assert themes(coded).themes[0].quotes[0].text == "slow, said [name removed]"


# -- what may be quoted


def test_marked_quotes_are_offered_before_answers_that_have_the_codes(coded: Store) -> None:
    response = next(survey.responses(coded, participant="p2"))
    set_mark(coded, response, Mark(kind=MarkKind.QUOTE, start=0, end=4, coder="ann", label=""), actor="ann")
    found = QuoteFinder(coded, ["theme.wait"], coder=LEAD).find("")
    assert [(one.quote.key.participant, one.text, one.is_marked) for one in found] == [
        ("p2", "very", True),
        ("p1", "slow, said Dr Smith", False),
        ("p2", "very slow", False),
    ]


def test_candidates_are_found_by_words_and_by_person(coded: Store) -> None:
    finder = QuoteFinder(coded, ["theme.wait"], coder=LEAD)
    assert [one.text for one in finder.find("VERY")] == ["very slow"]
    assert [one.text for one in finder.find("p1")] == ["slow, said Dr Smith"]


def test_excluded_people_are_offered_for_no_quote(coded: Store) -> None:
    answer = survey.response(coded, survey.response_id(coded, ANSWER) or 0)
    set_mark(coded, answer, Mark(kind=MarkKind.QUOTE, start=0, end=4, coder="ann"), actor="ann")
    with coded.action(LEAD) as action:
        action.append("participants.excluded", {"participants": ["p1"], "reason": "a test"})
    offered = [
        [one.text for one in QuoteFinder(coded, codes, coder=LEAD).find("")] for codes in ([], ["theme.wait"])
    ]
    assert offered == [[], ["very slow"]]


def test_quotes_that_a_theme_has_come_first_to_be_taken_out_whatever_its_codes(coded: Store) -> None:
    taken = [ThemeQuote(key=ANSWER, start=0, end=4), ThemeQuote(key=ResponseKey("p3", "q"))]
    finder = QuoteFinder(coded, ["theme.wait"], coder=LEAD, quotes=taken)
    assert [one.text for one in finder.find("")] == ["slow", "rude staff", "slow, said Dr Smith", "very slow"]


# -- blind rounds


def test_in_a_blind_round_own_codes_alone_count_and_others_quotes_are_hidden(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    memo = add_memo(coded, on_answer(coded, ANSWER), "on the answer", actor="ann")
    toggle_code(coded, id, "wait", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    toggle_memo(coded, id, memo.id, actor="ann")
    found = themes(coded, "ben")
    (theme,) = found.themes
    assert (theme.codes, theme.quotes, theme.memos, theme.n_people) == (("theme.wait",), (), (), 0)
    assert (found.is_blind, found.basis) == (True, "coder:ben")
    assert QuoteFinder(coded, ["theme.wait"], coder="ben").find("") == []


def test_in_a_blind_round_own_quotes_alone_are_shown_whoever_made_the_theme(coded: Store) -> None:
    own = make_theme(coded, "Mine", actor="ben")
    toggle_quote(coded, own, ThemeQuote(key=ANSWER), actor="ann")
    toggle_quote(coded, own, ThemeQuote(key=ResponseKey("p3", "q")), actor="ben")
    others = make_theme(coded, "Yours", actor="ann")
    toggle_quote(coded, others, ThemeQuote(key=ANSWER, start=0, end=4), actor="ben")
    shown = [[one.text for one in theme.quotes] for theme in themes(coded, "ben").themes]
    assert shown == [["rude staff"], ["slow"]]


def test_a_blind_coder_takes_out_no_quote_that_they_do_not_see(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ben")
    (theme,) = themes(coded).themes
    assert [shown.quote.key for shown in theme.quotes] == [ANSWER]


def test_what_is_hidden_stays_when_a_blind_coder_changes_the_theme(coded: Store) -> None:
    id = make_theme(coded, "Time", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    toggle_code(coded, id, "staff", actor="ben")
    (theme,) = themes(coded).themes
    assert [shown.quote.key for shown in theme.quotes] == [ANSWER]


# -- outputs


def test_the_table_for_other_programs_names_the_theme_in_each_row(coded: Store) -> None:
    for name in ("Time", "Respect"):
        make_theme(coded, name, idea="an idea", actor="ann")
    (table,) = themes_table(list_themes(coded, coder=LEAD)).tables
    assert [[cell.text for cell in row][:3] for row in table.rows] == [
        ["Time", "central idea", "an idea"],
        ["Respect", "central idea", "an idea"],
    ]


def test_the_report_says_what_json_says(coded: Store) -> None:
    id = make_theme(coded, "Time", idea="an idea", actor="ann")
    toggle_code(coded, id, "wait", actor="ann")
    toggle_quote(coded, id, ThemeQuote(key=ANSWER), actor="ann")
    found = themes(coded)
    (table,) = themes_report(found).tables
    (data,) = found.as_json()["themes"]
    assert [[cell.text for cell in row][:2] for row in table.rows] == [
        ["central idea", data["idea"]],
        ["code", "Wait"],
        ["people", f"{data['n_people']} of {found.n_coded_people}"],
        ["quote", f"“{data['quotes'][0]['text']}”"],
    ]
    assert found.to_records() == [
        {
            "name": "Time",
            "idea": "an idea",
            "codes": "theme.wait",
            "n_people": 2,
            "n_quotes": 1,
            "n_memos": 0,
            "author": "ann",
        }
    ]
