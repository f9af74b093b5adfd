"""What the plain mode says: short lines, what is new first, states in words, every text harmless."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from harken.cli.plain_lines import LINE_FORMS, PLAIN_COMMANDS
from harken.model import CodebookEntry, DecisionState, MarkKind, Suggestion
from harken.report import visible
from harken.services.coding import (
    CodeSheet,
    CodingSession,
    FoundAnswer,
    LastDecision,
    OpenAnswer,
    Person,
    Progress,
    WorkState,
)

END_OF_QUEUE = "Every answer in this queue is decided. /back reopens the last decision, /quit leaves."


def question_line(answer: OpenAnswer) -> str:
    key = answer.response.key
    occasion = f", occasion {key.occasion}" if key.occasion else ""
    return visible(f"Question {key.question}{occasion}.")


def answer_lines(answer: OpenAnswer, progress: Progress, session: CodingSession) -> Iterator[str]:
    """Who answered, the answer as it was given, and what stands about it already."""
    values = [value for _, value in answer.groups]
    who = ", ".join([answer.response.key.participant, *values])
    text = visible(answer.response.text, keep_lines=True)
    n_lines = text.count("\n") + 1
    many = f", {n_lines} lines" if n_lines > 1 else ""
    yield visible(f"{who}, answer {answer.position + 1} of {progress.n_answers}{many}:")
    yield from text.split("\n")
    yield from state_lines(answer, session)


def state_lines(answer: OpenAnswer, session: CodingSession) -> Iterator[str]:
    """How the answer stands, where anything does."""
    if answer.state is WorkState.DECIDED:
        yield f"Decided: {'uncodable' if answer.is_uncodable else _said_codes(answer, session)}."
    elif answer.state is WorkState.DRAFT:
        yield applied_line(answer, session)
    if answer.work.is_unsure:
        asked = f": {visible(answer.work.message)}" if answer.work.message else ""
        yield f"Marked unsure{asked}."
    if answer.work.memo:
        yield f"Memo: {visible(' / '.join(answer.work.memo.splitlines()))}"
    if answer.notes.alert is not None:
        yield visible(f"Alert to the lead: {answer.notes.alert or 'without words'}")
    for mark in answer.notes.marks:
        words = visible(" ".join(answer.response.text[mark.start : mark.end].split()))
        yield f"Quote: “{words}”" if mark.kind is MarkKind.QUOTE else f"Hidden: “{words}”"
    for linked in answer.notes.refers_to:
        yield visible(f"Refers to {linked.key.participant} {linked.key.question}.")
    if answer.notes.reply is not None:
        yield visible(
            f"Reply by {answer.notes.reply.by}: {' / '.join(answer.notes.reply.words.splitlines())}"
        )


def applied_line(answer: OpenAnswer, session: CodingSession) -> str:
    """The codes applied, and that they are no decision yet."""
    if not answer.codes:
        return "No code is applied. Not decided."
    return f"Applied: {_said_codes(answer, session)}. Not decided."


def _said_codes(answer: OpenAnswer, session: CodingSession) -> str:
    """The codes, those on a part of the answer with its words."""
    said = []
    for coding in dict.fromkeys(answer.codings):
        name = labels([coding.code], session)
        if coding.start is not None:
            words = " ".join(answer.response.text[coding.start : coding.end].split())
            name = f"{name} on “{visible(words)}”"
        said.append(name)
    return ", ".join(said) or "no code applies"


def saved_line(last: LastDecision, n_left: int, session: CodingSession) -> str:
    """The decision as the disk holds it."""
    said = decided_as(last.state is DecisionState.UNCODABLE, last.codes, session)
    return f"Saved: {visible(last.key.participant)}: {said}. {n_left} left."


def decided_as(is_uncodable: bool, codes: Sequence[str], session: CodingSession) -> str:
    if is_uncodable:
        return "uncodable"
    return labels(codes, session) or "no code applies"


def labels(codes: Iterable[str], session: CodingSession) -> str:
    entries = session.codebook.entries
    return ", ".join(visible(entries[path].code.label if path in entries else path) for path in codes)


def progress_line(session: CodingSession) -> str:
    progress = session.progress
    drafts = f", {progress.n_drafts} of them drafts" if progress.n_drafts else ""
    return visible(
        f"{session.coder}, round {session.round.name}: {progress.n_done} of {progress.n_answers} answers "
        f"decided, {progress.n_left} left{drafts}."
    )


def suggestion_lines(suggestions: Sequence[Suggestion], session: CodingSession) -> Iterator[str]:
    from harken.tui.words.texts import reason_text

    for number, suggestion in enumerate(suggestions, start=1):
        sure = "" if suggestion.confidence is None else f", {round(100 * suggestion.confidence)} %"
        why = reason_text(suggestion)
        yield f"{number} {labels([suggestion.code], session)}{sure}{f', {why}' if why else ''}"


def code_lines(paths: Iterable[str], sheet: CodeSheet, applied: Sequence[str]) -> Iterator[str]:
    """A code a line: its key, its name, what it belongs to; under the name of its family."""
    family = None
    for path in paths:
        entry = sheet.entries[path]
        if entry.family is not family:
            family = entry.family
            yield f"{visible(family.label)}{', one at most' if family.exclusive else ''}:"
        below = _parent(entry, sheet)
        key = sheet.hotkeys.get(path) or visible(path)
        state = ", applied" if path in applied else ""
        yield f"{key} {visible(entry.code.label)}{f', below {below}' if below else ''}{state}"


def _parent(entry: CodebookEntry, sheet: CodeSheet) -> str:
    parent = sheet.entries.get(entry.parent or "")
    return "" if parent is None else visible(parent.code.label)


def definition_lines(entry: CodebookEntry, hotkey: str) -> Iterator[str]:
    code = entry.code
    key = f", key {hotkey}" if hotkey else ""
    yield visible(f"{code.label}, in {entry.family.label}{key}, address {entry.path}.")
    for word, text in (
        ("Definition", code.definition),
        ("Include", code.include),
        ("Exclude", code.exclude),
        *(("Example", example) for example in code.examples),
    ):
        if text.strip():
            yield visible(f"{word}: {' '.join(text.split())}")
    if not code.definition.strip():
        yield "It has no definition."


def person_lines(person: Person) -> Iterator[str]:
    values = [value for _, value in person.groups]
    yield visible(", ".join([person.name, *values])) + ":"
    for answer in person.answers:
        key = answer.response.key
        occasion = f", occasion {key.occasion}" if key.occasion else ""
        text = " / ".join(answer.printed.splitlines()).strip() or "blank"
        said = "this answer" if answer.is_open else text
        yield visible(f"{key.question}{occasion}: {said}")
    for name, value in person.closed:
        yield visible(f"{name}: {value.strip() or 'blank'}")


def found_line(found: FoundAnswer) -> str:
    key = found.key
    occasion = f" {key.occasion}" if key.occasion else ""
    return visible(f"#{found.position + 1} {key.participant} {key.question}{occasion}, {found.state}")


def help_lines() -> Iterator[str]:
    for form, about in LINE_FORMS:
        yield f"{form}: {about}"
    for command in PLAIN_COMMANDS:
        letter = f" or /{command.letter}" if command.letter else ""
        argument = f" {command.argument}" if command.argument else ""
        yield f"/{command.word}{letter}{argument}: {command.about}"
