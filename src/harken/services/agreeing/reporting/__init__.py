"""Agreement on a page: the short view that a reviewer reads first, and everything on request."""

from harken.services.agreeing.reporting.methods import methods_paragraph
from harken.services.agreeing.reporting.page import agreement_report

__all__ = ["agreement_report", "methods_paragraph"]
