#!/usr/bin/env python3
"""A list of quotations as a draft: a verdict for each row, at its row and cell, whatever the table's form."""
import json, os, pathlib, subprocess, sys, tempfile
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "read"))
import packages as make

program = os.path.abspath(sys.argv[1])
folder = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0
A = "护河先要识河，要把上游的林、中游的田放在一张图上看。"
B = "书屋不在大，在于门常开、灯常亮、书常换，管理员要从村里找。"
(folder / "library").mkdir()
(folder / "library/a.txt").write_text(f"把河护好\n\n郗望澜在全省护河座谈会上指出，“{A}”他还说，“{B}”\n\n（《云川日报》 2031年3月9日）\n", "utf-8")
(folder / "library/sources.toml").write_text('["a.txt"]\noutlet = "云川日报"\ntitle = "把河护好"\npublished = 2031-03-09\n', "utf-8")


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def rows(name, content):
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    ran = subprocess.run([program, "verify", path, "--against", folder / "library", "--format", "json"], capture_output=True)
    if not ran.stdout:
        need(False, f"{name}: {ran.stderr.decode()}")
        return []
    report = json.loads(ran.stdout)
    return [(q["verdict"], q["line"], q["column"], sorted((c["kind"], c["result"]) for c in q["claims"])) for q in report["quotations"]]


HEAD = ["序号", "引文", "出处", "作者", "日期"]
TABLE = [["1", A, "《云川日报》", "郗望澜", "2031-03-09"], ["2", "“" + B.replace("门常开", "门常关") + "”", "云川日报", "郗望澜", "2031/3/10"], ["", "", "", "", ""],
         ["3", "此地从来没有这样一句话，谁也没有说过", "", "", ""], ["4", A[:-1] + "\n" + "要记账。", "在全省护河座谈会上", "闻人渡", ""], ["5", "识河", "", "", ""]]
quoted = lambda cell, sep: '"' + cell.replace('"', '""') + '"' if any(c in cell for c in sep + '"\n') else cell
table = lambda sep, head=HEAD: "".join(sep.join(quoted(c, sep) for c in row) + "\r\n" for row in [head, *TABLE])
wanted = rows("list.csv", table(","))
verdicts = [(v, l, c) for v, l, c, _ in wanted]
need(verdicts[:3] == [("verbatim", 2, 2), ("variant", 3, 2), ("not-found", 5, 2)] and [l for _, l, _ in verdicts] == [2, 3, 5, 6, 7], f"verdicts by row: {verdicts}")
need(wanted[0][3] == [("date", "agrees"), ("publication", "agrees"), ("speaker", "agrees")] or wanted[0][3] == [("publication", "agrees"), ("speaker", "agrees")], f"what row 1 claims: {wanted[0][3]}")
need(("publication", "differs") in wanted[1][3], f"another day in row 2: {wanted[1][3]}")
need(("speaker", "differs") in wanted[3][3], f"another speaker in row 4: {wanted[3][3]}")
need(wanted[4][0] == "uncheckable", f"a short one: {wanted[4]}")
for name, content in (("bom.csv", b"\xef\xbb\xbf" + table(",").encode()), ("gb.csv", table(",").encode("gb18030")), ("semi.csv", table(";")), ("tab.csv", table("\t")), ("tab.txt", table("\t")),
                      ("utf16.csv", b"\xff\xfe" + table("\t").encode("utf-16-le")),
                      ("english.csv", table(",", ["No", "Quotation", "Source", "Speaker", "Date"])), ("list.xlsx", make.xlsx([HEAD] + [[c or None for c in row] for row in TABLE]))):
    got = rows(name, content)
    need(got == wanted, f"{name}: {got}")
below = rows("below.csv", "引文核对表,,,,\r\n" + table(","))
need([(v, l - 1, c, k) for v, l, c, k in below] == wanted, f"a title above the head: {below}")
day = rows("day.xlsx", make.xlsx([["引文", "来源", "日期", "页码"], [A, "云川日报", 47916.0, 2], [B, None, None, None]], merged="B2:B3"))
need([(v, l, c) for v, l, c, _ in day] == [("verbatim", 2, 1), ("verbatim", 3, 1)], f"a workbook: {day}")
need(("publication", "agrees") in day[0][3] and ("publication", "agrees") in day[1][3], f"a cell over two rows, a day as a number: {day}")
need([r[0] for r in rows("heads.csv", f"说话人：,引文原文（照录）,出处(全称)\n郗望澜,{A},讲话\n")] == [rows("plain.csv", f"说话人,引文\n郗望澜,{A}\n")[0][0]],
     "a heading's brackets and colon")
need(rows("corpus.csv", f"id,text,quotation\n1,“{A}”郗望澜说。,x\n")[0][1:3] == (2, 4), "a table with a column of text is a corpus")
ran = subprocess.run([program, "inspect", folder / "none.xlsx"], capture_output=True, text=True) if (folder / "none.xlsx").write_bytes(make.xlsx([["甲", "乙"], ["1", "2"]])) else None
need(ran.returncode == 2 and "column of quotations" in ran.stderr, f"a workbook without a list: {ran.stderr}")

subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
