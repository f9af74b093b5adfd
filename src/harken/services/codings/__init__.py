"""The codings file: decisions of any coders in, every decision out."""

from harken.services.codings.exporting import export_codings
from harken.services.codings.importing import Progress, import_codings
from harken.services.codings.result import CodingsImport

__all__ = ["CodingsImport", "Progress", "export_codings", "import_codings"]
