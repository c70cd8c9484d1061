#!/usr/bin/env python3
"""Who says what in the real sources, against a reading by hand (quotations.tsv: offsets and labels). Every quotation there is
found, at least 95 % of its speakers are right, and nothing under eight Han characters is listed as a quotation."""
import json, os, pathlib, re, subprocess, sys

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
corpus = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared")) / "corpus/seeds"
if not corpus.is_dir():
    print(f"skipped: no real sources at {corpus}")
    sys.exit(77)
report = json.loads(subprocess.run([program, "inspect", str(corpus), "--format", "json"], capture_output=True).stdout)
found, short = {}, []
for d in report["documents"]:
    for w in d["works"]:
        for q in w["quotations"]:
            if q["form"] == "indirect":
                continue
            found.setdefault(pathlib.Path(d["path"]).name, []).append(q)
            if len(re.findall(r"[\u3400-\u9fff]", q["text"])) < 8:
                short.append(q["text"])
missed, wrong, total = [], [], 0
for line in (root / "tests/gold/quotations.tsv").read_text("utf-8").splitlines():
    if line.startswith("#"):
        continue
    name, start, end, speaker = line.split("\t")
    start, end, total = int(start), int(end), total + 1
    hits = [q for q in found.get(name, [])
            if min(q["span"]["end"], end) - max(q["span"]["start"], start) >= 0.9 * max(end - start, q["span"]["end"] - q["span"]["start"])]
    if not hits:
        missed.append(line)
    elif (hits[0]["speaker"] or "-") != speaker:
        wrong.append(f"{line}: {hits[0]['speaker']}")
listed = sum(map(len, found.values()))
print(f"quotations {total - len(missed)} of {total} found, speakers {total - len(missed) - len(wrong)} right, listed {listed}, short {len(short)}")
for line in missed + wrong + short:
    print(" ", line)
sys.exit(bool(missed or short or len(wrong) > 0.05 * total or listed > total * 1.05))
