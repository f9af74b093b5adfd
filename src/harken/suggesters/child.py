"""The other side of `SuggestionWorker`: a line of JSON in, a line of JSON out, until the input ends."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from harken.codebook import codebook_from_data
from harken.errors import HarkenError
from harken.plugins import CodeSuggester, load_suggester
from harken.suggesters.messages import suggestion_as_data

NICENESS = 5
"""The screen that waits for the answers goes first."""


def main() -> None:
    """Answer until standard input ends; whatever libraries print goes to standard error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(NICENESS)
    # What a library prints must not come between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    try:
        for answer in answer_all(sys.stdin.buffer):
            answers.write(json.dumps(answer).encode() + b"\n")
            answers.flush()
    except BrokenPipeError:
        # Whoever asked is gone.
        os._exit(0)


def answer_all(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """A codebook is answered by the version of the suggester made for it, an answer's text by suggestions."""
    suggester: CodeSuggester | None = None
    for line in lines:
        message = json.loads(line)
        if "codebook" in message:
            try:
                suggester = load_suggester(codebook_from_data(message["codebook"]), name=message["suggester"])
            except HarkenError as error:
                yield {"error": str(error)}
                continue
            # What is loaded at first use is loaded now.
            suggester.suggest("word", "")
            yield {"version": suggester.version}
        elif suggester is None:
            yield {"error": "No codebook has come before the first answer."}
        else:
            found = suggester.suggest(message["text"], message["question"], top=message["top"])
            yield {"suggestions": [suggestion_as_data(suggestion) for suggestion in found]}


if __name__ == "__main__":
    main()
