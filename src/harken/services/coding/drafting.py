"""What a key changes on the open answer before it is decided: a draft, on disk at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from harken.errors import HarkenError
from harken.model import Coding
from harken.services.coding.applying import is_segment, of_code, with_coding, without_code
from harken.services.coding.following import refuse_retired
from harken.services.coding.sheet import settled_sheet
from harken.services.coding.work import LastDecision, OpenAnswer, says_the_same
from harken.services.coding.workplace import Workplace
from harken.storage import codebooks, coding
from harken.storage.codebooks import StoredCodebook
from harken.storage.coding import Draft
from harken.storage.store import Action

LONGEST_SAID = 40
"""Characters of an answer that a message repeats."""


def toggle(work: Workplace, path: str) -> str:
    """Apply a code or take it off; in an exclusive family it takes the other one's place.

    Segments that go with it come back when the code is toggled again before the next answer opens.
    """
    answer = work.answer()
    if path in answer.codes:
        segments = tuple(filter(is_segment, of_code(answer.codings, path)))
        _put(work, replace(answer.work, codings=without_code(answer.codings, path)))
        _remember(work, answer.codings, [path])
        if segments:
            return f"{work.label(path)} taken off with {_n_segments(segments)}; the same key brings it back."
        return f"{work.label(path)} taken off."
    _refuse_gone(work, path)
    return _apply(work, work.taken_off.pop(path, ()) or [Coding(path)])


def toggle_segment(work: Workplace, path: str, start: int, end: int) -> str:
    """Apply a code to a part of the answer, or take off the segment of the code that this part lies in."""
    from harken.services.coding.segments import SegmentChange, toggled_segment

    answer = work.answer()
    text = answer.response.text
    if not 0 <= start < end <= len(text):
        raise HarkenError(f"{start} to {end} is no part of this answer of {len(text)} characters.")
    _refuse_gone(work, path)
    toggled = toggled_segment(answer.codings, path, start, end, work.stored.codebook)
    _put(work, replace(answer.work, codings=toggled.codings))
    _remember(work, answer.codings, toggled.replaced)
    words = _shortened(text[toggled.start : toggled.end])
    if toggled.replaced:
        return _says_replaced(work, path, toggled.replaced)
    if toggled.change is SegmentChange.TAKEN_OFF:
        return f"{work.label(path)} taken off “{words}”."
    if toggled.change is SegmentChange.GROWN:
        return f"{work.label(path)} grown to “{words}”."
    return f"{work.label(path)} on “{words}”."


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
    _apply(work, map(Coding, missing))
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


def make_code(
    work: Workplace,
    name: str,
    *,
    family: str | None,
    example: str = "",
    segment: tuple[int, int] | None = None,
) -> str:
    """Make a code and apply it to the open answer, or to a part of it, in one action."""
    from harken.services.coding.new_codes import add_new_code

    answer = work.answer()
    question = answer.response.key.question
    with work.file.action() as action:
        work.take_up_codebook()
        path = add_new_code(
            action,
            work.stored.codebook,
            name=name,
            family=family,
            example=example,
            question=question,
        )
        added = Coding(path, *(segment or ()))
        stored = codebooks.stored_codebook(work.store)
        sheet = settled_sheet(action, work.store, stored, round=work.round.name, question=question)
        codings, _ = with_coding(answer.codings, added, stored.codebook)
        draft = replace(answer.work, codings=codings)
        _write(work, action, stored, answer, draft)
    work.use_codebook(stored, sheet)
    _keep(work, answer, draft)
    entry = stored.codebook.entries[path]
    hotkey = sheet.hotkeys.get(path)
    key = f"its key is {hotkey}" if hotkey else "it has no key; find it by name"
    return f"{entry.code.label} made in {entry.family.label} and applied; {key}."


def _apply(work: Workplace, codings: Iterable[Coding]) -> str:
    draft, codebook = work.answer().work, work.stored.codebook
    before, now, replaced = draft.codings, draft.codings, dict[str, None]()
    path = ""
    for added in codings:
        path = added.code
        now, rivals = with_coding(now, added, codebook)
        replaced |= dict.fromkeys(rivals)
    _put(work, replace(draft, codings=now))
    _remember(work, before, replaced)
    return _says_replaced(work, path, replaced) if replaced else ""


def _remember(work: Workplace, before: tuple[Coding, ...], gone: Iterable[str]) -> None:
    """Keep the codings of codes that went off with segments: selecting them again would be work lost."""
    for path in gone:
        if any(map(is_segment, of_code(before, path))):
            work.taken_off[path] = of_code(before, path)


def _says_replaced(work: Workplace, path: str, replaced: Iterable[str]) -> str:
    family = work.stored.codebook.entries[path].family
    others = ", ".join(map(work.label, replaced))
    return f"{work.label(path)} takes the place of {others}: one code of {family.label} at most."


def _refuse_gone(work: Workplace, path: str) -> None:
    if path not in work.stored.ids:
        raise HarkenError(f"{path!r} is not in the codebook any more.")
    refuse_retired(work.stored, path)


def _n_segments(segments: Sequence[Coding]) -> str:
    return f"{len(segments)} segment{'' if len(segments) == 1 else 's'}"


def _shortened(words: str) -> str:
    """Words of the answer in a message: on one line and few."""
    line = " ".join(words.split())
    return line if len(line) <= LONGEST_SAID else f"{line[: LONGEST_SAID - 1]}…"


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
