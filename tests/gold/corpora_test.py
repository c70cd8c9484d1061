#!/usr/bin/env python3
"""All records of the larger corpora go through trace within two gigabytes and without a crash."""
import json, os, pathlib, resource, subprocess, sys, tempfile

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
sys.exit(code != 0 or usage.ru_maxrss > 2 * 1024 * 1024 or len(r["documents"]) < 10000)
