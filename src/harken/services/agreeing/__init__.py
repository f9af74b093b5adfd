"""Agreement between coders: what they both decided, measured, as a result and as a report."""

from harken.services.agreeing.comparing.measuring import measure_agreement
from harken.services.agreeing.disagreements.finding import find_disagreements
from harken.services.agreeing.files.measuring import measure_file_agreement
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
