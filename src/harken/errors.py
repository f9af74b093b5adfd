"""The one error that Harken raises on purpose."""

from __future__ import annotations


class HarkenError(Exception):
    """Something the person can mend: says what, which value, where, and the way out, in one line."""


class ProjectFileError(HarkenError):
    """The project file cannot be used as it is: missing, foreign, damaged or of a later version."""
