"""Word documents, OpenDocument texts and e-books written by hand, for tests: only what the readers look at."""
import io, warnings, zipfile
from xml.sax.saxutils import escape

warnings.filterwarnings("ignore", "Duplicate name")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MORE = ('xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"')
TYPES = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
         '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
         '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def packed(parts, stored=()):
    """A zip of these parts, name → text or bytes, with the same bytes every time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in parts.items() if isinstance(parts, dict) else parts:
            info = zipfile.ZipInfo(name, (2031, 3, 9, 8, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            z.writestr(info, content if isinstance(content, bytes) else content.encode())
    return out.getvalue()


def r(text, props=""):
    return f'<w:r>{f"<w:rPr>{props}</w:rPr>" if props else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(inner, style="", props=""):
    inner = inner if inner.startswith("<") or not inner else r(inner)
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p>{f"<w:pPr>{style}{props}</w:pPr>" if style or props else ""}{inner}</w:p>'


def foot(number, kind="footnote"):
    return f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:{kind}Reference w:id="{number}"/></w:r>'


def relations(rows):
    return ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">' +
            "".join(f'<Relationship Id="rId{i}" Type="{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(rows, 1)) + "</Relationships>")


def docx(body, footnotes=None, endnotes=None, styles="", more=None, core=""):
    """body: the XML of paragraphs; notes: id → text or XML; more: further parts."""
    rows, parts = [], {}
    for kind, notes in (("footnote", footnotes), ("endnote", endnotes)):
        if notes is None:
            continue
        rows.append((RELATION + kind + "s", kind + "s.xml"))
        mark = f"<w:r><w:{kind}Ref/></w:r>"
        parts[f"word/{kind}s.xml"] = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{kind}s {W}><w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>' +
                                      "".join(f'<w:{kind} w:id="{i}">{p(mark + r(" " + t)) if not t.startswith("<") else t}</w:{kind}>' for i, t in notes.items()) + f"</w:{kind}s>")
    if styles:
        rows.append((RELATION + "styles", "styles.xml"))
        parts["word/styles.xml"] = f'<?xml version="1.0" encoding="UTF-8"?><w:styles {W}>{styles}</w:styles>'
    top = [(RELATION + "officeDocument", "word/document.xml")]
    if core:
        top.append(("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", "docProps/core.xml"))
        parts["docProps/core.xml"] = ('<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" '
                                      f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>')
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n<w:document {W} {MORE}><w:body>{body}<w:sectPr/></w:body></w:document>'
    return packed({"[Content_Types].xml": TYPES, "_rels/.rels": relations(top), "word/document.xml": document,
                   "word/_rels/document.xml.rels": relations(rows), **parts, **(more or {})})


def odt(body, styles="", automatic="", meta=""):
    names = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
             'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
             'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"')
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    return packed({"mimetype": "application/vnd.oasis.opendocument.text",
                   "content.xml": f"{head}<office:document-content {names}><office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>",
                   "styles.xml": f"{head}<office:document-styles {names}><office:styles>{styles}</office:styles></office:document-styles>",
                   "meta.xml": f"{head}<office:document-meta {names}><office:meta>{meta}</office:meta></office:document-meta>",
                   "META-INF/manifest.xml": f'{head}<manifest:manifest xmlns:manifest="m"/>'}, stored=("mimetype",))


def xhtml(title, body):
    return (f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{escape(title)}</title></head>\n'
            f"<body>\n{body}\n</body></html>")


def epub(chapters, book="河与桥", order=None):
    """chapters: (file name, title in the contents, XHTML)."""
    ids = {name: f"c{i}" for i, (name, _, _) in enumerate(chapters)}
    nav = xhtml(book, '<nav epub:type="toc"><ol>' + "".join(f'<li><a href="{name}">{escape(title)}</a></li>' for name, title, _ in chapters) + "</ol></nav>")
    listing = ('<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>'
               f'<dc:title>{escape(book)}</dc:title></metadata><manifest><item id="nav" href="text/nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>' +
               "".join(f'<item id="{i}" href="text/{name}" media-type="application/xhtml+xml"/>' for name, i in ids.items()) +
               '</manifest><spine><itemref idref="nav"/>' + "".join(f'<itemref idref="{ids[name]}"/>' for name in order or ids) + "</spine></package>")
    return packed({"mimetype": "application/epub+zip",
                   "META-INF/container.xml": '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
                   "OEBPS/content.opf": listing, "OEBPS/text/nav.xhtml": nav,
                   **{f"OEBPS/text/{name}": page for name, _, page in chapters}}, stored=("mimetype",))


def xlsx(rows, sheet="Sheet1", merged="", more=None):
    """rows: lists of texts, numbers or None; a float is a day's number in a cell of that format."""
    def cell(r, c, v):
        name = chr(65 + c) + str(r)
        if v is None:
            return ""
        if isinstance(v, str):
            return f'<c r="{name}" t="s"><v>{strings.index(v)}</v></c>'
        return f'<c r="{name}" s="1"><v>{v:g}</v></c>' if isinstance(v, float) else f'<c r="{name}"><v>{v}</v></c>'

    strings = sorted({v for row in rows for v in row if isinstance(v, str)})
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    data = "".join(f'<row r="{i}">' + "".join(cell(i, c, v) for c, v in enumerate(row)) + "</row>" for i, row in enumerate(rows, 1))
    merges = f'<mergeCells><mergeCell ref="{merged}"/></mergeCells>' if merged else ""
    return packed({"[Content_Types].xml": '<?xml version="1.0"?><Types/>', "_rels/.rels": relations([(RELATION + "officeDocument", "xl/workbook.xml")]),
                   "xl/workbook.xml": f'<?xml version="1.0"?><workbook {ns} xmlns:r="r"><sheets><sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
                   "xl/_rels/workbook.xml.rels": relations([(RELATION + "worksheet", "worksheets/sheet1.xml"), (RELATION + "sharedStrings", "sharedStrings.xml"), (RELATION + "styles", "styles.xml")]),
                   "xl/sharedStrings.xml": f'<?xml version="1.0"?><sst {ns}>' + "".join(f"<si><t>{escape(s)}</t><rPh><t>yīn</t></rPh></si>" for s in strings) + "</sst>",
                   "xl/styles.xml": f'<?xml version="1.0"?><styleSheet {ns}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
                   "xl/worksheets/sheet1.xml": f'<?xml version="1.0"?><worksheet {ns}><sheetData>{data}</sheetData>{merges}</worksheet>', **(more or {})})
