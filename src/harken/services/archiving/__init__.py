"""Archives for data repositories."""

from harken.services.archiving.archiving import Archive, archive_project, archive_report
from harken.services.archiving.choices import ArchiveOptions, TextChoice

__all__ = ["Archive", "ArchiveOptions", "TextChoice", "archive_project", "archive_report"]
