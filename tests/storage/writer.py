"""A program of its own that decides answers: `writer.py FILE CODER FIRST LAST FOLDER MODE`.

It says `ready`, waits for a line, then says `saved N` after each commit that came back, and at the end the
longest wait. With MODE `standard` it uses the standard library's SQLite.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

if sys.argv[5] == "standard":
    sys.modules["pysqlite3"] = None  # type: ignore[assignment]

from storage_study import decision, draft_one

from harken.storage import survey
from harken.storage.codebooks import stored_codebook
from harken.storage.coding import decide
from harken.storage.store import Store


def main(file: str, coder: str, first: str, last: str) -> None:
    longest = 0.0
    with Store.open(Path(file)) as store:
        codebook = stored_codebook(store)
        keys = [response.key for response in survey.responses(store)]
        print("ready", flush=True)
        sys.stdin.readline()
        for number in range(int(first), int(last)):
            one = decision(
                keys[number].participant,
                "theme.trust",
                "theme.fear",
                question=keys[number].question,
                coder=coder,
                memo=f"{coder} on {number}",
            )
            began = time.perf_counter()
            draft_one(store, keys[number].participant, "theme.trust", coder=coder)
            with store.action(coder) as action:
                decide(action, codebook, one)
            longest = max(longest, time.perf_counter() - began)
            print(f"saved {number}", flush=True)
    print(f"longest {longest:.6f}", flush=True)


main(*sys.argv[1:5])
