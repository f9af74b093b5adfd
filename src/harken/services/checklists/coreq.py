"""COREQ, for interviews and focus groups, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

COREQ = Checklist(
    key="coreq",
    name="COREQ",
    title="Interviews and focus groups",
    source="Tong et al. 2007, International Journal for Quality in Health Care 19, 349–357",
    numbering="COREQ is made for interviews and focus groups: of a written survey some items do not apply.",
    items=(
        ChecklistItem("1", "Interviewer", "who asked", ("written",)),
        ChecklistItem("2", "Credentials", "degrees of the researchers"),
        ChecklistItem("3", "Occupation", "what they did at the time"),
        ChecklistItem("4", "Gender", "of the researchers"),
        ChecklistItem("5", "Experience", "and training of the researchers"),
        ChecklistItem("6", "Relationship", "whether participants knew them before"),
        ChecklistItem("7", "What participants knew", "of the researchers and their aims"),
        ChecklistItem("8", "Interviewer's traits", "interests and assumptions", ("written",)),
        ChecklistItem("9", "Orientation", "the methodology behind the study", ("design",), "its theory"),
        ChecklistItem("10", "Sampling", "how participants were chosen", ("sampling",)),
        ChecklistItem("11", "Way of approach", "how they were reached"),
        ChecklistItem("12", "Sample size", "how many took part", ("flow",)),
        ChecklistItem(
            "13",
            "Non-participation",
            "how many did not or dropped out, and why",
            ("exclusions",),
            "how many declined",
        ),
        ChecklistItem("14", "Setting", "where data were collected"),
        ChecklistItem("15", "Others present", "who else was there", ("written",)),
        ChecklistItem("16", "Sample", "what matters of the participants", ("characteristics",)),
        ChecklistItem(
            "17",
            "Guide",
            "the questions, and whether they were tried out",
            ("questions",),
            "whether they were tried out",
        ),
        ChecklistItem("18", "Repeats", "whether people were asked again", ("occasions",)),
        ChecklistItem("19", "Recording", "of sound or pictures", ("written",)),
        ChecklistItem("20", "Field notes", "whether they were made", ("memos",)),
        ChecklistItem("21", "Duration", "how long it took"),
        ChecklistItem("22", "Saturation", "whether it was discussed"),
        ChecklistItem("23", "Transcripts", "whether participants saw them", ("written",)),
        ChecklistItem("24", "Coders", "how many there were", ("n_coders",)),
        ChecklistItem("25", "Coding tree", "whether it is described", ("codebook",)),
        ChecklistItem("26", "Where themes come from", "from the data, or laid down before", ("origin",)),
        ChecklistItem("27", "Software", "which was used", ("software",)),
        ChecklistItem("28", "Participants' check", "whether they commented on the findings"),
        ChecklistItem("29", "Quotes", "shown for the findings, each with its participant", ("quotes",)),
        ChecklistItem("30", "Consistency", "between data and findings"),
        ChecklistItem("31", "Major themes", "clearly told", ("outcomes",)),
        ChecklistItem("32", "Minor themes", "and diverse cases", ("outcomes",)),
    ),
)
