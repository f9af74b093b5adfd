"""Theme tables: people counted by theme and group, by a stated basis, on printed bases."""

from harken.services.tabulating.figures import Base
from harken.services.tabulating.report import theme_report
from harken.services.tabulating.result import ThemeTable
from harken.services.tabulating.tabulate import tabulate

__all__ = ["Base", "ThemeTable", "tabulate", "theme_report"]
