#!/usr/bin/env python3
"""Texts made to be hard cost time and memory in proportion to their length, and what recurs in them is in the report."""
import json, pathlib, random, resource, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
rnd = random.Random(5)
letters = [chr(0x4E00 + rnd.randrange(6000)) for _ in range(3000)]
sentence = "　　梯田是一代一代人用手垒起来的，石头不会说话，人要替它说。\n"
book = "".join(p.read_text("utf-8") for p in sorted((root / "data/sample/texts").glob("0[24]*")))
paragraphs = ["　　" + "".join(rnd.choice(letters) + ("，" if i % 15 == 14 else "") for i in range(rnd.randrange(60, 130))) + "。\n" for _ in range(4000)]
article = "".join(rnd.choice(letters) + ("，" if i % 14 == 13 else "") for i in range(600))
papers = [f"　　{article}。\n（《{rnd.choice(letters)}{rnd.choice(letters)}日报》 20{31 + n // 48}年{1 + n % 12}月{1 + n % 4}日）\n" for n in range(400)]
few = letters[:400]  # so that what stands between two places of the sentence has letters in common with what does elsewhere
recurring = "".join("王明在会上说：“这个计划管三十年，更要管好每一条河流。”" + "".join(rnd.choices(few, k=12)) + "。\n" for _ in range(4000))
CASES = {  # name: texts, seconds, megabytes
    "one sentence 10,000 times": ([sentence * 10000], 3, 200),
    "a book against itself": ([book, book + "\n"], 3, 200),
    "a book in another order": (["".join(paragraphs), "".join(rnd.sample(paragraphs, len(paragraphs)))], 3, 300),
    "a million letters without sense": (["".join(rnd.choice(letters) + ("。\n　　" if i % 40 == 39 else "") for i in range(10**6))], 8, 400),
    "a short period": ([("甲乙丙丁戊己庚辛壬癸" * 5 + "。\n") * 2000], 3, 200),
    "one character 10 million times": (["山" * 10**7], 8, 900),
    "one article in 400 papers": (papers, 3, 900),
    "one quotation among others' words": ([recurring], 6, 900),
    "one quotation in two texts": ([recurring[:len(recurring) // 2], recurring[len(recurring) // 2:]], 6, 900),
}
faults = []
for name, (texts, seconds, megabytes) in CASES.items():
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, text in enumerate(texts):
            paths.append(pathlib.Path(folder) / f"{n}.txt")
            paths[-1].write_text(text, "utf-8")
        report = pathlib.Path(folder) / "report.json"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run = subprocess.run([program, "trace", *paths, "--format", "json", "--include", "alignments,formulas", "-o", report],
                             timeout=120, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took, most = after.ru_utime - before.ru_utime, after.ru_maxrss / 1024
        r = json.load(open(report, encoding="utf-8"))
        found = len(r["formulas"]) + len(r["alignments"])
        print(f"{name}: {took:.2f} s, at most {most:.0f} MB so far, {len(r['alignments'])} alignments, {len(r['formulas'])} formulas")
        if run.returncode not in (0, 1) or took > seconds or most > megabytes:
            faults.append(f"{name}: status {run.returncode}, {took:.2f} s, {most:.0f} MB")
        if name.startswith("one article") and not (399 <= len(r["alignments"]) < 1000 and len(r["chains"]) == 1
                                                   and len(r["chains"][0]["witnesses"]) >= 400):
            faults.append(f"{name}: {len(r['alignments'])} alignments, chains of {[len(c['witnesses']) for c in r['chains']]}")
        if (found == 0) != ("without sense" in name):
            faults.append(f"{name}: found {found}")
print(*faults, sep="\n")
sys.exit(bool(faults))
