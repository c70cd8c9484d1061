#!/usr/bin/env python3
"""Time, memory and completeness of trace on a corpus of dated items.

    news.py SUYUAN BENCH-SORT CORPUS.jsonl.gz

Completeness is checked by brute force: every sentence of 20 letters and more that stands word for word in two items must
be linked there, or stand within occurrences of formulas; and no text that is older than a chain's first appearance may have
the chain's head word for word. Growth is the slope of log seconds against log (letters + links)
over a quarter, a half and all of the corpus.
"""
import collections, gzip, json, math, pathlib, re, resource, subprocess, sys, tempfile

program, sorter, corpus = sys.argv[1:4]
lines = gzip.open(corpus, "rt", encoding="utf-8").read().splitlines()
points = []
with tempfile.TemporaryDirectory() as folder:
    report = pathlib.Path(folder) / "report.json"
    for share in (4, 2, 1):
        part = pathlib.Path(folder) / "part.jsonl"
        part.write_text("\n".join(lines[:len(lines) // share]) + "\n", "utf-8")
        letters = sum(len(json.loads(l)["text"]) for l in lines[:len(lines) // share])
        subprocess.run([program, "trace", part, "--format", "json", "--include", "alignments,formulas,texts", "-o", report])
        links = len(json.load(open(report, encoding="utf-8"))["alignments"])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        plain = pathlib.Path(folder) / "plain.json"
        run = subprocess.run(["/usr/bin/time", "-f", "%U %S %M", program, "trace", part, "--format", "json", "--jobs", "1", "-o", plain],
                             capture_output=True, text=True)
        user, system, kilobytes = run.stderr.split()[-3:]
        seconds = float(user) + float(system)
        keys = float(subprocess.run([sorter, str(letters)], capture_output=True, text=True).stdout)
        points.append((math.log(letters + links), math.log(seconds)))
        print(f"{part.stat().st_size / 1e6:.1f} MB, {letters} characters, {links} links: {seconds:.2f} s, {int(kilobytes) / 1024:.0f} MB, "
              f"{seconds / keys:.1f} times std::sort of as many keys")
    r = json.load(open(report, encoding="utf-8"))
n = len(points)
mx, my = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
print(f"growth exponent {sum((x - mx) * (y - my) for x, y in points) / sum((x - mx) ** 2 for x, _ in points):.2f}")

stands = collections.defaultdict(dict)
for d in r["documents"]:
    for m in re.finditer(r"[^。！？\n]+", d["text"]):
        letters = "".join(c for c in m.group() if c.isalnum())
        if len(letters) >= 20:
            stands[letters].setdefault(d["id"], m.span())
formulas = collections.defaultdict(list)
for f in r["formulas"]:
    for o in f["occurrences"]:
        formulas[o["document"]].append((o["span"]["start"], o["span"]["end"]))
links = collections.defaultdict(list)
for x in r["alignments"]:
    a, b = ((x[k]["document"], (x[k]["span"]["start"], x[k]["span"]["end"])) for k in "ab")
    links[a[0], b[0]].append((a[1], b[1]))
    links[b[0], a[0]].append((b[1], a[1]))
meets = lambda x, y: min(x[1], y[1]) - max(x[0], y[0])


def within(document, s):
    at = 0
    for x in sorted(formulas[document]):
        at += max(0, min(x[1], s[1]) - max(x[0], s[0]))
    return at >= .5 * (s[1] - s[0])


pairs = linked = formula = 0
for letters, places in stands.items():
    places = sorted(places.items())
    for i, (d, s) in enumerate(places):
        for e, t in places[i + 1:i + 300]:
            pairs += 1
            if any(meets(x, s) >= .8 * len(letters) and meets(y, t) >= .8 * len(letters) for x, y in links[d, e]):
                linked += 1
            elif within(d, s) and within(e, t):
                formula += 1
            else:
                print("missed:", letters)
print(f"{pairs} pairs of places of one sentence: {linked} linked, {formula} in formulas, {(linked + formula) / max(1, pairs):.4f}")

letters_of = lambda text: "".join(c for c in text if c.isalnum())
days = {w["document"]: w["published"]["latest"] for w in r["works"]}
texts = sorted((days[d["id"]], letters_of(d["text"])) for d in r["documents"])
begins = collections.defaultdict(list)
for number, (_, text) in enumerate(texts):
    for gram in {text[i:i + 6] for i in range(len(text) - 5)}:
        begins[gram].append(number)
late = 0
for c in r["chains"]:
    head = letters_of(c["text"])
    day = next(w["date"]["latest"] for w in c["witnesses"] if w["id"] == c["first"])
    if len(head) < 6:
        continue
    rarest = min((head[i:i + 6] for i in range(len(head) - 5)), key=lambda gram: len(begins[gram]))
    if any(texts[n][0] < day and head in texts[n][1] for n in begins[rarest]):
        late += 1
        print("late:", c["text"])
print(f"{len(r['chains'])} chains, the heads of {late} stand word for word in a text before the first")
