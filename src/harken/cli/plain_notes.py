"""What the plain mode notes beside codes on whole answers: memos, doubts, alerts, and parts of an answer."""

from __future__ import annotations

from collections.abc import Callable

from harken.cli.plain_lines import PlainLine
from harken.errors import HarkenError, quoted
from harken.model import IdentifyingDetail, MarkKind
from harken.report import visible
from harken.services.coding import CodingSession, OpenAnswer


class PlainNotes:
    """Each command returns a line to say."""

    def __init__(self, session: CodingSession, *, code_of: Callable[[str], str]) -> None:
        self._session = session
        self._code_of = code_of

    def _answer(self) -> OpenAnswer:
        current = self._session.current
        if current is None:
            raise HarkenError("No answer is open. /back reopens the last decision, /go goes to an answer.")
        return current

    def write_memo(self, line: PlainLine) -> str:
        memo = self._answer().work.memo
        if not line.argument:
            return f"Memo: {' / '.join(memo.splitlines())}" if memo else "There is no memo."
        new = "" if line.argument == "-" else "\n".join([*memo.splitlines(), visible(line.argument)])
        return self._session.write_memo(new) or "There was no memo."

    def mark_unsure(self, line: PlainLine) -> str:
        kept = self._answer().work.message
        takes_off = line.argument == "-"
        said = self._session.mark_unsure(not takes_off, visible(line.argument) or kept)
        return said or ("It was not marked unsure." if takes_off else "It is marked unsure already.")

    def alert(self, line: PlainLine) -> str:
        self._answer()
        return self._session.noting.alert(visible(line.argument))

    # -- parts of the answer ---------------------------------------------------------------------------

    def code_part(self, line: PlainLine) -> str:
        code, _, wanted = line.argument.partition(" ")
        start, end = self._place_of(wanted, example="/part u the very words")
        return self._session.toggle_segment(self._code_of(code), start, end)

    def quote(self, line: PlainLine) -> str:
        whole = (0, len(self._answer().response.text))
        start, end = self._place_of(line.argument) if line.argument else whole
        return self._session.noting.mark(MarkKind.QUOTE, start, end)

    def hide(self, line: PlainLine) -> str:
        """`name: Anna` hides a name; without a kind before the colon it is another detail."""
        kind, wanted = _kind_and_words(line.argument, self._answer().response.text)
        start, end = self._place_of(wanted, example="/hide name: Anna")
        return self._session.noting.mark(MarkKind.IDENTIFYING, start, end, label=kind.value)

    def _place_of(self, wanted: str, *, example: str = "") -> tuple[int, int]:
        """Where words stand in the answer; they must stand there once."""
        text = self._answer().response.text
        if not wanted:
            raise HarkenError(f"Write the words of the answer behind it, as in “{example}”.")
        plain = "".join(" " if character.isspace() else character for character in text)
        places = [
            place
            for place in range(len(plain))
            if plain[place : place + len(wanted)].casefold() == wanted.casefold()
        ]
        if len(places) == 1:
            return places[0], places[0] + len(wanted)
        times = f"{len(places)} times; write more of them" if places else "nowhere in this answer"
        raise HarkenError(f"{quoted(wanted)} stands {times}.")


def _kind_and_words(argument: str, text: str) -> tuple[IdentifyingDetail, str]:
    """What stands before the colon, by its beginning, and behind it; words of the answer may hold one too."""
    before, colon, after = argument.partition(":")
    named = before.strip().casefold()
    kinds = [kind for kind in IdentifyingDetail if kind.value.startswith(named)]
    if colon and named and len(kinds) == 1:
        return kinds[0], after.strip()
    if colon and argument.casefold() not in " ".join(text.split()).casefold():
        known = ", ".join(kind.value for kind in IdentifyingDetail)
        raise HarkenError(
            f"{quoted(before.strip())} does not say what it is. Kinds: {known}; a beginning will do."
        )
    return IdentifyingDetail.DETAIL, argument
