"""RTARG, for reflexive thematic analysis, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

RTARG = Checklist(
    key="rtarg",
    name="RTARG",
    title="Reflexive thematic analysis",
    source="Braun and Clarke 2024, Palliative Medicine 38, 608–616",
    numbering="RTARG is a guide to reflect with, by the parts of a report: topics and numbers are ours. Hold "
    "the finished report against the guide itself.",
    items=(
        ChecklistItem("1", "Title and abstract", "that the analysis is reflexive, in fitting words"),
        ChecklistItem("2", "Introduction", "why the question is asked, and where the researchers stand"),
        ChecklistItem(
            "3",
            "Approach",
            "that it is reflexive thematic analysis, with its sources, and why",
            ("design",),
            "the reasons",
        ),
        ChecklistItem("4", "Theory", "the view of knowledge and language it rests on"),
        ChecklistItem(
            "5",
            "Researchers",
            "who they are and how that took part in the reading",
            ("coders", "memos"),
            "their standpoints",
        ),
        ChecklistItem(
            "6",
            "Participants and data",
            "whose answers, how they came about, and why they are enough, without a claim of saturation",
            ("flow", "items"),
            "how answers were collected, and why they are enough",
        ),
        ChecklistItem(
            "7", "Ethics", "approval, consent, confidentiality", ("protection",), "approval and consent"
        ),
        ChecklistItem(
            "8",
            "Process",
            "what was done in this study at each phase, not the phases of a book",
            ("coding", "origin", "memos"),
            "how themes were made from codes",
        ),
        ChecklistItem(
            "9",
            "Several researchers",
            "what working together was for: richer readings, not agreement",
            ("together",),
        ),
        ChecklistItem(
            "10",
            "Quality",
            "means that fit the approach; no coefficients of agreement, no claim to be free of bias",
            ("integrity", "memos"),
        ),
        ChecklistItem(
            "11", "Themes", "shared meaning around an idea, not topics; named and told", ("analytic_themes",)
        ),
        ChecklistItem("12", "Evidence", "extracts over many people, read and not just shown", ("quotes",)),
        ChecklistItem("13", "Counting", "whether figures are given, and what for", ("counting",)),
        ChecklistItem("14", "Discussion", "what the themes add, and to whom they may speak"),
        ChecklistItem("15", "Limits", "of this study, not of the approach as such"),
    ),
)
