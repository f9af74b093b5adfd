"""SRQR, for qualitative research, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

SRQR = Checklist(
    key="srqr",
    name="SRQR",
    title="Qualitative research",
    source="O'Brien et al. 2014, Academic Medicine 89, 1245–1251",
    items=(
        ChecklistItem("S1", "Title", "topic, and that the study is qualitative or by which approach"),
        ChecklistItem("S2", "Abstract", "the main parts of the study in the journal's form"),
        ChecklistItem("S3", "Problem", "what is studied and why, with theory and earlier work"),
        ChecklistItem("S4", "Purpose", "the aims or research questions"),
        ChecklistItem(
            "S5",
            "Approach and paradigm",
            "which approach, with which theory and view of knowledge, and why",
            ("design", "origin"),
            "theory, paradigm and the reasons",
        ),
        ChecklistItem(
            "S6",
            "Researchers and reflexivity",
            "who they are, how they stand to participants and topic, and what that does",
            ("coders",),
            "who they are and how they stand to the topic",
        ),
        ChecklistItem("S7", "Context", "setting, and what in it matters"),
        ChecklistItem(
            "S8",
            "Sampling",
            "how and why people were chosen, and when it was enough",
            ("sampling",),
            "the reasons, and when it was enough",
        ),
        ChecklistItem(
            "S9", "Ethics", "approval and consent, confidentiality", ("protection",), "approval and consent"
        ),
        ChecklistItem(
            "S10",
            "Collecting data",
            "which data, how and when, and what changed on the way",
            ("items", "dates"),
            "how and when answers were collected",
        ),
        ChecklistItem(
            "S11", "Instruments", "questions and devices, and whether they changed", ("questions",)
        ),
        ChecklistItem(
            "S12",
            "Units of study",
            "how many people and documents, and who they are",
            ("flow", "characteristics"),
        ),
        ChecklistItem(
            "S13",
            "Processing",
            "how data were prepared, kept, checked, coded and made anonymous",
            ("files", "protection", "integrity"),
        ),
        ChecklistItem(
            "S14", "Analysis", "how themes came about, who took part in it", ("coding", "origin", "coders")
        ),
        ChecklistItem(
            "S15",
            "Trustworthiness",
            "what was done for it: several coders, an audit trail, member checks",
            ("agreement", "settled", "integrity", "memos"),
            "other measures, as member checks",
        ),
        ChecklistItem(
            "S16", "Findings", "the main ones: interpretations, themes", ("outcomes",), "the interpretation"
        ),
        ChecklistItem("S17", "Evidence", "quotes and the like for each finding", ("quotes",)),
        ChecklistItem("S18", "Earlier work", "how findings fit in, and what they add"),
        ChecklistItem(
            "S19", "Limitations", "of trustworthiness and findings", ("limits",), "the judgement itself"
        ),
        ChecklistItem("S20", "Conflicts of interest", "and how they were handled"),
        ChecklistItem("S21", "Funding", "who paid, and their part in the study"),
    ),
)
