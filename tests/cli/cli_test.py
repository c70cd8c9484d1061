#!/usr/bin/env python3
"""The command line as a user runs it: exit codes, streams, formats, determinism, damaged input."""
import csv, gzip, io, json, os, pathlib, random, re, shutil, subprocess, sys, tempfile

program, validate, root = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
texts = sorted((root / "data/sample/texts").iterdir())
schema = root / "data/schema/report.schema.json"
work = pathlib.Path(tempfile.mkdtemp())
faults = []
checks = 0


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def run(*args, stdin=None, env=None):
    e = {k: v for k, v in os.environ.items() if k not in ("LANG", "LC_ALL", "LC_MESSAGES", "SUYUAN_LANG", "NO_COLOR")}
    p = subprocess.run([program, *map(str, args)], input=stdin, capture_output=True, env={**e, **(env or {})})
    return p.returncode, p.stdout, p.stderr.decode("utf-8", "replace")


need(run("--version")[0] == 0 and run("--version")[1].startswith(b"suyuan "), "--version")
for args in (["--help"], ["trace", "--help"], ["diff", "--help"], ["inspect", "--help"], ["render", "--help"]):
    code, out, _ = run(*args)
    need(code == 0 and b"--" in out, f"{args}")
need(run()[0] == 2 and run("trace")[0] == 2 and run("nonsense")[0] == 2, "bad usage is 2")
need(run("trace", *texts, "--format", "nonsense")[0] == 2, "bad format is 2")

code, out, err = run("trace", *texts, "--format", "json", "--include", "alignments,texts,formulas", "--jobs", 1)
need(code == 0 and err == "", "trace finds and says nothing else: " + err)
first = out
for _ in range(3):
    shuffled = list(texts)
    random.shuffle(shuffled)
    need(run("trace", *shuffled, "--format", "json", "--include", "alignments,texts,formulas", "--jobs", 2)[1] == first,
         "the report depends on threads or on the order of the paths")
need(run("trace", texts[0].parent, "--format", "json", "--include", "alignments,texts,formulas")[1] != b"", "a folder")
report = json.loads(first)
(work / "r.json").write_bytes(first)
need(subprocess.run([validate, schema, work / "r.json"]).returncode == 0, "the report departs from its schema")
broken = dict(report, chains=[dict(report["chains"][0], kind="nonsense")])
(work / "broken.json").write_text(json.dumps(broken))
need(subprocess.run([validate, schema, work / "broken.json"], capture_output=True).returncode == 1, "the schema accepts anything")
for d in report["documents"]:
    text = pathlib.Path(d["path"]).read_bytes().decode("utf-8")
    need(d["text"] == text and d["characters"] == len(text), "documents are not as given")
by_id = {d["id"]: d["text"] for d in report["documents"]}
for c in report["chains"]:
    need(c["first"] in {w["id"] for w in c["witnesses"]}, "first is no witness")
    for w in c["witnesses"]:
        t = by_id[w["document"]]
        got = "".join(t[p["start"]:p["end"]] for p in w["parts"])
        need(got.replace("\n", "") == w["text"].replace("\n", ""), "parts and text of a witness differ")
        need(w["span"] == {"start": w["parts"][0]["start"], "end": w["parts"][-1]["end"]}, "span is not the envelope")
        for k in ("nearest", "against_first"):
            for e in w.get(k, {}).get("edits", []):
                need(e["from"]["text"] or e["to"]["text"], "an edit of nothing")

