#!/usr/bin/env python3
"""labels_test.py ROOT: every label that the page asks for is in data/labels, once, in both languages."""
import pathlib, re, sys

root = pathlib.Path(sys.argv[1])
rows = [l.split("\t") for l in (root / "data/labels/labels.tsv").read_text("utf-8").splitlines() if l and l[0] != "#"]
faults = [f"{r}: not key, English, Chinese" for r in rows if len(r) != 3 or not all(r)]
keys = [r[0] for r in rows]
faults += [f"{k}: twice" for k in sorted(set(keys)) if keys.count(k) > 1]
faults += [f"{r[0]}: a number in one language alone" for r in rows if ("{n}" in r[1]) != ("{n}" in r[2])]
script = (root / "src/web/page/app.js").read_text("utf-8")
asked = set(re.findall(r"\bt\('([^']+)'\)", script)) | set(re.findall(r"'([^'\n;`]*\{n\}[^'\n;`]*)'", script))
asked.discard("{n}")
faults += [f"{k}: asked for by the page, and no label" for k in sorted(asked - set(keys))]
print(*faults, sep="\n")
print(f"{len(rows)} labels, {len(asked)} asked for by the page")
sys.exit(bool(faults) or len(asked) < 50)
