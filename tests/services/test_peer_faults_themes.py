"""What other tools get wrong, or their users miss, where people, themes and quotes are counted and shown.

Each test names the tool. What is wrong about agreement stands in test_peer_faults_agreement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from study_builder import codebook, decision

from harken.exporters.terminal import terminal_text
from harken.model import Coding, MarkKind, Round, TextList, TextRule
from harken.report import Report
from harken.services.codebooks.codes import rename_code
from harken.services.cooccurring import count_pairs
from harken.services.marking import mark_words
from harken.services.quoting import edit_quote, find_quotes, quotes_report
from harken.services.tabulating import tabulate, theme_report
from harken.services.tabulating.result import Theme, ThemeFigures
from harken.services.tracing import trace_cell, why_report
from harken.stats.proportions import wilson
from harken.stats.two_groups import two_group_test
from harken.storage.store import Store

Build = Callable[..., Store]
X, Y = "theme.x", "theme.y"
BOOK = codebook(X, Y)


def theme(figures: ThemeFigures, code: str) -> Theme:
    (found,) = [one for one in figures.themes if one.code == code]
    return found


def printed(report: Report) -> str:
    return terminal_text(report)


# -- who counts: people, once ------------------------------------------------------------------------


def test_a_test_of_groups_is_over_people_not_over_what_they_said(study: Build) -> None:
    """qdaPy and TACIT test code by group over fragments: 11.7 % false alarms instead of 5 %."""
    talkative = [f"e{n}" for n in range(12)]
    brief = [f"p{n}" for n in range(12)]
    questions = [f"q{n}" for n in range(5)]
    has_theme = {*talkative[:5], *brief[:4]}
    store = study(
        people={name: {"group": name[0]} for name in (*talkative, *brief)},
        answers=[(name, q, "some words") for name in talkative for q in questions]
        + [(name, "q0", "some words") for name in brief],
        codebook=BOOK,
        decisions=[
            decision("ann", name, q, *([X] if name in has_theme else []))
            for name in (*talkative, *brief)
            for q in (questions if name in talkative else questions[:1])
        ],
    )
    found = theme(tabulate(store, by="group").united, X)
    assert [(cell.n, cell.base, cell.mentions) for cell in found.cells] == [(5, 12, 25), (4, 12, 4)]
    expected = two_group_test(5, 12, 4, 12)
    assert found.comparison.test is not None
    assert expected is not None
    assert (found.comparison.test.statistic, found.comparison.test.p) == (expected.statistic, expected.p)


def test_segments_of_one_answer_are_one_mention(study: Build) -> None:
    """QualCoder and qdaPy count codings: an answer coded in three places counts three times."""
    text = "slow and slow again and slow"
    segments = tuple(Coding(X, at, at + 4) for at in (0, 9, 24))
    store = study(
        people=["p0", "p1"],
        answers=[("p0", "q", text), ("p1", "q", text)],
        codebook=BOOK,
        decisions=[replace(decision("ann", "p0", "q"), codings=segments), decision("ann", "p1", "q")],
    )
    total = theme(tabulate(store).united, X).total
    assert (total.n, total.base, total.mentions) == (1, 2, 1)


@pytest.mark.parametrize("n_coders", [1, 3])
def test_more_coders_make_no_base_larger_and_no_interval_narrower(study: Build, n_coders: int) -> None:
    """qdaPy takes units × coders for the n of a prevalence; qc counts a line of two coders twice."""
    names = [f"p{n}" for n in range(30)]
    store = study(
        people=names,
        answers=[(name, "q", "some words") for name in names],
        codebook=BOOK,
        decisions=[
            decision(coder, name, "q", *([X] if number < 10 else []))
            for coder in ("ann", "bob", "eve")[:n_coders]
            for number, name in enumerate(names)
        ],
    )
    total = theme(tabulate(store).united, X).total
    assert (total.n, total.base, total.mentions) == (10, 30, 10)
    assert (total.low, total.high) == wilson(10, 30)


def test_codes_of_different_coders_are_no_pair(study: Build) -> None:
    """qc crosses code with code over all coders: nobody applied both, and it says 59."""
    names = [f"p{n}" for n in range(6)]
    store = study(
        people=names,
        answers=[(name, "q", "some words") for name in names],
        codebook=BOOK,
        decisions=[decision("ann", name, "q", X) for name in names]
        + [decision("bob", name, "q", Y) for name in names],
    )
    for basis in ("default", "coder:ann", "coder:bob", "all"):
        pairs = count_pairs(store, basis=basis).pairs
        assert [pair.overlap.both for pair in pairs if pair.overlap] in ([], [0]), basis


def test_the_union_of_questions_is_no_mean_of_questions(study: Build) -> None:
    """INCEpTION averages figures of single documents, which says nothing where a document is an answer."""
    store = study(
        people=["p0", "p1", "p2", "p3"],
        answers=[
            *(("p0", "q1", "words"), ("p1", "q1", "words"), ("p2", "q1", "words"), ("p3", "q1", "words")),
            ("p0", "q2", "words"),
        ],
        codebook=BOOK,
        decisions=[
            *(decision("ann", name, "q1", *([X] if name == "p1" else [])) for name in ("p0", "p1", "p2")),
            *(decision("ann", "p3", "q1"), decision("ann", "p0", "q2", X)),
        ],
    )
    table = tabulate(store)
    shares = [theme(part.figures, X).total.proportion for part in table.slices]
    assert shares == [0.25, 1.0]
    assert theme(table.united, X).total.proportion == 0.5


# -- what is no answer, and what is a finding --------------------------------------------------------


def test_a_coding_of_a_blank_answer_counts_nowhere(study: Build) -> None:
    """QualCoder makes a file, and a coding, of every blank answer: 15 of 60 rows too many."""
    store = study(
        people=["p0", "p1", "p2"],
        answers=[("p0", "q", "slow"), ("p1", "q", "  "), ("p2", "q", "")],
        codebook=BOOK,
        decisions=[decision("ann", name, "q", X) for name in ("p0", "p1", "p2")],
    )
    figures = tabulate(store).united
    total = theme(figures, X).total
    assert (total.n, total.base, total.mentions) == (1, 1, 1)
    assert (figures.total.answered, figures.total.non_response) == (1, 2)


def test_an_answer_of_zero_is_an_answer(study: Build) -> None:
    """QualCoder reads the value 0 as empty: "pain 0" is lost."""
    store = study(
        people=["p0", "p1"],
        answers=[("p0", "q", "0"), ("p1", "q", "1")],
        codebook=BOOK,
        decisions=[decision("ann", "p0", "q", X), decision("ann", "p1", "q")],
    )
    total = theme(tabulate(store).united, X).total
    assert (total.n, total.base) == (1, 2)
    (quoted,) = [one for one in find_quotes(store, viewer="lead").themes if one.code == X]
    assert [quote.words for quote in quoted.quotes] == ["0"]


def test_nothing_means_something_else_under_each_question(study: Build) -> None:
    """pxtextmining has one code for "Nothing", which is praise under one question and blame under another."""
    book = codebook(
        *("good.staff", "good.none_stated", "bad.wait", "bad.none_stated"),
        questions={
            **dict.fromkeys(("good.staff", "good.none_stated"), ("q_good",)),
            **dict.fromkeys(("bad.wait", "bad.none_stated"), ("q_bad",)),
        },
    )
    store = study(
        people=["p0", "p1"],
        answers=[(name, question, "Nothing") for name in ("p0", "p1") for question in ("q_good", "q_bad")],
        codebook=book,
        rules=[TextRule(list=TextList.NONE_STATED, question="q_bad", text="nothing")],
        decisions=[
            *(decision("ann", "p0", "q_good", "good.none_stated"), decision("ann", "p1", "q_good")),
            *(decision("ann", name, "q_bad", "bad.none_stated") for name in ("p0", "p1")),
        ],
    )
    figures = tabulate(store).united
    counts = {one.code: (one.total.n, one.total.base) for one in figures.themes}
    assert counts["good.none_stated"] == (1, 2)
    assert counts["bad.none_stated"] == (2, 2)
    nets = {family.code: family.without_none_stated for family in figures.families}
    assert [(key, net.total.n) for key, net in nets.items() if net] == [("good", 0), ("bad", 0)]


def test_what_nobody_has_decided_is_not_counted_as_no(study: Build) -> None:
    """TACIT and others read an untouched row as "no": the base swells with answers nobody looked at."""
    store = study(
        people=["p0", "p1", "p2"],
        answers=[(name, "q", "some words") for name in ("p0", "p1", "p2")],
        codebook=BOOK,
        decisions=[decision("ann", "p0", "q", X), decision("ann", "p1", "q", uncodable=True)],
    )
    table = tabulate(store)
    total = theme(table.united, X).total
    assert (total.n, total.base) == (1, 1)
    assert (table.united.total.undecided, table.united.total.uncodable) == (1, 1)
    assert table.is_provisional


# -- what is printed ---------------------------------------------------------------------------------


def test_every_share_stands_with_its_n_its_base_and_its_limits(study: Build) -> None:
    """Most tools print a percentage without saying of whom."""
    names = [f"p{n}" for n in range(40)]
    store = study(
        people={name: {"group": "ab"[number % 2]} for number, name in enumerate(names)},
        answers=[(name, "q", "some words") for name in names],
        codebook=BOOK,
        decisions=[decision("ann", name, "q", *([X] if n < 9 else [])) for n, name in enumerate(names)],
    )
    (table, *_) = theme_report(tabulate(store, by="group")).tables
    by_group = [(column.group, column.heading) for column in table.columns[2:]]
    assert by_group == [
        (group, heading) for group in ("a", "b", "total") for heading in ("n", "N", "%", "low", "high")
    ]
    assert all(cell.text for row in table.rows for cell in row)


@pytest.mark.parametrize("words", ["[laughs] I said [/b]", "[red]no[/red]", "\x1b[31mred\x1b[0m"])
def test_brackets_and_escapes_in_answers_are_shown_and_do_nothing(study: Build, words: str) -> None:
    """scruple's own key hints lost their letters to markup; QualCoder breaks on such characters in sheets."""
    store = study(
        people=["p0"],
        answers=[("p0", "q", words)],
        codebook=BOOK,
        decisions=[decision("ann", "p0", "q", X)],
    )
    quotes = printed(quotes_report(find_quotes(store, viewer="lead")))
    why = printed(why_report(trace_cell(store, X, viewer="lead")))
    shown = words.replace("\x1b", "␛")
    for page in (quotes, why):
        assert shown.split()[0] in page
        assert "\x1b" not in page


