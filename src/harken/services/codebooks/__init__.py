"""The codebook: taking it in and giving it out, changing it, taking that back, its history and its use."""

from harken.services.codebooks.exchange import (
    CodebookImport,
    check_codebook_file,
    current_codebook,
    export_codebook,
    import_codebook,
    read_codebook_file,
)
from harken.services.codebooks.report import codebook_report, codebook_title

__all__ = [
    "CodebookImport",
    "check_codebook_file",
    "codebook_report",
    "codebook_title",
    "current_codebook",
    "export_codebook",
    "import_codebook",
    "read_codebook_file",
]
