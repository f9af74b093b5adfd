"""Themes by several attributes at once, in one compact table."""

from harken.services.crosstabulating.report import crosstab_report
from harken.services.crosstabulating.result import Crosstab
from harken.services.crosstabulating.tabulating import crosstabulate

__all__ = ["Crosstab", "crosstab_report", "crosstabulate"]
