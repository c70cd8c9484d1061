#!/usr/bin/env python3
"""Word documents, OpenDocument texts, e-books and zips: what is text, what is not, where each thing stands."""
import io, json, os, pathlib, subprocess, sys, tempfile, zipfile
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import packages as make
from packages import foot, p, r

program = os.path.abspath(sys.argv[1])
folder = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0
SAY = "护河先要识河，要把上游的林、中游的田放在一张图上看。"


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def same(got, wanted, what):
    need(got == wanted, f"{what}: {got!r}, not {wanted!r}")


def run(*args):
    ran = subprocess.run([program, *map(str, args), "--format", "json"], capture_output=True)
    return json.loads(ran.stdout) if ran.stdout else None, ran.stderr.decode()


def put(name, content):
    (folder / name).write_bytes(content)
    return folder / name


def read(name, content):
    """The documents of a file, each as the trace of a report has it, and what was said."""
    report, said = run("trace", put(name, content), "--include", "texts")
    need(report is not None, f"{name}: {said}")
    return report["documents"], said


def text(name, content):
    documents, said = read(name, content)
    need(not said, f"{name}: {said}")
    same(len(documents), 1, f"{name}: documents")
    return documents[0]["text"] if documents else ""


def look(name, content):
    """Paragraphs of one file: role and text; where they stand."""
    report, said = run("inspect", put(name, content))
    need(report is not None, f"{name}: {said}")
    return [(q["role"], q["text"]) for d in report["documents"] for w in d["works"] for q in w["paragraphs"]]


# What is text in a Word document.
def word(inner, **more):
    return text("a.docx", make.docx(inner, **more))


same(word(p("甲") + p("") + p("乙")), "甲\n\n乙\n", "paragraphs, an empty one among them")
same(word(p(r("护") + r("河") + r("先"))), "护河先\n", "runs join")
same(word(p(r("上行") + "<w:r><w:br/></w:r>" + r("下行") + '<w:r><w:tab/><w:t>后</w:t></w:r>')), "上行\n下行\t后\n", "breaks and tabs")
same(word(p('<w:hyperlink r:id="x">' + r("链上的字") + "</w:hyperlink>")), "链上的字\n", "hyperlinks")
same(word(p(r("留") + '<w:ins w:id="1" w:author="a">' + r("增") + '</w:ins><w:del w:id="2"><w:r><w:delText>删</w:delText></w:r></w:del>')), "留增\n", "tracked changes are accepted")
same(word(p('<w:moveFrom w:id="1">' + r("移") + "</w:moveFrom>" + r("甲")) + p('<w:moveTo w:id="2">' + r("移") + "</w:moveTo>")), "甲\n移\n", "moves")
same(word(p("上半", props='<w:rPr><w:del w:id="3"/></w:rPr>') + p("下半") + p("后")), "上半下半\n后\n", "a paragraph's mark is deleted")
same(word(p("末", props='<w:rPr><w:del w:id="3"/></w:rPr>')), "末\n", "the last paragraph's mark is deleted")
same(word("<w:tbl><w:tr><w:tc>" + p("一") + "</w:tc><w:tc>" + p("二") + '</w:tc></w:tr><w:tr><w:trPr><w:del w:id="4"/></w:trPr><w:tc>' + p("删去的行") + "</w:tc></w:tr></w:tbl>"), "一\n二\n", "tables")
cell = lambda words: "<w:tc>" + p(words) + "</w:tc>"
report, _ = run("inspect", put("list.docx", make.docx(
    p("河上旧话") + "<w:tbl><w:tr>" + cell("说话人") + cell("引文") + "</w:tr><w:tr>" + cell("郗望澜") + cell(SAY) + "</w:tr></w:tbl>" + p("大家都记住了。"))))
