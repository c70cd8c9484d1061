#!/usr/bin/env python3
"""Annotated Word drafts held to the rules of WordprocessingML, by a reader of their own: every finding has one comment, bound by
one start, one end and one reference at allowed places; relations and content types lead to it; and the text part, without
what was set in, is the draft's byte for byte."""
import html, io, json, os, pathlib, posixpath, re, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as tree
sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "read"))
import packages as make
from packages import RELATION, W, foot, p, r

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2]).resolve()
folder = pathlib.Path(tempfile.mkdtemp())
faults, checks, marks_seen = [], 0, 0
NS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "护河先要识河，要把上游的林、中游的田放在一张图上看。"
B = "书屋不在大，在于门常开、灯常亮、书常换，管理员要从村里找。"
FILLER = "".join(f"第{i}条河的账本里写着水量、水质、岸线和鱼种，沿河的人都看得见，也都记得住。\n" for i in range(20))
library = folder / "library.txt"
library.write_text(FILLER + f"郗望澜在座谈会上指出，“{A}”他还说，“{B}”\n", "utf-8")


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)
    return ok


# ECMA-376 part 1, 17.13.4 and the groups of 17.3: where range markup and runs may stand.
RANGE_PARENTS = {NS + n for n in "body p hyperlink ins moveTo sdtContent smartTag customXml fldSimple dir bdo tbl tr tc rubyBase".split()}
RUN_PARENTS = {NS + n for n in "p hyperlink ins moveTo sdtContent smartTag customXml fldSimple dir bdo".split()}
NOT_INSIDE = {NS + n for n in "del moveFrom r rPr pPr sdtPr rt instrText txbxContent footnote endnote".split()}
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/"


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        need(z.testzip() is None, "a checksum")
        names = z.namelist()
        need(len(names) == len(set(names)), "two parts of one name")
        return {n: z.read(n) for n in names}


def without_marks(before, after, ids):
    """Whether `after` is `before` with marks of these ids set in, and runs cut where marks stand."""
    plain = lambda x: re.sub(r'(<w:t)( xml:space="preserve")', r"\1", x.decode())
    a, b = plain(before), plain(after)
    one = f"(?:{'|'.join(sorted(ids, key=len, reverse=True))})"
    marks = re.compile(f'(?:<w:commentRangeStart w:id="{one}"/>|<w:commentRangeEnd w:id="{one}"/><w:r><w:commentReference w:id="{one}"/></w:r>)+')
    cut = re.compile(rf"</w:t></w:r>({marks.pattern})<w:r>(<w:rPr/>|<w:rPr>.*?</w:rPr>)?<w:t>", re.S)
    at = i = 0
    while i < len(b):
        seam, mark = cut.match(b, i), marks.match(b, i)
        if seam and a[at:at + len("</w:t></w:r>")] != "</w:t></w:r>":
            i = seam.end()
        elif mark:
            i = mark.end()
        elif at < len(a) and a[at] == b[i]:
            at, i = at + 1, i + 1
        else:
            return f"{a[max(0, at - 60):at + 60]!r} became {b[max(0, i - 60):i + 60]!r}"
    return "" if at == len(a) else f"{a[at:at + 60]!r} is missing"


def letters(text):
    return "".join(c for c in text if c.isalnum())


