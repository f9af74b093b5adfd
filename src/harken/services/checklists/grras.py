"""GRRAS, for studies of reliability and agreement, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

GRRAS = Checklist(
    key="grras",
    name="GRRAS",
    title="Reliability and agreement",
    source="Kottner et al. 2011, Journal of Clinical Epidemiology 64, 96–106",
    items=(
        ChecklistItem(
            "1", "Title or abstract", "that agreement was looked at", ("grras_1",), "the title itself"
        ),
        ChecklistItem("2", "Instrument", "with what responses were rated", ("grras_2",)),
        ChecklistItem("3", "Subjects", "whose responses were rated", ("grras_3",)),
        ChecklistItem("4", "Raters", "who rated", ("grras_4",)),
        ChecklistItem("5", "What is known", "earlier figures, and why the study was made"),
        ChecklistItem("6", "Sample size", "how it came about", ("grras_6",)),
        ChecklistItem("7", "Sampling", "how responses and raters were chosen", ("grras_7",)),
        ChecklistItem("8", "Rating", "how it was done: times, what was known, what was hidden", ("grras_8",)),
        ChecklistItem("9", "Independence", "whether ratings were made apart", ("grras_9",)),
        ChecklistItem("10", "Statistics", "which figures, with what uncertainty", ("grras_10",)),
        ChecklistItem("11", "Numbers", "of raters, responses and repeats", ("grras_11",)),
        ChecklistItem(
            "12", "Who they are", "training and experience of raters; the people rated", ("grras_12",)
        ),
        ChecklistItem("13", "Estimates", "agreement with its uncertainty", ("grras_13",)),
        ChecklistItem("14", "Relevance", "what the figures mean in practice", ("grras_14",)),
        ChecklistItem("15", "Detailed results", "somewhere, as online", ("grras_15",)),
    ),
)
