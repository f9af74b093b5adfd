"""Merging one code into another: first what it would do, then doing it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from harken.codebook import code_as_data
from harken.errors import HarkenError, many
from harken.model import Code, Codebook, CodebookEntry
from harken.services.browsing import Reader
from harken.services.codebooks.changing import Changed, as_data_only, changing
from harken.services.codebooks.places import code_at
from harken.storage.codebooks import stored_codebook, writing
from harken.storage.codebooks.using import merge_use
from harken.storage.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class MergePreview:
    """What a merge would do. Answers are counted as far as the coder may see."""

    source: str
    target: str
    n_answers: int
    """With the code that goes."""
    n_both: int
    """Of these, with both codes by one coder: they have one afterwards."""
    n_below: int
    """Codes below the one that goes; they go under the other one."""
    examples: tuple[str, ...]
    """That the other one does not have yet."""
    keywords: tuple[str, ...]

    @property
    def said(self) -> str:
        answers = many(self.n_answers, "answer goes over", "answers go over")
        both = many(self.n_both, "of these has both already", "of these have both already")
        below = f"; {many(self.n_below, 'code', 'codes')} below it too" if self.n_below else ""
        return f"{answers}{f'; {both}' if self.n_both else ''}{below}."


def preview_merge(store: Store, source: str, target: str, *, reader: Reader) -> MergePreview:
    """What merging would do, as far as a coder may see; raises where it makes no sense."""
    book = stored_codebook(store)
    old, new = _pair(book.codebook, source, target)
    use = merge_use(store, book.ids[old.path], book.ids[new.path], reader.work)
    return MergePreview(
        source=old.path,
        target=new.path,
        n_answers=use.n_answers,
        n_both=use.n_both,
        n_below=len(book.codebook.descendants(old.path)),
        examples=_missing(old.code.examples, new.code.examples),
        keywords=_missing(old.code.keywords, new.code.keywords),
    )


def merge_codes(
    store: Store,
    source: str,
    target: str,
    *,
    actor: str,
    with_examples: bool = False,
    with_keywords: bool = False,
    why: str = "",
) -> Changed:
    """Let a code go into another one with its codings and drafts; what stands below it goes under that one.

    An answer that had both has one. The decisions stay as they were made, so that undo gives back each
    coding as it was.
    """
    with changing(store, actor=actor, why=why, regroups=True) as change:
        ids = change.stored.ids
        old, new = _pair(change.codebook, source, target)
        taken = _with_words(old.code, new.code, with_examples=with_examples, with_keywords=with_keywords)
        writing.merge_code(
            change.action,
            id=ids[old.path],
            into=ids[new.path],
            children=[ids[f"{old.path}.{child.key}"] for child in old.code.codes],
            body=None if taken == as_data_only(new.code) else code_as_data(taken),
            note=change.note,
        )
    return Changed(path=new.path, said=f"{old.code.label} is merged into {new.code.label}.")


def _pair(codebook: Codebook, source: str, target: str) -> tuple[CodebookEntry, CodebookEntry]:
    old, new = code_at(codebook, source), code_at(codebook, target)
    if old.path == new.path:
        raise HarkenError(f"{old.path!r} cannot be merged into itself.")
    if new.path.startswith(f"{old.path}."):
        raise HarkenError(
            f"{new.path!r} stands below {old.path!r}; move it out first, or merge the other way."
        )
    if new.code.is_retired:
        raise HarkenError(f"{new.path!r} is retired; restore it first, or merge into another code.")
    kept = {child.key for child in new.code.codes}
    for child in old.code.codes:
        if child.key in kept:
            raise HarkenError(
                f"Both {old.path!r} and {new.path!r} have a code {child.key!r} below them; "
                "merge or rename one of these first."
            )
    return old, new


def _with_words(old: Code, new: Code, *, with_examples: bool, with_keywords: bool) -> Code:
    code = as_data_only(new)
    if with_examples:
        code = replace(code, examples=(*code.examples, *_missing(old.examples, code.examples)))
    if with_keywords:
        code = replace(code, keywords=(*code.keywords, *_missing(old.keywords, code.keywords)))
    return code


def _missing(offered: tuple[str, ...], there: tuple[str, ...]) -> tuple[str, ...]:
    folded = {one.casefold() for one in there}
    return tuple(one for one in offered if one.casefold() not in folded)
