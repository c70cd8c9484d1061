#!/usr/bin/env python3
"""The workbook of `verify`: the rows of the CSV, the forms of the page, text that stays text; the same bytes each time."""
import csv, hashlib, io, json, os, pathlib, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as ET

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
M = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
faults, checks = [], 0


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def unescape(text):
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), text)


def sheets(data):
    """Name → rows of cells as read, with the sheet's tree; every part must be sound XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        need(z.testzip() is None, "the archive is damaged")
        need({i.date_time for i in z.infolist()} == {(1980, 1, 1, 0, 0, 0)}, "the archive bears a time")
        trees = {n: ET.fromstring(z.read(n)) for n in z.namelist() if n.endswith((".xml", ".rels"))}
    strings = ["".join(t.text or "" for t in si.iter(M + "t")) for si in trees["xl/sharedStrings.xml"]]
    out = {}
    for n, sheet in enumerate(trees["xl/workbook.xml"].find(M + "sheets"), 1):
        tree = trees[f"xl/worksheets/sheet{n}.xml"]
        need(not list(tree.iter(M + "f")), f"{sheet.get('name')}: a formula")
        rows = []
        for row in tree.iter(M + "row"):
            cells = []
            for c in row:
                v = c.find(M + "v")
                text = "" if v is None else unescape(strings[int(v.text)]) if c.get("t") == "s" else v.text
                cells.append(text)
            rows.append(cells)
        out[sheet.get("name")] = rows, tree
    return out, trees


def run(folder, *args):
    return subprocess.run([program, *map(str, args)], cwd=folder, capture_output=True)


DRAFTS = ["data/sample/texts/03_article_quoting.txt", "data/sample/texts/04_feature.txt", "--against", "data/sample/texts", "--accept",
          "tests/golden/accept.json", "--points", "--characters", "20000"]
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    report = run(root, "verify", *DRAFTS, "--format", "json").stdout
    (folder / "report.json").write_bytes(report)
    findings = [q for q in json.loads(report)["quotations"] if q["form"] != "unmarked"]
    for lang, names in (("zh", ["引文核对表", "质疑单", "勘误表", "依据与说明"]),
                        ("en", ["Quotations and their sources", "Queries for the author", "Errata", "What this rests on"])):
        book = run(root, "verify", *DRAFTS, "--format", "xlsx", "--lang", lang).stdout
        need(book == run(folder, "render", "report.json", "--format", "xlsx", "--lang", lang).stdout, f"{lang}: a saved report gives another workbook")
        found, trees = sheets(book)
        need(list(found) == names, f"{lang}: sheets {list(found)}")
        table = run(root, "verify", *DRAFTS, "--format", "csv", "--lang", lang).stdout.decode("utf-8-sig")
        wanted = list(csv.reader(io.StringIO(table)))
        rows, tree = found[names[0]]
        plain = [[re.sub("^'(?=[=+@-])", "", cell) for cell in row] for row in wanted]
        need(rows == plain, f"{lang}: rows differ from the CSV: {[(a, b) for x, y in zip(rows, plain) for a, b in zip(x, y) if a != b][:3]}")
        need(len(rows) == len(findings) + 1, f"{lang}: {len(rows)} rows")
        filtered = tree.find(M + "autoFilter").get("ref")
        need(filtered == f"A1:R{len(rows)}", f"{lang}: filter over {filtered}")
        queries = [n for n, q in enumerate(findings, 1) if q["accepted"] is None and q["level"] in ("fix", "check")]
        errors = [n for n, q in enumerate(findings, 1) if q["accepted"] and q["accepted"]["as"] == "error"]
        need([int(r[0]) for r in found[names[1]][0][1:] if r[0].isdigit()] == queries, f"{lang}: queries")
        got = [int(r[0]) for r in found[names[2]][0][1:] if r and r[0].isdigit()]
        need(got == errors and errors, f"{lang}: errata {got}, not {errors}")
        for sheet in names[:3]:
            _, tree = found[sheet]
            pane = tree.find(f"{M}sheetViews/{M}sheetView/{M}pane")
            need(pane is not None and pane.get("state") == "frozen" and pane.get("ySplit") == "1", f"{sheet}: the header is not frozen")
            need(tree.find(M + "pageSetup").get("orientation") == "landscape" and tree.find(M + "pageSetup").get("fitToHeight") == "0", f"{sheet}: print set-up")
            need(len(tree.find(M + "cols")) >= 5, f"{sheet}: no widths")
        titles = [d.text for d in trees["xl/workbook.xml"].iter(M + "definedName") if d.get("name") == "_xlnm.Print_Titles"]
        need(len(titles) == 3 and all(t.endswith("!$1:$1") for t in titles), f"{lang}: headers are not repeated: {titles}")
        styles = trees["xl/styles.xml"]
        need(any(a.get("wrapText") == "1" for a in styles.iter(M + "alignment")), "cells are not wrapped")
        about = "\n".join(" ".join(r) for r in found[names[3]][0])
        for path in DRAFTS[:2]:
            need(path in about and hashlib.sha256((root / path).read_bytes()).hexdigest() in about, f"{lang}: {path} or its digest is not named")
        need("suyuan" in about and ("未加引号者字数" if lang == "zh" else "letters of unmarked words") in about, f"{lang}: version or options are not named: {about}")

    # Text that would be something else: a formula, a command, signs that XML cannot hold, one too long for a cell.
    long = "".join(chr(0x4E00 + (k * 7919) % 20000) for k in range(40_000))
    evil = "=HYPERLINK(\"http://x\";\"y\")，护林先要识林\x01\x0b_x0041_\ufffe林有林的脾气"
    (folder / "library.txt").write_text(f"识林\n\n{evil}，树多的时候要有地方透风。\n\n{long}。\n", "utf-8")
    (folder / "=cmd|' !A1.txt").write_text(f"稿\n\n郗望澜指出：“{evil}”。后来。\n\n他说：“{long[:39_000]}”。\n\n他又说：“@SUM(1)和+1与-1都是字，河水从不写在公式里”。\n", "utf-8")
    done = run(folder, "verify", "=cmd|' !A1.txt", "--against", "library.txt", "--format", "xlsx", "--lang", "en")
    need(done.returncode in (0, 1), f"exit status {done.returncode}: {done.stderr.decode()}")
    found, _ = sheets(done.stdout)
    cells = [c for row in found["Quotations and their sources"][0] for c in row]
    need("=cmd|' !A1.txt" in cells, "a name like a formula is not as it is")
    need(any(c.startswith("=HYPERLINK") and "\u2401\u240b_x0041_\ufffd" in c for c in cells), f"signs: {[c for c in cells if 'HYPER' in c]}")
    need(any(len(c) < 32_767 and c.startswith(long[:1000]) and "more characters" in c for c in cells), "a cell too long is not cut and said so")
    need(all(len(c.encode("utf-16-le")) // 2 <= 32_767 for c in cells), "a cell longer than a spreadsheet takes")

    # A draft without quotations; a disk that refuses.
    (folder / "bare.txt").write_text("没有引文的稿件。\n", "utf-8")
    done = run(folder, "verify", "bare.txt", "--against", "library.txt", "--format", "xlsx", "--lang", "zh")
    found, _ = sheets(done.stdout)
    need(done.returncode == 0 and any("无质疑" in c for r in found["质疑单"][0] for c in r), "a draft without quotations")
    done = subprocess.run([program, "verify", "bare.txt", "--against", "library.txt", "--format", "xlsx"], cwd=folder, capture_output=True,
                          env=dict(os.environ, TMPDIR="/nowhere/at/all"))
    need(done.returncode == 2 and b"cannot write" in done.stderr, f"no temporary folder: {done.returncode} {done.stderr.decode()}")

print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
