#!/usr/bin/env python3
"""A Word draft with comments: only the parts that must change do, the text stays, each comment stands at its words."""
import io, json, os, pathlib, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as tree
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "read"))
import packages as make
from packages import RELATION, W, foot, p, r

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
folder = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0
NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "护河先要识河，要把上游的林、中游的田放在一张图上看。"
B = "书屋不在大，在于门常开、灯常亮、书常换，管理员要从村里找。"
C = "堤不能一味加高，坝不能一味加密，要顺着河的脾气来。"
library = folder / "library.txt"
FILLER = "".join(f"第{i}条河的账本里写着水量、水质、岸线和鱼种，沿河的人都看得见，也都记得住。\n" for i in range(20))
library.write_text(FILLER + f"郗望澜在座谈会上指出，“{A}”他还说，“{B}”\n郗望澜强调，“{C}”\n", "utf-8")


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        need(z.testzip() is None, "a checksum")
        return {i.filename: z.read(i) for i in z.infolist()}, {i.filename: (i.CRC, i.compress_size, i.date_time) for i in z.infolist()}


def commented(name, data):
    """The parts before and after; id → (words commented on, text of the comment)."""
    draft, out = folder / name, folder / ("noted-" + name)
    draft.write_bytes(data)
    ran = subprocess.run([program, "verify", draft, "--against", library, "--annotate", out, "--format", "json", "--lang", "zh"], capture_output=True)
    need(out.exists(), f"{name}: {ran.stderr.decode()}")
    before, packed = parts(data)
    after, repacked = parts(out.read_bytes())
    changed = {n for n in after if after[n] != before.get(n)}
    need(changed <= {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}, f"{name}: {changed} changed")
    need(all(packed[n] == repacked[n] for n in packed if n not in changed), f"{name}: what did not change is packed anew")
    need(set(before) <= set(after) and set(after) - set(before) <= {"word/comments.xml"}, f"{name}: parts {set(after) ^ set(before)}")
    for n in changed:
        tree.fromstring(after[n])
    # Without the comments' marks, the text part is what it was, but for runs that were cut.
    root = tree.fromstring(after["word/document.xml"])
    words, open_, order = {}, [], []
    for node in root.iter():
        if node.tag == NS + "commentRangeStart":
            open_.append(node.get(NS + "id"))
            words[node.get(NS + "id")] = ""
        elif node.tag == NS + "commentRangeEnd":
            open_.remove(node.get(NS + "id"))
        elif node.tag == NS + "commentReference":
            order.append(node.get(NS + "id"))
        elif node.tag == NS + "t":
            for i in open_:
                words[i] += node.text or ""
    need(not open_ and sorted(order) == sorted(words), f"{name}: ranges {open_}, references {order}, {words}")
    text = lambda x: "".join(n.text or "" for n in tree.fromstring(x).iter() if n.tag in (NS + "t", NS + "delText"))
    need(text(before["word/document.xml"]) == text(after["word/document.xml"]), f"{name}: the text changed")
    looks = lambda x: [(c, tree.tostring(run.find(NS + "rPr"), "unicode") if run.find(NS + "rPr") is not None else "") for run in tree.fromstring(x).iter(NS + "r")
                       for t in run.findall(NS + "t") for c in t.text or ""]
    need(looks(before["word/document.xml"]) == looks(after["word/document.xml"]), f"{name}: looks of runs changed")
    read = [json.loads(subprocess.run([program, "inspect", f, "--format", "json"], capture_output=True).stdout)["documents"][0]["works"] for f in (draft, out)]
    strip = lambda works: [(q["role"], q["text"]) for w in works for q in w["paragraphs"]]
    need(strip(read[0]) == strip(read[1]), f"{name}: another text is read")
    comments = {c.get(NS + "id"): (c.get(NS + "author"), "\n".join("".join(t.text or "" for t in q.iter(NS + "t")) for q in c.iter(NS + "p"))) for c in tree.fromstring(after.get("word/comments.xml", "<none/>"))}
    need(set(words) <= set(comments), f"{name}: a mark without its comment")
    need(subprocess.run([program, "verify", draft, "--against", library, "--annotate", folder / "again.docx", "--lang", "zh"], capture_output=True) and (folder / "again.docx").read_bytes() == out.read_bytes(), f"{name}: other bytes the second time")
    return before, after, {i: (words[i], *comments[i]) for i in words}, comments


