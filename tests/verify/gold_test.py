#!/usr/bin/env python3
"""What `verify` says of the real sources keeps the bounds of the gold; skipped where they are not at hand.

    gold_test.py SUYUAN VALIDATE ROOT
"""
import os, pathlib, subprocess, sys, tempfile

program, validate, root = *(os.path.abspath(a) for a in sys.argv[1:3]), pathlib.Path(sys.argv[3])
shared = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared"))
seeds, gold, score = shared / "corpus/seeds", shared / "gold/gold.json", shared / "tools/score.py"
if not (seeds.is_dir() and gold.is_file() and score.is_file()):
    print("the real sources are not at hand")
    sys.exit(77)
faults = []
with tempfile.TemporaryDirectory() as name:
    report = pathlib.Path(name) / "report.json"
    subprocess.run([program, "verify", seeds, "--against", seeds, "--format", "json", "-o", report])
    if subprocess.run([validate, root / "data/schema/report.schema.json", report]).returncode:
        faults.append("the report on the real sources departs from its schema")
    floors = ["quotes.found=0.98", "quotes.verdict=0.95", "quotes.false_faithful<=0", "quotes.false_alarm<=0"]
    if subprocess.run([sys.executable, score, report, "--gold", gold, "--corpus", seeds, *(x for f in floors for x in ("--floor", f))]).returncode:
        faults.append("a measure of the gold is out of bounds")
print(*faults, sep="\n")
sys.exit(bool(faults))
