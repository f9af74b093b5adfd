"""Which letters stand for which codes on the coding screen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from string import ascii_lowercase

from harken.model import Code, Codebook, CodebookEntry


def assign_hotkeys(codebook: Codebook, question: str, *, usage: Mapping[str, int]) -> dict[str, str]:
    """A hotkey for each code that applies to the question, by path in the codebook's order.

    No hotkey begins another. A code keeps the hotkey that the codebook gives it. The others get a letter of
    their name, the commonest (`usage`, by path) choosing first. Where 26 letters are too few, as few of them
    as possible each begin pairs, which go to the rarest codes. Codes beyond the 676 pairs get none, and
    retired codes no new one.
    """
    entries = [entry for entry in codebook.entries.values() if entry.applies_to(question)]
    taken = _own_hotkeys(entries)
    waiting = [entry for entry in entries if entry.path not in taken and not entry.code.is_retired]
    waiting.sort(key=lambda entry: -usage.get(entry.path, 0))
    own = set(taken.values())
    free = [letter for letter in ascii_lowercase if not any(hotkey.startswith(letter) for hotkey in own)]
    leaders = {hotkey[0] for hotkey in own if len(hotkey) == 2}
    if len(waiting) > len(free):
        leaders |= _pair_leaders(waiting, free, n_own=len(leaders), n_pairs=sum(len(key) == 2 for key in own))
    singles = [letter for letter in free if letter not in leaders]
    for entry in waiting:
        hotkey = _mnemonic(entry.code, singles) if singles else _pair(entry.code, leaders, own)
        if not hotkey:
            break
        singles = [letter for letter in singles if letter != hotkey]
        own.add(hotkey)
        taken[entry.path] = hotkey
    return {entry.path: taken[entry.path] for entry in entries if entry.path in taken}


def _own_hotkeys(entries: Iterable[CodebookEntry]) -> dict[str, str]:
    """Hotkeys that the codebook gives; of two that clash (in an unchecked codebook), the first."""
    own: dict[str, str] = {}
    for entry in entries:
        hotkey = entry.code.hotkey
        clashes = any(other.startswith(hotkey) or hotkey.startswith(other) for other in own.values())
        if re.fullmatch("[a-z]{1,2}", hotkey) and not clashes:
            own[entry.path] = hotkey
    return own


def _pair_leaders(
    waiting: Collection[CodebookEntry], free: Collection[str], *, n_own: int, n_pairs: int
) -> set[str]:
    """The free letters that begin pairs: as few as hold every code, and those that the codes want least."""
    n_places = 26 * n_own - n_pairs
    n_leaders = 0
    while n_leaders < len(free) and len(free) - n_leaders + 26 * n_leaders + n_places < len(waiting):
        n_leaders += 1
    initials = [initial for entry in waiting for initial in _initials(entry.code)]
    return set(sorted(free, key=lambda letter: (initials.count(letter), -ord(letter)))[:n_leaders])


def _mnemonic(code: Code, free: Collection[str]) -> str:
    return next((letter for letter in _wanted_letters(code) if letter in free), "")


def _pair(code: Code, leaders: Collection[str], taken: Collection[str]) -> str:
    pairs = (leader + letter for letter in _wanted_letters(code) for leader in sorted(leaders))
    return next((pair for pair in pairs if pair not in taken), "")


def _wanted_letters(code: Code) -> Iterator[str]:
    """Every letter, best first: initials of label and key, their other letters, the rest."""
    yield from _initials(code)
    yield from _letters(code.label + code.key)
    yield from ascii_lowercase


def _initials(code: Code) -> str:
    words = re.split(r"[\W_]+", f"{code.label} {code.key}")
    return "".join(_letters(word)[:1] for word in words)


def _letters(text: str) -> str:
    """The letters a to z in a text, accents taken off."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if character in ascii_lowercase)
