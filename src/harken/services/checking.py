"""Checking and repairing a project file against its journal."""

from __future__ import annotations

from harken.services.counting.checking import set_findings
from harken.storage import audit
from harken.storage.store import Store


def check_project(store: Store) -> tuple[str, ...]:
    """What is wrong with the file, a sentence each; empty for a sound one. Writes nothing."""
    found = tuple(audit.findings(store))
    # What builds on something broken is not looked at.
    return found or tuple(set_findings(store))


def repair_project(store: Store) -> None:
    """Make everything that follows from the journal anew; the journal itself stays as it is."""
    audit.mend(store)
