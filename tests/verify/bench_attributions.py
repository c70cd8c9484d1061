#!/usr/bin/env python3
"""What verify says of where words come from, on reports of the news: quotations of reports whose title names who spoke and
where, with right and wrong speakers, occasions and years before and behind them; and real items as drafts, each against all
the others.

    bench_attributions.py PROGRAM NEWS.jsonl.gz [--check] [SEED]

Every alarm on a real item is printed, to be read. --check fails where a right source is called wrong, where a wrong one is
borne out more often than in one case of 40, or where more than one real item of 200 has an alarm.
"""
import collections
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

TITLE = re.compile(r"(\w{2,3}?)(?:总书记|主席)?(在|出席|主持召开)(.{3,26}?)(?:时|上)?(?:并)?(?:发表重要讲话|强调|指出|发表主旨)")
GATHERING = re.compile("会|班|式|谈|典礼")
CASES, ITEMS = 80, 800


def verify(program, drafts, library, out):
    done = subprocess.run([program, "verify", *map(str, drafts), "--against", library, "--format", "json", "-o", str(out)])
    if done.returncode > 1:
        sys.exit(done.returncode)
    report = json.loads(out.read_text())
    paths = {d["id"]: d["path"] for d in report["documents"]}
    return [dict(q, path=paths[q["document"]]) for q in report["quotations"] if q["form"] != "unmarked"]


def passages(items):
    """Of each report: who speaks, where, on what day, and two sentences of one led speech."""
    for item in items:
        m = TITLE.match(item["title"])
        if not m:
            continue
        who = m.group(1)
        for paragraph in item["text"].split("\n"):
            led = re.match(rf"{who}(?:总书记|主席)?(?:指出|强调|表示)，(.+)", paragraph.strip())
            sentences = re.findall("[^。！？]+[。！？]", led.group(1)) if led else []
            words = "".join(sentences[:2])
            if len(sentences) > 1 and 30 <= len(words) <= 130 and not re.search(f"{who}|强调|指出|[“”]", words):
                yield {"who": who, "of": m.group(2), "where": re.sub("(时|上|并)$", "", m.group(3)), "words": words,
                       "day": "{}年{:d}月{:d}日".format(*map(int, item["date"].split("-")))}
                break


def at(p):
    return f"在{p['where']}" + ("上" if GATHERING.search(p["where"]) and p["of"] != "在" else "时")


def planted(cases):
    """By kind: whether the source is right, and the sentence."""
    out = collections.defaultdict(list)
    for n, p in enumerate(cases):
        other, words = cases[(n + 23) % len(cases)], f"“{p['words']}”"
        year = int(p["day"][:4])
        someone = next(q["who"] for q in cases[n:] + cases if q["who"] != p["who"])
        for kind, right, sentence in [
                ("before", True, f"{p['day'][:5]}，{p['who']}{at(p)}强调：{words}"),
                ("in brackets", True, f"{words}（{p['day']}{p['who']}{at(p)}的讲话）"),
                ("another occasion", False, f"{p['who']}{at(other)}强调：{words}"),
                ("another occasion in brackets", False, f"{words}（{p['day']}{p['who']}{at(other)}的讲话）"),
                ("another year", False, f"{year - 1}年，{p['who']}{at(p)}强调：{words}"),
                ("the report of a congress", False, f"党的十九大报告指出，{words}"),
                ("at a congress", False, f"{p['who']}在党的十九大报告中指出，{words}"),
                ("another speaker", False, f"{someone}强调：{words}")]:
            if right or kind not in ("another occasion", "another occasion in brackets") or p["where"] != other["where"]:
                out[kind, right].append(sentence)
    return out


def main():
    check = "--check" in sys.argv
    program, news, *seed = [a for a in sys.argv[1:] if a != "--check"]
    rnd = random.Random(int(seed[0]) if seed else 7)
    with gzip.open(news, "rt", encoding="utf-8") as f:
        items = [json.loads(line) for line in f]
    cases = list(passages(items))
    cases = rnd.sample(cases, min(len(cases), CASES))
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        kinds = planted(cases)
        names = {}
        for n, ((kind, right), sentences) in enumerate(kinds.items()):
            path = folder / f"{n}.txt"
            path.write_text("学习札记\n\n2026年3月1日\n\n" + "\n\n".join("　　" + s for s in sentences) + "\n", encoding="utf-8")
            names[str(path)] = kind, right
        told = collections.defaultdict(collections.Counter)
        for q in verify(program, names, news, folder / "a.json"):
            if q["form"] == "direct":
                flag = ("misattributed" if "misattributed" in q["flags"] else
                        "unchecked" if "claim-unchecked" in q["flags"] else "borne out or nothing said")
                told[names[q["path"]]][flag] += 1
        for (kind, right), counts in sorted(told.items(), key=lambda x: (not x[0][1], x[0][0])):
            print("right" if right else "wrong", kind, dict(sorted(counts.items())), sep="\t")
            if right and counts["misattributed"] or not right and counts["borne out or nothing said"] * 40 > sum(counts.values()):
                failed.append(kind)
        drafts = [i for i in items if re.search("“[^”]{10,}”", i["text"]) or re.search("(时|上|中)，?(\\w{2,8})?(指出|强调)", i["text"])]
        drafts = rnd.sample(drafts, min(len(drafts), ITEMS))
        (folder / "drafts.jsonl").write_text("".join(json.dumps(i, ensure_ascii=False) + "\n" for i in drafts), encoding="utf-8")
        real = verify(program, [folder / "drafts.jsonl"], news, folder / "b.json")
        alarms = [q for q in real if "misattributed" in q["flags"]]
        print(f"real items {len(drafts)}", f"quotations {len(real)}", f"alarms {len(alarms)}", sep="\t")
        for q in alarms:
            claims = [(c["kind"], c["text"], c["found"]) for c in q["claims"] if c["result"] == "differs"]
            print("alarm", q["text"], q["attribution"] and q["attribution"]["text"], claims, sep="\t")
        if len(alarms) * 200 > len(drafts):
            failed.append("real items")
    if check and failed:
        sys.exit(f"beyond the bound: {failed}")


if __name__ == "__main__":
    main()
