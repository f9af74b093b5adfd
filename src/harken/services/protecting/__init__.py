"""Disclosure control: results with small counts of people hidden, and whatever would give them away."""

from harken.services.protecting.flow import protect_flow
from harken.services.protecting.themes import audit_themes, check_threshold, protect, protect_together

__all__ = ["audit_themes", "check_threshold", "protect", "protect_flow", "protect_together"]
