"""The parts of the answers screen that need no terminal: pages, searches, filters step by step, texts."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue

import pytest
from answers_study import on_file
from coding_study import make_study
from hypothesis import given
from hypothesis import strategies as st

from harken.model import AnswerState, ResponseKey
from harken.report import visible
from harken.services.browsing import AnswerFilter, AnswerMark, AnswerRow, AnswerSort, reader_for
from harken.storage.store import Store
from harken.tui.answer_pages import MOST_PAGES, PAGE, AnswerPages
from harken.tui.answer_search import AnswerSearch, Found
from harken.tui.filter_steps import FilterStep, FilterSteps
from harken.tui.words.row_texts import excerpt, fit

# -- pages -------------------------------------------------------------------------------------------


def row(id: int) -> AnswerRow:
    return AnswerRow(id=id, key=ResponseKey(f"P{id}", "q"), text="", state=AnswerState.ANSWERED)


class Reads:
    """Reads rows and remembers how many ids it was asked for."""

    def __init__(self, *, gone: Sequence[int] = ()) -> None:
        self.sizes: list[int] = []
        self._gone = gone

    def __call__(self, ids: Sequence[int]) -> list[AnswerRow]:
        self.sizes.append(len(ids))
        return [row(id) for id in ids if id not in self._gone]


def test_only_pages_that_are_looked_at_are_read() -> None:
    reads = Reads()
    pages = AnswerPages(reads)
    pages.put(range(1, 1_000_001))
    found = [pages.row_at(place) for place in (0, 1, 999_999, 0)]
    assert [one and one.id for one in found] == [1, 2, 1_000_000, 1]
    assert reads.sizes == [PAGE, PAGE]


def test_the_pages_looked_at_last_are_kept() -> None:
    reads = Reads()
    pages = AnswerPages(reads)
    pages.put(range(1_000_000))
    for number in range(MOST_PAGES + 1):
        pages.row_at(number * PAGE)
    pages.row_at(PAGE)
    assert len(reads.sizes) == MOST_PAGES + 1
    pages.row_at(0)
    assert len(reads.sizes) == MOST_PAGES + 2


def test_a_list_that_grows_keeps_its_whole_pages() -> None:
    reads = Reads()
    pages = AnswerPages(reads)
    pages.put(array("q", range(PAGE + 1)))
    pages.row_at(0), pages.row_at(PAGE)
    pages.grow(array("q", range(3 * PAGE)))
    last = pages.row_at(PAGE + 1)
    assert (last and last.id, len(pages)) == (PAGE + 1, 3 * PAGE)
    pages.row_at(0)
    assert reads.sizes == [PAGE, 1, PAGE]


def test_an_answer_that_has_gone_leaves_its_place_empty() -> None:
    pages = AnswerPages(Reads(gone=[2]))
    pages.put([1, 2, 3])
    assert [one and one.id for one in map(pages.row_at, range(3))] == [1, None, 3]


def test_the_place_of_an_answer() -> None:
    pages = AnswerPages(Reads())
    pages.put(range(10, 20))
    assert (pages.place_of(12), pages.place_of(3)) == (2, None)


# -- searching in a thread ---------------------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    texts = {f"P{number:04}": f"word {'odd' if number % 2 else 'even'}" for number in range(5000)}
    opened = on_file(make_study(texts), tmp_path / "many.db")
    yield opened
    opened.close()


@pytest.fixture
def search(store: Store) -> Iterator[tuple[AnswerSearch, SimpleQueue[Found]]]:
    found: SimpleQueue[Found] = SimpleQueue()
    made = AnswerSearch(store, reader_for(store, "ada"), on_found=found.put)
    yield made, found
    made.close()


Searching = tuple[AnswerSearch, "SimpleQueue[Found]"]


def last_of(found: SimpleQueue[Found], number: int) -> Found:
    """What the search comes to in the end."""
    while True:
        one = found.get(timeout=20)
        if one.number == number and one.is_complete:
            return one


def test_a_search_says_its_first_matches_first_and_all_in_the_end(search: Searching) -> None:
    searching, found = search
    number = searching.begin(AnswerFilter(text="odd"))
    first = found.get(timeout=20)
    searching.go_on()
    whole = last_of(found, number)
    assert not first.is_complete
    assert len(whole.ids) == 2500
    assert list(whole.ids)[: len(first.ids)] == list(first.ids)


def test_a_new_search_ends_the_one_before(search: Searching) -> None:
    searching, found = search
    for text in ("o", "od", "odd", "e", "ev", "word"):
        number = searching.begin(AnswerFilter(text=f"{text}*"))
    assert len(last_of(found, number).ids) == 5000


def test_what_cannot_be_looked_for_is_refused_in_words_and_the_next_search_works(search: Searching) -> None:
    searching, found = search
    number = searching.begin(AnswerFilter(codes=("nope",)))
    assert last_of(found, number).refusal.startswith("No code 'nope' in the codebook.")
    number = searching.begin(AnswerFilter(text="even"))
    assert len(last_of(found, number).ids) == 2500


def test_a_file_that_has_gone_is_said(search: Searching, store: Store) -> None:
    searching, found = search
    store.path.rename(store.path.with_name("elsewhere.db"))
    number = searching.begin(AnswerFilter(text="even"))
    assert last_of(found, number).refusal.startswith("No project at")


# -- filters step by step ----------------------------------------------------------------------------

words = st.text("abc", min_size=1, max_size=3)
steps = st.one_of(
    st.builds(FilterStep, st.sampled_from(["codes", "without_codes", "coders", "questions"]), words),
    st.builds(FilterStep, st.just("where"), st.tuples(words, words)),
    st.builds(FilterStep, st.just("states"), st.sampled_from(AnswerMark)),
    st.builds(FilterStep, st.sampled_from(["text", "memo"]), words),
    st.builds(FilterStep, st.sampled_from(["shortest", "longest"]), st.integers(1, 9)),
    st.builds(
        FilterStep, st.just("sort"), st.sampled_from([s for s in AnswerSort if s is not AnswerSort.FILE])
    ),
)


def taken(wanted: Sequence[FilterStep]) -> FilterSteps:
    found = FilterSteps()
    for step in wanted:
        single = step.field in ("text", "memo", "shortest", "longest", "sort")
        found = (found.with_value if single else found.toggled)(step.field, step.value)
    return found


@given(st.lists(steps))
def test_the_steps_to_a_filter_lead_to_it(wanted: list[FilterStep]) -> None:
    filter = taken(wanted).filter
    assert FilterSteps.of(filter).filter == filter


@given(st.lists(steps, unique_by=lambda step: step.field))
def test_taking_every_step_back_leads_to_no_filter(wanted: list[FilterStep]) -> None:
    found = taken(wanted)
    for _ in wanted:
        found = found.without_last()
    assert found.filter == AnswerFilter()


@pytest.mark.parametrize(
    ("filter", "words"),
    [
        (AnswerFilter(codes=("a.b", "a.c"), text="word"), "“word” · code a.b or code a.c"),
        (AnswerFilter(where=(("group", "x"), ("age", "2"))), "group = x · age = 2"),
        (AnswerFilter(where=(("group", "x"), ("group", "y"))), "group = x or group = y"),
        (
            AnswerFilter(states=(AnswerMark.UNDECIDED, AnswerMark.DRAFT, AnswerMark.STARRED)),
            "undecided or draft · starred",
        ),
        (AnswerFilter(shortest=1, longest=9), "1 words or more · 9 words or fewer"),
        (AnswerFilter(text="\x1b[2J"), "“␛[2J”"),
    ],
)
def test_a_filter_in_words(filter: AnswerFilter, words: str) -> None:
    assert FilterSteps.of(filter).words == words


# -- texts on a line ---------------------------------------------------------------------------------

texts = st.text(st.characters(codec="utf-8") | st.sampled_from("ab \n漢👩\u0301\u202e"), max_size=200)


@given(texts, st.integers(0, 60), st.data())
def test_an_excerpt_shows_what_was_found_at_its_place(text: str, width: int, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 10)))
    shown, places = excerpt(text, [(start, end)] if end > start else [], width)
    plain = visible(text.translate({10: " ", 13: " ", 9: " "}))
    for here, to in places:
        marked = shown[here:to].rstrip("… ")
        assert plain[start:end].startswith(marked.lstrip("…")) or marked == ""


@given(texts, st.integers(0, 60))
def test_a_fitted_text_has_exactly_its_cells(text: str, width: int) -> None:
    from rich.cells import cell_len

    assert cell_len(fit(visible(text), width)) == width


def test_a_match_far_behind_is_brought_in_sight() -> None:
    text = "word " * 40 + "here it is " + "and " * 40
    start = text.index("here")
    shown, places = excerpt(text, [(start, start + 4)], 40)
    assert (shown[0], [shown[a:b] for a, b in places]) == ("…", ["here"])


def test_a_short_rest_behind_a_match_leaves_room_for_words_before_it() -> None:
    text = "one two three four five six seven eight"
    start = text.index("eight")
    assert excerpt(text, [(start, start + 5)], 20)[0] == "…ive six seven eight"
