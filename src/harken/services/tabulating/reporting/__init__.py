"""How a theme table is laid out on a page: what each percentage is of, and what the reader must know."""

from harken.services.tabulating.reporting.further_tables import said_of_check
from harken.services.tabulating.reporting.page import theme_report

__all__ = ["said_of_check", "theme_report"]
