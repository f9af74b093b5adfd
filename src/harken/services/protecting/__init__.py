"""Disclosure control: results with small counts of people hidden, and whatever would give them away."""

from harken.services.protecting.closed import protect_closed
from harken.services.protecting.cooccurrence import protect_cooccurrence
from harken.services.protecting.crosstab import protect_crosstab
from harken.services.protecting.flow import protect_flow
from harken.services.protecting.themes import audit_themes, check_threshold, protect, protect_together

__all__ = [
    "audit_themes",
    "check_threshold",
    "protect",
    "protect_closed",
    "protect_cooccurrence",
    "protect_crosstab",
    "protect_flow",
    "protect_together",
]
