#!/usr/bin/env python3
"""Twenty places in each of four files that an office program wrote (tests/fixtures/make_office.py): paragraph and character of
Word and OpenDocument texts, chapter, line and column of an e-book, line and column of a page. They were counted in the
files, and are counted here once more by another reader."""
import json, os, pathlib, re, subprocess, sys, zipfile
import xml.etree.ElementTree as tree

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
fixtures = root / "tests/fixtures"
faults, checks = [], 0
PLACES = [  # words, Word, OpenDocument, e-book (chapter's file, line, column), page
    ("给河流留一条路", (1, 1), (1, 1), ("OEBPS/sections/section0001.xhtml", 2, 296), (18, 90)),
    ("要把上游的林、中游的田", (4, 8), (4, 8), ("OEBPS/sections/section0001.xhtml", 2, 526), (23, 232)),
    ("修岸不能只图好看", (4, 62), (4, 62), ("OEBPS/sections/section0001.xhtml", 2, 580), (23, 286)),
    ("用三年时间给全省一百二十条河", (4, 84), (4, 84), ("OEBPS/sections/section0001.xhtml", 2, 602), (23, 308)),
    ("一、先认河，再动手", (5, 1), (5, 1), ("OEBPS/sections/section0002.xhtml", 2, 296), (24, 94)),
    ("河流有自己的脾气", (6, 1), (6, 1), ("OEBPS/sections/section0002.xhtml", 2, 353), (25, 139)),
    ("凡是能不动的河湾就不动", (6, 92), (6, 92), ("OEBPS/sections/section0002.xhtml", 2, 444), (25, 230)),
    ("记河账不是为了好看", (7, 1), (7, 1), ("OEBPS/sections/section0002.xhtml", 2, 516), (26, 139)),
    ("账上要有水位", (7, 19), (7, 19), ("OEBPS/sections/section0002.xhtml", 2, 619), (26, 161)),
    ("护河员是河的邻居", (8, 1), (8, 1), ("OEBPS/sections/section0002.xhtml", 2, 995), (32, 139)),
    ("春看水色，夏看水量", (8, 31), (8, 31), ("OEBPS/sections/section0002.xhtml", 2, 1025), (32, 169)),
    ("望渡桥管护站", (12, 1), (12, 1), ("OEBPS/sections/section0002.xhtml", 2, 1494), (47, 146)),
    ("二、老桥要慢慢修", (13, 1), (13, 1), ("OEBPS/sections/section0003.xhtml", 2, 296), (51, 94)),
    ("哪一年发过大水，哪一代石匠", (14, 8), (14, 8), ("OEBPS/sections/section0003.xhtml", 2, 417), (53, 90)),
    ("其中一百一十七座只剩桥墩", (15, 27), (15, 27), ("OEBPS/sections/section0003.xhtml", 2, 741), (56, 185)),
    ("框里的一句话", (16, 1), (16, 1), ("OEBPS/sections/section0003.xhtml", 2, 628), (55, 91)),
    ("我小时候跟着祖父上山看水", (18, 1), (18, 1), ("OEBPS/sections/section0004.xhtml", 2, 354), (59, 139)),
    ("一亩梯田一年存的水却不少", (19, 23), (19, 23), ("OEBPS/sections/section0004.xhtml", 2, 570), (60, 161)),
    ("书屋不在大，在于门常开", (20, 1), (20, 1), ("OEBPS/sections/section0004.xhtml", 2, 707), (61, 139)),
    ("明年这个时候，第一批河账", (23, 1), (23, 1), ("OEBPS/sections/section0005.xhtml", 2, 510), (64, 139)),
]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


def paragraphs(node, starts, skipped, text_of):
    """Each paragraph in the order in which it begins, with its own text and not that of paragraphs in it."""
    out = []

    def walk(at, into):
        if at.tag in skipped:
            return
        here = into
        if at.tag in starts:
            out.append("")
            here = len(out) - 1
        if here is not None:
            out[here] += text_of(at)
        for child in at:
            walk(child, here)
            if here is not None and at.tag not in skipped:
                out[here] += tail_of(child)
    tail_of = lambda child: ""
    if TEXT[1:-1] in str(starts):
        tail_of = lambda child: child.tail or ""
    walk(node, None)
    return out


def word():
    body = tree.fromstring(zipfile.ZipFile(fixtures / "places.docx").read("word/document.xml"))
    own = lambda n: n.text or "" if n.tag == W + "t" else "\n" if n.tag == W + "br" else "\t" if n.tag == W + "tab" else ""
    skipped = {W + "del", W + "rPr", W + "pPr", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
    return paragraphs(body, {W + "p"}, skipped, own)


def open_document():
    body = tree.fromstring(zipfile.ZipFile(fixtures / "places.odt").read("content.xml"))
    own = lambda n: "\n" if n.tag == TEXT + "line-break" else (n.text or "") if n.tag.startswith(TEXT) else ""
    return paragraphs(body, {TEXT + "p", TEXT + "h"}, {TEXT + "tracked-changes", TEXT + "note"}, own)


def in_paragraphs(all_, words):
    found = [(n, text.index(words) + 1) for n, text in enumerate(all_, 1) if words in text]
    return found[0] if len(found) == 1 else None


def in_lines(text, words):
    at = text.index(words)
    return text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1


def found(name, words):
    ran = subprocess.run([program, "find", fixtures / name, "--text", words, "--format", "json"], capture_output=True)
    report = json.loads(ran.stdout)
    documents = {d["id"]: d for d in report["documents"] if d["path"].endswith(name)}
    return [(documents[w["document"]]["record"], w["line"], w["column"]) for c in report["chains"] for w in c["witnesses"] if w["document"] in documents]


ebook = zipfile.ZipFile(fixtures / "places.epub")
chapters = {n: ebook.read(n).decode().replace("\r\n", "\n") for n in sorted(ebook.namelist()) if "/section" in n}
page = (fixtures / "places.html").read_text("utf-8")
texts = {"places.docx": word(), "places.odt": open_document()}
for words, in_word, in_open, in_book, in_page in PLACES:
    for name, place in (("places.docx", in_word), ("places.odt", in_open)):
        need(in_paragraphs(texts[name], words) == place, f"{name}: {words}: another reader counts {in_paragraphs(texts[name], words)}, not {place}")
        need(found(name, words) == [(None, *place)], f"{name}: {words}: {found(name, words)}, not {place}")
    where = [(n, *in_lines(t, words)) for n, t in chapters.items() if words in t]
    need(where == [in_book], f"places.epub: {words}: another reader counts {where}, not {in_book}")
    need(found("places.epub", words) == [in_book], f"places.epub: {words}: {found('places.epub', words)}, not {in_book}")
    need(in_lines(page, words) == in_page, f"places.html: {words}: another reader counts {in_lines(page, words)}, not {in_page}")
    need(found("places.html", words) == [(None, *in_page)], f"places.html: {words}: {found('places.html', words)}, not {in_page}")
need(len(PLACES) == 20, "twenty places")
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