code, out, _ = run("trace", *texts, "--lang", "zh")
need(code == 0 and "库内首见" in out.decode() and "\033[" not in out.decode(), "Chinese text, no colour into a pipe")
code, out, _ = run("trace", *texts, env={"LANG": "zh_CN.UTF-8"})
need("库内首见" in out.decode(), "the locale gives the language")
code, out, _ = run("trace", *texts, env={"LANG": "zh_CN.UTF-8", "SUYUAN_LANG": "en"})
need("first appearance" in out.decode(), "SUYUAN_LANG outranks the locale")
need(b"\033[" in run("trace", *texts, "--color", "always")[1], "--color always")
# Who reads Chinese is told in Chinese what is wrong, too: two English words in a row are a message without a translation.
ill = work / "ill"
ill.mkdir()
(ill / "empty").mkdir()
(ill / "bad.json").write_text("{]")
(ill / "odd.txt").write_bytes(b"\x00\x01\x02\xff" * 50)
for args in ([], ["trace"], ["nonsense"], ["trace", "x", "--jobs", "0"], ["trace", "x", "--foo"], ["trace", "x", "--format", "nonsense"],
             ["trace", "x", "-o", "/nowhere/x"], ["trace", "x", "--since", "abc"], ["trace", ill / "nothing.txt"], ["trace", ill / "odd.txt"],
             ["trace", *texts, "--work", "nothing"], ["trace", *texts, "--lexicons", "/nowhere"], ["find", *texts, "--text", "。"],
             ["verify", ill / "empty", "--against", texts[0]], ["verify", texts[0], "--against", texts[1], "--accept", ill / "bad.json"],
             ["render", ill / "bad.json"], ["render", work / "r.json", "--format", "sarif"], ["diff", *texts[:1], ill / "empty"],
             ["explain", "a", "b"], ["list", ill / "empty"], ["check", ill / "empty"], ["add", ill / "none", ill / "nothing.txt"],
             ["--help"], *([c, "--help"] for c in ("trace", "find", "verify", "render", "add", "remove", "check"))):
    code, out, err = run(*args, env={"SUYUAN_LANG": "zh"})
    said = (err + out.decode() if "--help" in args or "check" in args else err).replace(str(work), "")
    need(re.search("[\u4e00-\u9fff]", said) and not re.search(r"(?<![-`/'\w])[a-z]{2,} [a-z]{2,}", re.sub(r"suyuan \w+", "", said)), f"{args}: {said}")
need("没有这个文件" in run("trace", work / "nothing.txt", "--lang=zh")[2], "--lang gives the language of errors")

# Every form of a run is the same from its saved report.
for form in ("text", "jsonl", "csv", "html"):
    code, out, err = run("trace", *texts, "--format", form, "--include", "alignments,texts,formulas", "--lang", "zh")
    need(code == 0 and err == "", f"trace --format {form}: {err}")
    saved = run("render", work / "r.json", "--format", form, "--lang", "zh")
    need(saved == (0, out, ""), f"render --format {form} differs from the run")
    need(run("render", "-", "--format", form, "--lang", "zh", stdin=first)[1] == out, f"render - --format {form}")
chains = [json.loads(line) for line in run("trace", *texts, "--format", "jsonl")[1].splitlines()]
need([c["key"] for c in chains] == [c["key"] for c in report["chains"]], "one chain a line")
for c in chains:
    cited = {w["id"] for w in c["works"]}, {d["id"] for d in c["documents"]}
    need(all(w["work"] in cited[0] and w["document"] in cited[1] for w in c["witnesses"]), "a line holds what it cites")
alone = {**report, "chains": [{k: v for k, v in chains[0].items() if k not in ("schema", "unit", "works", "documents")}]}
(work / "alone.json").write_text(json.dumps(alone))
need(subprocess.run([validate, schema, work / "alone.json"]).returncode == 0, "a line's chain departs from the schema")
table = run("trace", *texts, "--format", "csv", "--lang", "en")[1]
need(table.startswith(b"\xef\xbb\xbf") and b"\r\n" in table, "CSV with a mark, CRLF")
rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
need(list(rows[0])[:6] == ["passage", "siglum", "kind", "occasion", "published", "reading"], "the first six columns")
for c in report["chains"]:
    places = [p for p in c["readings"]["places"] if p["class"] not in ("punctuation", "structure")]
    mine = [r for r in rows if r["passage"] == c["id"]]
    need(len(mine) == len(c["witnesses"]) * max(1, len(places)), f"{c['id']}: a row for each witness and place")
    differing = sum(len(r["witnesses"]) for p in places for r in p["readings"] if r["class"] not in ("punctuation", "structure"))
    need(sum(r["difference"] in ("other words", "left out", "added", "moved") for r in mine) == differing, f"{c['id']}: differences")
formula = work / "formula.txt"
formula.write_text("=1+1护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看清楚。\n", "utf-8")
(work / "formula2.txt").write_text("=1+1护河先要识河，要把上游的林、中游的田、下游的城放在一张图上看清楚。\n\n又一段。\n", "utf-8")
table = run("trace", formula, work / "formula2.txt", "--format", "csv")[1].decode("utf-8-sig")
need(not any(cell.startswith("=") for row in csv.reader(io.StringIO(table)) for cell in row), "a cell is a formula")
# An asked passage most of which stands nowhere: every place holds a part, none is compared with a text it is not of.
asked = "护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看，弄清每一段河的水从哪里来、到哪里去" + "".join(
    chr(0x4E00 + 37 * i % 9000) for i in range(120))
