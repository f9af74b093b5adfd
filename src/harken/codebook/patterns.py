"""Whether a token pattern is one that spaCy accepts and that stays fast on long answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from harken.errors import quoted

if TYPE_CHECKING:
    from spacy.vocab import Vocab

WIDEST_GAP = 50
WORD_ATTRIBUTES = frozenset({"LOWER", "LEMMA", "NORM", "TEXT", "ORTH"})
MODEL_ATTRIBUTES = frozenset(
    {
        "POS",
        "TAG",
        "MORPH",
        "DEP",
        "ENT_TYPE",
        "ENT_ID",
        "ENT_IOB",
        "ENT_KB_ID",
        "IS_SENT_START",
        "SENT_START",
    }
)
"""What only a trained model sets: on plain text, spaCy would stop with an error or never match."""


def pattern_fault(pattern: Sequence[Mapping[str, Any]]) -> str | None:
    """What is wrong with a pattern, as the message of a fault; None if it can be used."""
    if not pattern:
        return "the pattern is empty: it needs at least one token"
    return (
        _rejected(pattern) or _beyond_plain_text(pattern) or _unbounded(pattern) or _nothing_required(pattern)
    )


@cache
def _vocab() -> Vocab:
    from spacy.vocab import Vocab

    return Vocab()


def _rejected(pattern: Sequence[Mapping[str, Any]]) -> str | None:
    # spaCy takes half a second to import, so only a codebook with patterns pays for it.
    from spacy.matcher import Matcher

    matcher = Matcher(_vocab(), validate=True)
    try:
        matcher.add("pattern", [[dict(token) for token in pattern]])
    except re.error as error:
        return f"spaCy rejects the pattern: not a regular expression ({error})"
    except (ValueError, TypeError, OverflowError) as error:
        return f"spaCy rejects the pattern: {_first_complaint(str(error))}"
    return None


def _first_complaint(text: str) -> str:
    """SpaCy's many lines as one: which token, which attribute, and what it says of them."""
    match = re.search(r"^- \[pattern -> (\d+)(?: -> ([^\]]+?))?\] (.*)$", text, re.MULTILINE)
    if not match:
        return " ".join(text.split())
    number, names, complaint = match.groups()
    attribute = (names or "").split(" -> ")[0]
    where = f"token {int(number) + 1}" + (f", {attribute}" if attribute else "")
    if complaint == "Extra inputs are not permitted":
        inner = (names or "").split(" -> ")[-1]
        return (
            f"{where}: no such attribute" if inner == attribute else f"{where}: no such condition {inner!r}"
        )
    if attribute == "OP":
        return f'{where}: write "?", "!", "{{2}}" or "{{0,3}}", in quotes'
    if attribute.upper() in WORD_ATTRIBUTES and "TokenPatternString" in complaint:
        return f"{where}: must be text (a number in quotes) or a condition such as {{IN: [one, two]}}"
    return f"{where}: {complaint[0].lower()}{complaint[1:]}"


def _beyond_plain_text(pattern: Sequence[Mapping[str, Any]]) -> str | None:
    for number, token in enumerate(pattern, start=1):
        for attribute in token:
            if attribute.upper() in MODEL_ATTRIBUTES:
                return f"token {number}: {attribute} needs a trained model; use LEMMA, LOWER or TEXT"
            if attribute == "_":
                return (
                    f"token {number}: attributes of other extensions (_) are not there when answers are read"
                )
    return None


def _unbounded(pattern: Sequence[Mapping[str, Any]]) -> str | None:
    for number, token in enumerate(pattern, start=1):
        operator = str(_operator(token))
        highest = re.fullmatch(r"\{(\d*)(,?)(\d*)\}", operator)
        if highest:
            low, comma, high = highest.groups()
            bound = int(high) if high else None if comma else int(low)
        else:
            bound = None if operator in ("*", "+") else 1
        if bound is None and not _is_one_word(token):
            return (
                f"token {number}: the gap {quoted(operator)} is unbounded: slow, and it matches across whole"
                ' answers; bound it, as in OP: "{0,3}"'
            )
        if bound is not None and bound > WIDEST_GAP:
            return f"token {number}: the gap {quoted(operator)} is wider than {WIDEST_GAP} tokens; narrow it"
    return None


def _nothing_required(pattern: Sequence[Mapping[str, Any]]) -> str | None:
    if all(re.match(r"[?*!]|\{0?,|\{0\}", str(_operator(token))) for token in pattern):
        return "no token of the pattern has to occur, so it would match any text"
    return None


def _operator(token: Mapping[str, Any]) -> object:
    return next((value for name, value in token.items() if name.upper() == "OP"), "1")


def _is_one_word(token: Mapping[str, Any]) -> bool:
    """Whether the token names its words, so that repeating it cannot run through an answer."""
    for name, value in token.items():
        is_listed = isinstance(value, Mapping) and set(value) == {"IN"}
        if name.upper() in WORD_ATTRIBUTES and (isinstance(value, str) or is_listed):
            return True
    return False
