"""Guesses what one column of a wide survey is, from its header and its values."""

from __future__ import annotations

import re

from harken.importers.column_profile import ColumnProfile
from harken.importers.layout import ColumnGuess, ColumnRole

_METADATA = re.compile(
    r"(start|end|recorded|submit\w*)date|date\w*|\w*timestamp|time(started|submitted)|ip(address)?"
    r"|\w*latitude|\w*longitude|locationaccuracy|progress|duration\w*|finished|status|\w*e?mail(address)?"
    r"|external(data)?reference|distributionchannel|userlanguage|(start)?language|referer|browser|useragent"
    r"|lastpage|seed|(recipient)?(first|last)name|name|(tele)?phone\w*|networkid|responseset|dob"
)
_OPEN_HINT = re.compile(
    r"comment|feedback|\bwhy\b|describe|explain|please specify|suggest|in your own words|verbatim|\bopen\b"
    r"|reason|tell us|anything else|^(text|answer|response)s?$",
    re.IGNORECASE,
)
_MOST = 0.9
_FEW_OPTIONS = 12
_MANY = 20
_LONG_ANSWER = 15


def fold_header(header: str) -> str:
    """A header's letters and digits alone, in one case, so that `Response ID` is `responseid`."""
    return re.sub(r"[\W_]+", "", header).casefold()


def guess_column(header: str, column: ColumnProfile) -> ColumnGuess:
    """What a column of a wide table is, once it is neither the id nor the occasion."""
    role, why = (
        _by_header(header, column)
        or _by_kind_of_value(column)
        or _by_wordiness(header, column)
        or _by_number_of_options(column)
    )
    return ColumnGuess(column=header, role=role, why=why)


def guess_by_name(header: str, otherwise: str) -> ColumnGuess:
    """A group if the header is exactly that, else an attribute."""
    if fold_header(header) == "group":
        return ColumnGuess(column=header, role=ColumnRole.GROUP, why="by its name")
    return ColumnGuess(column=header, role=ColumnRole.ATTRIBUTE, why=otherwise)


def _by_header(header: str, column: ColumnProfile) -> tuple[ColumnRole, str] | None:
    folded = fold_header(header)
    if folded == "group":
        return ColumnRole.GROUP, "by its name"
    if not column.n_filled:
        return ColumnRole.ATTRIBUTE, "blank in every row"
    if _METADATA.fullmatch(folded):
        return ColumnRole.ATTRIBUTE, "by its name, which is that of survey metadata or of a personal detail"
    return None


def _by_kind_of_value(column: ColumnProfile) -> tuple[ColumnRole, str] | None:
    if column.share_dates > _MOST:
        return ColumnRole.ATTRIBUTE, "dates or times"
    if column.share_addresses > _MOST:
        return ColumnRole.ATTRIBUTE, "addresses"
    if column.share_numbers > _MOST:
        if column.n_distinct <= _MANY:
            return ColumnRole.CLOSED, f"{_different(column)}, all numbers"
        return ColumnRole.ATTRIBUTE, "numbers"
    if column.share_opaque > _MOST and column.share_distinct > _MOST and column.n_filled > 1:
        return ColumnRole.ATTRIBUTE, "single tokens of letters and digits"
    if column.share_lists > 0.25 and column.items_per_option >= 4:
        return ColumnRole.CLOSED, "lists made of the same few options"
    return None


def _by_wordiness(header: str, column: ColumnProfile) -> tuple[ColumnRole, str] | None:
    is_varied = column.share_distinct >= 0.5
    is_long = column.most_words >= _LONG_ANSWER or column.has_line_breaks
    if (
        (column.mean_words >= 4 and is_varied)
        or (is_long and (column.share_distinct >= 0.3 or column.n_distinct > _MANY))
        or (column.n_distinct >= _MANY and column.share_distinct >= 0.3 and column.mean_words >= 1.5)
    ):
        why = (
            f"texts of {column.mean_words:.0f} words on average,"
            f" {column.n_distinct} different ones in {column.n_filled}"
        )
        return ColumnRole.QUESTION, why
    if column.n_distinct > 1 and is_varied and _OPEN_HINT.search(header):
        return (
            ColumnRole.QUESTION,
            f"its header asks for words, and {column.n_distinct} of {column.n_filled} values differ",
        )
    return None


def _by_number_of_options(column: ColumnProfile) -> tuple[ColumnRole, str]:
    if column.n_distinct <= _FEW_OPTIONS or column.share_distinct < 0.2:
        return ColumnRole.CLOSED, f"{_different(column)}, all short"
    return ColumnRole.ATTRIBUTE, "short values of many kinds"


def _different(column: ColumnProfile) -> str:
    return "one value" if column.n_distinct == 1 else f"{column.n_distinct} different values"