def test_a_renamed_code_has_its_new_name_everywhere(study: Build) -> None:
    """qc's `codes rename` leaves the old name in the codebook."""
    store = study(
        people=["p0"],
        answers=[("p0", "q", "some words")],
        codebook=BOOK,
        decisions=[decision("ann", "p0", "q", X)],
    )
    rename_code(store, X, "waiting", actor="lead")
    pages = [
        printed(theme_report(tabulate(store))),
        printed(quotes_report(find_quotes(store, viewer="lead"), as_data=True)),
        printed(why_report(trace_cell(store, "theme.waiting", viewer="lead"))),
    ]
    assert ["theme.waiting" in page for page in pages] == [True, True, True]
    assert ["theme.x" in page for page in pages] == [False, False, False]


# -- whom it tells about -----------------------------------------------------------------------------


def test_a_name_that_was_taken_out_stands_in_no_page(study: Build) -> None:
    """QualCoder replaces the name in the text and keeps it in the coded passage, at places that moved."""
    said = "Nurse Janet Smith was kind, and Janet Smith stayed with me until the end"
    start = said.index("kind")
    coded = replace(decision("ann", "p0", "q"), codings=(Coding(X, start, len(said)),))
    store = study(
        people=["p0", "p1"],
        answers=[("p0", "q", said), ("p1", "q", "she was kind")],
        codebook=BOOK,
        decisions=[coded, decision("ann", "p1", "q", X)],
    )
    key = coded.key
    edit_quote(store, key, "Janet Smith stayed with me", actor="lead")
    mark_words(store, key, "Janet Smith", kind=MarkKind.IDENTIFYING, actor="ann", label="name")
    quotes, why = find_quotes(store, viewer="lead"), trace_cell(store, X, viewer="lead")
    assert quotes.n_outdated == 1
    for page in (printed(quotes_report(quotes)), printed(why_report(why)), str(quotes), str(why)):
        assert "Janet" not in page
        assert "Smith" not in page
    assert "[name removed] was kind" in printed(why_report(why))


def test_whose_decision_counts_is_told_with_every_answer(study: Build) -> None:
    """doccano's export lacks who annotated what."""
    store = study(
        people=["p0"],
        answers=[("p0", "q", "some words")],
        codebook=BOOK,
        rounds=[Round(name="main", primary_coder="bob")],
        decisions=[decision("ann", "p0", "q", Y), decision("bob", "p0", "q", X)],
    )
    records = trace_cell(store, X, viewer="lead").to_records()
    assert [(one["coder"], one["codes"], one["counts"]) for one in records] == [
        ("ann", Y, False),
        ("bob", X, True),
    ]
