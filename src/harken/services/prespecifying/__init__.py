"""Themes that are declared before anybody sees them by group."""

from harken.services.prespecifying.declaring import (
    prespecified_for,
    prespecify_themes,
    read_prespecification,
)
from harken.services.prespecifying.report import prespecification_report
from harken.services.prespecifying.result import Prespecification, PrespecifiedTheme

__all__ = [
    "Prespecification",
    "PrespecifiedTheme",
    "prespecification_report",
    "prespecified_for",
    "prespecify_themes",
    "read_prespecification",
]
