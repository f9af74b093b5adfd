"""Agreement between coders: what they both decided, measured, as a result and as a report."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harken.services.agreeing.comparing.measuring import measure_agreement
    from harken.services.agreeing.disagreements.finding import Disagreed, find_disagreements
    from harken.services.agreeing.files.measuring import measure_file_agreement
    from harken.services.agreeing.reporting import agreement_report
    from harken.services.agreeing.result import Agreement
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

_MODULE_OF = {
    "Agreement": "result",
    "Disagreed": "disagreements.finding",
    "Yardstick": "yardstick",
    "agreement_report": "reporting",
    "find_disagreements": "disagreements.finding",
    "measure_agreement": "comparing.measuring",
    "measure_file_agreement": "files.measuring",
}


def __getattr__(name: str) -> object:
    # Loaded when asked for: a meeting's agenda lists disagreements, which takes no figures.
    if name in _MODULE_OF:
        return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
