#!/usr/bin/env python3
"""The measure that counts: altered quotations and faithful disguises of known origin, by fixed seed, judged by `verify`.

    bench_verify.py SUYUAN ROOT [--shared DIR] [--altered N] [--disguised N] [--misses] [--check]

Every faithful quotation of the sample's drafts, and of the real sources where they are at hand (by the gold), is quoted
again in invented drafts: changed by one operation, or in a disguise that changes nothing. Counted:
  false_faithful   altered quotations called faithful without a flag that says what is wrong
  false_alarm      disguised quotations put at a worse level than the same quotation undisguised
  sensitive        on what touches a negation, numeral, modal or name; on the rest
  misattributed    planted wrong meetings, days and issues found
  context_cut      planted cuts before a word that turns the sense found
--check holds the bounds of the project (0, 1 %, 98 % and 1 %, all, all). Without the real sources the sample alone counts.
"""
import argparse, collections, json, os, pathlib, random, re, subprocess, sys, tempfile

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "plant"))
from plant import HAN, Operations, han  # noqa: E402

FAITHFUL = {"verbatim", "folded"}
LEVELS = ["ok", "note", "check", "fix"]
DIGITS = "一二三四五六七八九"
NEUTRAL = ["不断", "不仅", "不但", "不只", "不同", "未来", "无论", "无比"]
MARKS = {"left open": ("“", ""), "wrong marks": ("”", "“"), "corner marks": ("「", "」")}
CLAUSE = re.compile(r"[^，。；：！？\n]+[，。；：！？]?")