(quoted,) = report["documents"][0]["works"][0]["quotations"]
same((quoted["form"], quoted["text"], quoted["speaker"]), ("block", SAY, "郗望澜"), "a table of quotations")
same(word(p(r("显") + r("隐", "<w:vanish/>") + r("现", '<w:vanish w:val="0"/>'))), "显现\n", "hidden text")
raised = '<w:vertAlign w:val="superscript"/>'
same(word(p(r("河是邻居") + r("12", raised) + r("，25m") + r("2", raised) + r("，田是老师") + r("[", raised) + r("13", raised) + r("]", raised) + r("水2", '<w:vertAlign w:val="subscript"/>'))), "河是邻居¹²，25m²，田是老师[13]水2\n", "raised figures")
same(word(p(r("河是邻居") + r("4", '<w:rStyle w:val="u"/>')), styles=f'<w:style w:type="character" w:styleId="u"><w:rPr>{raised}</w:rPr></w:style>'), "河是邻居⁴\n", "figures raised by their style")
styles = ('<w:style w:type="character" w:styleId="h"><w:name w:val="Hid"/><w:basedOn w:val="h0"/></w:style><w:style w:type="character" w:styleId="h0"><w:rPr><w:vanish/></w:rPr></w:style>')
same(word(p(r("显") + r("隐", '<w:rStyle w:val="h"/>')), styles=styles), "显\n", "text hidden by a style that rests on another")
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE {}</w:instrText></w:r>'
same(word(p(FIELD + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("果") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r("后"))), "果后\n", "results of fields")
same(word(p(FIELD + r("码") + FIELD + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("内") + '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("外") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')), "外\n", "a field in the code of another")
same(word(p(FIELD + r("甲")) + p("乙")), "甲\n乙\n", "a field that is never closed")
def field(code, result=None):
    parts = code if isinstance(code, list) else [code]
    return ('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + "".join(f"<w:r><w:instrText>{c}</w:instrText></w:r>" for c in parts) +
            ("" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}') + '<w:r><w:fldChar w:fldCharType="end"/></w:r>')


# Word's older readings over characters and numbers in rings: fields without a result.
for code, wanted in (('EQ \\* jc2 \\* "Font:宋体" \\* hps10 \\o\\ad(\\s\\up 9(hé),河)', "前河水\n"), ([" eq \\o\\ac(○,", "21", ")"], "前㉑水\n"), ("eq \\o\\ac(□,河)", "前河水\n"),
                     ("EQ \\f(1,2)", "前水\n"), ("EQ \\o(", "前水\n"), ("EQ \\o", "前水\n"), ("EQ \\o\\ac(○,\\s\\up(7))", "前⑦水\n")):
    same(word(p(r("前") + field(code) + r("水"))), wanted, f"a field that sets characters over each other: {code}")
same(word(p(r("前") + field("EQ \\o(a,b)", r("果")) + r("水"))), "前果水\n", "one that has a result")
# A table of contents by field alone, its lines in no style of their own; what follows it is text.
contents = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-3" </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>' + r("一是识河") + field("PAGEREF a", r("2"))) + p(r("二是记账") + field("PAGEREF b", r("3")))
for name, end in (("in a line of its own", p('<w:r><w:fldChar w:fldCharType="end"/></w:r>') + p(SAY)), ("at the head of the text", p('<w:r><w:fldChar w:fldCharType="end"/></w:r>' + r(SAY)))):
    same(look("toc.docx", make.docx(contents + end)), [("body", SAY)], f"contents by field, which ends {name}")
same(len(look("toc.docx", make.docx(contents + p(SAY)))), 3, "contents that never end hide nothing")
same(word(p('<w:fldSimple w:instr="DATE">' + r("三月") + "</w:fldSimple>")), "三月\n", "simple fields")
same(word(p('<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>hé</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>河</w:t></w:r></w:rubyBase></w:ruby></w:r>' + r("水"))), "河水\n", "readings over characters")
same(word(p('<w:r><w:sym w:font="Segoe UI Symbol" w:char="2611"/></w:r>' + r("项") + '<w:r><w:noBreakHyphen/><w:softHyphen/><w:t>后</w:t></w:r>')), "\u2611项-后\n", "symbols")
documents, said = read("symbols.docx", make.docx(p("题目") + p('<w:r><w:sym w:font="Wingdings" w:char="F06C"/></w:r>' + r("项") + '<w:r><w:sym w:font="Symbol" w:char="F0B7"/></w:r>')))
same(documents[0]["text"], "题目\n\uf06c项\uf0b7\n", "characters of symbol fonts")
need("2 characters are of the typesetter's own or of a symbol font" in said and "U+F06C U+F0B7" in said and "in paragraph 2" in said, f"characters of symbol fonts are said: {said}")
box = lambda inner: f"<w:txbxContent>{inner}</w:txbxContent>"
both = ('<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>' + box(p("框内一") + p("框内二")) + "</wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>" +
        box(p("框内一") + p("框内二")) + "</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
same(word(p(r("前") + both + r("后")) + p("下")), "前后\n框内一\n框内二\n下\n", "a text box, once, behind its paragraph")
same(word('<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>' + p("单击此处输入") + "</w:sdtContent></w:sdt><w:sdt><w:sdtContent>" + p("真") + "</w:sdtContent></w:sdt>"), "真\n", "content controls")
same(word(p(r("甲") + '<w:r><w:commentReference w:id="0"/></w:r>')), "甲\n", "comments")
same(word(p(r("&lt;河&gt; & “桥”"))), "&lt;河&gt; & “桥”\n", "characters that XML escapes")

# Notes.
noted = make.docx(p(r("他说：“" + SAY[:-1] + "。”") + foot(2) + r("后文。")) + p(r("再说一句") + foot(3, "endnote") + r("。")) + p(r("又见") + foot(2)),
                  footnotes={2: "《云川日报》2031年3月9日，第2页。"}, endnotes={3: p(r("尾注")) + p("两段")})
same(text("notes.docx", noted), "他说：“" + SAY[:-1] + "。”后文。\n再说一句。\n又见\n《云川日报》2031年3月9日，第2页。\n尾注\n两段\n", "notes behind the text, without marks")
same([role for role, _ in look("notes.docx", noted)][-3:], ["note"] * 3, "notes are notes")
same(word(p(r("甲") + '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>*</w:t></w:r>' + r("乙")), footnotes={2: "注"}), "甲乙\n注\n", "a mark of its own")
same(word(p(r("甲") + "<w:del>" + foot(2) + "</w:del>"), footnotes={2: "注"}), "甲\n", "the note of a deleted mark")
same(word(p(r("甲") + foot(9)), footnotes={2: "注"}), "甲\n", "a mark without a note")

# Headings, contents, quotations, captions by style.
styles = ('<w:style w:styleId="a1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style><w:style w:styleId="own"><w:name w:val="小标题"/><w:basedOn w:val="a1"/></w:style>'
          '<w:style w:styleId="t1"><w:name w:val="toc 1"/></w:style><w:style w:styleId="c1"><w:name w:val="caption"/></w:style><w:style w:styleId="loop"><w:basedOn w:val="loop"/></w:style>')
long = SAY * 3
got = look("heads.docx", make.docx(p("护河的几点体会") + p("一是识河\t2", "t1") + p(long) + p("一是识河", "own") + p(long, "loop") + p("二是记账", "", '<w:outlineLvl w:val="1"/>') + p(long) + p("图里的老桥", "c1"), styles=styles))
need(("heading", "一是识河") in got and ("heading", "二是记账") in got, f"headings by style: {got}")
need(not any("\t2" in t or t == "图里的老桥" for _, t in got), f"contents and captions are no text: {got}")
report, said = run("inspect", put("props.docx", make.docx(p(SAY), core="<dc:title>旧题</dc:title><dc:creator>打字员</dc:creator><dcterms:created>2020-01-01T00:00:00Z</dcterms:created>")))
need(report["documents"][0]["works"][0]["published"]["status"] == "none", "a file's day is no evidence of its text's")
need("旧题" in json.dumps(report, ensure_ascii=False), "properties are said")

# Works: headings that begin articles, and headings that are parts of one. Notes stand with the work of their mark.
ranks = '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>' + "".join(f'<w:style w:styleId="h{i}"><w:name w:val="heading {i}"/></w:style>' for i in (1, 2))
ranks += '<w:style w:styleId="new"><w:basedOn w:val="h1"/><w:pPr><w:pageBreakBefore/></w:pPr></w:style>'
FIRST, SECOND, THIRD = "给河流留一条路", "让书屋的灯亮着", "修桥的人"
body = p(SAY * 2) + p("书屋不在大，在于门常开、灯常亮、书常换。" * 2)
new_page = '<w:r><w:br w:type="page"/></w:r>'
same_page = '<w:type w:val="continuous"/>'
ends = lambda kind: p("", props=f'<w:sectPr>{kind}</w:sectPr>')
ARTICLES = {
    "one after another": ([FIRST, SECOND, THIRD], p(FIRST, "h1") + body + p(SECOND, "h1") + body + p(THIRD, "h1") + body),
    "titles over sections": ([FIRST, SECOND], p(FIRST, "t") + p("先识河", "h1") + body + p("再记账", "h1") + body + p(SECOND, "t") + p("灯", "h1") + body),
    "dated, in a book": ([FIRST, SECOND], p("沿河文集", "t") + p(FIRST, "h1") + p("（2031年3月8日）") + body + p(SECOND, "h1") + p("（2032年3月8日）") + body),
    "dated, in parts": ([FIRST, SECOND], p("第一编 河", "h1") + p(FIRST, "h2") + p("（2031年3月8日）") + body + p("第二编 书", "h1") + p(SECOND, "h2") + p("（2032年3月8日）") + body),
    "on pages": ([FIRST, SECOND], p("沿河文集", "t") + p(new_page + r(FIRST), "h1") + body + p(new_page) + p(SECOND, "h1") + body),
    "on pages by style": ([FIRST, SECOND], p("沿河文集", "t") + p(FIRST, "new") + body + p(SECOND, "new") + body),
    "in sections of the file": ([FIRST, SECOND], p("沿河文集", "t") + p(FIRST, "h1") + body + ends("") + p(SECOND, "h1") + body),
    "counted anew": ([FIRST, SECOND], p(FIRST, "h1") + p("一、先识河") + body + p("二、再记账") + body + p(SECOND, "h1") + p("一、灯") + body),
    "sections under a title": ([FIRST], p(FIRST, "t") + p("先识河", "h1") + body + p("再记账", "h1") + body),
    "sections under a plain line": ([FIRST], p(FIRST) + p("先识河", "h1") + body + p("再记账", "h1") + body),
    "sections of the title's rank": ([FIRST], p(FIRST, "h1") + p("作者：闻人渡") + body + p("先识河", "h1") + body + p("再记账", "h1") + body),
    "numbered sections of the title's rank": ([FIRST], p(FIRST, "h1") + body + p("一、先识河", "h1") + body + p("二、再记账", "h1") + body),
    "parts of a paper": ([FIRST], p(FIRST, "h1") + body + p("引言", "h1") + body + p("再记账", "h1") + body),
    "sections in other columns": ([FIRST], p(FIRST, "t") + p("先识河", "h1") + body + ends(same_page) + p("再记账", "h1") + body + ends(same_page) + p("再读", "h1") + body),
}
for name, (titles, inner) in ARTICLES.items():
    report, said = run("inspect", put("works.docx", make.docx(inner + (f"<w:sectPr>{same_page}</w:sectPr>" if same_page in inner else ""), styles=ranks)))
    same([w["title"] for d in report["documents"] for w in d["works"]], titles, name)
rank = lambda text, i: f"<text:h text:outline-level='{i}'>{text}</text:h>"
text_of = f"<text:p>{SAY * 2}</text:p>"
pages = '<style:style style:name="P1" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
for name, titles, inner in (("an .odt of articles", [FIRST, SECOND], rank(FIRST, 1) + rank("先识河", 2) + text_of + rank(SECOND, 1) + text_of),
                            ("sections of an .odt", [FIRST], f"<text:p text:style-name='Title'>{FIRST}</text:p>" + rank("先识河", 1) + text_of + rank("再记账", 1) + text_of),
                            ("an .odt of pages", [FIRST, SECOND], "<text:p text:style-name='Title'>沿河文集</text:p>" + rank(FIRST, 1) + text_of + rank(SECOND, 1).replace("<text:h", "<text:h text:style-name='P1'") + text_of)):
    report, said = run("inspect", put("works.odt", make.odt(inner, automatic=pages, styles="<style:style style:name='Title' style:family='paragraph'/>")))
    same([w["title"] for d in report["documents"] for w in d["works"]], titles, name)
two = make.docx(p(FIRST, "h1") + p(r(SAY) + foot(2)) + p(SECOND, "h1") + p(r(SAY) + foot(3)) + p(SAY), styles=ranks, footnotes={2: "头一篇的注。", 3: "第二篇的注。"})
report, said = run("inspect", put("two.docx", two))
same([[q["text"] for q in w["paragraphs"] if q["role"] == "note"] for d in report["documents"] for w in d["works"]], [["头一篇的注。"], ["第二篇的注。"]], "notes of two works")

# Places: line is the paragraph.
library = put("library.txt", ("郗望澜在座谈会上指出，“" + SAY + "”\n").encode())
draft = put("draft.docx", make.docx(p("题目") + p("") + p(r("郗望澜指") + r("出，“") + r(SAY, "<w:b/>") + r("”") + foot(2)) + p("余文。"), footnotes={2: "《云川日报》2031年3月9日，第2页。"}))
report, said = run("verify", draft, "--against", library)
quotation = report["quotations"][0]
same((quotation["verdict"], quotation["line"], quotation["column"]), ("verbatim", 3, 8), "a quotation over runs")
same(sorted(c["kind"] for c in quotation["claims"] if c["kind"] != "speaker"), ["page", "publication"], "the note's claims")
place = subprocess.run([program, "verify", draft, "--against", library, "--format", "line", "--fail-on", "note"], capture_output=True, text=True).stdout
need("draft.docx:3:8" in place, f"a place by paragraph and character: {place}")
in_note = put("innote.docx", make.docx(p("题目") + p(r("正文一句") + foot(2) + r("。")), footnotes={2: "郗望澜指出，“" + SAY.replace("上游", "下游") + "”"}))
report, said = run("verify", in_note, "--against", library)
same([(q["verdict"]) for q in report["quotations"]], ["variant"], "a quotation in a note")
need(":2:5" in subprocess.run([program, "verify", in_note, "--against", library], capture_output=True, text=True).stdout, "its place is that of the mark")

# OpenDocument.
def open_text(body, **more):
    return text("a.odt", make.odt(body, **more))


hid = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
same(open_text("<text:p>甲</text:p><text:p/><text:h text:outline-level='2'>乙</text:h>"), "甲\n\n乙\n", "paragraphs of an .odt")
same(open_text("<text:p>a  \n b<text:s text:c='3'/>c<text:tab/>d<text:line-break/>e</text:p>"), "a b   c\td\ne\n", "blanks of an .odt")
same(open_text("<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes><text:p>留<text:change text:change-id='1'/></text:p>"), "留\n", "changes of an .odt")
same(open_text("<text:p>甲<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>注文</text:p></text:note-body></text:note>乙</text:p>"), "甲乙\n注文\n", "notes of an .odt")
same(open_text("<text:p>显<text:span text:style-name='H'>隐</text:span><text:ruby><text:ruby-base>河</text:ruby-base><text:ruby-text>hé</text:ruby-text></text:ruby></text:p>", automatic=hid), "显河\n", "hidden text and readings of an .odt")
high = "".join(f'<style:style style:name="{name}" style:family="text"><style:text-properties style:text-position="{set} 58%"/></style:style>' for name, set in (("U", "super"), ("P", "33%"), ("D", "sub"), ("M", "-33%")))
same(open_text("<text:p>河" + "".join(f"<text:span text:style-name='{name}'>1</text:span>" for name in "UPDM") + "</text:p>", automatic=high), "河¹¹11\n", "raised figures of an .odt")
same(open_text("<text:p>前<draw:frame><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame>后</text:p><office:annotation><text:p>批</text:p></office:annotation>"), "前后\n框\n", "text boxes of an .odt")
same(open_text("<table:table><table:table-row><table:table-cell><text:p>一</text:p></table:table-cell><table:table-cell><text:p>二</text:p></table:table-cell></table:table-row></table:table>"), "一\n二\n", "tables of an .odt")

same(open_text("<text:section text:display='none'><text:p>隐</text:p></text:section><text:section text:display='condition' text:is-hidden='true'><text:p>藏</text:p></text:section><text:section text:name='s'><text:p>显</text:p></text:section>"), "显\n", "hidden sections of an .odt")
entries = "<text:p>河\t2</text:p><text:p>桥\t3</text:p>"
got = look("lists.odt", make.odt("".join(f"<text:{kind}><text:index-body>{entries}</text:index-body></text:{kind}>" for kind in ("table-of-content", "user-index", "object-index", "bibliography", "alphabetical-index")) + f"<text:p>{SAY}</text:p>"))
same(got, [("body", SAY)], "lists of an .odt")

# E-books.
book = make.epub([("one.xhtml", "第一章 识河", make.xhtml("河与桥", f"<h1>第一章 识河</h1><p>{SAY}</p>")), ("two.xhtml", "第二章 修桥", make.xhtml("河与桥", f"<h1>第二章 修桥</h1><p>{SAY}</p>"))], order=["two.xhtml", "one.xhtml"])
report, said = run("inspect", put("book.epub", book))
same([(d["record"], d["works"][0]["title"], d["works"][0]["outlet"]) for d in report["documents"]],
     [("OEBPS/text/one.xhtml", "第一章 识河", "河与桥"), ("OEBPS/text/two.xhtml", "第二章 修桥", "河与桥")], "chapters are works")
need("nav" not in json.dumps(report["documents"]), "the list of chapters is no text")

noted_page = (f'<p>郗望澜指出，“{SAY}”<sup><a epub:type="noteref" href="#n1">1</a></sup>后文。</p><p>再一句<a role="doc-noteref" href="#n2">[2]</a>。</p>'
              '<aside epub:type="footnote" id="n1"><p><sup><a href="#r1">1</a></sup>《云川日报》2031年3月9日，第2页。</p></aside><div role="doc-endnote" id="n2"><p><a role="doc-backlink" href="#r2">↩</a>另一条。</p></div>')
noted_book = put("noted.epub", make.epub([("one.xhtml", "第一章 识河", make.xhtml("", f"<h1>第一章 识河</h1>{noted_page}"))]))
got = look("noted.epub", noted_book.read_bytes())
same([t for _, t in got], ["第一章 识河", f"郗望澜指出，“{SAY}”后文。", "再一句。", "《云川日报》2031年3月9日，第2页。", "另一条。"], "marks of notes in e-books")
same([role for role, _ in got][-2:], ["note"] * 2, "notes of e-books")
report, said = run("verify", noted_book, "--against", library)
same(sorted(c["kind"] for c in report["quotations"][0]["claims"] if c["kind"] != "speaker"), ["page", "publication"], "claims of a note in an e-book")

# What LibreOffice writes (tests/fixtures/make_office.py).
WRITTEN = ("沿河十年\n一、先把河认清\n郗望澜在座谈会上指出，“护河先要识河，要把上游的林、中游的田放在一张图上看。”各县都照着做了。\n书屋不在大，在于门常开、灯常亮、书常换。\n沿河的人都记着这句话。\n框里的一句话。\n"
           "河名\n青漪河\n二、把人留在河边\n上一行\n下一行\t行尾。\n《云川日报》2031年3月9日。\n尾注里的话。\n")
fixtures = pathlib.Path(__file__).parent.parent / "fixtures"
for form in ("docx", "odt"):
    same(text(f"office.{form}", (fixtures / f"office.{form}").read_bytes()), WRITTEN, f"office.{form}")
    roles = dict((t, role) for role, t in look(f"office.{form}", (fixtures / f"office.{form}").read_bytes()))
    same([roles[t] for t in ("沿河十年", "一、先把河认清", "二、把人留在河边", "尾注里的话。")], ["title", "heading", "heading", "note"], f"roles in office.{form}")
chapters, said = read("office.epub", (fixtures / "office.epub").read_bytes())  # what was deleted or hidden this form cannot say
whole = "".join(d["text"] for d in sorted(chapters, key=lambda d: d["record"]))
need("放在一张图上看。”各县都照着做了。\n" in whole and whole.count("《云川日报》2031年3月9日。") == 1 and "1《" not in whole, f"office.epub: {whole}")

# A chapter has no menus around it: short lines before and after its prose are text.
got = look("short.epub", make.epub([("one.xhtml", "第一章", make.xhtml("", f"<div class='foot'><p>给河流留一条路</p></div><p>郗望澜</p><p>{SAY * 2}</p><nav><p>目录</p></nav><p>写于望渡桥</p>"))]))
same([t for _, t in got], ["给河流留一条路", "郗望澜", SAY * 2, "写于望渡桥"], "short lines of a chapter")

# Zips.
inner = make.packed({"里/b.docx": make.docx(p(SAY))})
documents, said = read("many.zip", make.packed([("甲/a.txt", SAY + "甲"), ("c.jsonl", json.dumps({"id": "x", "text": SAY}) + "\n"), ("inner.zip", inner), ("pic.png", b"x"), ("__MACOSX/._a.txt", b"x")]))
same(sorted(d["record"] for d in documents), ["c.jsonl#x", "inner.zip#里/b.docx", "甲/a.txt"], "what a zip holds")
need(all(d["path"].endswith("many.zip") for d in documents), "the path is the zip's")
gbk = io.BytesIO()
with zipfile.ZipFile(gbk, "w") as z:
    info = zipfile.ZipInfo("X.txt")
    z.writestr(info, SAY)
raw = gbk.getvalue().replace(b"X.txt", "河".encode("gbk") + b".md")
documents, said = read("gbk.zip", raw)
same([d["record"] for d in documents], ["河.md"], "a name in GBK")

subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
