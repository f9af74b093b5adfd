"""Reading answers in lists, by person and by code: search, filters and what a page shows."""

from harken.services.browsing.filters import AnswerFilter, AnswerMark, AnswerSort
from harken.services.browsing.listing import (
    all_ids,
    count_answers,
    find_ids,
    first_ids,
    highlights,
    n_answers,
)
from harken.services.browsing.pages import CodePage, PersonPage, code_page, person_page
from harken.services.browsing.readers import Reader, reader_for
from harken.services.browsing.rows import AnswerRow, CoderWork, rows

__all__ = [
    "AnswerFilter",
    "AnswerMark",
    "AnswerRow",
    "AnswerSort",
    "CodePage",
    "CoderWork",
    "PersonPage",
    "Reader",
    "all_ids",
    "code_page",
    "count_answers",
    "find_ids",
    "first_ids",
    "highlights",
    "n_answers",
    "person_page",
    "reader_for",
    "rows",
]
