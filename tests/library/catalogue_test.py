#!/usr/bin/env python3
"""The catalogue: says what `inspect` says, follows the library, is made anew, and nothing depends on it."""
import json, os, pathlib, random, sqlite3, subprocess, sys, tempfile

os.environ["SUYUAN_LANG"] = "en"
program, root = sys.argv[1], pathlib.Path(sys.argv[2])
texts = sorted((root / "data/sample/texts").iterdir())
work = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))
lib, catalogue = work / "lib", work / "lib/catalogue.sqlite"
faults = []
checks = 0


def run(*args):
    p = subprocess.run([program, *map(str, args)], capture_output=True, text=True)
    return p.returncode, p.stdout, p.stderr


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def rows(sql, *values):
    db = sqlite3.connect(f"file:{catalogue}?mode=ro", uri=True)
    try:
        return db.execute(sql, values).fetchall()
    finally:
        db.close()


def notes():
    code, out, err = run("check", lib, "--format", "json")
    need(code == 0, f"the catalogue is no damage: {out} {err}")
    return [d["message"] for d in json.loads(out)["diagnostics"]]


need(run("add", lib, *texts) [0] == 0 and notes() == [], "made and right")
report = json.loads(run("inspect", *texts, "--format", "json")[1])
for d in report["documents"]:
    key = d["key"]
    works = rows("SELECT w.id, w.title, w.outlet, w.kind, w.copy, w.start, w.end FROM works w JOIN documents d ON w.document = d.id "
                 "WHERE d.key = ? ORDER BY w.number", key)
    mine = d.get("works") or [w for w in report.get("works", []) if w["document"] == d["id"]]
    need(len(works) == len(mine) > 0, f"{d['path']}: {len(works)} works, inspect has {len(mine)}")
    for row, w in zip(works, mine):
        need((row[1] or "") == (w["title"] or "") and row[2] in (None, w["outlet"]) and row[3] == w["kind"]
             and row[4] == w["copy"] and (row[5], row[6]) == (w["span"]["start"], w["span"]["end"]), f"{row} is not {w['title']}")
dated = rows("SELECT w.title, t.earliest, e.rule, e.text FROM dates t JOIN works w ON w.id = t.work JOIN evidence e ON e.work = t.work AND "
             "e.what = t.what WHERE t.what = 'published' AND t.status = 'stated' AND e.rule = 'closing-line'")
need(any(r[1] == "2031-05-21" and "2031年" in r[3] for r in dated), f"dates with evidence: {dated}")
text = texts[0].read_text()
spans = rows("SELECT p.start, p.end FROM passages p JOIN works w ON w.id = p.work JOIN documents d ON d.id = w.document "
             "JOIN sources s ON s.id = d.source WHERE s.path = ? AND p.role = 'body'", str(texts[0]))
need(len(spans) > 3 and all(0 <= a < b <= len(text) for a, b in spans), "passages")

# It follows.
extra = work / "extra.txt"
extra.write_text("郗望澜说：“书屋不在大，在于门常开，来的人多了就有了路。”\n")
run("add", lib, extra)
need(len(rows("SELECT * FROM sources")) == 6 and notes() == [], "follows add")
extra.write_text("改过的文字，说的是另一件事。\n")
run("add", lib, extra)
need(len(rows("SELECT * FROM sources")) == 6 and len(rows("SELECT * FROM documents")) == 6 and notes() == [], "follows replacing")
run("remove", lib, extra)
need(len(rows("SELECT * FROM sources")) == 5 and rows("SELECT count(*) FROM works WHERE document NOT IN (SELECT id FROM documents)") == [(0,)]
     and rows("SELECT count(*) FROM passages WHERE work NOT IN (SELECT id FROM works)") == [(0,)] and notes() == [], "follows removing")

# It is made anew.
whole = catalogue.read_bytes()
answer = run("trace", lib)
catalogue.unlink()
need(notes() == ["the catalogue is missing"] and run("trace", lib) == answer, "missing")
for what, damage in (("empty", b""), ("cut", whole[:len(whole) // 2]), ("no database", b"x" * 5000)):
    catalogue.write_bytes(damage)
    need(len(notes()) == 1, f"{what}: not noticed")
    need(run("trace", lib) == answer, f"{what}: changes the answer")
    code, _, err = run("add", lib, extra)
    run("remove", lib, extra)
    need(code == 0 and err == "" and notes() == [], f"{what}: not made anew: {err}")
catalogue.unlink()
db = sqlite3.connect(catalogue)
db.executescript("CREATE TABLE sources(id, path, sha256, word); CREATE TRIGGER t AFTER DELETE ON sources BEGIN INSERT INTO sources "
                 "SELECT 1, 2, 3, 4; END; INSERT INTO sources VALUES(1, 'x', 'y', 'z');")
db.close()
need(len(notes()) == 1 and run("add", lib, texts[0])[0] == 0 and notes() == [] and len(rows("SELECT * FROM sources")) == 5, "somebody else's tables")
generator = random.Random(1)
noticed = 0
catalogue.unlink()
run("add", lib, texts[0])
whole = catalogue.read_bytes()
used = [i for i, byte in enumerate(whole) if byte]  # most of so small a database is space not used
for _ in range(60):
    flipped = bytearray(whole)
    flipped[generator.choice(used)] ^= 1 << generator.randrange(8)
    catalogue.write_bytes(flipped)
    noticed += notes() != []
    need(run("add", lib, texts[0])[0] == 0, "add with a damaged catalogue")
need(noticed > 45, f"only {noticed} of 60 flipped bits noticed")
catalogue.write_bytes(whole)
catalogue.unlink()
catalogue.mkdir()
code, _, err = run("add", lib, extra)
need(code == 0 and "catalogue" in err and len(json.loads(run("list", lib, "--format", "json")[1])["sources"]) == 6, "a folder in its place: " + err)
catalogue.rmdir()
run("add", lib, extra)
holder = sqlite3.connect(catalogue)
holder.execute("BEGIN EXCLUSIVE")
extra.write_text("又改过一次的文字。\n")
code, out, err = run("add", lib, extra)
need(code == 0 and "replaced" in out and "in use" in err, "in use by another program: " + err)
holder.rollback()
holder.close()
need(notes() != [] and run("add", lib, extra)[0] == 0 and notes() == [], "brought up to date later")
print(*faults, sep="\n")
print(f"{checks} checks")
sys.exit(bool(faults) or checks < 40)
