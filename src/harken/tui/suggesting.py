"""Suggestions that another process makes, kept ready for the answers that come next."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable

from harken.model import Codebook, Response, Suggestion
from harken.suggesters.worker import SuggestionWorker


class SuggestionDesk:
    """Asks the worker and keeps what it gives by response; `ready` never waits.

    The callbacks run in the worker's thread: they should post a message and return.
    """

    def __init__(
        self,
        codebook: Codebook,
        *,
        on_ready: Callable[[int], object],
        on_off: Callable[[str], object],
        make_worker: Callable[..., SuggestionWorker] = SuggestionWorker,
    ) -> None:
        self._ready: dict[Hashable, tuple[Suggestion, ...]] = {}
        self._on_ready = on_ready
        self._worker = make_worker(codebook, on_suggestions=self._keep, on_off=on_off)

    def start(self) -> None:
        self._worker.start()

    def ready(self, response: Response) -> tuple[Suggestion, ...] | None:
        """What is suggested for the response, or None if it has not come yet."""
        return self._ready.get(response.id)

    def ask(self, response: Response) -> None:
        """Ask for the answer that is open now, before all others."""
        self._worker.request(response.id, response.text, response.key.question)

    def prepare(self, responses: Iterable[Response]) -> None:
        for response in responses:
            if response.id not in self._ready:
                self._worker.prefetch(response.id, response.text, response.key.question)

    def change_codebook(self, codebook: Codebook) -> None:
        self._worker.update_codebook(codebook)
        self._ready.clear()

    def close(self) -> None:
        self._worker.close()

    def _keep(self, id: Hashable, suggestions: tuple[Suggestion, ...]) -> None:
        self._ready[id] = suggestions
        if isinstance(id, int):
            self._on_ready(id)
