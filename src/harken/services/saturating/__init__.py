"""Whether a study still found new codes when it ended."""

from harken.services.saturating.measuring import CountedUnit, measure_saturation
from harken.services.saturating.report import saturation_report
from harken.services.saturating.result import Saturation

__all__ = ["CountedUnit", "Saturation", "measure_saturation", "saturation_report"]