def chinese_day(day):
    """二〇三一年三月十八日"""
    def small(n):
        n = int(n)
        return (("" if n < 20 else DIGITS[n // 10 - 1]) + "十" if n >= 10 else "") + (DIGITS[n % 10 - 1] if n % 10 else "")
    year, month, d = re.match(r"(\d+)年(\d+)月(\d+)日", day).groups()
    return "".join("〇" if c == "0" else DIGITS[int(c) - 1] for c in year) + "年" + small(month) + "月" + small(d) + "日"


def run(program, drafts, against):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "report.json"
        subprocess.run([program, "verify", *drafts, "--against", *against, "--format", "json", "-o", out],
                       stderr=subprocess.DEVNULL)
        return json.load(open(out, encoding="utf-8"))


def strip(text):
    """A quotation as a writer would retype it: simplified, full-width marks, no readings in brackets."""
    text = re.sub(r"[(（][A-Za-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\d?[)）]", "", text)
    text = text.translate(str.maketrans(",;:!?", "，；：！？"))
    run_ = subprocess.run(["opencc", "-c", "t2s.json"], input=text, capture_output=True, text=True)
    return re.sub(r"\s", "", run_.stdout if run_.returncode == 0 else text)


def origins(program, root, shared):
    """(speaker, words, occasion, day) of the faithful quotations, and the sentences of the works that are quoted."""
    library = [root / "data/sample/texts"]
    reports = [run(program, library, library)]
    wanted = {}
    if shared:
        seeds = shared / "corpus/seeds"
        library.append(seeds)
        reports.append(run(program, [seeds], [seeds]))
    found, sentences = {}, {}
    for r in reports:
        works = {w["id"]: w for w in r["works"]}
        for q in r["quotations"]:
            if q["form"] != "direct" or q["verdict"] not in FAITHFUL or not q["speaker"] or q["level"] not in ("ok", "note"):
                continue
            s = q["sources"][0]
            text = strip(q["text"]).strip("，。；：、")
            if han(text) >= 10 and "“" not in text:
                found.setdefault(text, (q["speaker"], text, s["occasion"] or "", works[s["work"]]))
    return library, list(found.values()), wanted


def passages(program, library):
    """Sentences of texts whose sections say where they were spoken: (words, occasion, work's outlet)."""
    r = json.loads(subprocess.run([program, "inspect", *library, "--format", "json"], capture_output=True).stdout)
    out = []
    for d in r["documents"]:
        for w in d["works"]:
            for s in w.get("sections", []):
                occasion = strip(s["occasion"]).strip("（）()")
                for p in w["paragraphs"][s["paragraphs"][0]:s["paragraphs"][1]]:
                    if p["role"] != "body":
                        continue
                    for sentence in re.split(r"(?<=[。！？])", strip(p["text"])):
                        sentence = sentence.strip("。 ")
                        if 14 <= han(sentence) <= 90 and not re.search(r"[“”‘’(（—-]", sentence):
                            out.append((sentence, occasion, w))
    return out


class Bench:
    def __init__(self, root, rnd, quotes, sentences):
        letters = [c for q in quotes for c in q[1] if HAN.match(c)]
        self.rnd, self.quotes, self.sentences = rnd, quotes, sentences
        self.ops = Operations(root, rnd, letters)
        self.forms = [("账", "帐"), ("作", "做"), ("像", "象"), ("唯", "惟"), ("粘", "黏"), ("份", "分")][:1]

    def insert(self, word):
        def op(t):
            places = [i for i in range(2, len(t) - 2) if HAN.match(t[i - 1]) and HAN.match(t[i])]
            self.rnd.shuffle(places)
            for at in places:
                new = t[:at] + word + t[at:]
                if all(new.count(n) == t.count(n) for n in NEUTRAL):
                    return new
            return None
        return op

    def lose(self, words):
        def op(t):
            places = [m for w in words for m in re.finditer(w, t) if 1 < m.start() and m.end() < len(t) - 1 and not any(t[m.start():].startswith(n) for n in NEUTRAL)
                      and not re.match(r"不(能不|得不|可不)", t[max(0, m.start() - 2):])]
            if not places:
                return None
            m = self.rnd.choice(places)
            return t[:m.start()] + t[m.end():]
        return op

    def numeral(self, t):
        places = [m for m in re.finditer(f"[{DIGITS}0-9]", t)
                  if not re.match("进?一(步|些|样|起|直|定|体|般|系|道|方)|统一|唯一|万|一(个|种)", t[max(0, m.start() - 1):] ) and t[m.start() - 1:m.start()] not in "统进唯之"]
        if not places:
            return None
        m = self.rnd.choice(places)
        pool = "123456789" if m[0].isdigit() else DIGITS
        return t[:m.start()] + self.rnd.choice(pool.replace(m[0], "")) + t[m.end():]

    def letter(self, t):
        places = [i for i in range(1, len(t) - 1) if HAN.match(t[i])]
        at = self.rnd.choice(places)
        new = self.ops.slip(t[at])
        return t[:at] + new + t[at + 1:] if new != t[at] else None

    def drop(self, t):
        places = [i for i in range(1, len(t) - 1) if HAN.match(t[i])]
        at = self.rnd.choice(places)
        return t[:at] + t[at + 1:] if t[at] not in (t[at - 1], t[at + 1]) else None

    def swap(self, t):
        c = CLAUSE.findall(t)
        if len(c) < 2:
            return None
        at = self.rnd.randrange(len(c) - 1)
        a, b = c[at].rstrip("，。；：！？"), c[at + 1].rstrip("，。；：！？")
        if min(han(a), han(b)) < 4 or a == b:
            return None
        c[at], c[at + 1] = b + c[at][len(a):], a + c[at + 1][len(b):]
        return "".join(c)

    def splice(self, t):
        other = self.rnd.choice(self.sentences)[0]
        a, b = CLAUSE.findall(t), CLAUSE.findall(other)
        left, right = a[0].rstrip("，。；：！？"), b[-1].rstrip("，。；：！？")
        if han(left) < 8 or han(right) < 8 or other in t or right in t or left in other:
            return None
        return left + "，" + right

    def over_negation(self, t):
        m = [m for m in re.finditer("不(?!断|仅|但|只|同)", t) if 8 <= m.start() <= len(t) - 9]
        if not m:
            return None
        at = self.rnd.choice(m).start()
        end = min(len(t) - 8, at + self.rnd.randrange(1, 5))
        return t[:at] + "……" + t[end:] if end > at and HAN.match(t[at - 1]) else None

    def form(self, t):
        for a, b in self.forms:
            if a in t:
                return t.replace(a, b)
        return None

    def exchange(self, pairs):
        """One word for another, inside the quotation."""
        def op(t):
            places = [(m.start(), a, b) for a, b in pairs for m in re.finditer(a, t) if 0 < m.start() and m.end() < len(t)]
            if not places:
                return None
            at, a, b = self.rnd.choice(places)
            return t[:at] + b + t[at + len(a):]
        return op

    def unit(self, t):
        places = [m for m in re.finditer(r"(?<=[0-9一二三四五六七八九十百千])[万亿](?!里)|(?<=[0-9])%", t) if m.end() < len(t)]
        if not places:
            return None
        m = self.rnd.choice(places)
        return t[:m.start()] + {"万": "亿", "亿": "万", "%": "‰"}[m[0]] + t[m.end():]

    def point(self, t):
        places = list(re.finditer(r"(?<=[0-9])\.(?=[0-9])", t))
        if not places:
            return None
        at = self.rnd.choice(places).start()
        return t[:at] + t[at + 1:]

    ITEM = "[\u4e00-\u9fff]{2,5}"

    def item_swap(self, t):
        places = [m for m in re.finditer(f"(?<=[、，])({self.ITEM})、({self.ITEM})(?=[、，])", t) if m[1] != m[2]]
        if not places:
            return None
        m = self.rnd.choice(places)
        return t[:m.start()] + m[2] + "、" + m[1] + t[m.end():]

    def item_drop(self, t):
        places = list(re.finditer(f"、{self.ITEM}(?=[、，])", t))
        if not places:
            return None
        m = self.rnd.choice(places)
        return t[:m.start()] + t[m.end():]

    def item_add(self, t):
        places = list(re.finditer("、", t))
        if not places:
            return None
        at = self.rnd.choice(places).start()
        return t[:at] + "、" + self.rnd.choice(["渔业", "航标", "石料", "竹木器"]) + t[at:]

    def doubled(self, t):
        c = CLAUSE.findall(t)
        at = self.rnd.randrange(len(c))
        return "".join(c[:at + 1]).rstrip("，。；：！？") + "，" + "".join(c[at:]) if han(c[at]) >= 2 else None

    def doubled_letter(self, t):
        places = [i for i in range(1, len(t) - 1) if HAN.match(t[i]) and t[i] != t[i + 1]]
        at = self.rnd.choice(places)
        return t[:at] + t[at] + t[at:]

    def comma(self, t):
        places = [m.start() for m in re.finditer("，", t)]
        if not places:
            return None
        at = self.rnd.choice(places)
        rest, to = t[:at] + t[at + 1:], at + self.rnd.choice([-2, -1, 1, 2])
        return rest[:to] + "，" + rest[to:] if 1 < to < len(rest) - 1 and HAN.match(rest[to - 1]) and HAN.match(rest[to]) else None

    def note_mark(self, t):
        places = [m.start() for m in re.finditer("(?<=[\u4e00-\u9fff])[，；]", t)]
        if not places:
            return None
        at = self.rnd.choice(places)
        return t[:at] + self.rnd.choice(["①", "[3]", "〔12〕", "[^4]"]) + t[at:]

    def altered(self):
        return {"unit": self.unit, "point": self.point, "question": lambda t: t + "？" if HAN.match(t[-1]) else None,
                "exclamation": lambda t: t + "！" if HAN.match(t[-1]) else None,
                "和": self.exchange([("和", "与"), ("和", "或"), ("与", "和"), ("或", "和"), ("以及", "和"), ("、", "和")]),
                "的": self.exchange([("的", "地"), ("地", "的"), ("得", "的"), ("的", ""), ("了", ""), ("着", "了"), ("过", "了")]),
                "year": self.exchange([("今年", "去年"), ("去年", "今年"), ("明年", "今年")]),
                "item swap": self.item_swap, "item drop": self.item_drop, "item add": self.item_add, "doubled clause": self.doubled,
                "doubled letter": self.doubled_letter, "comma moved": self.comma, "mark": self.exchange([("，", "。"), ("，", "？"), ("、", "，")]),
                "letter, left open": self.letter, "letter, wrong marks": self.letter,
                "negation": self.insert("不"), "numeral in": self.insert("三"), "modal": self.insert("可以"),
                "must": self.insert("必须"), "lost 不": self.lose(["不"]), "lost modal": self.lose(["必须", "应当", "可以", "不得"]),
                "numeral": self.numeral, "letter": self.letter, "lost letter": self.drop, "swap": self.swap,
                "omission": self.ops.omit(""), "omission ……": self.ops.omit("……"), "addition": self.ops.add,
                "OCR 3 %": self.ops.ocr(.03), "words 10 %": self.ops.words(.10), "letters 20 %": self.ops.letters(.20),
                "splice": self.splice, "…… over 不": self.over_negation, "form": self.form}

    SENSITIVE = {"negation", "numeral in", "modal", "must", "lost 不", "numeral", "…… over 不", "unit", "point", "year"}
    PLAIN = {"form", "swap"}

    def disguises(self):
        o = self.ops
        return {"note's mark": self.note_mark, "left open": self.exact, "wrong marks": self.exact, "corner marks": self.exact,
                "script": o.script, "width": o.width, "gloss": o.gloss, "layout": o.layout, "all folds": o.folds,
                "wraps": self.exact, "wraps, page": self.exact, "end mark": lambda t: t + "。", "end comma": lambda t: t + "，",
                "traditional, wraps": o.script}

    def exact(self, t):
        return t


FILL = "河边的老人记得那一年的事，也记得后来的许多年。"


def alone(name):
    """Cases that share a draft with their like alone: other layouts, and marks that would pair with those of the next."""
    return "wraps" in name or name.split(", ")[-1] in MARKS


def judge(program, cases, library):
    """The finding of each case, by its number. Forty cases to a draft, cases of one layout together."""
    with tempfile.TemporaryDirectory() as folder:
        drafts, where, dates, n, number = [], {}, "", 0, 0
        while n < len(cases):
            layout = cases[n][:2] if alone(cases[n][1]) else cases[n][:1]
            name, text, lines = f"draft{number:03}.txt", "关于引文的一篇稿件\n\n", ""
            number += 1
            for k in range(40):
                if n == len(cases) or cases[n][:len(layout)] != layout:
                    break
                c = cases[n]
                paragraph = FILL + c[3]
                at = len(paragraph)
                paragraph += c[2] + c[4] + "。" + FILL
                if "wraps" in c[1]:  # set in lines of 28, a page number inside some words
                    rows = [paragraph[i:i + 28] for i in range(0, len(paragraph), 28)]
                    if "page" in c[1]:
                        middle = (at + len(c[2]) // 2) // 28
                        rows[middle] += "\n\n— 12 —\n"
                    before = "\n".join(rows)[:10 ** 6]
                    offset, seen = 0, 0
                    for ch in before:
                        if seen == at:
                            break
                        seen += ch == paragraph[seen]
                        offset += 1
                    where[name, len(text) + offset] = n
                    text += before + "\n\n"
                else:
                    where[name, len(text) + at] = n
                    text += paragraph + "\n\n"
                n += 1
            (pathlib.Path(folder) / name).write_text(text, "utf-8")
            dates += f'["{name}"]\npublished = "2035-05-06"\n'
            drafts.append(pathlib.Path(folder) / name)
        (pathlib.Path(folder) / "sources.toml").write_text(dates, "utf-8")
        r = run(program, drafts, library)
    names = {d["id"]: pathlib.Path(d["path"]).name for d in r["documents"]}
    found = {}
    for q in r["quotations"]:
        if q["form"] in ("direct", "block"):
            for off in (0, -1, 1, -2, 2):
                key = names[q["document"]], q["span"]["start"] + off
                if key in where:
                    found.setdefault(where[key], q)
    return found


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("program")
    p.add_argument("root", type=pathlib.Path)
    p.add_argument("--shared", type=pathlib.Path)
    p.add_argument("--altered", type=int, default=1200)
    p.add_argument("--disguised", type=int, default=1200)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--misses", action="store_true")
    p.add_argument("--check", action="store_true")
    a = p.parse_args()
    if not a.shared:
        beside = pathlib.Path(os.environ.get("SUYUAN_SHARED", a.root.resolve().parent / "shared"))
        a.shared = beside if (beside / "corpus/seeds").is_dir() else None
    rnd = random.Random(a.seed)
    library, quotes, _ = origins(a.program, a.root, a.shared)
    sentences = passages(a.program, library)
    # The sentences of dated sections are quoted too: they are the base's own words.
    pool = quotes + [("", s, occasion, w) for s, occasion, w in sentences]
    bench = Bench(a.root, rnd, pool, sentences)
    cases = []  # kind, operation, words, before, after, close mark, expectation

    def speaker(q):
        return q[0] or (q[3].get("author") or "") or "有人"

    def make(kind, table, wanted):
        names = list(table)
        tries = n = 0
        seen = set()
        while n < wanted and tries < wanted * 30:
            name = names[tries % len(names)]
            q = pool[rnd.randrange(len(pool))]
            tries += 1
            t = table[name](q[1])
            if not t or (t == q[1] and table[name] != bench.exact) or (name, t) in seen:
                continue
            if kind == "altered" and strip(t).strip("，。；：、") == q[1]:
                continue
            if name.endswith("left open") and re.search("[。！？]", t):  # read to the end of its first sentence
                continue
            seen.add((name, t))
            left, right = MARKS.get(name.split(", ")[-1], "“”")
            cases.append([kind, name, t, f"{speaker(q)}指出：{left}", right, q])
            n += 1

    for q in pool:
        cases.append(["plain", "plain", q[1], f"{speaker(q)}指出：“", "”", q])
    found = judge(a.program, cases, library)
    plain = {c[2]: found[n] for n, c in enumerate(cases) if n in found}
    good = [q for q in pool if q[1] in plain and plain[q[1]]["verdict"] in FAITHFUL and plain[q[1]]["level"] in ("ok", "note")]
    print(f"quotations {len(pool)}, faithful as they stand {len(good)}")
    if a.misses:
        for q in pool:
            if q not in good and q[1] in plain:
                print("# plain:", plain[q[1]]["verdict"], plain[q[1]]["flags"], q[1][:80], "|", (plain[q[1]]["sources"] or [{}])[0].get("text", "")[:80])
    pool, cases = good, []
    kept, everything = {q[1] for q in good}, sentences
    sentences = [s for s in sentences if s[0] in kept]
    make("altered", bench.altered(), a.altered)
    make("disguised", bench.disguises(), a.disguised)
    # What is said of the source.
    occasions = sorted({o for _, o, _ in sentences if re.match(r"\d{4}年\d+月\d+日在.*(会|考察|审议|学习|座谈)", o)})
    for s, occasion, w in sentences:
        if occasion not in occasions or han(s) < 16:
            continue
        day, where = re.match(r"(\d{4}年\d+月\d+日)(在.*?)(?:的?讲话)?$", occasion).groups()
        others = [o for o in occasions if o != occasion and not any(x[1] == o and (s in x[0] or x[0] in s) for x in everything)]
        if not others:
            continue
        other_day, other_where = re.match(r"(\d{4}年\d+月\d+日)(在.*?)(?:的?讲话)?$", rnd.choice(others)).groups()
        who = w.get("author") or "有人"
        who = strip(who)
        place = [s, occasion, w]
        cases.append(["claim", "right meeting", s, f"{where}，{who}指出：“", "”", place])
        cases.append(["claim", "right day", s, f"{day}，{who}指出：“", "”", place])
        if other_where != where:
            cases.append(["misattributed", "wrong meeting", s, f"{other_where}，{who}指出：“", "”", place])
        if other_day != day:
            cases.append(["misattributed", "wrong day", s, f"{other_day}，{who}指出：“", "”", place])
        cases.append(["claim", "right day, Chinese", s, f"{chinese_day(day)}，{who}指出：“", "”", place])
        cases.append(["claim", "right signature", s, "书上写着：“", f"”——{who}{day}{where}的讲话", place])
        if other_day != day:
            cases.append(["misattributed", "wrong day, Chinese", s, f"{chinese_day(other_day)}，{who}指出：“", "”", place])
            cases.append(["misattributed", "wrong day, name", s, f"{who}{other_day}在会上指出：“", "”", place])
            cases.append(["misattributed", "wrong signature", s, "书上写着：“", f"”——{who}{other_day}{other_where}的讲话", place])
        if w.get("outlet") and (w.get("published") or {}).get("latest"):
            year, month, d = map(int, w["published"]["latest"].split("-"))
            if w["outlet"] == "求是":
                number = month * 2 - (d < 16)
                cases.append(["misattributed", "wrong issue", s, f"{who}指出：“", f"”（《求是》{year}年第{number % 24 + 1}期）", place])
                cases.append(["claim", "right issue", s, f"{who}指出：“", f"”（《求是》{year}年第{number}期）", place])
    for s, occasion, w in sentences:
        for m in re.finditer("[，]?(不能|不得|不可|不是|并不|绝不|不要)", s):
            left = s[:m.start()]
            if han(left) >= 10 and HAN.match(left[-1]):
                cases.append(["cut", m[1], left, f"{strip(w.get('author') or '有人')}指出：“", "”", [s, occasion, w]])
                break
    rnd.shuffle(cases)
    cases.sort(key=lambda c: (c[0], c[1] if alone(c[1]) else ""))
    found = judge(a.program, cases, library)
    counts = collections.Counter()
    cells = collections.defaultdict(collections.Counter)
    notes = []
    for n, c in enumerate(cases):
        kind, name, t = c[0], c[1], c[2]
        q = found.get(n)
        key = (kind, name)
        cells[key]["cases"] += 1
        counts[kind] += 1
        if q is None:
            cells[key]["lost"] += 1
            counts[kind, "lost"] += 1
            notes.append(f"{kind} {name}: not listed: {t[:60]}")
            continue
        flags = set(q["flags"])
        bad = None
        if kind == "altered":
            if q["verdict"] in FAITHFUL:
                bad = "false_faithful"
            elif name in Bench.SENSITIVE and "sensitive" not in flags and q["verdict"] not in ("not-found", "uncheckable"):
                bad = "sensitive_missed"
            elif name in Bench.PLAIN and "sensitive" in flags:
                bad = "sensitive_wrong"
            cells[key][q["verdict"]] += 1
        if kind == "disguised":
            base = plain.get(c[5][1])
            # That the closing mark is missing is true, and noted.
            allowed = max(LEVELS.index(base["level"]), "unclosed" in flags) if base is not None else len(LEVELS)
            if LEVELS.index(q["level"]) > allowed:
                bad = "false_alarm"
            if "sensitive" in flags:
                counts["sensitive_wrong"] += 1
        if kind == "misattributed" and "misattributed" not in flags:
            bad = "misattribution_missed"
        if kind == "claim" and "misattributed" in flags:
            bad = "misattribution_wrong"
        if kind == "cut" and "context-cut" not in flags and q["verdict"] in FAITHFUL:
            bad = "cut_missed"
        if bad:
            counts[bad] += 1
            cells[key]["bad"] += 1
            notes.append(f"{bad} {name}: {q['verdict']} {q['flags']} {t[:90]} | {(q['sources'] or [{}])[0].get('text', '')[:90]} | "
                         f"{[(x['kind'], x['text'], x['found'], x['result']) for x in q['claims']] if kind in ('claim', 'misattributed') else ''}")
    sensitive = sum(1 for n, c in enumerate(cases) if c[0] == "altered" and c[1] in Bench.SENSITIVE and n in found
                    and found[n]["verdict"] not in ("not-found", "uncheckable"))
    rest = counts["disguised"] + sum(1 for c in cases if c[0] == "altered" and c[1] in Bench.PLAIN)
    cuts = sum(1 for n, c in enumerate(cases) if c[0] == "cut" and n in found and found[n]["verdict"] in FAITHFUL)
    if a.misses:
        print(*("# " + n for n in notes), sep="\n")
    print("| kind | operation | cases | not listed | wrong | verdicts |\n|---|---|---|---|---|---|")
    for (kind, name), x in sorted(cells.items()):
        verdicts = ", ".join(f"{k} {v}" for k, v in sorted(x.items()) if k not in ("cases", "lost", "bad"))
        print(f"| {kind} | {name} | {x['cases']} | {x['lost']} | {x['bad']} | {verdicts} |")
    figures = {
        "altered": counts["altered"], "disguised": counts["disguised"],        "false_faithful": counts["false_faithful"], "false_alarm": counts["false_alarm"] / max(1, counts["disguised"]),
        "not_listed": sum(counts[k, "lost"] for k in ("altered", "disguised", "misattributed", "cut")),
        "sensitive": 1 - counts["sensitive_missed"] / max(1, sensitive),
        "sensitive_rest": counts["sensitive_wrong"] / max(1, rest),
        "misattributed": counts["misattributed"], "misattribution_missed": counts["misattribution_missed"],
        "claims_right": counts["claim"], "misattribution_wrong": counts["misattribution_wrong"],
        "cuts": cuts, "cut_missed": counts["cut_missed"]}
    for k, v in figures.items():
        print(f"{k}\t{v:.4f}" if isinstance(v, float) else f"{k}\t{v}")
    if not a.check:
        return 0
    faults = [k for k, ok in {
        "false_faithful": figures["false_faithful"] == 0, "false_alarm": figures["false_alarm"] <= .01,
        "sensitive": figures["sensitive"] >= .98, "sensitive_rest": figures["sensitive_rest"] <= .01,
        "misattribution_missed": figures["misattribution_missed"] == 0, "cut_missed": figures["cut_missed"] == 0,
        "cases": counts["altered"] >= a.altered * .9 and counts["disguised"] >= a.disguised * .9 and counts["misattributed"] > 0,
        "not_listed": figures["not_listed"] <= .01 * len(cases)}.items() if not ok]
    print(*(f"out of bounds: {f}" for f in faults), sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main())
