"""Which code a typed word of the plain mode means, and what may have been meant where none is called so."""

from __future__ import annotations

from collections.abc import Sequence

from harken.cli import plain_words as words
from harken.cli.plain_lines import COMMAND_WORDS
from harken.errors import HarkenError
from harken.model import Suggestion
from harken.services.coding import CodingSession

MOST_NEAR = 3
LONGEST_KEY = 2
"""Letters of a code's key."""


def code_named(session: CodingSession, named: str, shown: Sequence[Suggestion]) -> str:
    """The path of the code that a key, the number of a suggestion shown or an address means."""
    sheet = session.sheet
    if named.isdecimal():
        if len(named) == 1 and 0 < int(named) <= len(shown):
            return shown[int(named) - 1].code
        raise HarkenError(f"There is no suggestion {named} for this answer. Nothing is changed.")
    path = sheet.by_hotkey.get(named.casefold())
    if path is not None:
        return path
    if len(named) <= LONGEST_KEY and named.isalpha():
        raise HarkenError(
            f"No code has the key {named!r}. Nothing is changed. "
            "/codes lists the keys; type spaces between them."
        )
    known = session.codebook.matching(named)
    if not known:
        raise HarkenError(f"No code is called {named!r}. Nothing is changed. {_meant(session, named)}")
    if len(known) > 1:
        raise HarkenError(f"{named!r} may be {' or '.join(known)}. Nothing is changed. Write one of these.")
    if known[0] not in sheet.entries:
        raise HarkenError(
            f"{known[0]} may not be applied to {sheet.question}. Nothing is changed. /codes lists what may."
        )
    return known[0]


def _meant(session: CodingSession, named: str) -> str:
    """The codes and the command that a word may stand for, as the end of a sentence."""
    near = session.find_codes(named)[:MOST_NEAR] if named else ()
    keys = ", ".join(session.sheet.hotkeys.get(path) or path for path in near)
    way = f"Perhaps {keys} ({words.labels(near, session)})?"
    if not near:
        way = "/find TEXT looks for codes, /codes lists them."
    command = named.casefold()
    return f"/{command} is the command. {way}" if command in COMMAND_WORDS else way
