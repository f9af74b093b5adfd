"""Quotes for every theme, chosen by a stated rule: the same project gives the same quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harken.errors import HarkenError
from harken.model import MISSING_GROUP
from harken.services.quoting.candidates import CandidateReader, CandidateRule, ThemeCandidates, themes_named
from harken.services.quoting.choosing import Chosen, choose, kinds_of
from harken.services.quoting.consent import Consent
from harken.services.quoting.hiding import HiddenCells, hidden_cells
from harken.services.quoting.passages import LONGEST, SHORTEST
from harken.services.quoting.result import Quote, QuoteKind, QuoteList, ThemeQuotes
from harken.services.tracing.scope import Person, everybody
from harken.services.tracing.sight import sees_own_alone
from harken.storage import study, survey
from harken.storage.codebooks import stored_codebook
from harken.storage.store import Store

PER_THEME = 3
_SOMEBODY = "Participant"
"""What a person without a group is called in print."""


def find_quotes(
    store: Store,
    *,
    viewer: str,
    codes: Sequence[str] = (),
    questions: Sequence[str] = (),
    by: str | None = None,
    where: Iterable[tuple[str, str]] = (),
    basis: str = "default",
    per_theme: int = PER_THEME,
    consent: Consent | None = None,
    only_cleared: bool = False,
    threshold: int | None = None,
    with_ids: bool = False,
) -> QuoteList:
    """Typical and divergent quotes of each theme (of all, or of `codes`), spread over groups and people.

    Without `consent` everybody may be quoted. With `threshold`, groups are not named where a theme table that
    keeps small counts back would hide them. Raises `HarkenError` for names that the project lacks, and while
    the viewer has a blind round to finish.
    """
    if per_theme < 1:
        raise HarkenError(f"{per_theme} quotes a theme are none; ask for 1 or more.")
    where = tuple(where)
    columns = [column for column in (by, *(column for column, _ in where)) if column is not None]
    is_own = sees_own_alone(store, viewer, basis=basis, columns=columns)
    hidden = hidden_cells(store, questions=questions, by=by, where=where, basis=basis, threshold=threshold)
    with store.snapshot():
        stored = stored_codebook(store)
        themes = themes_named(stored, codes)
        people = {
            person.id: person
            for person in everybody(store, by=by, where=where)
            if person.group and not person.exclusion
        }
        cells = (
            {}
            if consent is None
            else {one.id: one.attributes.get(consent.column, "") for one in survey.participants(store)}
        )
        reader = CandidateReader(
            store,
            stored,
            people,
            questions=questions,
            basis=basis,
            rule=CandidateRule(
                may_quote=lambda person: consent is None or consent.is_given(cells[person.id]),
                only_cleared=only_cleared,
                own=viewer if is_own else "",
            ),
        )
        found = [reader.of_theme(theme) for theme in themes]
        chosen = choose(
            found,
            per_theme={one.theme.code: 1 if one.theme.code in hidden.themes else per_theme for one in found},
        )
        return QuoteList(
            title=study.settings(store).get("title", ""),
            by=by,
            questions=tuple(questions),
            basis=basis,
            where=where,
            per_theme=per_theme,
            consent=None if consent is None else consent.column,
            only_cleared=only_cleared,
            threshold=threshold,
            rule=tuple(_rule(per_theme, by=by)),
            themes=tuple(_theme(one, chosen[one.theme.code], by=by, hidden=hidden) for one in found),
            n_outdated=reader.n_outdated,
            with_ids=with_ids,
        )


def _theme(
    one: ThemeCandidates, chosen: Sequence[Chosen], *, by: str | None, hidden: HiddenCells
) -> ThemeQuotes:
    hides_groups = one.theme.code in hidden.groups
    return ThemeQuotes(
        code=one.theme.code,
        label=one.theme.label,
        family=one.theme.family,
        n=None if hidden.is_asked else one.n,
        n_offered=None if hidden.is_asked else len({each.person.id for each in one.candidates}),
        left_out=None if hidden.is_asked else one.left_out,
        hides_groups=hides_groups,
        quotes=tuple(
            Quote(
                kind=kind,
                label=_label(each.person, each.number, hides_group=by is None or hides_groups),
                group=None if by is None or hides_groups else each.person.group,
                words=each.passage.words,
                key=each.key,
                is_edited=each.passage.is_edited,
                is_marked=each.passage.is_marked,
                is_cleared=each.passage.is_cleared,
                is_cut=each.passage.is_cut,
                other_codes=tuple(sorted(each.codes - one.theme.members)),
                likeness=each.likeness,
                distinctness=each.distinctness,
            )
            for kind, each in chosen
        ),
    )


def _label(person: Person, number: int, *, hides_group: bool) -> str:
    """A pseudonym: the group and the person's number in print."""
    name = _SOMEBODY if hides_group or person.group == MISSING_GROUP else person.group
    return f"{name[:1].upper()}{name[1:]} {number:03d}"


def _rule(per_theme: int, *, by: str | None) -> Iterator[str]:
    kinds = kinds_of(per_theme)
    n_divergent = kinds.count(QuoteKind.DIVERGENT)
    yield (
        f"Of each theme up to {len(kinds) - n_divergent} typical and {n_divergent} divergent: "
        "typical is the answer that is most like the theme's other answers and least like answers to the "
        "same questions without it, divergent the one least like the theme's other answers (mean cosines of "
        "words and pairs of words by TF-IDF)."
    )
    yield (
        "Among answers whose counted decision has the theme, wordings edited or cleared for print come "
        "first, then places that coders marked as quotes, then answers on which no coder differs; answers "
        f"of fewer than {SHORTEST} words come last."
    )
    turns = "groups take turns, " if by is not None else ""
    yield (
        f"Nobody is quoted twice; {turns}every theme gets its first quote before any gets its second, those "
        "with the fewest people first. Ties go by the number in the label."
    )
    yield (
        f"Of an answer with more than {LONGEST} words the sentences in a row are printed that say most of "
        "the theme; … stands for words left out, [brackets] for words changed or identifying."
    )
