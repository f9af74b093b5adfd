"""Agreement between coders: what they both decided, measured, as a result and as a report."""

from harken.services.agreeing.measuring import measure_agreement
from harken.services.agreeing.report import agreement_report
from harken.services.agreeing.result import Agreement

__all__ = ["Agreement", "agreement_report", "measure_agreement"]
