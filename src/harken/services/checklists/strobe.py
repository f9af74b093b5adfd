"""STROBE, for cross-sectional studies, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

STROBE = Checklist(
    key="strobe",
    name="STROBE",
    title="Observational studies: cross-sectional",
    source="von Elm et al. 2007, STrengthening the Reporting of OBservational studies in Epidemiology",
    items=(
        ChecklistItem("1a", "Title", "the design under its usual name in title or abstract"),
        ChecklistItem("1b", "Abstract", "a balanced summary of what was done and found"),
        ChecklistItem("2", "Background", "why the study was made, and on what knowledge"),
        ChecklistItem(
            "3",
            "Objectives",
            "its aims, and which hypotheses stood beforehand",
            ("prespecified",),
            "the aims",
        ),
        ChecklistItem("4", "Design", "its main features, early on", ("design",), "the wider design"),
        ChecklistItem(
            "5",
            "Setting",
            "where and when people were recruited and asked",
            ("dates",),
            "places, and the dates of recruitment and data collection",
        ),
        ChecklistItem(
            "6a",
            "Participants",
            "who could take part, and how people were found and chosen",
            ("sampling", "exclusions"),
            "who could take part, and how people were recruited",
        ),
        ChecklistItem(
            "7",
            "Variables",
            "what every outcome, group and possible confounder is",
            ("variables", "codebook"),
            "possible confounders",
        ),
        ChecklistItem(
            "8",
            "Measurement",
            "where each figure comes from and how it was obtained, alike in all groups",
            ("coding", "agreement"),
            "whether groups were asked alike",
        ),
        ChecklistItem("9", "Bias", "what was done against sources of bias", ("blinding", "length")),
        ChecklistItem("10", "Study size", "how the number of people came about"),
        ChecklistItem(
            "11", "Quantities", "how numbers were handled, and why groups are cut as they are", ("groups",)
        ),
        ChecklistItem(
            "12a", "Statistics", "every method, those against confounding among them", ("statistics",)
        ),
        ChecklistItem("12b", "Subgroups", "how subgroups and interactions were looked at", ("comparisons",)),
        ChecklistItem("12c", "Missing data", "what was done about them", ("missing",)),
        ChecklistItem(
            "12d", "Sampling in the analysis", "how the analysis allows for the sampling", ("claims",)
        ),
        ChecklistItem("12e", "Sensitivity", "analyses that test how far results hold", ("sensitivity",)),
        ChecklistItem(
            "13a", "Numbers", "how many people there were at each stage", ("flow",), "how many were asked"
        ),
        ChecklistItem("13b", "Losses", "why people are missing at each stage", ("exclusions",)),
        ChecklistItem("13c", "Flow diagram", "worth drawing one", ("flow_diagram",)),
        ChecklistItem("14a", "Characteristics", "who the participants are", ("characteristics",)),
        ChecklistItem("14b", "Gaps", "of how many people each variable is missing", ("missing_by_question",)),
        ChecklistItem("15", "Outcomes", "how many people had each outcome", ("outcomes",)),
        ChecklistItem(
            "16a",
            "Estimates",
            "unadjusted and adjusted ones with their precision, and what was adjusted for",
            ("estimates",),
        ),
        ChecklistItem("16b", "Categories", "the limits by which numbers were grouped"),
        ChecklistItem("16c", "Absolute risk", "relative figures turned into absolute ones", ("absolute",)),
        ChecklistItem("17", "Other analyses", "subgroups, interactions, sensitivity", ("sensitivity",)),
        ChecklistItem("18", "Key results", "what they say on the aims"),
        ChecklistItem(
            "19",
            "Limitations",
            "sources of bias and imprecision, and which way they may lead",
            ("limits",),
            "their direction and size",
        ),
        ChecklistItem("20", "Interpretation", "a cautious reading of all of it"),
        ChecklistItem(
            "21", "Generalisability", "for whom else the results hold", ("claims",), "the judgement itself"
        ),
        ChecklistItem("22", "Funding", "who paid, and their part in the study"),
    ),
)
