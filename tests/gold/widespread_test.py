#!/usr/bin/env python3
"""What everybody quotes is one chain that begins with its source: invented sayings in an older speech, each set into some
hundred of 3,000 real news items, between marks or reported, with a letter changed, shortened. Each has a chain with nearly
all of its places, few others hold it beside a neighbouring sentence, and it is found when asked for with a letter changed.

    widespread_test.py SUYUAN ROOT
"""
import gzip, json, os, pathlib, random, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
corpus = pathlib.Path(os.environ.get("SUYUAN_CORPUS", root.parent / "shared/corpus")) / "news-2023-2024.jsonl.gz"
if not corpus.is_file():
    print(f"skipped: no news at {corpus}")
    sys.exit(77)
SPEAKER = "郗望澜"
SAYINGS = ["山谷里的风从来不问来路，只把种子带到肯生根的石缝，人的志气也该如此",
           "要把每一粒散落的谷子都捡回仓里，不让种田人的汗水白白流进沟渠",
           "办学堂不能只看楼盖得高不高，更要看灯亮得久不久、书翻得旧不旧",
           "石匠的尺子量的是石头，百姓的尺子量的是良心，两把尺子都不能短"]
SHORTENED = SAYINGS[3].rsplit("，", 1)[0]
rnd = random.Random(2)


def changed(saying, to):
    at = rnd.choice([i for i, c in enumerate(saying) if c not in "，、"])
    return saying[:at] + to + saying[at + 1:]


def quoted(n):  # what is set into the nth item, and which saying it is
    says = rnd.choice(["指出", "强调", "曾说", "在会上说"])
    if n % 15 == 3:
        return 0, f"{SPEAKER}{says}，“{SAYINGS[0]}。”"
    if n % 30 == 4:
        return 1, f"{SPEAKER}{says}，{SAYINGS[1]}。"
    if n % 40 == 5:
        return 2, f"{SPEAKER}{says}，“{changed(SAYINGS[2], rnd.choice('山水火土木金'))}。”"
    if n % 33 == 6:
        return 3, f"{SPEAKER}说过，{SHORTENED}。"
    return None


items = [x for x in map(json.loads, gzip.open(corpus, "rt", encoding="utf-8")) if len(x["text"]) > 200]
items = sorted(rnd.sample(items, 3000), key=lambda x: x["date"])
places = [0] * len(SAYINGS)
records = [{"id": "speech", "title": f"{SPEAKER}在山乡工作会议上的讲话", "outlet": "云川日报", "date": "2022-12-20",
            "text": "同志们：" + "。".join(SAYINGS) + "。今天的会就开到这里，散会之后各自回去把事情办好。"}]
for n, item in enumerate(items):
    if of := quoted(n):
        at = rnd.choice([i + 1 for i, c in enumerate(item["text"]) if c == "。"] or [len(item["text"])])
        item["text"] = item["text"][:at] + of[1] + item["text"][at:]
        places[of[0]] += 1
    records.append(item)

faults = []
with tempfile.TemporaryDirectory() as folder:
    source, report = pathlib.Path(folder) / "news.jsonl", pathlib.Path(folder) / "report.json"
    source.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
    subprocess.run([program, "trace", source, "--format", "json", "-o", report], check=True)
    r = json.load(open(report, encoding="utf-8"))
    works = {w["id"]: w for w in r["works"]}
    for n, saying in enumerate(SAYINGS):
        chains = [c for c in r["chains"] if saying[:6] in c["text"] or saying[-6:] in c["text"]]
        best = max(chains, key=lambda c: len(c["witnesses"]), default=None)
        held = {w["document"] for w in best["witnesses"]} if best else set()
        first = next(works[w["work"]]["outlet"]["text"] if isinstance(works[w["work"]].get("outlet"), dict) else works[w["work"]].get("outlet")
                     for w in best["witnesses"] if w["id"] == best["first"]) if best else None
        asked = changed(SHORTENED if n == 3 else saying, "锣")
        found = json.loads(subprocess.run([program, "find", source, "--text", asked, "--format", "json"], capture_output=True).stdout)
        met = {w["document"] for c in found["chains"] for w in c["witnesses"] if w["id"] != c["head"]}
        print(f"{saying[:12]}…: {places[n] + 1} texts; a chain of {len(held)}, first {first}, {len(chains) - 1} other chains; "
              f"asked with a letter changed: {len(met)}")
        if len(held) < .95 * (places[n] + 1) or first != "云川日报":
            faults.append(f"{saying[:12]}: its chain has {len(held)} of {places[n] + 1}, first {first}")
        if len(chains) > 1 + places[n] / 10:
            faults.append(f"{saying[:12]}: {len(chains) - 1} other chains")
        if len(met) < .9 * (places[n] + 1):
            faults.append(f"{saying[:12]}: found in {len(met)} of {places[n] + 1}")
print(*faults, sep="\n")
sys.exit(bool(faults))
