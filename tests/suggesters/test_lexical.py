from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.model import Code, Codebook, Family, Reason, ReasonKind, Suggestion
from harken.plugins import load_suggester, plugin_names
from harken.suggesters.lexical import LexicalSuggester

WORDS = ("understand", "control", "worry", "time", "nothing", "see", "myself", "anxeity")
LONG = "I see\nmyself, and it all makes sense. " * 270


@pytest.fixture(scope="module")
def suggester(codebook: Codebook) -> LexicalSuggester:
    return LexicalSuggester(codebook)


def book(*codes: Code, language: str = "en") -> Codebook:
    return Codebook(language=language, families=(Family(key="f", label="F", codes=codes),))


def codes(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [suggestion.code for suggestion in suggestions]


def reasons(suggestions: tuple[Suggestion, ...]) -> list[tuple[str, str, int | None, int | None]]:
    return [
        (reason.kind.value, reason.text, reason.start, reason.end)
        for suggestion in suggestions
        for reason in suggestion.reasons
    ]


def test_the_lexical_suggester_enters_by_the_plugins_door(codebook):
    assert "lexical" in plugin_names("harken.suggesters")
    assert isinstance(load_suggester(codebook), LexicalSuggester)


def test_an_unknown_suggester_is_refused_with_those_that_are_installed(codebook):
    with pytest.raises(
        HarkenError, match=r"No plugin 'oracle' in 'harken\.suggesters'\. Installed: .*lexical"
    ):
        load_suggester(codebook, name="oracle")


def test_a_keyword_is_found_in_any_of_its_forms(suggester):
    assert reasons(suggester.suggest("At last I UNDERSTOOD.", "q")) == [("keyword", "UNDERSTOOD", 10, 20)]


def test_a_phrase_is_found_across_a_line_break(suggester):
    assert reasons(suggester.suggest("it makes\nsense", "q")) == [("keyword", "makes\nsense", 3, 14)]


def test_a_pattern_is_found_where_it_matches(suggester):
    found = suggester.suggest("I saw it and saw myself", "q")
    assert reasons(found) == [("pattern", "saw myself", 13, 23)]


def test_an_answer_like_an_example_is_found_though_misspelt_and_longer(suggester):
    (found,) = suggester.suggest("Great food! I coud finaly see waht my docter ment", "q", top=1)
    assert found.code == "benefit.understanding"
    assert found.reasons == (
        Reason(
            kind=ReasonKind.EXAMPLE,
            text="I coud finaly see waht my docter ment",
            start=12,
            end=49,
            example="I could finally see what the doctor meant",
        ),
    )


def test_sharing_but_small_words_with_an_example_is_no_likeness(suggester):
    assert suggester.suggest("the doctor", "q", top=1) != ()
    assert suggester.suggest("the food", "q") == ()


def test_an_answer_of_small_words_alone_can_be_like_an_example():
    suggester = LexicalSuggester(book(Code(key="a", label="", examples=("Nothing, seems fine to me",))))
    assert codes(suggester.suggest("nothing", "q")) == ["f.a"]


def test_a_misspelt_keyword_is_found(suggester):
    assert reasons(suggester.suggest("much anxeity", "risks")) == [("keyword", "anxeity", 5, 12)]


def test_a_misspelt_keyword_counts_less_than_the_keyword(suggester):
    (misspelt,) = suggester.suggest("anxeity", "risks")
    (spelt,) = suggester.suggest("anxiety", "risks")
    assert misspelt.score < spelt.score


def test_a_word_of_the_language_is_never_taken_for_a_misspelt_keyword():
    suggester = LexicalSuggester(book(Code(key="a", label="", keywords=("patience",))))
    assert suggester.suggest("parlance", "q") == ()


def test_a_label_word_suggests_with_less_than_a_keyword():
    suggester = LexicalSuggester(
        book(Code(key="a", label="Food"), Code(key="b", label="", keywords=("staff",)))
    )
    assert codes(suggester.suggest("food and staff", "q")) == ["f.b", "f.a"]


def test_a_codebook_of_names_only_still_suggests():
    suggester = LexicalSuggester(book(Code(key="a", label="Timeliness of care")))
    assert reasons(suggester.suggest("more time", "q")) == [("keyword", "time", 5, 9)]


def test_stop_words_of_a_label_suggest_nothing():
    suggester = LexicalSuggester(book(Code(key="a", label="All of the other")))
    assert suggester.suggest("all of the other things", "q") == ()


def test_the_name_of_none_stated_suggests_nothing(suggester):
    assert "benefit.none_stated" not in codes(suggester.suggest("the state of it", "q"))


def test_none_stated_is_suggested_by_its_keywords_and_examples(suggester):
    assert codes(suggester.suggest("Nothing.", "q")) == ["benefit.none_stated"]
    assert codes(suggester.suggest("no benefit", "q")) == ["benefit.none_stated"]


def test_none_stated_counts_little_where_the_answer_says_more(suggester):
    (alone,) = suggester.suggest("nothing", "q")
    assert codes(suggester.suggest("nothing, but I understand it", "q"))[0] == "benefit.understanding"
    assert suggester.suggest("nothing, but I understand it", "q")[1].score < alone.score / 2


def test_a_code_is_not_suggested_outside_its_questions(suggester):
    text = "control and anxiety"
    assert codes(suggester.suggest(text, "benefits")) == ["benefit.control"]
    assert codes(suggester.suggest(text, "risks")) == ["risk.anxiety"]
    assert codes(suggester.suggest(text, "elsewhere")) == []


def test_a_keyword_that_several_codes_share_is_worth_less_to_each():
    suggester = LexicalSuggester(
        book(
            *(Code(key=key, label="", keywords=("staff",)) for key in "ab"),
            Code(key="c", label="", keywords=("food",)),
        )
    )
    assert codes(suggester.suggest("staff food", "q")) == ["f.c", "f.a", "f.b"]


def test_a_repeated_keyword_counts_once(suggester):
    (once,) = suggester.suggest("worry", "risks")
    (often,) = suggester.suggest("worry, worry, worries", "risks")
    assert often == once


def test_a_longer_keyword_outranks_the_word_within_it():
    suggester = LexicalSuggester(
        book(Code(key="a", label="", keywords=("pain",)), Code(key="b", label="", keywords=("pain relief",)))
    )
    assert codes(suggester.suggest("pain relief", "q")) == ["f.b", "f.a"]


def test_equal_codes_stand_in_the_order_of_the_codebook():
    suggester = LexicalSuggester(book(*(Code(key=key, label="", keywords=("x" + key,)) for key in "cab")))
    assert codes(suggester.suggest("xa xb xc", "q")) == ["f.c", "f.a", "f.b"]


def test_no_more_than_the_wanted_number_is_suggested(suggester):
    text = "I understand, it takes control, time and worry"
    assert len(suggester.suggest(text, "benefits", top=1)) == 1
    assert suggester.suggest(text, "benefits", top=2) == suggester.suggest(text, "benefits", top=9)[:2]


def test_many_answers_get_what_each_gets_alone(suggester):
    answers = [("worry", "risks"), ("", "q"), ("control", "benefits")]
    assert list(suggester.suggest_all(answers)) == [suggester.suggest(*answer) for answer in answers]


def test_an_empty_codebook_suggests_nothing():
    assert LexicalSuggester(Codebook()).suggest("anything", "q") == ()
    assert LexicalSuggester(book()).suggest("anything", "q") == ()


@pytest.mark.parametrize("text", ["", " \n\t", "...", "\x1b[31m", "\x00"])
def test_an_answer_without_words_of_the_codebook_suggests_nothing(suggester, text):
    assert suggester.suggest(text, "q") == ()


@pytest.mark.parametrize(
    "text",
    [
        "👩‍👩‍👧 𝒳 I understood 😀",
        "[/b] [red]understand[/red]",
        "\x1b]0;owned\x07understand\x1b[0m",
        "\u202eunderstand\u202c",
        "=cmd|'/c calc'!A1 understand; DROP TABLE responses",
        "(understand)/understand!!understand",
        "\ud800 understand",
        LONG,
    ],
)
def test_places_quote_hostile_answers_exactly(suggester, text):
    found = suggester.suggest(text, "q")
    assert "benefit.understanding" in codes(found)
    assert [quote for _, quote, _, _ in reasons(found)] == [
        text[start:end] for _, _, start, end in reasons(found)
    ]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(["understand", "see", "myself", "no benefits", "made", "sense"]) | st.text(max_size=4)
    )
)
def test_places_quote_any_answer_exactly(suggester, parts):
    text = " ".join(parts)
    found = suggester.suggest(text.encode("utf-8", "replace").decode(), "q")
    for _, quote, start, end in reasons(found):
        assert quote == text.encode("utf-8", "replace").decode()[start:end]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_suggestions_stand_by_falling_score_each_with_a_reason(suggester, words):
    found = suggester.suggest(" ".join(words), "benefits", top=9)
    scores = [suggestion.score for suggestion in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert all(suggestion.reasons for suggestion in found)


def test_an_emoji_can_be_a_keyword():
    suggester = LexicalSuggester(book(Code(key="a", label="", keywords=("👍",))))
    assert reasons(suggester.suggest("ok 👍", "q")) == [("keyword", "👍", 3, 4)]


@pytest.mark.parametrize(
    ("language", "keyword", "answer"),
    [
        ("de", "Arzt", "die ÄRZTE"),
        ("fr", "image", "les images"),
        ("zu", "udokotela", "Udokotela"),
        ("ja", "image", "image"),
        ("hi", "डॉक्टर", "डॉक्टर"),
    ],
)
def test_other_languages_work_also_those_without_a_word_list(language, keyword, answer):
    suggester = LexicalSuggester(book(Code(key="a", label="", keywords=(keyword,)), language=language))
    assert codes(suggester.suggest(answer, "q")) == ["f.a"]


def test_a_pattern_that_cannot_be_used_is_refused_with_its_code():
    patterns = (({"LOWER": "see"}, {"OP": "*"}, {"LOWER": "scan"}),)
    with pytest.raises(HarkenError, match=r"A pattern of code f\.a cannot be used: token 2"):
        LexicalSuggester(book(Code(key="a", label="", patterns=patterns)))


@pytest.mark.parametrize(
    ("operator", "answer", "quote"),
    [
        ("?", "see scan", "see scan"),
        ("?", "see the scan", "see the scan"),
        ("{0,2}", "see all the scan", "see all the scan"),
        ("{2}", "see all the scan", "see all the scan"),
        ("{1,}", "see all the other scan", None),
        ("{,2}", "see all scan", "see all scan"),
        ("{0,2}", "see all of the scan", None),
        ("{2}", "see the scan", None),
    ],
)
def test_gaps_are_as_wide_as_their_operator_says(operator, answer, quote):
    gap = {"OP": operator} if operator != "{1,}" else {"LOWER": {"IN": ["all", "the"]}, "OP": operator}
    patterns = (({"LOWER": "see"}, gap, {"LOWER": "scan"}),)
    found = LexicalSuggester(book(Code(key="a", label="", patterns=patterns))).suggest(answer, "q")
    assert [text for _, text, _, _ in reasons(found)] == ([] if quote is None else [quote])


def test_the_widest_gap_does_not_stall_on_a_long_answer():
    patterns = (({"LOWER": "see"}, {"OP": "{0,50}"}, {"LOWER": "scan"}),)
    suggester = LexicalSuggester(book(Code(key="a", label="", patterns=patterns)))
    text = "see " * 2000 + "scan"
    assert reasons(suggester.suggest(text, "q")) == [("pattern", text[-208:], len(text) - 208, len(text))]


def test_a_pattern_with_too_many_ways_to_meet_it_is_refused():
    patterns = (({"LOWER": "a"}, {"OP": "{0,50}"}, {"LOWER": "b"}, {"OP": "{0,50}"}, {"LOWER": "c"}),)
    with pytest.raises(HarkenError, match=r"code f\.a can be met in more than 400 ways: narrow its gaps"):
        LexicalSuggester(book(Code(key="a", label="", patterns=patterns)))


def test_an_example_taken_from_the_very_answer_does_not_suggest_its_code():
    answer = "Somebody explained the tablets before lunch"
    suggester = LexicalSuggester(book(Code(key="a", label="", examples=(answer, "n/a"))))
    assert suggester.suggest(answer, "q") == ()
    assert [one.code for one in suggester.suggest("n/a", "q")] == ["f.a"]
