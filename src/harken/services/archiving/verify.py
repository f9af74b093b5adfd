"""The program that goes into every archive: it checks the files and the journal without Harken."""

from __future__ import annotations

VERIFY = '''"""Checks this archive: run it in the folder where it was unpacked. Needs Python 3 alone."""

import hashlib
import json
import sys


def canonical(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


faults = []
for line in open("checksums.sha256", encoding="utf-8"):
    wanted, name = line.rstrip("\\n").split("  ", 1)
    with open(name, "rb") as file:
        if sha256(file.read()) != wanted:
            faults.append(f"{name} was changed")

hashes, n_withheld = [], 0
for line in open("journal.jsonl", encoding="utf-8"):
    event = json.loads(line)
    if "withheld" in event:
        n_withheld += 1
    else:
        parts = ("id", "counter", "at", "actor", "kind")
        sealed = [*(event[part] for part in parts), canonical(event["payload"]), event["parent"]]
        if sha256(canonical(sealed).encode()) != event["hash"]:
            faults.append(f"event {event['id']} does not match its hash")
    hashes.append(event["hash"])

found = sha256(b"".join(bytes.fromhex(one) for one in sorted(hashes)))
with open("project_hash.txt", encoding="utf-8") as file:
    stated = file.read().strip()
if found != stated:
    faults.append(f"the journal gives the project hash {found}, not {stated}")

print(f"{len(hashes)} events, {n_withheld} of them as bare hashes; project hash {found}")
for fault in faults:
    print(f"FAULT: {fault}")
print("not as it was made" if faults else "all as it was made")
sys.exit(1 if faults else 0)
'''
