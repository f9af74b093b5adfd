"""Disclosure control: which counts of people are hidden, and whether the others give them away."""

from harken.stats.suppression.audit import Exposed, audit
from harken.stats.suppression.bounds import feasible_range
from harken.stats.suppression.protection import Pattern, protect_counts
from harken.stats.suppression.publication import Publication, Relation

__all__ = [
    "Exposed",
    "Pattern",
    "Publication",
    "Relation",
    "audit",
    "feasible_range",
    "protect_counts",
]
