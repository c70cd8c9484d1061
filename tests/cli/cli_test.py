#!/usr/bin/env python3
"""The command line as a user runs it: exit codes, streams, formats, determinism, damaged input."""
import gzip, json, os, pathlib, random, shutil, subprocess, sys, tempfile

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
for args in (["--help"], ["trace", "--help"], ["diff", "--help"], ["inspect", "--help"]):
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
shutil.rmtree(work)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
