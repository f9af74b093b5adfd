"""CHERRIES, for surveys on the internet, in our own words."""

from __future__ import annotations

from harken.services.checklists.items import Checklist, ChecklistItem

CHERRIES = Checklist(
    key="cherries",
    name="CHERRIES",
    title="Surveys on the internet",
    source="Eysenbach 2004, Journal of Medical Internet Research 6(3), e34",
    numbering="CHERRIES has no numbers: these count its items in their order.",
    items=(
        ChecklistItem(
            "1",
            "Survey design",
            "the people meant, the frame, and whether it is a convenience sample",
            ("sampling",),
            "the people meant and the frame",
        ),
        ChecklistItem("2", "Ethics approval", "whether a board approved the study"),
        ChecklistItem("3", "Informed consent", "how it was given, and what people were told"),
        ChecklistItem(
            "4",
            "Data protection",
            "how personal data were kept safe",
            ("protection",),
            "how they were kept before they came here",
        ),
        ChecklistItem("5", "Development and testing", "how the questionnaire was made and tried out"),
        ChecklistItem("6", "Open or closed survey", "whether anybody could take part, or known people only"),
        ChecklistItem("7", "Contact mode", "whether people were first met on the internet"),
        ChecklistItem("8", "Advertising", "how and in which words it was made known"),
        ChecklistItem("9", "Web or e-mail", "by which way answers came, and whether they were typed in"),
        ChecklistItem("10", "Context", "on which site it stood, and whom that site draws"),
        ChecklistItem("11", "Mandatory or voluntary", "whether people had to fill it in"),
        ChecklistItem("12", "Incentives", "what was offered for it"),
        ChecklistItem("13", "Time", "when answers were collected"),
        ChecklistItem("14", "Order of items", "whether it was made random"),
        ChecklistItem(
            "15",
            "Adaptive questioning",
            "whether items depended on earlier answers",
            ("routing",),
            "other dependence between items",
        ),
        ChecklistItem(
            "16",
            "Number of items",
            "how many there were, and how many on a page",
            ("items",),
            "how many on a page",
        ),
        ChecklistItem("17", "Number of pages", "over how many pages they went"),
        ChecklistItem(
            "18",
            "Completeness check",
            "whether gaps were noticed before sending, and items could be declined",
        ),
        ChecklistItem("19", "Review step", "whether people could go back and change answers"),
        ChecklistItem("20", "Unique visitor", "how one visitor was told from another"),
        ChecklistItem("21", "View rate", "visitors of the survey by visitors of the site"),
        ChecklistItem("22", "Participation rate", "people who began by visitors of the first page"),
        ChecklistItem(
            "23",
            "Completion rate",
            "people who finished by those who began",
            ("completion",),
            "how many began",
        ),
        ChecklistItem("24", "Cookies", "whether they kept people from answering twice"),
        ChecklistItem("25", "IP check", "whether addresses did"),
        ChecklistItem("26", "Log file analysis", "other ways to find answers given twice"),
        ChecklistItem("27", "Registration", "whether people signed in, and how that kept entries single"),
        ChecklistItem(
            "28",
            "Incomplete questionnaires",
            "whether they were analysed, and from which point on",
            ("missing", "exclusions"),
        ),
        ChecklistItem("29", "Atypical times", "whether some were left out for having been too quick"),
        ChecklistItem("30", "Statistical correction", "weights or the like", ("weights",)),
    ),
)
