"""The study in words: the methods section, who took part, the codebook, and notes, for the paper's pages."""

from harken.services.describing.codebook import codebook_report, codebook_section
from harken.services.describing.facts import StudyFacts, read_facts
from harken.services.describing.memos import memos_section
from harken.services.describing.methods import methods_paragraphs, methods_section
from harken.services.describing.participants import ParticipantTable, describe_participants
from harken.services.describing.participants_page import participants_report, participants_section
from harken.services.describing.protecting import protect_participants

__all__ = [
    "ParticipantTable",
    "StudyFacts",
    "codebook_report",
    "codebook_section",
    "describe_participants",
    "memos_section",
    "methods_paragraphs",
    "methods_section",
    "participants_report",
    "participants_section",
    "protect_participants",
    "read_facts",
]
