"""From bytes to text: a byte order mark, then strict UTF-8, and no guess beyond that."""

from __future__ import annotations

import codecs

from harken.errors import HarkenError

# The UTF-32 mark begins with the UTF-16 one, so it has to be looked for first.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16"),
)


def decode_text(data: bytes, *, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the encoding it was read in; an `encoding` given is believed."""
    if encoding is None:
        label, codec = next(
            ((label, codec) for mark, label, codec in _MARKS if data.startswith(mark)), ("utf-8", "utf-8")
        )
    else:
        label = codec = encoding
    try:
        text = data.decode(codec)
    except UnicodeDecodeError as error:
        raise HarkenError(_undecodable(data, error, name=name, label=label)) from error
    except (LookupError, UnicodeError) as error:
        raise HarkenError(
            f"{encoding!r} is no text encoding that Python knows. Usual ones: utf-8, cp1252, latin-1,"
            " mac-roman, utf-16, shift-jis."
        ) from error
    at = text.find("\0")
    if at >= 0:
        line = text.count("\n", 0, at) + 1
        raise HarkenError(
            f"{name}, line {line}: a NUL character stands at character {at}, so this is no plain text in"
            f" {label}. If the file was saved as UTF-16, add --encoding utf-16-le; else save it again as CSV."
        )
    return text.removeprefix("\ufeff"), label


def _undecodable(data: bytes, error: UnicodeDecodeError, *, name: str, label: str) -> str:
    line = data.count(b"\n", 0, error.start) + 1
    place = f"{name}, line {line}: byte 0x{data[error.start]:02x} at offset {error.start} is not {label}."
    if label != "utf-8":
        return f"{place} Name the encoding the file was saved in with --encoding."
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return f"{place} Save the file as UTF-8, or name its encoding with --encoding."
    return f"{place} Save the file as UTF-8, or add --encoding cp1252 if it comes from Excel on Windows."
