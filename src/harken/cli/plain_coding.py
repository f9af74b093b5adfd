"""`harken code --plain`: the coding screen's work line by line, for screen readers, slow links and pipes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import click

from harken.cli import plain_words as words
from harken.cli.plain_codes import code_named
from harken.cli.plain_lines import DECIDING_WORDS, PlainLine, read_line, text_of
from harken.cli.plain_notes import PlainNotes
from harken.cli.plain_places import place_named
from harken.cli.plain_suggestions import PlainSuggestions
from harken.errors import HarkenError, many
from harken.report import visible
from harken.services.coding import CodingSession, WorkState

PROMPT = "Codes?"
MOST_LISTED = 20
_LOOKING = frozenset({"repeat", "help", "where", "go", "quit", "suggest", "codes", "find", "about"})
"""What a script may do after a line that was refused; see `PlainCoding`."""


class PlainCoding:
    """Does what each line says, and says what came of it.

    Whoever types at a terminal corrects a line that was refused. A script cannot: what it meant for one
    answer would fall on another. After a refused line its lines are skipped up to the next `/go` that works.
    """

    def __init__(self, session: CodingSession, *, with_suggestions: bool, is_script: bool) -> None:
        self._session = session
        self._suggestions = PlainSuggestions(session, is_wanted=with_suggestions)
        self._is_script = is_script
        self._question = ""
        """The line on the question that was said last."""
        self._is_lost = False
        """Whether a script's line was refused and no `/go` came since."""
        self._n_refused = 0
        self._n_skipped = 0
        notes = PlainNotes(session, code_of=self._code)
        self._does: Mapping[str, Callable[[PlainLine], None]] = {
            "repeat": lambda line: self._read_out(is_repeat=True),
            "apply": self._apply,
            "decide": self._decide_as_applied,
            "none": lambda line: self._decide(line, self._session.decide_no_code),
            "uncodable": lambda line: self._decide(line, self._session.decide_uncodable),
            "codes": self._list_codes,
            "find": self._find,
            "about": self._define,
            "new": self._make_code,
            "same": lambda line: self._change(self._session.same_as_before),
            "memo": lambda line: self._say(notes.write_memo(line)),
            "unsure": lambda line: self._say(notes.mark_unsure(line)),
            "alert": lambda line: self._say(notes.alert(line)),
            "part": lambda line: self._change(lambda: notes.code_part(line)),
            "quote": lambda line: self._say(notes.quote(line)),
            "hide": lambda line: self._say(notes.hide(line)),
            "person": lambda line: self._say(*words.person_lines(self._session.person())),
            "go": self._go,
            "next": lambda line: self._move(lambda: self._session.step(1)),
            "previous": lambda line: self._move(lambda: self._session.step(-1)),
            "back": lambda line: self._move(self._session.reopen),
            "undo": lambda line: self._move(self._session.undo),
            "redo": lambda line: self._move(self._session.redo),
            "suggest": lambda line: self._say(self._suggestions.switch()),
            "where": lambda line: self._say(words.progress_line(self._session)),
            "help": lambda line: self._say(*words.help_lines()),
        }

    def run(self, lines: Iterable[bytes]) -> None:
        """Work until the lines end or say so; raises `HarkenError` then if a script's line was refused."""
        self._say(f"{words.progress_line(self._session)} /help lists the commands.")
        if self._suggestions.note:
            self._say(self._suggestions.note)
        self._read_out()
        self._prompt()
        for number, typed in enumerate(lines, start=1):
            if not self._take(number, typed):
                break
            self._prompt()
        self._leave()
        if self._n_refused:
            skipped = f" and {many(self._n_skipped, 'line')} after them skipped" if self._n_skipped else ""
            raise HarkenError(
                f"{many(self._n_refused, 'line')} refused{skipped}; the others are done and on disk."
            )

    def _take(self, number: int, typed: bytes) -> bool:
        """Do what one line says; False if it says to leave."""
        try:
            line = read_line(text_of(typed))
            if line.word == "quit":
                return False
            if self._is_lost and line.word not in _LOOKING:
                self._n_skipped += 1
                return True
            self._does[line.word](line)
        except HarkenError as error:
            self._refuse(number, str(error))
        return True

    def _refuse(self, number: int, why: str) -> None:
        if not self._is_script:
            click.echo(visible(f"Not done: {why}"), err=True)
            return
        self._n_refused += 1
        skipped = "" if self._is_lost else " Lines that code are skipped from here to the next /go."
        self._is_lost = True
        click.echo(visible(f"line {number}: {why}{skipped}"), err=True)

    def _leave(self) -> None:
        current = self._session.current
        if current is not None and current.state is WorkState.DRAFT:
            self._say(f"{current.response.key.participant} is left as a draft.")
        progress = self._session.progress
        self._say(
            f"{progress.n_done} of {progress.n_answers} answers decided, {progress.n_left} left; "
            f"{many(progress.n_saved, 'decision')} saved by {self._session.coder}."
        )

    # -- saying --------------------------------------------------------------------------------------

    def _say(self, *lines: str) -> None:
        for line in lines:
            click.echo(visible(line))

    def _prompt(self) -> None:
        if not self._is_script:
            self._say(PROMPT)

    def _read_out(self, *, is_repeat: bool = False) -> None:
        """Say the open answer, with its question where that is another one than before."""
        current = self._session.current
        if current is None:
            self._say(words.END_OF_QUEUE)
            return
        question = words.question_line(current)
        if is_repeat or question != self._question:
            self._say(question)
            self._question = question
        self._say(*words.answer_lines(current, self._session.progress, self._session))
        was_off = self._suggestions.note
        self._suggestions.answer_opened()
        if self._suggestions.note != was_off:
            self._say(self._suggestions.note)
        self._say(*words.suggestion_lines(self._suggestions.shown, self._session))

    # -- codes and decisions -------------------------------------------------------------------------

    def _require_answer(self) -> None:
        if self._session.current is None:
            raise HarkenError("No answer is open. /back reopens the last decision, /go goes to an answer.")

    def _apply(self, line: PlainLine) -> None:
        """Apply codes and take others off; nothing changes if one of them is not understood."""
        self._require_answer()
        wanted = [(self._code(code.removeprefix("-")), code.startswith("-")) for code in line.codes]
        said = []
        for path, takes_off in wanted:
            current = self._session.current
            if current is not None and takes_off == (path in current.codes):
                said.append(self._session.toggle(path))
            elif takes_off:
                said.append(f"{words.labels([path], self._session)} was not applied.")
        if line.decides:
            self._say(*(one for one in said if one))
            self._decide_as_applied(line)
        else:
            self._say_state(*said)

    def _code(self, named: str) -> str:
        return code_named(self._session, named, self._suggestions.shown)

    def _decide_as_applied(self, line: PlainLine) -> None:
        current = self._session.current
        if current is not None and current.state is WorkState.DECIDED:
            self._move(self._session.decide)
        elif current is not None and not current.codes:
            raise HarkenError("No code is applied yet. Write codes before the dot, or 0 if none applies.")
        else:
            self._decide(line, self._session.decide)

    def _decide(self, line: PlainLine, verb: Callable[[], str]) -> None:
        self._require_answer()
        self._refuse_code_word(line.argument)
        said = verb()
        last = self._session.last_decision
        if last is not None:
            self._say(words.saved_line(last, self._session.progress.n_left, self._session))
        if said:
            self._say(said)
        self._read_out()

    def _refuse_code_word(self, word: str) -> None:
        """A word that decides and is a code's name as well may have been meant as the code."""
        paths = [path for path in self._session.sheet.entries if f".{path}".endswith(f".{word}")]
        if word.isalpha() and paths:
            sign = next(sign for sign, same in DECIDING_WORDS.items() if same == DECIDING_WORDS[word])
            instead = sign if sign != word else f"/{word}"
            raise HarkenError(
                f"{word!r} decides, and is a code too. Write {instead} to decide, or {paths[0]} for the code."
            )

    def _change(self, verb: Callable[[], str]) -> None:
        self._require_answer()
        self._say_state(verb())

    def _say_state(self, *said: str) -> None:
        current = self._session.current
        self._say(*(one for one in said if one))
        if current is not None and current.state is WorkState.DECIDED:
            self._say(*words.state_lines(current, self._session))
        elif current is not None:
            self._say(words.applied_line(current, self._session))

    def _make_code(self, line: PlainLine) -> None:
        self._require_answer()
        choices = self._session.family_choices()
        before, colon, after = line.argument.partition(":")
        by_name = {name.casefold(): choice.key for choice in choices for name in (choice.key, choice.label)}
        family = by_name.get(before.strip().casefold()) if colon else None
        name = after if family else line.argument
        if not name.strip():
            raise HarkenError("Write the name of the code behind it, as in “/new Waiting times”.")
        if family is None and len(choices) > 1:
            known = ", ".join(choice.key for choice in choices)
            raise HarkenError(
                f"Say which family, as in “/new {choices[0].key}: {name.strip()}”. Families: {known}."
            )
        if family is None and choices:
            family = choices[0].key
        self._change(lambda: self._session.make_code(name, family=family))

    # -- looking -------------------------------------------------------------------------------------

    def _list_codes(self, line: PlainLine) -> None:
        del line
        self._list(tuple(self._session.sheet.entries), "There are no codes yet. /new NAME makes one.")

    def _find(self, line: PlainLine) -> None:
        found = self._session.find_codes(line.argument)
        self._list(found, "No code for this question is called so. /new NAME makes one.")

    def _list(self, paths: Iterable[str], nothing: str) -> None:
        self._require_answer()
        current = self._session.current
        applied = () if current is None else current.codes
        lines = list(words.code_lines(paths, self._session.sheet, applied))
        self._say(*(lines or [nothing]))

    def _define(self, line: PlainLine) -> None:
        self._require_answer()
        if not line.argument:
            raise HarkenError("Write the key or address of a code behind it, as in “/about u”.")
        path = self._code(line.argument)
        sheet = self._session.sheet
        self._say(*words.definition_lines(sheet.entries[path], sheet.hotkeys.get(path, "")))

    # -- moving --------------------------------------------------------------------------------------

    def _move(self, verb: Callable[[], str]) -> None:
        said = verb()
        if said:
            self._say(said)
        self._read_out()

    def _go(self, line: PlainLine) -> None:
        if not line.argument:
            found = self._session.find_answers("")
            self._say(*map(words.found_line, found[:MOST_LISTED]))
            if not found:
                self._say(words.END_OF_QUEUE)
            return
        position = place_named(self._session, line.argument)
        self._move(lambda: self._session.go_to(position))
        self._is_lost = False
