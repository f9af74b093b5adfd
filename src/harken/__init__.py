"""Harken turns free-text survey answers into theme tables that a methodologist would sign.

The Python API is `Project`: `Project.open(path)`, then the command line's verbs; without a project there is
`measure_file_agreement`, and `harken.stats`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from harken._version import __version__

if TYPE_CHECKING:
    from harken.services.agreeing import measure_file_agreement
    from harken.services.project import Project

__all__ = ["Project", "__version__", "measure_file_agreement"]


def __getattr__(name: str) -> object:
    # Loaded when asked for: `harken --help` and the workers import this package too.
    if name == "Project":
        from harken.services.project import Project

        return Project
    if name == "measure_file_agreement":
        from harken.services.agreeing import measure_file_agreement

        return measure_file_agreement
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
