"""What a key changes on the open answer before it is decided: a draft, on disk at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harken.errors import HarkenError
from harken.model import Codebook, Coding
from harken.services.coding.new_codes import add_new_code
from harken.services.coding.sheet import settled_sheet
from harken.services.coding.work import LastDecision, OpenAnswer, says_the_same
from harken.services.coding.workplace import Workplace
from harken.storage import codebooks, coding
from harken.storage.codebooks import StoredCodebook
from harken.storage.coding import Draft
from harken.storage.store import Action


def toggle(work: Workplace, path: str) -> str:
    """Apply a code or take it off; in an exclusive family it takes the other one's place."""
    answer = work.answer()
    if path in answer.codes:
        _put(work, replace(answer.work, codings=tuple(c for c in answer.codings if c.code != path)))
        return f"{work.label(path)} taken off."
    if path not in work.stored.ids:
        raise HarkenError(f"{path!r} is not in the codebook any more.")
    return _apply(work, [path])


def repeat(work: Workplace, last: LastDecision | None) -> str:
    """Apply the codes of the last decision as well; the answer stays open."""
    if last is None or not last.codes:
        raise HarkenError("The answer before has no codes to repeat.")
    fitting = [path for path in last.codes if path in work.sheet.entries]
    if not fitting:
        raise HarkenError("None of the codes of the answer before may be applied to this question.")
    missing = [path for path in fitting if path not in work.answer().codes]
    if not missing:
        raise HarkenError("The codes of the answer before are applied already.")
    _apply(work, missing)
    return f"As {last.key.participant}: {', '.join(map(work.label, fitting))}."


def write_memo(work: Workplace, memo: str) -> str:
    draft = work.answer().work
    if draft.memo == memo:
        return ""
    _put(work, replace(draft, memo=memo))
    return "Memo kept." if memo else "Memo taken away."


def mark_unsure(work: Workplace, is_unsure: bool, message: str) -> str:
    draft = work.answer().work
    words = message if is_unsure else ""
    if (draft.is_unsure, draft.message) == (is_unsure, words):
        return ""
    _put(work, replace(draft, is_unsure=is_unsure, message=words))
    return "Marked unsure." if is_unsure else "No longer marked unsure."


def make_code(work: Workplace, name: str, *, family: str | None, with_example: bool) -> str:
    """Make a code and apply it to the open answer, in one action."""
    answer = work.answer()
    question = answer.response.key.question
    with work.file.action() as action:
        work.take_up_codebook()
        path = add_new_code(
            action,
            work.stored.codebook,
            name=name,
            family=family,
            example=answer.response.text if with_example else "",
            question=question,
        )
        stored = codebooks.stored_codebook(work.store)
        sheet = settled_sheet(action, work.store, stored, round=work.round.name, question=question)
        codings, _ = _with_code(answer.codings, path, stored.codebook)
        draft = replace(answer.work, codings=codings)
        _write(work, action, stored, answer, draft)
    work.use_codebook(stored, sheet)
    _keep(work, answer, draft)
    entry = stored.codebook.entries[path]
    hotkey = sheet.hotkeys.get(path)
    key = f"its key is {hotkey}" if hotkey else "it has no key; find it by name"
    return f"{entry.code.label} made in {entry.family.label} and applied; {key}."


def _apply(work: Workplace, paths: Iterable[str]) -> str:
    draft, codebook = work.answer().work, work.stored.codebook
    codings, replaced = draft.codings, list[str]()
    for path in paths:
        codings, rivals = _with_code(codings, path, codebook)
        replaced += rivals
    _put(work, replace(draft, codings=codings))
    if not replaced:
        return ""
    family = codebook.entries[path].family
    others = ", ".join(map(work.label, dict.fromkeys(replaced)))
    return f"{work.label(path)} takes the place of {others}: one code of {family.label} at most."


def _with_code(
    codings: tuple[Coding, ...], path: str, codebook: Codebook
) -> tuple[tuple[Coding, ...], list[str]]:
    """The codings with one code more, and those that it drives out of an exclusive family."""
    family = codebook.entries[path].family
    rivals = [c.code for c in codings if family.exclusive and c.code.split(".")[0] == family.key]
    return (*(c for c in codings if c.code not in rivals), Coding(path)), rivals


def _put(work: Workplace, draft: Draft) -> None:
    answer = work.answer()
    with work.file.action() as action:
        _write(work, action, work.stored, answer, draft)
    _keep(work, answer, draft)


def _write(work: Workplace, action: Action, stored: StoredCodebook, answer: OpenAnswer, draft: Draft) -> None:
    key = answer.response.key
    if _is_as_decided(answer, draft):
        coding.discard_draft(action, stored, key, round=work.round.name, coder=work.coder)
    else:
        coding.put_draft(action, stored, key, draft, round=work.round.name, coder=work.coder)


def _keep(work: Workplace, answer: OpenAnswer, draft: Draft) -> None:
    is_nothing = draft == Draft() and answer.decision is None
    work.keep_draft(answer, None if is_nothing or _is_as_decided(answer, draft) else draft)


def _is_as_decided(answer: OpenAnswer, draft: Draft) -> bool:
    return answer.decision is not None and says_the_same(draft, answer.decision)