def annotated(name, data, against=None, findings=None, words=True):
    """Checks everything; returns the new comments' words."""
    global marks_seen
    draft, out = folder / name, folder / ("noted-" + name)
    draft.write_bytes(data)
    ran = subprocess.run([program, "verify", draft, "--against", against or library, "--annotate", out, "--format", "json"], capture_output=True)
    if not need(out.exists(), f"{name}: {ran.stderr.decode()}"):
        return []
    report = json.loads(ran.stdout)
    mine = {d["id"] for d in report["documents"] if d["path"].endswith(name)}
    found = [q for q in report["quotations"] if q["document"] in mine and q["form"] != "unmarked"]
    if findings is not None:
        need(len(found) == findings, f"{name}: {len(found)} findings, not {findings}: {[q['text'] for q in found]}")
    before, after = parts(data), parts(out.read_bytes())
    if not found:
        need(before == after, f"{name}: changed without a finding")
        return []

    # The package.
    top = {x.get("Type").rsplit("/", 1)[1]: x.get("Target") for x in tree.fromstring(after["_rels/.rels"])}
    text_part = top["officeDocument"].lstrip("/")
    rels_part = posixpath.join(posixpath.dirname(text_part), "_rels", posixpath.basename(text_part) + ".rels")
    rels = list(tree.fromstring(after[rels_part]))
    need(len({x.get("Id") for x in rels}) == len(rels), f"{name}: two relations of one id")
    to_comments = [x for x in rels if x.get("Type").endswith("/comments")]
    if not need(len(to_comments) == 1, f"{name}: {len(to_comments)} relations to comments"):
        return []
    part = posixpath.normpath(posixpath.join("/" + posixpath.dirname(text_part), to_comments[0].get("Target"))).lstrip("/")
    types = tree.fromstring(after["[Content_Types].xml"])
    declared = [x.get("ContentType") for x in types if x.tag == PACKAGE + "content-types}Override" and x.get("PartName") == "/" + part]
    need(declared == [TYPE], f"{name}: content type of {part}: {declared}")
    old_rels = {tree.tostring(x) for x in tree.fromstring(before[rels_part])} if rels_part in before else set()
    need(old_rels <= {tree.tostring(x) for x in rels}, f"{name}: a relation changed")
    touched = {n for n in after if after[n] != before.get(n)}
    fresh = part not in before
    need(touched == {text_part, part} | ({rels_part, "[Content_Types].xml"} if fresh else set()) and set(before) <= set(after), f"{name}: touched {touched}")

    # The comments.
    comments = tree.fromstring(after[part])
    old = [c.get(NS + "id") for c in tree.fromstring(before[part])] if not fresh else []
    ids = [c.get(NS + "id") for c in comments]
    new = [i for i in ids if i not in old]
    need(comments.tag == NS + "comments" and len(ids) == len(set(ids)) and all(re.fullmatch(r"\d{1,9}", i) for i in new), f"{name}: ids {ids}")
    was = "" if fresh else before[part].decode().replace("/>", ">") if not old else before[part].decode()
    need(after[part].decode().startswith(was.removesuffix("</w:comments>")), f"{name}: an earlier comment changed")
    need(len(new) == len(found), f"{name}: {len(new)} comments for {len(found)} findings")
    for c in comments:
        if c.get(NS + "id") in new:
            need(c.tag == NS + "comment" and c.get(NS + "author") and all(x.tag == NS + "p" for x in c) and len(c) > 0, f"{name}: a comment's form")
    dangling = set(re.findall(r'<w:comment\w+ w:id="(-?\d+)"', before[text_part].decode())) - set(old)
    need(not dangling & set(new), f"{name}: ids {dangling & set(new)} were in use in the text")

    # The text.
    fault = without_marks(before[text_part], after[text_part], new)
    need(not fault, f"{name}: the text part: {fault}")
    looks = lambda x: [(c, b"" if q.find(NS + "rPr") is None else tree.tostring(q.find(NS + "rPr"))) for q in tree.fromstring(x).iter(NS + "r") for t in q.findall(NS + "t") for c in t.text or ""]
    need(looks(before[text_part]) == looks(after[text_part]), f"{name}: looks of runs changed")
    document = tree.fromstring(after[text_part])
    parent = {child: node for node in document.iter() for child in node}
    order = {node: i for i, node in enumerate(document.iter())}
    up = lambda node: [node] + (up(parent[node]) if node in parent else [])
    at = {kind: {} for kind in ("commentRangeStart", "commentRangeEnd", "commentReference")}
    codes, in_code = [], {}  # fields that are open, whether in their code
    for node in document.iter():
        if node.tag == NS + "fldChar":
            kind = node.get(NS + "fldCharType")
            if kind == "begin":
                codes.append(True)
            elif codes and kind == "separate":
                codes[-1] = False
            elif codes:
                codes.pop()
        kind = node.tag.removeprefix(NS)
        if kind in at and node.get(NS + "id") in new:
            need(node.get(NS + "id") not in at[kind], f"{name}: two {kind} of comment {node.get(NS + 'id')}")
            at[kind][node.get(NS + "id")] = node
            in_code[node] = any(codes)
    said = []
    for i in new:
        start, end, reference = (at[kind].get(i) for kind in at)
        if not need(None not in (start, end, reference), f"{name}: comment {i} lacks a mark"):
            continue
        marks_seen += 1
        need(order[start] < order[end] < order[reference], f"{name}: order of the marks of {i}")
        need(parent[start].tag in RANGE_PARENTS and parent[end].tag in RANGE_PARENTS, f"{name}: {i} stands in {parent[start].tag}, {parent[end].tag}")
        run = parent[reference]
        need(run.tag == NS + "r" and parent[run].tag in RUN_PARENTS and list(run) == [reference], f"{name}: the reference {i} stands in {parent[run].tag}")
        beside = list(parent[end])
        need(parent[run] is parent[end] and beside.index(run) == beside.index(end) + 1, f"{name}: the reference {i} is not beside its end")
        for node in (start, end, run):
            bad = {x.tag for x in up(node)[1:]} & NOT_INSIDE
            need(not bad, f"{name}: {i} stands inside {bad}")
            need(MC + "Fallback" not in {x.tag for x in up(node)}, f"{name}: {i} stands in a fallback")
        need(not any(in_code[x] for x in (start, end, reference)), f"{name}: {i} stands in the code of a field")
        cell = lambda node: next((x for x in up(node) if x.tag == NS + "tc"), None)
        need(cell(start) is cell(end) or (cell(start) is None) == (cell(end) is None), f"{name}: {i} begins in a cell and ends outside")
        shown = []
        for node in document.iter():
            if order[start] < order[node] < order[end] and node.tag == NS + "t" and not {x.tag for x in up(node)} & {NS + "del", NS + "moveFrom", NS + "rt", NS + "txbxContent", MC + "Fallback"}:
                shown.append(node.text or "")
        said.append("".join(shown))
    for node in document.iter(NS + "t"):  # a cut must not lose a blank at its edge
        if node.text and node.text != node.text.strip():
            need(node.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve" or node.text in {t.text for t in tree.fromstring(before[text_part]).iter(NS + "t")}, f"{name}: a blank is lost: {node.text!r}")
    if words:
        need([letters(w) for w in said] == [letters(q["text"]) for q in found], f"{name}: words {said}, not {[q['text'] for q in found]}")
    again = folder / ("again-" + name)
    subprocess.run([program, "verify", draft, "--against", against or library, "--annotate", again, "--format", "json"], capture_output=True)
    need(again.read_bytes() == out.read_bytes(), f"{name}: other bytes the second time")
    return said


# --- the Word documents of the repository ---
sample = root / "data/sample/texts"
subprocess.run([sys.executable, root / "data/sample/make_draft.py", folder / "made.docx"], check=True)
annotated("sample.docx", (folder / "made.docx").read_bytes(), sample, words=False)
(folder / "office.txt").write_text(FILLER + "郗望澜在座谈会上指出，“护河先要识河，要把上游的林、中游的田放在一张图上看。”\n", "utf-8")
for path in sorted(root.glob("tests/fixtures/**/*.docx")):
    annotated(path.name, path.read_bytes(), folder / "office.txt", findings=1)
article = [l for l in (sample / next(f for f in sorted(os.listdir(sample)) if f.startswith("03"))).read_text("utf-8").splitlines() if l.strip() and not l.startswith("- ")]
others = folder / "others"
others.mkdir()
for f in sorted(sample.iterdir()):
    if not f.name.startswith("03") and f.suffix in (".txt", ".md"):
        (others / f.name).write_bytes(f.read_bytes())
annotated("article.docx", make.docx("".join(p("".join(r(l[i:i + 7]) for i in range(0, len(l), 7))) for l in article)), others)
annotated("article-whole.docx", make.docx("".join(p(l) for l in article)), others)

# --- layouts that go against the grain ---
said = lambda words: r("郗望澜指出，“" + words + "”")
say = "郗望澜指出，“"
char = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
code = lambda text: f"<w:r><w:instrText>{text}</w:instrText></w:r>"
field = lambda text, result: char("begin") + code(text) + char("separate") + result + char("end")
cells = lambda *inner: "<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in inner) + "</w:tr></w:tbl>"
ins = lambda inner, i=9: f'<w:ins w:id="{i}" w:author="x">{inner}</w:ins>'
gone = lambda text, i=10: f'<w:del w:id="{i}"><w:r><w:delText>{text}</w:delText></w:r></w:del>'
sdt = lambda inner: f"<w:sdt><w:sdtPr/><w:sdtContent>{inner}</w:sdtContent></w:sdt>"
box = lambda inner: f"<w:r><w:pict><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></w:pict></w:r>"
both = lambda inner: ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx><w:txbxContent>' + inner + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>" +
                      inner + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
ruby = lambda c, y: f'<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>{y}</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>{c}</w:t></w:r></w:rubyBase></w:ruby></w:r>'
link = lambda inner: f'<w:hyperlink w:anchor="x">{inner}</w:hyperlink>'
head, rest = A[:9], A[9:]
LAYOUTS = {  # name → (body, findings)
    "runs": (p("".join(r(c, "<w:b/>" if i % 3 else "") for i, c in enumerate(say + A + "”。"))), 1),
    "two-in-one-run": (p(r(say + A + "”，“" + B + "”")), 2),
    "two-that-touch": (p(r(say + A + "”“") + r(B + "”")), 2),
    "paragraphs": (p(r(say + A[:18])) + p(r(A[18:] + "”他说。")), 1),
    "cell": (cells(p("一"), p(said(A))), 1),
    "cells-nested": (cells(p("一") + cells(p(said(A)), p("二")) + p(""), p(said(B))), 2),
    "row-control": ("<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid>" + sdt("<w:tr><w:tc>" + p(said(A)) + "</w:tc></w:tr>") + "<w:tr>" + sdt("<w:tc>" + p(said(B)) + "</w:tc>") + "</w:tr></w:tbl>", 2),
    "block-control": (sdt(p(r("前文一句。")) + p(said(A)) + p(r("后文一句。"))), 1),
    "run-control": (p(r(say) + sdt(r(head)) + r(rest + "”")), 1),
    "run-control-left": (p(sdt(r(say + head)) + r(rest + "”")), 1),
    "run-control-entered": (p(r(say + head) + sdt(r(rest + "”"))), 1),
    "inserted": (p(ins(said(A))), 1),
    "insertion-left": (p(ins(r(say + head)) + r(rest + "”")), 1),
    "insertion-entered": (p(r(say + head) + ins(r(rest + "”"))), 1),
    "deletion-inside": (p(r(say + head) + gone("删掉的字") + r(rest + "”")), 1),
    "deletion-at-edges": (p(r(say) + gone("前删") + r(A) + gone("后删", 11) + r("”")), 1),
    "deleted-whole": (p(gone(say + A + "”") + r("留下的一句。")), 0),
    "mark-deleted": (p(r(say + head), props='<w:rPr><w:del w:id="3"/></w:rPr>') + p(r(rest + "”")), 1),
    "moved": (p('<w:moveFromRangeStart w:id="1" w:name="m"/><w:moveFrom w:id="2">' + said(A) + '</w:moveFrom><w:moveFromRangeEnd w:id="1"/>') + p('<w:moveToRangeStart w:id="3" w:name="m"/><w:moveTo w:id="4">' + said(A) + '</w:moveTo><w:moveToRangeEnd w:id="3"/>'), 1),
    "link": (p(link(said(A))), 1),
    "link-left": (p(link(r(say + head)) + r(rest + "”")), 1),
    "link-entered": (p(r(say + head) + link(r(rest) + r("”"))), 1),
    "tag": (p('<w:smartTag w:uri="u" w:element="e">' + said(A) + "</w:smartTag>"), 1),
    "field-result": (p(field('HYPERLINK "a"', said(A))), 1),
    "field-left": (p(field('HYPERLINK "a"', r(say + head)) + r(rest + "”")), 1),
    "field-entered": (p(r(say + head) + field('HYPERLINK "a"', r(rest + "”"))), 1),
    "field-begins-quotation": (p(r(say) + field("REF a", r(head)) + r(rest + "”")), 1),
    "field-ends-quotation": (p(r(say + head) + field("REF a", r(rest)) + r("”")), 1),
    "field-nested": (p(field("IF a", r(say + head) + field("REF b", r(rest[:4])) + r(rest[4:] + "”"))), 1),
    "field-in-code": (p(char("begin") + code("IF ") + field("REF a", r("隐的结果")) + code(" b") + char("separate") + said(A) + char("end")), 1),
    "field-one-run": (p('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>REF a</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>' + say + A + '”</w:t><w:fldChar w:fldCharType="end"/></w:r>'), 1),
    "field-simple": (p('<w:fldSimple w:instr="REF a">' + said(A) + "</w:fldSimple>"), 1),
    "field-of-lines": (p(char("begin") + code("REF a") + char("separate") + r(say + A[:18])) + p(r(A[18:] + "”") + char("end")), 1),
    "set-over-begins": (p(r(say) + char("begin") + code("eq \\o\\ac(○,护)") + char("end") + r(A[1:] + "”")), 1),
    "set-over-ends": (p(r(say + A[:-2]) + char("begin") + code("eq \\o\\ac(○,看)") + char("end") + r("”")), 1),
    "box": (p(r("前") + box(p(said(A))) + r("后")), 1),
    "box-of-two": (p(r("前") + box(p(said(A)) + p(said(B))) + r("后")), 2),
    "box-twice": (p(r("前") + both(p(said(A))) + r("后")), 1),
    "box-inside-quotation": (p(r(say + head) + box(p("框里的一句话")) + r(rest + "”")), 1),
    "box-and-line": (p(r(say + A + "”") + box(p(said(B)))), 2),
    "readings": (p(r(say) + ruby("护", "hù") + r(A[1:-2]) + ruby("看", "kàn") + r("”")), 1),
    "pieces-of-a-run": (p(f"<w:r><w:rPr><w:b/></w:rPr><w:t>{say}{A[:5]}</w:t><w:tab/><w:t>{A[5:12]}</w:t><w:br/><w:t>{A[12:]}</w:t><w:t>”后文</w:t></w:r>"), 1),
    "escapes": (p(f"<w:r><w:t>A&amp;B&#x4E00; {say}{A[:3]}&#x{ord(A[3]):X};{A[4:]}”&lt;后&gt;</w:t></w:r>"), 1),
    "xml-comments": (p(f"<w:r><w:t>{say}{A[:4]}<!-- </w:t> -->{A[4:]}”</w:t></w:r>"), 1),
    "cdata": (p(f"<w:r><w:t>{say}</w:t></w:r><w:r><w:t><![CDATA[{A}]]></w:t></w:r><w:r><w:t>”</w:t></w:r>"), 1),
    "alternatives": (p(f'<w:r><mc:AlternateContent><mc:Choice Requires="w14"><w:t>{say}{A}”</w:t></mc:Choice><mc:Fallback><w:t>别的字</w:t></mc:Fallback></mc:AlternateContent></w:r>'), 1),
    "alternatives-of-runs": (p(f'<mc:AlternateContent><mc:Choice Requires="w14">{said(A)}</mc:Choice><mc:Fallback>{r("别的字")}</mc:Fallback></mc:AlternateContent>'), 1),
    "bookmarks": (p(r(say) + '<w:bookmarkStart w:id="0" w:name="b"/><w:proofErr w:type="spellStart"/>' + r(A) + '<w:proofErr w:type="spellEnd"/><w:bookmarkEnd w:id="0"/>' + r("”")), 1),
    "direction": (p('<w:bdo w:val="ltr">' + said(A) + "</w:bdo>"), 1),
    "hidden-inside": (p(r(say + head) + r("隐去的字", "<w:vanish/>") + r(rest + "”")), 1),
    "symbol-first": (p(r(say) + '<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>' + r(A + "”")), 1),
    "formula": (p(r(say + head) + '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>x</m:t></m:r></m:oMath>' + r(rest + "”")), None),
    "blanks-unkept": (p(f"<w:r><w:t>{say}{A}” 后 文</w:t></w:r>"), 1),
    "range-open": (p('<w:commentRangeStart w:id="0"/>' + said(A)), 1),  # of a comment that is no more
}
for name, (body, count) in LAYOUTS.items():
    data = make.docx(p("题目一行") + body + p("末尾一句话。"))
    loose = name in ("box", "box-of-two", "box-twice", "box-and-line", "alternatives", "alternatives-of-runs", "symbol-first", "formula", "set-over-begins", "set-over-ends", "hidden-inside")
    annotated(name + ".docx", data, findings=count, words=not loose)

# Notes: their comments are at their marks, wherever those stand.
for name, body, notes, count in (
        ("note", p(r("正文一句") + foot(2) + r("。")), {2: say + A + "”"}, 1),
        ("note-of-two", p(r("正文一句") + foot(2) + r("。")), {2: say + A + "”，“" + B + "”"}, 2),
        ("note-in-link", p(link(r("正文一句") + foot(2)) + r("。")), {2: say + A + "”"}, 1),
        ("note-inserted", p(r("正文一句") + ins(foot(2)) + r("。")), {2: say + A + "”"}, 1),
        ("note-in-cell", cells(p("一"), p(r("正文一句") + foot(2))), {2: say + A + "”"}, 1),
        ("note-in-box", p(r("前") + box(p(r("框里一句") + foot(2))) + r("后")), {2: say + A + "”"}, 1),
        ("note-in-field", p(field("REF a", r("正文一句") + foot(2))), {2: say + A + "”"}, 1),
        ("note-and-line", p(r(say + A + "”") + foot(2) + r("。")), {2: say + B + "”"}, 2),
        ("note-inside-quotation", p(r(say + head) + foot(2) + r(rest + "”。")), {2: say + B + "”"}, 2)):
    annotated(name + ".docx", make.docx(p("题目一行") + body + p("末尾一句话。"), footnotes=notes), findings=count, words=False)
    annotated(name + "-end.docx", make.docx(p("题目一行") + body.replace("footnoteReference", "endnoteReference") + p("末尾一句话。"), endnotes=notes), findings=count, words=False)

# Comments that are there: around, inside, across, on the same words; with the parts that newer editions of Word add.
there = lambda i: (f'<w:commentRangeStart w:id="{i}"/>', f'<w:commentRangeEnd w:id="{i}"/><w:r><w:commentReference w:id="{i}"/></w:r>')
(o, c), (o2, c2) = there(7), there(12)
own = (f'<w:comments {W} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">' +
       "".join(f'<w:comment w:id="{i}" w:author="编辑"><w:p w14:paraId="0000000{k}"><w:r><w:t>请核</w:t></w:r></w:p></w:comment>' for k, i in enumerate((7, 12), 1)) + "</w:comments>")
extended = '<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:commentEx w15:paraId="00000001" w15:done="0"/></w15:commentsEx>'
rows = [(RELATION + "comments", "comments.xml"), ("http://schemas.microsoft.com/office/2011/relationships/commentsExtended", "commentsExtended.xml")]
declared = make.TYPES.replace("</Types>", f'<Override PartName="/word/comments.xml" ContentType="{TYPE}"/></Types>')
for name, body in (("around", p(o + said(A) + c)), ("inside", p(r(say + A[:5]) + o + r(A[5:9]) + c + r(A[9:] + "”"))), ("same", p(r(say) + o + r(A) + c + r("”"))),
                   ("across", p(o + r(say + head) + c + o2 + r(rest + "”") + r("后文") + c2)), ("cuts", p(o + r(say) + c + o2 + r(A + "”") + c2))):
    annotated(f"comments-{name}.docx", make.docx(p("题目一行") + body, more={"word/comments.xml": own, "word/commentsExtended.xml": extended, "word/_rels/document.xml.rels": make.relations(rows), "[Content_Types].xml": declared}), findings=1)
empty = f'<w:comments {W}/>'
annotated("comments-empty.docx", make.docx(p(said(A)), more={"word/comments.xml": empty, "word/_rels/document.xml.rels": make.relations(rows[:1]), "[Content_Types].xml": declared}), findings=1)
# A part of that name that nothing leads to keeps its bytes.
annotated("comments-unrelated.docx", make.docx(p(said(A)), more={"word/comments.xml": own}), findings=1)
annotated("no-relations.docx", make.packed({n: c for n, c in parts(make.docx(p(said(A)))).items() if n != "word/_rels/document.xml.rels"}), findings=1)

subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {marks_seen} comments, {len(faults)} failed")
sys.exit(bool(faults))
