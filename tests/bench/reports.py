#!/usr/bin/env python3
"""The longest-lived wording of yearly reports: formulas, and words that a report gives between quotation marks.

    reports.py SUYUAN CORPUS.jsonl.gz

Formulas are those of `trace`. Quotations are what `inspect` finds between marks, eight letters and more, each asked for with `find`;
the reports that hold each are counted again by brute force, and a difference is a fault.
"""
import collections, gzip, json, subprocess, sys

program, corpus = sys.argv[1:3]
run = lambda *args: json.loads(subprocess.run([program, *args, "--format", "json"], capture_output=True, check=False).stdout)
letters = lambda text: "".join(c for c in text if c.isalnum())
texts = {(x["date"] or x["title"])[:4]: letters(x["text"]) for x in map(json.loads, gzip.open(corpus, "rt", encoding="utf-8"))}
faults = []


def show(title, rows):
    print(title)
    for (first, last, held), text in sorted(rows, key=lambda r: (r[0][0] - r[0][1], -r[0][2], r[1])):
        print(f"  {first}–{last}, {held} reports: {text}")


def year(work):
    day = work["published"]["latest"] or work["published"]["earliest"]
    return int(day[:4]) if day else None


report = run("trace", corpus, "--include", "formulas")
years = {w["document"]: year(w) for w in report["works"]}
lives = []
for f in report["formulas"]:
    held = {years[o["document"]] for o in f["occurrences"]}
    lives.append(((min(held), max(held), len(held)), f["text"]))
show("formulas", sorted(lives, key=lambda r: (r[0][0] - r[0][1], -r[0][2]))[:12])

marked = collections.OrderedDict()
for d in run("inspect", corpus)["documents"]:
    for w in d["works"]:
        for q in w["quotations"] + w["marked"]:
            if len(letters(q["text"])) >= 8 and q.get("form") != "indirect":
                marked.setdefault(letters(q["text"]), q["text"])
lives = []
for plain, text in marked.items():
    found = run("find", corpus, "--text", text)
    works = {w["id"]: year(w) for w in found["works"]}
    held = {works[w["work"]] for c in found["chains"] for w in c["witnesses"] if w["id"] != c["head"] and plain in letters(w["text"])}
    truth = {int(y) for y, t in texts.items() if plain in t}
    if held != truth:
        faults.append(f"{text}: found in {sorted(held)}, stands in {sorted(truth)}")
    if len(held) > 1:
        lives.append(((min(held), max(held), len(held)), text))
show(f"quotations: {len(marked)} of eight letters and more between marks; those that stand in two reports and more", lives)
print(*faults, sep="\n")
sys.exit(bool(faults))
