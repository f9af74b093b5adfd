"""Theme tables: people counted by theme and group, by a stated basis, on printed bases."""

from harken.services.tabulating.figures import Base
from harken.services.tabulating.from_counts import tabulate_counts, without_hidden_checks
from harken.services.tabulating.reporting import theme_report
from harken.services.tabulating.result import ThemeTable
from harken.services.tabulating.tabulate import tabulate

__all__ = ["Base", "ThemeTable", "tabulate", "tabulate_counts", "theme_report", "without_hidden_checks"]
