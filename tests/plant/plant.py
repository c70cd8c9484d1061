#!/usr/bin/env python3
"""Plant quotations of known origin in other prose, trace it, score what was found.

    plant.py SUYUAN ROOT                    the short form: the sample's texts, quoted amid letters without sense; floors hold
    plant.py SUYUAN ROOT --corpus FILE      the long form: windows of one half of a corpus in the other half; a table

Every cell is a band of lengths (Han characters) and an operation. Seeds are fixed. Measures, over characters of both texts:
recall and precision as PAN defines them (precision over all that is found between a host and the origin of its plant),
case recall (half of the plant found in both texts), granularity (detections of a detected plant) and
plagdet = F1 / log2(1 + granularity). A window counts only where its rarest 5-gram stands in three items at most.
"""
import argparse, collections, difflib, gzip, json, math, pathlib, random, re, subprocess, sys, tempfile

FLOORS = [("recall", .97), ("precision", .95)]  # of the short form, where a window is quoted many times over
BANDS = [(8, 11), (12, 19), (20, 39), (40, 79), (80, 200), (200, 600)]
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
CLAUSE = re.compile(r"[^，。；：！？、“”（）《》\n]+[，。；：！？、“”（）《》\n]*")


def han(t):
    return len(HAN.findall(t))


class Operations:
    """Each takes a window and gives what a careless or busy copyist makes of it, or None where it does not apply."""

    def __init__(self, root, rnd, pool):
        self.rnd, self.pool = rnd, pool
        self.alike = collections.defaultdict(str)
        groups = collections.defaultdict(str)
        for line in (root / "data/lookalikes/lookalikes.tsv").read_text("utf-8").splitlines():
            if line[0] != "#":
                groups[tuple(line.split("\t")[:2])] += line.split("\t")[2]
        for g in groups.values():
            for c in g:
                self.alike[c] += g.replace(c, "")
        self.readings = {}
        for line in (root / "data/readings/readings.tsv").read_text("utf-8").splitlines():
            cells = line.split("\t")
            if line and line[0] != "#" and len(cells[0]) == 1:
                self.readings[cells[0]] = cells[1].split()[0].split(",")[0]

    def exact(self, t):
        return t

    def script(self, t):
        run = subprocess.run(["opencc", "-c", "s2t.json"], input=t, capture_output=True, text=True)
        return run.stdout if run.returncode == 0 else None

    def width(self, t):
        return t.translate(str.maketrans("，。；：！？（）0123456789", ",.;:!?()０１２３４５６７８９"))

    def gloss(self, t):
        return "".join(c + (f"({self.readings[c]})" if c in self.readings and self.rnd.random() < .15 else "") for c in t)

    def layout(self, t):
        return "".join(c + (" " if self.rnd.random() < .2 else "") for c in t)

    def folds(self, t):
        t = self.script(t)
        return t and self.gloss(self.layout(self.width(t)))

    def substitute(self, t, share, letters, choose):
        out, n, least = list(t), han(t), 0
        places = [i for i, c in enumerate(t) if HAN.match(c)]
        budget = int(n * share)
        if budget == 0 and share >= .05:
            return None
        while budget > 0 and places:
            at = self.rnd.randrange(len(places))
            size = min(letters, budget)
            for k in places[at:at + size]:
                out[k] = choose(t[k])
            budget -= len(places[at:at + size])
            del places[at:at + size]
        return "".join(out)

    def slip(self, c):
        return self.rnd.choice(self.alike[c]) if self.alike.get(c) else self.rnd.choice(self.pool)

    def ocr(self, share):
        return lambda t: "".join(self.slip(c) if HAN.match(c) and self.rnd.random() < share else c for c in t)

    def words(self, share):
        return lambda t: self.substitute(t, share, 2, lambda c: self.rnd.choice(self.pool))

    def letters(self, share):
        return lambda t: self.substitute(t, share, 1, lambda c: self.rnd.choice(self.pool))

    def clauses(self, t, least):
        c = CLAUSE.findall(t)
        return c if len(c) >= least else None

    def omit(self, mark):
        def run(t):
            c = self.clauses(t, 3)
            if not c:
                return None
            at = self.rnd.randrange(1, len(c) - 1)
            left, right = "".join(c[:at]), "".join(c[at + 1:])
            return left + mark + right if min(han(left), han(right)) >= 8 else None
        return run

    def add(self, t):
        c = self.clauses(t, 2)
        if not c:
            return None
        at = self.rnd.randrange(1, len(c))
        return "".join(c[:at]) + "".join(self.rnd.choice(self.pool) for _ in range(6)) + "，" + "".join(c[at:])

    def swap(self, t):
        c = self.clauses(t, 2)
        if not c:
            return None
        at = self.rnd.randrange(len(c) - 1)
        if min(han(c[at]), han(c[at + 1])) < 6:
            return None
        c[at], c[at + 1] = c[at + 1], c[at]
        return "".join(c)

    def word(self, w):
        def run(t):
            places = [i for i in range(2, len(t) - 2) if HAN.match(t[i - 1]) and HAN.match(t[i])]
            if not places:
                return None
            at = self.rnd.choice(places)
            return t[:at] + w + t[at:]
        return run

    def all(self):
        return {"exact": self.exact, "script": self.script, "width": self.width, "gloss": self.gloss, "layout": self.layout,
                "all folds": self.folds, "OCR 0.3 %": self.ocr(.003), "OCR 1 %": self.ocr(.01), "OCR 3 %": self.ocr(.03),
                "OCR 10 %": self.ocr(.10), "letters 10 %": self.letters(.10), "words 10 %": self.words(.10),
                "letters 20 %": self.letters(.20), "words 20 %": self.words(.20), "words 35 %": self.words(.35),
                "omission ……": self.omit("……"), "omission": self.omit(""), "addition": self.add, "swap": self.swap,
                "negation": self.word("不"), "numeral": self.word("三"), "modal": self.word("可以"), "name": self.word("王建国")}


