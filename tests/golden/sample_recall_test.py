#!/usr/bin/env python3
"""The sample's key against a trace of the sample: every planted family is one chain that holds its witnesses and
knows its first appearance. Floors, so that tuning cannot lose links."""
import json, pathlib, subprocess, sys

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
key = json.loads((root / "data/sample/key.json").read_text("utf-8"))
out = subprocess.run([program, "trace", "data/sample/texts", "--format", "json"], cwd=root, capture_output=True).stdout
report = json.loads(out)
name = {d["id"]: pathlib.Path(d["path"]).name for d in report["documents"]}


def holds(w, k):  # the witness covers half of the planted span
    s = w["span"]
    return name[w["document"]] == k["file"] and min(s["end"], k["end"]) - max(s["start"], k["start"]) >= 0.5 * (k["end"] - k["start"])


found = total = firsts = 0
for f in key["families"]:
    best, best_chain = -1, None
    for c in report["chains"]:
        n = sum(any(holds(w, k) for w in c["witnesses"]) for k in f["witnesses"])
        if n > best:
            best, best_chain = n, c
    found, total = found + best, total + len(f["witnesses"])
    first = next(w for w in best_chain["witnesses"] if w["id"] == best_chain["first"])
    right = holds(first, f["first"])
    firsts += right
    print(f"family {f['id']} {f['title']}: {best_chain['id']} holds {best}/{len(f['witnesses'])}, first {'right' if right else 'wrong'}")
recall, first = found / total, firsts / len(key["families"])
print(f"witnesses {recall:.3f} (floor 0.90), first appearances {first:.3f} (floor 1.00)")
sys.exit(recall < 0.90 or first < 1.0)
