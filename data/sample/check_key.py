#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Checks key.json against the five sample texts in texts/ (python3, standard library only; exit 1 on a fault).

Offsets are Unicode code points of the decoded file, half-open. Checked: every `text` is the file's slice;
families are numbered and sorted by their first's date and place, witnesses by date and place; each witness
lies in one work and bears its date; `first` is the earliest dated witness with at least half of the letters
of the family's longest witness; `edits` occur in the two texts; no two spans of a kind overlap.
"""
import json, pathlib, re, sys

HERE = pathlib.Path(__file__).resolve().parent
KEY = json.loads((HERE / "key.json").read_text("utf-8"))
TEXTS = HERE / "texts"
FILES = sorted(p.name for p in TEXTS.glob("0*"))
TEXT = {n: (TEXTS / n).read_bytes().decode("utf-8") for n in FILES}
KINDS = {"verbatim", "variant", "abridged", "expanded", "composite", "reordered"}
CLASSES = {"wording", "punctuation", "numeral", "form", "structure", "reporting"}
faults = []


def need(ok, *what):
    if not ok:
        faults.append(" ".join(map(str, what)))


def plain(s):  # without pinyin glosses, page number lines, list dashes and blanks
    s = re.sub(r"\([a-z\u00e0-\u01dc]+\d?\)|\n\s*\d+\s*\n|\n- ", "", s)
    return re.sub(r"\s", "", s)


def letters(s):
    return sum(c.isalnum() for c in plain(s))


def latest(date):  # a partial date counts as its last day, no date as after all dates
    return "9999" if date is None else date + "-12-31"[len(date) - 4:]


def place(x):
    return x["file"], x["start"], x["end"]


def order(w):
    return latest(w["date"]), w["file"], w["start"]


def apart(spans, what):
    spans = sorted(spans, key=place)
    for a, b in zip(spans, spans[1:]):
        need(a["file"] != b["file"] or a["end"] <= b["start"], what, "overlap", place(a), place(b))


firsts, witnesses = [], []
for n, fam in enumerate(KEY["families"], 1):
    need(fam["id"] == n, "family", n, "has id", fam["id"])
    ws = fam["witnesses"]
    need(len(ws) > 1 and ws == sorted(ws, key=order), "family", n, "witnesses not sorted")
    half = max(letters(w["text"]) for w in ws) / 2
    due = min((w for w in ws if letters(w["text"]) >= half), key=order)
    need(place(due) == place(fam["first"]) and due["date"], "family", n, "first should be", place(due))
    firsts.append(order(due))
    for w in ws:
        where = (n,) + place(w)
        need(TEXT[w["file"]][w["start"]:w["end"]] == w["text"], where, "text is not the slice")
        need(letters(w["text"]) >= 12, where, "shorter than 12 letters")
        need(w["kind"] in KINDS and all(e["class"] in CLASSES for e in w["edits"]), where, "kind or class unknown")
        need(w["kind"] != "verbatim" or all(e["class"] == "punctuation" for e in w["edits"]), where, "not verbatim")
        for e in w["edits"]:
            need(e["from"] != e["to"] and e["from"] in plain(due["text"]) and e["to"] in plain(w["text"]), where, e)
        home = [k for k in KEY["works"] if k["file"] == w["file"] and k["start"] <= w["start"] and w["end"] <= k["end"]]
        need(len(home) == 1 and home[0]["published"] == w["date"], where, "not in a work of that date")
        witnesses.append(w)
need(firsts == sorted(firsts), "families not sorted")

others = [s for q in KEY["not_quotations"] for s in q["spans"]]
for s in others:
    need(TEXT[s["file"]][s["start"]:s["end"]] == s["text"], place(s), "text is not the slice")
apart(witnesses + others, "witnesses and not_quotations")
apart(KEY["works"], "works")
for n in FILES:
    need("\r" not in TEXT[n] and "\ufeff" not in TEXT[n], n, "has CR or a byte order mark")

print("\n".join(faults) or "key.json is right: %d families, %d witnesses, %d works, %d characters" % (
    len(firsts), len(witnesses), len(KEY["works"]), sum(map(len, TEXT.values()))))
sys.exit(bool(faults))
