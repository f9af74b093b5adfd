"""Reading analytic themes as one coder may see them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harken.model import Mark, Round
from harken.services.analytic_themes.counting import PeopleWithCodes
from harken.services.analytic_themes.result import AnalyticTheme, ShownQuote, ThemeList
from harken.services.marking import marks_of, redacted
from harken.services.memos import MemoReader, memo_reader
from harken.storage import notes, study, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.notes import StoredTheme, ThemeQuote
from harken.storage.store import Store


def list_themes(
    store: Store, *, coder: str, round: Round | None = None, people: PeopleWithCodes | None = None
) -> ThemeList:
    """The analytic themes with their codes, quotes and memos; with `people` how many people each has.

    In a blind round, and while one is not done, what others quoted or noted on people is left out, from
    the coder's own themes too.
    """
    reader = memo_reader(store, coder, round=round)
    stored = stored_codebook(store)
    quoters = notes.quoters(store) if reader.is_blind else {}
    themes = tuple(
        _shown(
            store,
            theme,
            stored.path_of,
            quotes=[
                quote
                for quote in theme.draft.quotes
                if not reader.is_blind or quoters[theme.id][quote] == coder
            ],
            reader=reader,
            people=people,
        )
        for theme in notes.themes(store)
    )
    entries = stored.codebook.entries
    return ThemeList(
        title=study.settings(store).get("title", ""),
        themes=themes,
        labels={path: entries[path].code.label for theme in themes for path in theme.codes},
        n_coded_people=people.n_coded if people else None,
        basis=people.basis if people else "",
        is_blind=reader.is_blind,
    )


def _shown(
    store: Store,
    theme: StoredTheme,
    path_of: Mapping[str, str],
    *,
    quotes: Iterable[ThemeQuote],
    reader: MemoReader,
    people: PeopleWithCodes | None,
) -> AnalyticTheme:
    draft = theme.draft
    codes = tuple(path_of[id] for id in draft.codes if id in path_of)
    memos = (notes.memo_by_id(store, id) for id in draft.memos)
    return AnalyticTheme(
        id=theme.id,
        name=draft.name,
        idea=draft.idea,
        codes=codes,
        quotes=shown_quotes(store, quotes),
        memos=tuple(memo for memo in memos if memo is not None and reader.may_read(memo)),
        author=theme.author,
        written_at=theme.written_at,
        changed_at=theme.changed_at,
        changed_by=theme.changed_by,
        n_people=people.n_with(codes) if people else None,
    )


def shown_quotes(store: Store, quotes: Iterable[ThemeQuote]) -> tuple[ShownQuote, ...]:
    """Quotes with their words, brackets in place of what tells who somebody is."""
    found = [(quote, survey.response_id(store, quote.key)) for quote in quotes]
    marks: Mapping[int, tuple[Mark, ...]] = marks_of(store, [id for _, id in found if id is not None])
    shown = []
    for quote, id in found:
        if id is not None:
            text = survey.response(store, id).text
            words = redacted(text, marks.get(id, ()), start=quote.start or 0, end=quote.end)
            shown.append(ShownQuote(quote=quote, text=words))
    return tuple(shown)