# Runs cut anywhere, looks kept; two quotations in one run; a plain one.
_, after, found, _ = commented("runs.docx", make.docx(p("题目") + p(r("郗望澜指出，“护河先") + r("要识河，要把上游的林、", "<w:b/>") + r("中游的田放在一张图上看。”又说，“" + B.replace("门常开", "门常关") + "”，再说“" + C + "”。", "<w:i/>")),
                                                    more={"word/media/x.png": b"\x89PNG" + bytes(range(256)) * 9}))
need([w for w, *_ in found.values()] == [A, B.replace("门常开", "门常关"), C], f"words commented on: {found}")
need(all(a == "suyuan" for _, a, _ in found.values()), "the author")
need("文字有异" in found["1"][2] and "“开”" in found["1"][2] and "library.txt:21" in found["1"][2] and "一致" in found["0"][2], f"what the comments say: {found}")
need(b"PNG" in after["word/media/x.png"], "a picture")
# A quotation over paragraphs, with insertions and deletions, a link, blanks and characters that XML escapes.
long = p(r("郗望澜指出：“护河先要识河，") + '<w:ins w:id="9" w:author="x">' + r("要把上游的林、") + '</w:ins><w:del w:id="10"><w:r><w:delText>删掉的字</w:delText></w:r></w:del><w:hyperlink w:anchor="x">' + r("中游的田放在") + "</w:hyperlink>" + r("一张图上看。” & <后文> "))
_, _, found, _ = commented("changes.docx", make.docx(long))
need([w for w, *_ in found.values()] == [A], f"a quotation with changes in it: {found}")
_, _, found, _ = commented("paragraphs.docx", make.docx(p(r("郗望澜指出：“护河先要识河，要把上游的林、中游的田")) + p(r("放在一张图上看。”他说。"))))
need([w for w, *_ in found.values()] == [A], f"a quotation over two paragraphs: {found}")
_, _, found, _ = commented("escaped.docx", make.docx(p("<w:r><w:t>A&amp;B &lt;甲&gt;郗望澜指出，“" + A + "” 后</w:t></w:r>")))
need([w for w, *_ in found.values()] == [A], f"behind escaped characters: {found}")
# A note: the comment is at its mark. A text box: at the run that holds it.
_, after, found, _ = commented("notes.docx", make.docx(p(r("正文一句") + foot(2) + r("。")), footnotes={2: "郗望澜指出，“" + A.replace("上游", "下游") + "”"}))
need([w for w, *_ in found.values()] == [""] and "footnoteReference" in re.search(r"commentRangeStart.*?commentRangeEnd", after["word/document.xml"].decode())[0], f"a quotation in a note: {found}")
box = "<w:r><w:pict><v:textbox><w:txbxContent>" + p("郗望澜指出，“" + A + "”") + "</w:txbxContent></v:textbox></w:pict></w:r>"
_, after, found, _ = commented("box.docx", make.docx(p(r("前") + box + r("后"))))
need(len(found) == 1 and b"commentRangeStart" not in re.search(b"<w:txbxContent>.*</w:txbxContent>", after["word/document.xml"])[0], f"a quotation in a box: {found}")
ruby = '<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hù</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>护</w:t></w:r></w:rubyBase></w:ruby></w:r>'
_, after, found, _ = commented("ruby.docx", make.docx(p(r("郗望澜指出，“") + ruby + r(A[1:] + "”"))))
need([w.replace("hù", "") for w, *_ in found.values()] == [A], f"a quotation that begins with a reading: {found}")
# Comments that are there: theirs stay, ours go on counting.
own = f'<w:comments {W}><w:comment w:id="7" w:author="编辑"><w:p><w:r><w:t>请核</w:t></w:r></w:p></w:comment></w:comments>'
relations = make.relations([(RELATION + "comments", "comments.xml")])
body = p('<w:commentRangeStart w:id="7"/>' + r("郗望澜指出，“" + A + "”") + '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>')
before, after, found, comments = commented("commented.docx", make.docx(body, more={"word/comments.xml": own, "word/_rels/document.xml.rels": relations}))
need(set(found) == {"7", "8"} and comments["7"] == ("编辑", "请核") and found["8"][0] == A and before["[Content_Types].xml"] == after["[Content_Types].xml"], f"comments that are there: {found}")
# Quotations in what an office program wraps text in: controls, fields, links, tables in tables, insertions, a text that was moved.
field = lambda code, result: (f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
                              '<w:r><w:fldChar w:fldCharType="end"/></w:r>')
