#!/usr/bin/env python3
"""One real source in five forms: text as UTF-8, GB18030 and UTF-16, a page with navigation and scripts, a corpus record.
The same passages after folding, and the same chains with the other sources."""
import html, json, os, pathlib, re, subprocess, sys, tempfile

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
seeds = pathlib.Path(os.environ.get("SUYUAN_SHARED", root.parent / "shared")) / "corpus/seeds"
if not seeds.is_dir():
    print("skipped: the real sources are not at", seeds)
    sys.exit(77)
source = next(seeds.glob("002*"))
others = [p for p in sorted(seeds.iterdir()) if p != source]
text = source.read_bytes().decode("utf-8-sig")
lines = [l for l in text.split("\n") if l.strip()]
menu = [l[2:] for l in lines if l.startswith("- ")]
body = [l for l in lines if not l.startswith("- ")]
tail = body.pop()  # the comment box
page = ("<!DOCTYPE html><html><head><meta charset='utf-8'><script>var a = '“不是正文，不应当出现在报告里。”';</script><style>p{}</style></head><body>"
        "<div class='nav'><ul>" + "".join(f"<li><a href='/{i}'>{m}</a></li>" for i, m in enumerate(menu)) + "</ul></div>"
        f"<div class='article'><h1>{html.escape(body[0])}</h1>" + "".join(f"<p>{html.escape(l)}</p>\n" for l in body[1:]) +
        f"</div><script>document.write('x')</script><div class='comments'><h3>{tail}</h3></div></body></html>")
FORMS = {"utf8.txt": text.encode(), "gb18030.txt": text.encode("gb18030"), "utf16.txt": b"\xff\xfe" + text.encode("utf-16-le"),
         "page.html": page.encode(), "corpus.jsonl": (json.dumps({"id": "r", "text": text}, ensure_ascii=False) + "\n").encode()}


def run(*args):
    return json.loads(subprocess.run([program, *map(str, args), "--format", "json"], capture_output=True).stdout)


def folded(s):
    return re.sub(r"\s", "", s)


faults, seen = [], {}
with tempfile.TemporaryDirectory() as folder:
    for name, content in FORMS.items():
        path = pathlib.Path(folder) / name
        path.write_bytes(content)
        works = run("inspect", path)["documents"][0]["works"]
        report = run("trace", path, *others)
        chains = sorted((folded(c["text"]), sorted(folded(w["text"]) for w in c["witnesses"])) for c in report["chains"])
        seen[name] = ([(w["title"], w["author"], w["outlet"], w["kind"], w["published"]["earliest"]) for w in works],
                      [(p["role"], folded(p["text"])) for w in works for p in w["paragraphs"]],
                      [(q["form"], q["speaker"], folded(q["text"])) for w in works for q in w["quotations"]], chains)
        path.unlink()
    base = seen["utf8.txt"]
    for name, got in seen.items():
        for what, a, b in zip(("works", "passages", "quotations", "chains"), base, got):
            if a != b:
                faults.append(f"{name}: other {what} than utf8.txt: {[x for x in b if x not in a][:2]} for {[x for x in a if x not in b][:2]}")
print(f"five forms: {len(base[1])} passages, {len(base[2])} quotations, {len(base[3])} chains alike" if not faults else "\n".join(faults))
sys.exit(bool(faults) or len(base[1]) < 20 or len(base[3]) < 20)