for order in ("date", "match"):
    code, out, err = run("find", texts[0].parent, "--text", asked, "--sort", order, "--format", "json")
    need(code == 0 and err == "", f"find --sort {order}: {err}")
    (work / "asked.json").write_bytes(out)
    need(subprocess.run([validate, schema, work / "asked.json"]).returncode == 0, "find departs from the schema")
    (c,) = json.loads(out)["chains"]
    need(c["first"] != c["head"], "the asked text is its own first appearance")
    by_id = {w["id"]: w for w in c["witnesses"]}
    for w in c["witnesses"]:
        for against, name in ((w.get("nearest"), (w.get("nearest") or {}).get("witness")), (w.get("against_first"), c["first"])):
            for e in (against or {}).get("edits", []):
                a, b = (w, by_id[name]) if against.get("earlier") else (by_id[name], w)
                squeeze = lambda s: "".join(s.split())
                need(squeeze(e["from"]["text"]) in squeeze(a["text"]) and squeeze(e["to"]["text"]) in squeeze(b["text"]), f"{w['id']}: an edit of other texts: {e}")
    for form in ("text", "csv", "jsonl", "html"):
        need(run("render", work / "asked.json", "--format", form)[0] == 0, f"find, then {form}")
# An answer says what is to be known of the texts that it names, not of all that were searched; the same of a library.
(work / "noted").mkdir()
(work / "noted/a.txt").write_text("　　渠首的闸门由三户轮流看守，水位每个时辰记一次。\n", "utf-8")
(work / "noted/b.txt").write_text("　　“晒谷场上的账本谁都可以翻看，写错的一行要当众划掉重写。\n　　后来又添了一页。\n", "utf-8")
(work / "noted/c.txt").write_text("", "utf-8")
run("add", work / "noted-library", work / "noted/a.txt", work / "noted/b.txt")
for where in (work / "noted", work / "noted-library"):
    for asked, wanted in (("渠首的闸门由三户轮流看守", []), ("晒谷场上的账本谁都可以翻看", ["open-quotation"])):
        code, out, err = run("find", where, "--text", asked, "--format", "json")
        told = [d["code"] for d in json.loads(out)["diagnostics"] if d["code"] != "empty"]
        need(code == 0 and told == wanted, f"find in {where.name} tells {told}, not {wanted}")
# One sentence with other figures is a series: in every form, from a run and from a saved report, and no chain.
(work / "levels").mkdir()
for month, level, rain in ((3, "17.2", 83), (4, "18.6", 121), (5, "16.9", 64), (7, "21.4", 207)):
    (work / f"levels/{month}.txt").write_text(
        f"　　云川水文站公布，{month}月份全省主要河流平均水位为{level}米，沿岸观测点累计降雨{rain}毫米，放水闸开启时段由各县河长办公室另行张榜公布。\n"
        f"（《云川日报》 2031年{month + 1}月2日）\n", "utf-8")
code, out, err = run("trace", work / "levels", "--format", "json", "--include", "formulas")
need(code == 1 and err == "", f"a series alone is no chain: {code} {err}")
(work / "levels.json").write_bytes(out)
need(subprocess.run([validate, schema, work / "levels.json"]).returncode == 0, "a series departs from the schema")
(one,) = json.loads(out)["series"]
need(one["count"] == one["works"] == len(one["occurrences"]) == 4 and one["earliest"] == "2031-04-02", f"the series: {one}")
need("［" in one["pattern"] and one["pattern"].replace("［", "").replace("］", "").startswith("云川水文站公布，"), one["pattern"])
for form in ("text", "csv", "html"):
    ran, rendered = run("trace", work / "levels", "--format", form)[1], run("render", work / "levels.json", "--format", form)[1]
    need("［".encode() in ran, f"no series in {form}")
    need(form == "html" or ran == rendered, f"a saved series differs as {form}")
