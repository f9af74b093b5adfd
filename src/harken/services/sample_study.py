"""The sample study: a project made from the synthetic files that come with Harken."""

from __future__ import annotations

import tempfile
from pathlib import Path

from harken.errors import HarkenError, ProjectFileError
from harken.importers.layout import ImportOptions, Layout
from harken.model import TextList
from harken.services.codebooks import import_codebook
from harken.services.codings import import_codings
from harken.services.importing import Progress, import_survey, open_survey_file, rules_of_lists
from harken.services.project import Project
from harken.services.studies import add_coders

TITLE = "Sharing diagnostic images (SYNTHETIC sample study)"
PROJECT_FILE = "synthetic_sample.db"
LEAD = "ada"
NEWCOMER = "you"
"""A coder without decisions, as whom the coding screen opens."""

_LAYOUT = ImportOptions(
    layout=Layout.WIDE,
    id="participant",
    groups=("group",),
    attributes=("age_band", "setting"),
    closed=("wants_access", "how_soon", "who_explains", "images_should_be_shared"),
    questions=("q_benefits", "q_risks", "q_requirements"),
    required=("q_benefits", "q_risks"),
)
_TEXTS = {
    TextList.NON_RESPONSE: ("[no answer]",),
    TextList.NO_CONTENT: (
        *("n/a", "na", "-", ".", "?", "x", "don't know", "dont know", "not sure", "no idea", "idk"),
        *("no comment", "q_requirements=none", "q_requirements=nothing", "q_requirements=nothing special"),
    ),
    TextList.NONE_STATED: (
        *("q_benefits=none", "q_benefits=no benefit", "q_benefits=no benefits", "q_risks=none"),
        *("q_risks=nothing", "q_risks=no", "q_risks=no risk", "q_risks=no risks", "q_risks=none really"),
    ),
}


def packed(folder: str) -> Path:
    """A folder that travels with Harken: inside the installed package, else beside its sources."""
    package = Path(__file__).resolve().parents[1]
    for place in (package / "_packaged" / folder, package.parents[1] / folder):
        if place.is_dir():
            return place
    raise HarkenError(f"This installation lacks the folder {folder}; install Harken again.")


def build_sample_study(folder: Path, *, progress: Progress | None = None) -> Path:
    """Make the sample project in `folder`, whole or not at all; returns its file. An old one is refused."""
    path = folder / PROJECT_FILE
    if path.exists():
        raise ProjectFileError(f"{path} exists already; name another folder, or use it as it is.")
    with tempfile.TemporaryDirectory(prefix=".harken-", dir=folder) as draft:
        _build(Path(draft) / PROJECT_FILE, progress).rename(path)
    return path


def _build(path: Path, progress: Progress | None) -> Path:
    samples = packed("sample_data")
    with Project.create(path, title=TITLE, lead=LEAD) as project:
        store, actor = project.store, project.actor
        file = open_survey_file(samples / "synthetic_survey.csv", _LAYOUT, progress=progress)
        rules = rules_of_lists(_TEXTS, questions=_LAYOUT.questions)
        import_survey(store, file, actor=actor, rules=rules, progress=progress)
        import_codebook(store, packed("codebooks") / "image_sharing.yaml", actor=actor)
        import_codings(store, samples / "synthetic_codings.csv", actor=actor)
        add_coders(store, [NEWCOMER], actor=actor)
    return path
