"""What is typed into a search: read as words, never as the index's language, and found as highlighted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from harken.errors import HarkenError
from harken.services.browsing import AnswerFilter, Reader, find_ids, highlights
from harken.services.browsing.searching import as_typed, parse_search
from harken.storage.answers.words import words_of
from harken.storage.driver import Connection
from harken.storage.schema import TOKENIZER

TEXT = "The nurse didn't wait; the waiting room was Über-full, she said."


def found(typed: str) -> list[str]:
    return [TEXT[start:end] for start, end in highlights(TEXT, AnswerFilter(text=typed))]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("nurse", ["nurse"]),
        ("NURSE room", ["nurse", "room"]),
        ("wait", ["wait"]),
        ("wait*", ["wait", "waiting"]),
        ('"the waiting"', ["the waiting"]),
        ('"waiting the"', []),
        ('"the wait"*', ["the waiting"]),
        ("uber", ["Über"]),
        ("über-full", ["Über-full"]),
        ("didn't", ["didn't"]),
        ("nurse ~2 wait", ["nurse", "wait"]),
        ("nurse ~1 wait", []),
        ("NEAR(nurse wait, 2)", ["nurse", "wait"]),
        ("NEAR(nurse wait)", ["nurse", "wait"]),
        ("nurse -doctor", ["nurse"]),
        ("-nurse", []),
        ("AND OR NOT", []),
        ('"', None),
        ('""', None),
        ("* ( ) ^ : - ~", None),
        ("!?…", None),
    ],
)
def test_every_form_finds_its_words(typed, words):
    if words is None:
        with pytest.raises(HarkenError, match="has no word in it: type letters or digits"):
            parse_search(typed)
    else:
        assert found(typed) == words


def test_nothing_typed_searches_for_nothing():
    assert parse_search("  ").expression == ""
    assert highlights(TEXT, AnswerFilter(text=" ")) == ()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("wai", "wai*"),
        ("the wai", "the wai*"),
        ("wai ", "wai "),
        ("wai*", "wai*"),
        ('"the wai', '"the wai'),
        ('"the wait"', '"the wait"'),
        ("nurse -doc", "nurse -doc"),
        ("nurse ~5", "nurse ~5"),
        ("", ""),
        ("!", "!"),
    ],
)
def test_the_last_word_being_typed_is_a_beginning(typed, read):
    assert as_typed(typed) == read


PIECES = (
    "wait",
    "Über",
    "a",
    "b c",
    "didn't",
    '"',
    "*",
    "-",
    "~2 ",
    "NEAR(a b, 2)",
    "AND ",
    "^",
    "{x}:",
    " ",
)
TEXTS = st.lists(st.sampled_from(("wait", "über", "a", "b", "c", "didn't", "waiting")), max_size=7)


@settings(max_examples=150)
@given(
    typed=st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join),
    texts=st.lists(TEXTS.map(" ".join), min_size=1, max_size=5),
)
def test_what_the_index_finds_is_what_matches_says(typed, texts):
    try:
        search = parse_search(typed)
    except HarkenError:
        return
    connection = Connection(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize = '{TOKENIZER}')")
    connection.executemany("INSERT INTO t (rowid, body) VALUES (?, ?)", list(enumerate(texts)))

    def ids(expression: str) -> set[int]:
        return {id for (id,) in connection.execute("SELECT rowid FROM t WHERE t MATCH ?", (expression,))}

    wanted = ids(search.expression) if search.expression else set(range(len(texts)))
    unwanted = ids(search.unwanted_expression) if search.unwanted_expression else set()
    connection.close()
    assert {id for id, text in enumerate(texts) if search.matches(text)} == wanted - unwanted


@given(text=st.text(max_size=30))
def test_words_are_cut_and_folded_as_the_index_does_it(text):
    text = text.encode("utf-8", "ignore").decode().replace("\0", "")
    connection = Connection(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE t USING fts5(body, tokenize = '{TOKENIZER}')")
    connection.execute("CREATE VIRTUAL TABLE w USING fts5vocab(t, 'instance')")
    connection.execute("INSERT INTO t (body) VALUES (?)", (text,))
    indexed = [word for (word,) in connection.execute('SELECT term FROM w ORDER BY "offset"')]
    connection.close()
    assert [word.folded for word in words_of(text)] == indexed


@given(typed=st.text(max_size=20))
def test_no_text_is_a_fault_of_the_index(study_of_one, typed):
    has_words = any(any(True for _ in words_of(piece)) for piece in typed.split())
    filter = AnswerFilter(text=typed)
    if typed.strip() and not has_words:
        with pytest.raises(HarkenError, match="has no word in it"):
            list(find_ids(study_of_one, filter, Reader(coder="lead")))
    else:
        assert sum(map(len, find_ids(study_of_one, filter, Reader(coder="lead")))) <= 2


@pytest.fixture(scope="module")
def study_of_one():
    from study_builder import build_study

    with build_study(people=["p1", "p2"], answers=[("p1", "q", TEXT), ("p2", "q", "0 1 a")]) as store:
        yield store
