#!/usr/bin/env python3
"""The measures on the five real sources, printed and floored. They are not part of the project: the test looks for
them beside it (../shared, or SUYUAN_SHARED) and says that it was skipped where they are absent."""
import json, os, pathlib, resource, subprocess, sys, tempfile

program, validate, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
shared = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared"))
seeds, gold, score = shared / "corpus/seeds", shared / "gold/gold.json", shared / "tools/score.py"
if not (seeds.is_dir() and gold.is_file() and score.is_file()):
    print("skipped: the real sources are not at", shared)
    sys.exit(77)
FLOORS = ["align.recall=0.97", "align.precision=0.97", "align.granularity<=1.05", "align.load<=1.5", "edits.f1=0.90",
          "chain.recall=0.97", "chain.first=1.0", "chain.noise<=0.10", "works.ends=0.95", "works.dates=0.95", "works.dates_wrong<=0"]
faults = []
with tempfile.TemporaryDirectory() as folder:
    report = pathlib.Path(folder) / "report.json"
    args = [program, "trace", seeds, "--format", "json", "--include", "alignments"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    code = subprocess.run([*args, "-o", report]).returncode
    print(f"trace of the five sources: {resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before:.2f} s of processor time")
    if code != 0:
        faults.append(f"trace ended with {code}")
    if subprocess.run([validate, root / "data/schema/report.schema.json", report]).returncode != 0:
        faults.append("the report departs from its schema")
    floors = [x for f in FLOORS for x in ("--floor", f)]
    if subprocess.run([sys.executable, score, report, "--gold", gold, "--corpus", seeds, *floors]).returncode != 0:
        faults.append("a measure is below its floor")
    paths = sorted(seeds.iterdir())
    same = [subprocess.run([program, "trace", *p, "--format", "json", "--jobs", j], capture_output=True).stdout
            for p, j in ((paths, "1"), (paths[::-1], "2"))]
    if same[0] != same[1]:
        faults.append("threads or the order of the paths change the report")
    # One article in two forms: three differences of wording, everything else folds away or is structure.
    out = subprocess.run([program, "diff", paths[0], paths[4], "--format", "json"], capture_output=True).stdout
    alignments = [a for a in json.loads(out)["alignments"] if len(a["edits"]) and a["b"]["span"]["end"] - a["b"]["span"]["start"] > 2000]
    wording = [(e["from"]["text"], e["to"]["text"]) for e in alignments[0]["edits"] if e["class"] == "wording"]
    if wording != [("轉移", ""), ("改造", ""), ("為", "成")] or len(alignments) != 1:
        faults.append(f"diff shows as wording {wording}")
    classes = {e["class"] for e in alignments[0]["edits"]}
    if classes != {"wording", "structure"}:
        faults.append(f"diff shows {classes}")
print(*faults, sep="\n")
sys.exit(bool(faults))
