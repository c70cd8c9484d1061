#!/usr/bin/env python3
"""All records of the larger corpora go through trace within two gigabytes and without a crash; the damaged ones, and no
others, are said to be damaged and left out. No two chains of the same words share a place."""
import collections, json, os, pathlib, resource, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
shared = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared"))
corpora = sorted((shared / "corpus").glob("*.jsonl.gz"))
if not corpora:
    print("skipped: no corpora at", shared)
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    report = pathlib.Path(folder) / "report.json"
    code = subprocess.run([program, "trace", *corpora, "--format", "json", "-o", report]).returncode
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    r = json.loads(report.read_text("utf-8"))
print(f"{len(r['documents'])} documents, {len(r['chains'])} chains, {usage.ru_maxrss / 1024:.0f} MB, {usage.ru_utime:.1f} s of processor time")
damaged = [d for d in r["diagnostics"] if d["code"] == "mojibake"]
wrong = [d for d in damaged if "mojibake" not in d["source"]] + [d for d in r["documents"] if "mojibake" in d["path"]]
for d in wrong:
    print("sound and taken for damaged, or the reverse:", d)
spans, twins = collections.defaultdict(list), []
for c in r["chains"]:
    words = "".join(x for x in c["text"] if x.isalnum())
    here = [(w["document"], w["span"]["start"], w["span"]["end"]) for w in c["witnesses"]]
    if any(a[0] == b[0] and a[1] < b[2] and b[1] < a[2] for other in spans[words] for a in other for b in here):
        twins.append(c["text"])
    spans[words].append(here)
for words in twins:
    print("two chains of the same words:", words[:60])
wanted = 2 if any("mojibake" in c.name for c in corpora) else 0
sys.exit(code != wanted or bool(damaged) != (wanted == 2) or bool(wrong) or bool(twins) or usage.ru_maxrss > 2 * 1024 * 1024
         or len(r["documents"]) < 10000)