# Which operations a band is asked to survive: exact alone under 12, a tenth under 20, a fifth under 40.
def asked(low, name):
    share = {"letters 10 %": 12, "words 10 %": 12, "OCR 10 %": 12, "letters 20 %": 20, "words 20 %": 20, "words 35 %": 40,
             "OCR 3 %": 12, "OCR 1 %": 12, "OCR 0.3 %": 12, "negation": 12, "numeral": 12, "modal": 20, "name": 40,
             "omission ……": 40, "omission": 40, "addition": 40, "swap": 20}
    return low >= share.get(name, 8)


def windows(text, low, high, rare):
    c = CLAUSE.findall(text)
    for i in range(len(c)):
        t = ""
        for j in range(i, len(c)):
            t += c[j]
            w = t.rstrip("，。；：！？、“”（）《》\n")
            if "\n" in w or han(w) > high:
                break
            if han(w) >= low and w.count("“") == w.count("”") and rare(w) and HAN.match(w[0]) and HAN.match(w[-1]):
                yield text.index(w), w


def main():
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("program")
    p.add_argument("root", type=pathlib.Path)
    p.add_argument("--corpus", type=pathlib.Path)
    p.add_argument("--cases", type=int, help="plants for a cell (25; in the short form 2, for the sample is short)")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--only", default="", help="cells whose lower length and operation match this expression, as '12 OCR'")
    p.add_argument("--misses", action="store_true")
    a = p.parse_args()
    rnd = random.Random(a.seed)
    a.cases = a.cases or (25 if a.corpus else 2)
    if a.corpus:
        items = [json.loads(l) for l in gzip.open(a.corpus, "rt", encoding="utf-8")]
        items = [x["text"] for x in items if han(x["text"]) >= 150]
        rnd.shuffle(items)
        origins, hosts = items[:len(items) // 2], items[len(items) // 2:]
    else:
        texts = sorted((a.root / "data/sample/texts").glob("0[24]*"))
        origins = [p for t in texts for p in [re.sub(r"\s*\n\s*", "", t.read_text("utf-8"))]]
        hosts = []
    letters = [c for t in origins for c in t if HAN.match(c)]
    grams = collections.Counter()
    for t in origins + hosts:
        h = "".join(HAN.findall(t))
        grams.update({h[i:i + 5] for i in range(len(h) - 4)})
    ordinary = lambda w: any(grams[h[i:i + 5]] <= 3 for h in ["".join(HAN.findall(w))] for i in range(len(h) - 4))
    operations = Operations(a.root, rnd, letters)
    plan, used, records = [], 0, []
    for n, t in enumerate(origins):
        records.append({"id": f"o{n}", "title": f"起{n}", "date": "2020-01-01", "text": t})
    for low, high in BANDS:
        found = []
        for n in rnd.sample(range(len(origins)), min(len(origins), 600)):
            some = list(windows(origins[n], low, high, ordinary))
            found += [(n, *w) for w in (some if not a.corpus else rnd.sample(some, min(2, len(some))))]
        rnd.shuffle(found)
        for name, operation in operations.all().items():
            if not asked(low, name) or not re.search(a.only, f"{low} {name}"):
                continue
            made = 0
            for k in range(len(found)):
                n, at, w = found[(k + used) % len(found)]
                q = operation(w)
                if not q:
                    continue
                used += 1
                if hosts:
                    host = hosts[len(plan) % len(hosts)]
                else:
                    host = "".join("".join(rnd.choice(letters) for _ in range(rnd.randrange(6, 14))) + rnd.choice("，，。")
                                   for _ in range(24))
                ends = [m.end() for m in re.finditer("。", host)] or [len(host)]
                cut = ends[len(ends) // 2]
                before = host[:cut] + ("有人说，“" if made % 2 else "")
                plan.append({"cell": (low, name), "host": f"h{len(plan)}", "at": (len(before), len(before) + len(q)),
                             "origin": f"o{n}", "of": (at, at + len(w)), "text": w, "quote": q})
                records.append({"id": plan[-1]["host"], "title": f"承{len(plan)}", "date": "2021-01-01",
                                "text": before + q + ("”。" if made % 2 else "。") + host[cut:]})
                made += 1
                if made == a.cases:
                    break
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "plants.jsonl"
        source.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), "utf-8")
        report = pathlib.Path(folder) / "report.json"
        subprocess.run([a.program, "trace", source, "--format", "json", "--include", "alignments", "-o", report], check=True)
        r = json.load(open(report, encoding="utf-8"))
    ids = {d["id"]: d["record"] for d in r["documents"]}
    text = {x["id"]: x["text"] for x in records}
    pairs = collections.defaultdict(list)
    for x in r["alignments"]:
        s = [(ids[x[k]["document"]], (x[k]["span"]["start"], x[k]["span"]["end"])) for k in "ab"]
        for (d, i), (e, j) in (s, s[::-1]):
            if d[0] == "h" and e[0] == "o":
                pairs[d, e].append((i, j))
    cells = collections.defaultdict(lambda: [0] * 7)  # had, wanted, right, found, cases, cases found, detections
    size = lambda t, s, e: han(text[t][max(0, s):max(0, e)])

    def covered(t, spans, s, e):
        total, at = 0, s
        for x, y in sorted(spans):
            x, y = max(x, at), min(y, e)
            if y > x:
                total += size(t, x, y)
                at = y
        return total

    def similar(x, y):
        blocks = difflib.SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks()
        return sum(b.size for b in blocks) >= .6 * min(len(x), len(y))

    for c in plan:
        (s, e), (u, v) = c["at"], c["of"]
        all_of = pairs[c["host"], c["origin"]]
        mine = [(i, j) for i, j in all_of if min(i[1], e) > max(i[0], s) and min(j[1], v) > max(j[0], u)]
        wanted = size(c["host"], s, e), size(c["origin"], u, v)
        had = covered(c["host"], [i for i, _ in mine], s, e), covered(c["origin"], [j for _, j in mine], u, v)
        cell = cells[c["cell"]]
        cell[0] += sum(had)
        cell[1] += sum(wanted)
        cell[2] += sum(had)
        for i, j in all_of:  # a second place of the origin that says the same is neither right nor wrong
            again = (i, j) not in mine and min(i[1], e) - max(i[0], s) >= .8 * (i[1] - i[0]) and \
                similar(text[c["origin"]][j[0]:j[1]], c["text"])
            cell[3] += 0 if again else size(c["host"], *i) + size(c["origin"], *j)
        cell[4] += 1
        cell[5] += had[0] * 2 >= wanted[0] and had[1] * 2 >= wanted[1]
        cell[6] += len(mine)
        if a.misses and had[0] * 2 < wanted[0]:
            print("#", c["cell"], c["host"], c["origin"], c["text"][:60], "|", c["quote"][:60])
    total = [0] * 7
    print("| band | operation | cases | recall | precision | case recall | granularity | plagdet |\n|---|---|---|---|---|---|---|---|")
    figures = {}

    def row(band, name, x):
        recall, precision = x[0] / max(1, x[1]), min(1, x[2] / max(1, x[3]))
        case, grain = x[5] / max(1, x[4]), max(1, x[6] / max(1, x[5]))
        f1 = 2 * recall * precision / max(1e-9, recall + precision)
        figures[band, name] = recall, precision, case
        print(f"| {band} | {name} | {x[4]} | {recall:.3f} | {precision:.3f} | {case:.3f} | {grain:.3f} | {f1 / math.log2(1 + grain):.3f} |")

    for (low, name), x in cells.items():
        row(f"{low}–{dict(BANDS)[low]}", name, x)
        total = [i + j for i, j in zip(total, x)]
    row("all", "all", total)
    if a.corpus:
        return 0
    recall, precision, case = figures["all", "all"]
    faults = [f"{what} is {value:.3f}, asked {floor}" for what, floor in
              FLOORS if (value := {"recall": recall, "precision": precision}[what]) < floor]
    print(*faults, sep="\n")
    return bool(faults) or sum(x[4] for x in cells.values()) < 180


if __name__ == "__main__":
    sys.exit(main())
