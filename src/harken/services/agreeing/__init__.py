"""Agreement between coders: what they both decided, measured, as a result and as a report."""

from harken.services.agreeing.disagreeing import find_disagreements
from harken.services.agreeing.files import measure_file_agreement
from harken.services.agreeing.measuring import measure_agreement
from harken.services.agreeing.reporting import agreement_report
from harken.services.agreeing.result import Agreement, Disagreed
from harken.services.agreeing.yardstick import Yardstick

__all__ = [
    "Agreement",
    "Disagreed",
    "Yardstick",
    "agreement_report",
    "find_disagreements",
    "measure_agreement",
    "measure_file_agreement",
]
