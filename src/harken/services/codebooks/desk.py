"""The codebook in one coder's hands: every change by the address of a family or code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harken.errors import HarkenError
from harken.model import Code, Codebook, Family
from harken.services.browsing import reader_for
from harken.services.codebooks import codes, families, merging, moving, undoing
from harken.services.codebooks.changing import Changed
from harken.services.codebooks.exchange import current_codebook
from harken.services.codebooks.history import CodebookHistory, codebook_history
from harken.services.codebooks.merging import MergePreview
from harken.services.codebooks.places import code_at, family_at
from harken.storage.store import Store

_OF_CODES = ("include", "exclude", "examples", "keywords", "patterns", "questions", "hotkey", "value")
_OF_FAMILIES = ("exclusive", "scale")
_IN_LISTS = ("examples", "keywords", "questions", "patterns")


class CodebookDesk:
    """Each change is one entry of the journal, with a reason if one is given; see docs/codebook.md.

    An address is a family's key, a code's full path, or any unique end of it. Fields are those of the
    codebook's file: label, definition, include, exclude, examples, keywords, questions, hotkey, value of a
    code; label, definition, exclusive, scale of a family.
    """

    def __init__(self, store: Store, *, actor: str) -> None:
        self._store = store
        self._actor = actor

    @property
    def current(self) -> Codebook:
        """As it stands now."""
        return current_codebook(self._store)

    def add(self, path: str, *, before: str = "", why: str = "", **fields: Any) -> Changed:
        """Make a code (family.key, or below another code) or, without a dot, a family."""
        parent, _, key = path.rpartition(".")
        wording = _checked(fields, path, is_family=not parent)
        label = wording.pop("label", key)
        if parent:
            code = Code(key=key, label=label, **wording)
            return codes.add_code(self._store, parent, code, actor=self._actor, before=before, why=why)
        family = Family(key=key, label=label, **wording)
        return families.add_family(self._store, family, actor=self._actor, before=before, why=why)

    def change(self, address: str, *, why: str = "", editorial: bool = False, **fields: Any) -> Changed:
        """Say something of a code or family anew; what is not named stays.

        `editorial` says that words alone are corrected: the code means what it meant, and agreement compares
        what was decided before and after it.
        """
        is_family = self._is_family(address)
        wording = _checked(fields, address, is_family=is_family)
        if is_family:
            return families.change_family(
                self._store, address, actor=self._actor, wording=wording, why=why, is_editorial=editorial
            )
        return codes.change_code(
            self._store, address, actor=self._actor, wording=wording, why=why, is_editorial=editorial
        )

    def longer_lists(
        self,
        address: str,
        *,
        examples: Iterable[str] = (),
        keywords: Iterable[str] = (),
        given: Mapping[str, Any] | None = None,
    ) -> dict[str, tuple[str, ...]]:
        """A code's examples and keywords (or those `given` instead) with more of them, for `change`."""
        more = {"examples": tuple(examples), "keywords": tuple(keywords)}
        if not any(more.values()):
            return {}
        code = code_at(self.current, address).code
        there = {name: (given or {}).get(name, getattr(code, name)) for name in more}
        return {name: tuple(dict.fromkeys([*there[name], *words])) for name, words in more.items() if words}

    def rename(self, address: str, key: str, *, why: str = "") -> Changed:
        """Give a code or family another key; codings stay, what stands below goes along."""
        rename = families.rename_family if self._is_family(address) else codes.rename_code
        return rename(self._store, address, key, actor=self._actor, why=why)

    def move(self, address: str, *, under: str = "", before: str = "", why: str = "") -> Changed:
        """Put a code, with all below it, elsewhere, or a family before another; without `before` last."""
        if self._is_family(address):
            if under:
                raise HarkenError(
                    f"{address!r} is a family and stands below nothing; name only what follows."
                )
            return families.move_family(self._store, address, actor=self._actor, before=before, why=why)
        return moving.move_code(self._store, address, actor=self._actor, under=under, before=before, why=why)

    def preview_merge(self, source: str, target: str) -> MergePreview:
        """What a merge would do, as far as the coder may see."""
        reader = reader_for(self._store, self._actor)
        return merging.preview_merge(self._store, source, target, reader=reader)

    def merge(
        self,
        source: str,
        target: str,
        *,
        with_examples: bool = False,
        with_keywords: bool = False,
        why: str = "",
    ) -> Changed:
        """Let a code go into another one, with all its codings and drafts."""
        return merging.merge_codes(
            self._store,
            source,
            target,
            actor=self._actor,
            with_examples=with_examples,
            with_keywords=with_keywords,
            why=why,
        )

    def remove(self, address: str, *, why: str = "") -> Changed:
        """Take away an empty family, or a code that nobody applied."""
        remove = families.remove_family if self._is_family(address) else codes.remove_code
        return remove(self._store, address, actor=self._actor, why=why)

    def retire(self, address: str, *, why: str = "") -> Changed:
        """Offer a code for no new decision; its codings stay."""
        return codes.retire_code(self._store, address, actor=self._actor, why=why)

    def restore(self, address: str, *, why: str = "") -> Changed:
        """Offer a retired code again."""
        return codes.restore_code(self._store, address, actor=self._actor, why=why)

    def undo(self) -> Changed:
        """Take back the coder's last change that stands."""
        return undoing.undo_change(self._store, actor=self._actor)

    def redo(self) -> Changed:
        """Bring back what the coder undid last."""
        return undoing.redo_change(self._store, actor=self._actor)

    def history(self, address: str = "") -> CodebookHistory:
        """Who changed what, when and why: of everything, or of one code or family."""
        return codebook_history(self._store, address)

    def _is_family(self, address: str) -> bool:
        return family_at(self.current, address) is not None


def _checked(fields: dict[str, Any], address: str, *, is_family: bool) -> dict[str, Any]:
    """The fields as a code or family holds them; those that it has not are refused."""
    known = ("label", "definition", *(_OF_FAMILIES if is_family else _OF_CODES))
    for name in fields:
        if name not in known:
            what = "family" if is_family else "code"
            way_out = "name a code: family.key" if name in _OF_CODES else "say so of its family"
            if name not in (*_OF_CODES, *_OF_FAMILIES):
                way_out = f"known: {', '.join(known)}"
            raise HarkenError(f"{address!r} is a {what}, which has no {name}; {way_out}.")
    return {name: tuple(value) if name in _IN_LISTS else value for name, value in fields.items()}
