"""Which codes go together on the same people."""

from harken.services.cooccurring.counting import count_pairs
from harken.services.cooccurring.report import PairOrder, cooccurrence_report
from harken.services.cooccurring.result import CodePair, Cooccurrence

__all__ = ["CodePair", "Cooccurrence", "PairOrder", "cooccurrence_report", "count_pairs"]
