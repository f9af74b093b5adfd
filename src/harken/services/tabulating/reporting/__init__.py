"""How a theme table is laid out on a page: what each percentage is of, and what the reader must know."""

from harken.services.tabulating.reporting.further_tables import BASES, said_of_check
from harken.services.tabulating.reporting.page import theme_report
from harken.services.tabulating.reporting.theme_table import THEMES
from harken.services.tabulating.reporting.wording import claim_note, flow_line

__all__ = ["BASES", "THEMES", "claim_note", "flow_line", "said_of_check", "theme_report"]