# Damaged reports are errors with a place, never a crash.
for damage in (b"", b"{", b"[]", b'{"schema":"suyuan.report/1"}', first[: len(first) // 2]):
    code, out, err = run("render", "-", "--format", "html", stdin=damage)
    need(code == 2 and out == b"" and "error" in err, f"a damaged report: {damage[:20]}")
random.seed(5)


def places_in(value):
    if isinstance(value, (dict, list)):
        for k in value if isinstance(value, dict) else range(len(value)):
            yield value, k
            yield from places_in(value[k])


for _ in range(60):
    hurt = json.loads(first)
    hurt["alignments"] = []
    holder, k = random.choice(list(places_in(hurt["chains"][:2] + hurt["works"][:3])))
    if isinstance(holder, dict):
        holder[k] = random.choice([None, 7, "x", [], {}])
    else:
        del holder[k]
    code, out, err = run("render", "-", "--format", random.choice(["text", "csv", "jsonl", "html"]), stdin=json.dumps(hurt).encode())
    need(code in (0, 2), f"a report hurt at {k} ends with {code}: {err[-200:]}")
need(run("render", work / "missing.json")[0] == 2, "render of a missing file")

code, out, _ = run("trace", *texts, "--format", "json", "-o", work / "o.json")
need(code == 0 and out == b"" and json.loads((work / "o.json").read_text("utf-8"))["schema"] == "suyuan.report/1", "-o")
need(run("trace", *texts, "-o", work / "no/such/folder")[0] == 2, "an unwritable output is 2")

lonely = work / "lonely.txt"
lonely.write_text("梯田是一代一代人用手垒起来的。\n", "utf-8")
code, out, _ = run("trace", lonely)
need(code == 1, "nothing found is 1")
code, out, err = run("trace", *texts, work / "missing.txt")
need(code == 2 and b"c1" in out and "missing.txt" in err, "a missing file is said, the rest is done")
bad = work / "bad.txt"
bad.write_bytes("护河先要识河，".encode() + b"\xe6\xff" + ("要把上游的林、中游的田放在一张图上看。" * 4).encode())
code, out, err = run("trace", bad, lonely)
need(code == 2 and "byte 21" in err, "invalid bytes are said with their offset: " + err)
(work / "binary.txt").write_bytes(bytes(range(256)) * 40)
need(run("trace", work / "binary.txt", *texts)[0] == 2, "a binary file")
records = [{"id": str(i), "title": f"第{i}号", "outlet": "云川日报", "date": f"2031-03-{i:02}", "text": "护河先要识河，要把上游的林、中游的田放在一张图上看。"} for i in range(1, 4)]
lines = [json.dumps(r, ensure_ascii=False) for r in records]
lines.insert(1, "{not json")
(work / "c.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode()))
code, out, err = run("trace", work / "c.jsonl.gz", "--format", "json")
r = json.loads(out)
need(code == 2 and "line 2" in err and len(r["documents"]) == 3, "a bad record among good ones")
need(len(r["chains"]) == 1 and [w["date"]["earliest"] for w in r["chains"][0]["witnesses"]] == ["2031-03-01", "2031-03-02", "2031-03-03"],
     "records are witnesses in order of date")
gbk = work / "gbk.txt"
gbk.write_bytes(texts[1].read_text("utf-8").encode("gb18030"))
code, out, err = run("trace", gbk, texts[4], "--format", "json")
need(code == 0 and any(d["encoding"] == "GB18030" for d in json.loads(out)["documents"]), "GB18030 is recognised")
need(run("inspect", gbk, "--encoding", "gb18030")[0] == 0 and run("inspect", gbk, "--encoding", "klingon")[0] == 2, "--encoding")
need(run("inspect", "-", stdin=texts[3].read_bytes())[0] == 0, "standard input")
for args in (["inspect", texts[1]], ["inspect", texts[1], "--format", "json"]):
    need(run(*args)[0] == 0, "inspect")
inspected = json.loads(run("inspect", texts[1], "--format", "json")[1])["documents"][0]
at = 0
for b in inspected["blocks"]:
    need(b["span"]["start"] == at, "blocks do not tile")
    at = b["span"]["end"]
need(at == inspected["characters"], "blocks do not reach the end")
need(run("diff", texts[0], texts[0])[0] in (0, 1), "diff with itself ends")
code, out, _ = run("diff", texts[0], texts[4])
need(code == 1 and "[-" in out.decode() and "no partner" in out.decode(), "diff shows differences")
need(run("diff", texts[0], texts[4], "--format", "json")[0] == 1, "the form of the answer changes the exit status")
one, other = work / "one.txt", work / "other.txt"
one.write_text("護河先要識河，要把上遊的林、中遊的田放在一張圖上看。\n", "utf-8")
other.write_text("护河先要识河,要把上游的林、中游的田 放在一张图上看。\n", "utf-8")
need(run("diff", one, other)[0] == 0 and run("diff", one, other, "--format", "json")[0] == 0, "what folds away is no difference")
need(run("diff", texts[0], work / "missing.txt")[0] == 2, "diff of a missing file")

# What is asked for is none of the texts that hold it; what holds nothing is said to be so.
asked = "书屋不在大，在于门常开"
code, out, _ = run("find", texts[0].parent, "--text", asked)
found = out.decode()
need(code == 0 and "the text asked for" in found and "-:1:1" not in found and "dates that were" not in found, f"find: {found}")
need("works with a date that were searched 10, 2031–2032" in found, f"what find looked in: {found[-200:]}")
saved = work / "found.json"
run("find", texts[0].parent, "--text", asked, "--format", "json", "-o", saved)
need(run("render", saved)[1].decode() == found, "a saved answer reads otherwise")
need("stands nowhere" in run("find", texts[0].parent, "--text", "此地从来没有这样一句话")[1].decode(), "find without an answer")
need("so chosen" in run("trace", *texts, "--since", "2099")[1].decode(), "trace that chose nothing")
empty = work / "empty"
empty.mkdir()
code, out, err = run("trace", empty)
need(code == 1 and b"no text was read" in out and "holds no text" in err, f"trace of an empty folder: {err}")
(work / "blank.txt").write_text("\n", "utf-8")
for args in (["verify", texts[2], "--against", empty], ["verify", texts[2], "--against", work / "blank.txt"], ["verify", work / "blank.txt", "--against", texts[0]]):
    code, out, err = run(*args)
    need(code == 2 and out == b"" and "holds no text to check" in err, f"{args}: {err}")
code, out, err = run("trce", texts[0])
need(code == 2 and '"trce"' in err and "trace" in err, f"a command misspelt: {err}")
for args in (["diff", texts[0], work / "no.txt"], ["explain", f"{texts[0]}:4:1", f"{work}/no.txt:1:1"]):
    err = run(*args)[2]
    need(err.count("error:") == 1, f"one error is told once: {err}")
for language, words in (("en", "with the texts of these two places alone"), ("zh", "只就这两处所在的文本计算")):
    out = run("explain", f"{texts[1]}:171:10", f"{texts[2]}:15:60", "--lang", language)[1].decode()
    need(words in out, f"explain says what it reckons with: {out}")
code, out, err = run("trace", *texts, "-o", work / "no/such/folder.txt")
need(code == 2 and "no folder" in err, f"a folder that is not there: {err}")
for command in ("list", "check"):
    code, out, err = run(command, empty)
    need(code == 2 and "is no library" in err and out == b"", f"{command} of no library: {out} {err}")
need(run("verify", texts[2], "--against", texts[0], "--characters", "-5")[0] == 2, "characters below nothing")

# A report left among the texts is none of them.
among = work / "among"
shutil.copytree(texts[0].parent, among)
plain = run("trace", among)[1]
for form in ("json", "jsonl", "html", "csv"):
    run("trace", among, "--format", form, "-o", among / f"report.{form}")
for form in ("json", "html", "csv", "xlsx"):
    run("verify", texts[2], "--against", among, "--format", form, "-o", among / f"verdicts.{form}")
code, out, err = run("trace", among)
need(code == 0 and out == plain and err.count("is a report of suyuan") == 8, f"reports among the texts: {code} {err}")

# Of another text is said what it has, of the base what the base has.
shelf = work / "shelf"
shelf.mkdir()
sentence = "护河先要识河，要把上游的林、中游的田放在一张图上看，弄清每一段河的水从哪里来。"
(shelf / "first.txt").write_text(f"护河\n\n　　{sentence}\n\n（《云川日报》 2031年3月9日）\n", "utf-8")
(shelf / "second.txt").write_text(f"识河\n\n　　{sentence.replace('弄清', '查明')}\n\n（《远山》 2032年第3期）\n", "utf-8")
(work / "draft.txt").write_text(f"稿\n\n　　郗望澜说：“{sentence.replace('弄清', '看准')}”\n", "utf-8")
for lang, base, other in (("zh", "“看准”，据本作“弄清”", "“看准”，此本作“查明”"), ("en", "“看准” where the base has “弄清”", "it has “查明” for “看准”")):
    said = run("verify", work / "draft.txt", "--against", shelf, "--lang", lang)[1].decode()
    need(base in said and other in said, f"{lang}: {said}")
    said = run("verify", work / "draft.txt", "--against", shelf, "--lang", lang, "--format", "html")[1].decode()
    need("second.txt:3:3 " + other in said, f"{lang}: the page says where another text stands")
shutil.rmtree(work)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
