"""The log of what was released with small counts hidden, and what two releases tell together."""

from harken.services.releasing.noting import note_release
from harken.services.releasing.report import releases_report
from harken.services.releasing.result import Release, Releases, list_releases

__all__ = ["Release", "Releases", "list_releases", "note_release", "releases_report"]