said = lambda words: r("郗望澜指出，“" + words + "”")
table = lambda *cells: "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr></w:tbl>"
wrapped = (p(field("TOC \\o", '<w:hyperlink w:anchor="a">' + said(C) + "<w:r><w:tab/></w:r>" + field("PAGEREF a", r("2")) + "</w:hyperlink>")) +
           "<w:sdt><w:sdtPr/><w:sdtContent>" + p(said(A)) + "</w:sdtContent></w:sdt>" + p('<w:smartTag w:uri="u" w:element="e">' + said(B) + "</w:smartTag>") +
           table(p("一") + table(p(said(C)), p("二")) + p(""), p(r("三")) + p(field('HYPERLINK "http://a"', said(A)))) +
           p('<w:moveFrom w:id="51" w:author="x">' + said(B) + "</w:moveFrom>") + p('<w:moveTo w:id="52" w:author="x">' + said(B) + "</w:moveTo>") + p('<w:ins w:id="53" w:author="x">' + said(C) + "</w:ins>"))
_, _, found, _ = commented("wrapped.docx", make.docx(wrapped))
need([w for w, *_ in found.values()] == [A, B, C, A, B, C], f"quotations in what wraps text: {[w for w, *_ in found.values()]}")
# The strict edition of the format has other names; the comments keep to them.
strict = {n: c for n, c in parts(make.docx(p(said(A))))[0].items()}
strict = {n: c.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
          .replace(b"http://schemas.openxmlformats.org/officeDocument/2006/relationships", b"http://purl.oclc.org/ooxml/officeDocument/relationships") for n, c in strict.items()}
(folder / "strict.docx").write_bytes(make.packed(strict))
ran = subprocess.run([program, "verify", folder / "strict.docx", "--against", library, "--annotate", folder / "noted-strict.docx"], capture_output=True, text=True)
after = parts((folder / "noted-strict.docx").read_bytes())[0] if (folder / "noted-strict.docx").exists() else {}
need(not any(b"schemas.openxmlformats.org/wordprocessingml" in c or b"openxmlformats.org/officeDocument/2006/relationships/" in c for c in after.values()) and
     b"purl.oclc.org/ooxml/wordprocessingml/main" in after.get("word/comments.xml", b"") and b"purl.oclc.org/ooxml/officeDocument/relationships/comments" in after["word/_rels/document.xml.rels"],
     f"the strict edition: {ran.stderr} {after.get('word/comments.xml')}")
# The sample draft, with notes and changes, against the sample texts.
small, library = library, root / "data/sample/texts"
subprocess.run([sys.executable, root / "data/sample/make_draft.py", folder / "sample.docx"], check=True)
_, _, found, _ = commented("sample.docx", (folder / "sample.docx").read_bytes())
need([c.split(" · ")[0] for _, _, c in found.values()] == ["一致", "须改", "须改", "须改", "须查", "一致", "须改", "须查"], f"the sample draft: {found}")
library = small
# A draft without quotations; drafts that cannot be annotated.
_, after, found, _ = commented("none.docx", make.docx(p("没有引文的一句。")))
need(not found, "nothing to say")
(folder / "draft.txt").write_text(f"郗望澜指出，“{A}”\n", "utf-8")
for draft, out, word in ((folder / "draft.txt", "x.docx", "no Word document"), (folder / "runs.docx", folder / "runs.docx", "overwrite"), (folder, "x.docx", "one draft")):
    ran = subprocess.run([program, "verify", draft, "--against", library, "--annotate", folder / out], capture_output=True, text=True)
    need(ran.returncode == 2 and word in ran.stderr, f"{draft}: {ran.returncode} {ran.stderr}")

subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
