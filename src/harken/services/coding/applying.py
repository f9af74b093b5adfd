"""What a key makes of the codings of an answer: codes on the whole of it, and on segments."""

from __future__ import annotations

from collections.abc import Iterable

from harken.model import Codebook, Coding

Codings = tuple[Coding, ...]


def of_code(codings: Iterable[Coding], path: str) -> Codings:
    return tuple(coding for coding in codings if coding.code == path)


def is_segment(coding: Coding) -> bool:
    return coding.start is not None


def without_code(codings: Iterable[Coding], path: str) -> Codings:
    return tuple(coding for coding in codings if coding.code != path)


def with_coding(codings: Codings, added: Coding, codebook: Codebook) -> tuple[Codings, tuple[str, ...]]:
    """The codings with one more, and the codes that it drives out of an exclusive family."""
    family = codebook.entries[added.code].family
    rivals = dict.fromkeys(
        coding.code
        for coding in codings
        if family.exclusive and coding.code.split(".")[0] == family.key and coding.code != added.code
    )
    kept = tuple(coding for coding in codings if coding.code not in rivals and coding != added)
    return (*kept, added), tuple(rivals)
