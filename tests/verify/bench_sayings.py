#!/usr/bin/env python3
"""Words in marks that nobody is said to say, drawn from the news: what verify says of them as they stand (each item a
draft, checked against all the others), and of the same words with one letter changed.

    bench_sayings.py PROGRAM NEWS.jsonl.gz [ITEMS [SEED]]

What it says of words as they stand and calls changed is printed, to be read: it is a slip of the news or a false alarm.
"""
import collections
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

REASON = "nobody-is-said-to-say-it"
COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"


def verify(program, draft, library, out):
    done = subprocess.run([program, "verify", str(draft), "--against", library, "--format", "json", "-o", str(out)])
    if done.returncode > 1:
        sys.exit(done.returncode)
    return [q for q in json.loads(out.read_text())["quotations"] if q["form"] != "unmarked"]


def altered(text, rnd):
    han = [i for i, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"][1:-1]
    at = rnd.choice(han)
    kind = rnd.choice(["another", "left out", "put in", "exchanged"])
    if kind == "exchanged" and text[at] != text[at - 1] and at - 1 in han:
        return kind, text[:at - 1] + text[at] + text[at - 1] + text[at + 1:]
    if kind == "left out":
        return kind, text[:at] + text[at + 1:]
    letter = rnd.choice([c for c in COMMON if c != text[at]])
    if kind == "put in":
        return kind, text[:at] + letter + text[at:]
    return "another", text[:at] + letter + text[at + 1:]


def main():
    program, news = sys.argv[1:3]
    rnd = random.Random(int(sys.argv[4]) if len(sys.argv) > 4 else 6)
    with gzip.open(news, "rt", encoding="utf-8") as f:
        items = f.read().splitlines()
    items = rnd.sample(items, min(len(items), int(sys.argv[3]) if len(sys.argv) > 3 else 3000))
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "drafts.jsonl").write_text("\n".join(items) + "\n", encoding="utf-8")
        told = [q for q in verify(program, folder / "drafts.jsonl", news, folder / "a.json") if q["reason"] == REASON]
        print("items", len(items))
        print("told", dict(sorted(collections.Counter(q["level"] for q in told).items())))
        for q in told:
            if q["level"] == "check":
                print("called changed", q["text"], q["sources"][0]["text"], sep="\t")
        cases = [(text, *altered(text, rnd)) for text in sorted({q["text"] for q in told if q["level"] == "ok"})]
        (folder / "draft.txt").write_text(
            "各地见闻\n\n" + "".join(f"我们看到“{changed}”的景象，到处都是。\n\n" for _, _, changed in cases), encoding="utf-8")
        found = {q["text"]: q["verdict"] for q in verify(program, folder / "draft.txt", news, folder / "b.json")}
        table = collections.defaultdict(collections.Counter)
        for _, kind, changed in cases:
            table[kind][found.get(changed, "nothing said")] += 1
        print("one letter changed", len(cases))
        for kind in sorted(table):
            print(kind, dict(sorted(table[kind].items())), sep="\t")


main()
