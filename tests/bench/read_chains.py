#!/usr/bin/env python3
"""read_chains.py REPORT.jsonl [COUNT [SEED [bands]]]: draws chains of `trace --format jsonl` for a reader to judge.

Every chain has the same chance; the same file, count and seed give the same ones. With `bands` as many are drawn from each of
four bands of length, in Han characters of the longest witness beside the head. Printed for each: the head, the three
dates that matter, and each witness in order with all that it has, what stands beside it and how it differs from its
nearest, so that a clause of a long head that is a stock phrase, or a place that is another occasion's, is seen as well.
"""
import json, random, sys

path, count, seed = sys.argv[1], int((sys.argv + [100])[2]), int((sys.argv + [100, 1])[3])
with open(path, encoding="utf-8") as lines:
    chains = list(lines)
WITNESSES = 14  # shown of a chain: the first, those least like the head and those that hold least of it
BESIDE = 16  # letters shown before and after a place


def length(line):
    c = json.loads(line)
    return max(sum("\u4e00" <= x <= "\u9fff" for x in w["text"]) for w in c["witnesses"] if w["id"] != c["head"])


bands = [range(len(chains))]
if "bands" in sys.argv[4:]:
    lengths = list(map(length, chains))
    bands = [[i for i, n in enumerate(lengths) if least <= n < under]
             for least, under in ((0, 20), (20, 40), (40, 80), (80, sys.maxsize))]
for line in (i for band in bands for i in sorted(random.Random(seed).sample(band, min(count, len(band))))):
    c = json.loads(chains[line])
    works = {w["id"]: w for w in c["works"]}
    day = lambda w: w["date"]["latest"] or w["date"]["earliest"] or "?"
    names = {w["id"]: works[w["work"]]["siglum"] for w in c["witnesses"]}
    whole = lambda w: f"{w['before'][-BESIDE:]}⟦{w['text']}⟧{w['after'][:BESIDE]}".replace("\n", "↵")
    head = next(w for w in c["witnesses"] if w["id"] == c["head"])
    print(f"\n{c['id']}  {len(c['text'])} characters, {len(c['witnesses'])} witnesses, "
          f"first {names[c['first']]} {'≈ ' + ' '.join(names[r] for r in c['rivals']) if 'rivals' in c else ''}"
          f"\n  HEAD {names[c['head']]} {head.get('speaker') or '–'}: {whole(head)}")
    for part in c.get("earlier_parts", []):
        print(f"  earlier {works[part['work']]['siglum']} {day(part)} {part['speaker'] or '–'}: ⟦{part['text']}⟧")
    if c["first_part"] != c["first"]:
        print(f"  first to hold a part: {names[c['first_part']]}")
    others = [w for w in c["witnesses"] if w["id"] != c["head"]]
    doubtful = sorted(others, key=lambda w: (w.get("nearest", {}).get("similarity", 1), w["extent"]))
    least = sorted(others, key=lambda w: w["extent"])
    half = WITNESSES // 2 - 1
    shown = {c["witnesses"][0]["id"], c["first"], *(w["id"] for w in doubtful[:half] + least[:half])}
    for w in others:
        if w["id"] not in shown:
            continue
        n = w.get("nearest")
        edits = "; ".join(f"{e['from']['text'] or '–'}→{e['to']['text'] or '–'}"[:40] for e in n["edits"]
                          if e["class"] not in ("punctuation", "structure"))[:200] if n else ""
        print(f"  {'*' if w['id'] == c['first'] else ' '} {names[w['id']]} {day(w)} {round(100 * w['extent'])}% "
              f"{w.get('speaker') or '–'}: {'=' if w['text'] == c['text'] else whole(w)}  {'[' + edits + ']' if edits else ''}".rstrip())
