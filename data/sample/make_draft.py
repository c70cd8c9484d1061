#!/usr/bin/env python3
"""An invented draft as Word writes one: python3 make_draft.py OUT.docx. Its quotations are those of the sample texts, some as they stand
there, some changed; the same bytes every time. Standard library only."""
import sys, zipfile
from xml.sax.saxutils import escape

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def r(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(*runs, style="正文"):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(x if x.startswith("<") else r(x) for x in runs)}</w:p>'


def foot(number):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'


NOTES = {1: "《云川日报》2031年3月9日。",
         2: "《云川日报》2031年5月22日。",
         3: "郗望澜在考察时还讲过：“保护梯田，要先保护会修梯田的人，把老把式请进课堂，把年轻人请回田里”。"}
BODY = [
    p("沿河十年", style="题目"),
    p("闻人渡", style="作者"),
    p("一、先把河认清", style="标题1"),
    p("郗望澜在云川河流保护座谈会上指出，“", r("护河先要识河。要把上游的林、中游的田、下游的城放在一张图上看", "<w:b/>"), "”。", foot(1),
      "同一次会上他还说，“给河留一条路，给鱼留一扇门，就是说堤可以一味加高，坝不能一味加密”。"),
    p("按照“用三年时间给全省一百二十条河各立一本河账，每年向沿河村镇公布一次”的要求，各县先后立账。"),
    p("二、把人留在河边", style="标题1"),
    p("在梨坪，郗望澜说，“一级田就是一级小水塘，", '<w:ins w:id="1" w:author="编辑" w:date="2032-10-01T09:00:00Z">' + r("上丘满了流下丘，") + "</w:ins>",
      '<w:del w:id="2" w:author="编辑" w:date="2032-10-01T09:00:00Z"><w:r><w:delText>上丘漫了流下丘，</w:delText></w:r></w:del>', "下丘满了才入河”。", foot(2), "这话田把式们都懂。", foot(3)),
    p("他谈到书屋：“书屋不在大，在于门常开、灯常亮、书常换。”谈到时间：“这个计划管三年，更要管二十年。”"),
    p("他还说过，“桥要一座一座数，灯要一盏一盏点，谁也不许拖到来年汛期”，这一句没有查到出处。"),
]
STYLE = ('<w:style w:type="paragraph"{} w:styleId="{}"><w:name w:val="{}"/><w:basedOn w:val="正文"/><w:pPr><w:jc w:val="{}"/>{}</w:pPr>'
         '<w:rPr><w:sz w:val="{}"/></w:rPr></w:style>')
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                           f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{MAIN}document.main+xml"/>'
                           f'<Override PartName="/word/styles.xml" ContentType="{MAIN}styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="{MAIN}footnotes+xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f'{HEAD}<w:document {W}><w:body>{"".join(BODY)}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/></w:sectPr></w:body></w:document>',
    "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{OFFICE}styles" Target="styles.xml"/><Relationship Id="rId2" Type="{OFFICE}footnotes" Target="footnotes.xml"/></Relationships>',
    "word/styles.xml": f'{HEAD}<w:styles {W}><w:style w:type="paragraph" w:default="1" w:styleId="正文"><w:name w:val="Normal"/><w:pPr><w:spacing w:line="360" w:lineRule="auto"/><w:ind w:firstLineChars="200" w:firstLine="480"/></w:pPr>'
                       '<w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="宋体"/><w:sz w:val="24"/><w:lang w:eastAsia="zh-CN"/></w:rPr></w:style>' +
                       STYLE.format("", "题目", "Title", "center", '<w:ind w:firstLine="0" w:firstLineChars="0"/>', 36) + STYLE.format("", "作者", "作者", "center", '<w:ind w:firstLine="0" w:firstLineChars="0"/>', 24) +
                       STYLE.format("", "标题1", "heading 1", "left", '<w:outlineLvl w:val="0"/>', 28) + "</w:styles>",
    "word/footnotes.xml": f'{HEAD}<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote><w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>' +
                          "".join(f'<w:footnote w:id="{n}">{p("<w:r><w:rPr><w:vertAlign w:val=%ssuperscript%s/></w:rPr><w:footnoteRef/></w:r>" % (chr(34), chr(34)), r(" " + text))}</w:footnote>' for n, text in NOTES.items()) + "</w:footnotes>",
}
with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as out:
    for name, content in PARTS.items():
        info = zipfile.ZipInfo(name, (2032, 10, 1, 9, 0, 0))
        info.compress_type = zipfile.ZIP_DEFLATED
        out.writestr(info, content)
