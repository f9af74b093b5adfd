"""The README of an archive: what is in it, under which conditions, and how to check and cite it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from harken._version import __version__
from harken.errors import many
from harken.exporters.archive_file import CHECKSUMS
from harken.services.archiving.choices import ArchiveOptions, TextChoice
from harken.services.archiving.dictionary import DICTIONARY
from harken.services.describing.facts import StudyFacts

README = "README.md"
FILES: Mapping[str, str] = {
    README: "this page",
    DICTIONARY: "every column of every table: type, meaning, values",
    "participants.csv": "a row a participant: whether they are analysed, and their groups",
    "answers.csv": "a row a response",
    "codings.csv": "a row a code that a coder gave to a response; `harken codings import` takes it",
    "rounds.csv": "the rounds of coding",
    "codebook.yaml": "the codebook; `harken codebook import` takes it",
    "codebook.csv": "the codebook as a table",
    "themes.csv": "theme frequencies: of all people, and by each group column",
    "memos.csv": "memos and the diary",
    "methods.txt": "the methods section, with the numbers of this study",
    "journal.jsonl": "every event of the project in its order, a line each",
    "project_hash.txt": "SHA-256 over the sorted hashes of the events",
    "verify.py": "checks files and journal; needs Python 3 alone",
    CHECKSUMS: "SHA-256 of every other file, as `sha256sum -c` reads it",
}
"""What an archive may hold, in the order of the page."""

_TEXTS = {
    TextChoice.NONE: "No text of an answer or memo is in this archive. The codebook has no examples, and "
    "wordings that repeat an answer are left out.",
    TextChoice.REDACTED: "Texts are in this archive with brackets in the place of what was marked as "
    "identifying. Marked words are replaced wherever they are repeated, also in other people's answers. "
    "What nobody marked stands as it was written.",
    TextChoice.FULL: "Texts are in this archive as they were written, identifying words among them.",
}


def readme(
    facts: StudyFacts,
    options: ArchiveOptions,
    *,
    files: Iterable[str],
    left_out: Sequence[str],
    withheld: Mapping[str, int],
    n_events: int,
    n_withdrawn: int,
) -> str:
    """The page, in Markdown."""
    return "\n".join(
        _lines(
            facts,
            options,
            files=set(files),
            left_out=left_out,
            withheld=withheld,
            n_events=n_events,
            n_withdrawn=n_withdrawn,
        )
    )


def _lines(
    facts: StudyFacts,
    options: ArchiveOptions,
    *,
    files: set[str],
    left_out: Sequence[str],
    withheld: Mapping[str, int],
    n_events: int,
    n_withdrawn: int,
) -> Iterator[str]:
    yield f"# {' '.join(facts.title.split()) or 'A study'}: data and codings"
    yield ""
    yield f"Packed with Harken {__version__} (`harken archive --text {options.text.value}`)."
    yield f"Project hash: `{facts.project_hash}`"
    yield ""
    yield "## What is in it"
    yield ""
    yield "| file | what it is |"
    yield "|---|---|"
    for name, what in FILES.items():
        if name in files or name in (README, CHECKSUMS):
            yield f"| `{name}` | {what} |"
    yield ""
    yield "Tables are CSV: UTF-8, commas, a heading line, empty cells for what is not there. Times are UTC."
    yield "`participant`, `question` and `occasion` together name a response in every table."
    yield ""
    yield "## What is not in it"
    yield ""
    yield _TEXTS[options.text]
    if left_out:
        yield f"Columns of the survey that were left out: {', '.join(left_out)}."
    if options.has_pseudonyms:
        yield "Participants go under pseudonyms; the key stays with the project."
    else:
        yield "Participants go under the ids of the survey file, in the journal, too."
    if n_withdrawn:
        yield (
            f"{many(n_withdrawn, 'participant')} withdrew: their answers are erased everywhere; "
            "the journal still tells that they were there."
        )
    if withheld:
        reasons = ", ".join(f"{n:,} ({why})" for why, n in sorted(withheld.items()))
        yield (
            f"Of {many(n_events, 'event')} in the journal these stand as bare hashes, so that the project "
            f"hash still verifies: {reasons}."
        )
    yield ""
    yield "## How to check it"
    yield ""
    yield "    python verify.py"
    yield ""
    yield (
        "It compares every file with its checksum, every event with its own hash, and all of them with the "
        "project hash. That hash proves something only if it was noted elsewhere, as in the paper."
    )
    yield ""
    yield "## How to cite it"
    yield ""
    yield (
        f"[Authors] ([year]). {' '.join(facts.title.split()) or '[Title]'}: data and codings [Data set]. "
        f"[Repository]. [DOI]. Project hash {facts.project_hash[:12]}."
    )
    yield ""
