#!/usr/bin/env python3
"""The first inputs of the fuzz targets, from the sample and the fixtures: seeds.py SUYUAN ROOT. They are committed in corpus/, with
every input that once failed (found-*)."""
import pathlib, struct, subprocess, sys, tempfile, zipfile

program, root = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2]).resolve()
corpus = root / "tests/fuzz/corpus"
texts = sorted((root / "data/sample/texts").iterdir())


def seed(target, name, data):
    path = corpus / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def run(*args):
    return subprocess.run([program, *map(str, args)], cwd=root, capture_output=True).stdout


for path in texts:
    seed("text", path.stem, path.read_bytes()[:3000])
short = texts[0].read_text("utf-8")[:400]
for name in ("gb18030", "big5", "utf-16-le", "utf-8-sig"):
    seed("text", name, short.encode(name, "replace"))
seed("text", "mojibake", short.encode().decode("gb18030", "replace"))
for path in sorted((root / "tests/fixtures/pages").iterdir()):
    seed("html", path.stem, path.read_bytes())
seed("html", "ruby", "<p>河<ruby>流<rt>liú</rt></ruby><table><tr><td>一<td>二</table><pre>a\n b</pre><blockquote>引</blockquote>")
seed("records", "lines", 'l{"id":"1","title":"给河流留一条路","outlet":"远山","date":"2032-08-16","text":"护河先要识河。\\n\\u6cb3\\ud83d\\ude00"}\n{"text":"二"}\n')
seed("records", "array", 'a[{"标题":"题","正文":"护河先要识河。","日期":"2032"},{"text":"二","id":7}]')
seed("records", "table", 'cid,title,text\n1,"题,一","护河先要\n识河，""看""图。"\n2,b,c\n')
seed("pdf", "columns", subprocess.run(["pdftotext", "-bbox-layout", "-l", "1", root / "tests/fixtures/columns.pdf", "-"], capture_output=True).stdout)
for n in (1, 3):
    seed("pdf", f"pages{n}", subprocess.run(["pdftotext", "-bbox-layout", "-f", str(n), root / "tests/fixtures/one_column.pdf", "-"], capture_output=True).stdout[:40_000])
with zipfile.ZipFile(root / "tests/fixtures/office.docx") as parts:
    for first, part in (("d", "document"), ("s", "styles"), ("n", "footnotes")):
        seed("docx", part, first.encode() + parts.read(f"word/{part}.xml")[:20_000])
mark = lambda kind: f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
code = lambda text: f"<w:r><w:instrText>{text}</w:instrText></w:r>"
seed("docx", "fields", 'd<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>' + mark("begin") + code(' TOC \\o "1-3" ') + mark("separate") +
     "<w:r><w:t>一、识河</w:t></w:r>" + mark("begin") + code("PAGEREF a") + mark("separate") + "<w:r><w:t>2</w:t></w:r>" + mark("end") + "</w:p><w:p>" + mark("end") + "</w:p><w:p><w:pPr><w:pageBreakBefore/></w:pPr>" +
     mark("begin") + code("EQ \\o\\ad(\\s\\up 9(hé),河)") + mark("end") + mark("begin") + code("eq \\o\\ac(○,21)") + mark("end") +
     '<w:r><w:br w:type="page"/></w:r></w:p><w:p><w:pPr><w:sectPr/></w:pPr></w:p><w:sectPr><w:type w:val="nextPage"/></w:sectPr></w:body></w:document>')
with zipfile.ZipFile(root / "tests/fixtures/office.odt") as parts:
    seed("epub", "odt", b"t" + parts.read("content.xml")[:20_000])
seed("epub", "spine", 'o<package xmlns="http://www.idpf.org/2007/opf"><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="n" href="n.xhtml" properties="nav"/></manifest><spine><itemref idref="n"/><itemref idref="a"/></spine></package>')
seed("epub", "chapter", 'h<html xmlns:epub="http://www.idpf.org/2007/ops"><body><h1>一</h1><p>护河先要识河。<a epub:type="noteref" href="#n">1</a></p><aside epub:type="footnote" id="n">《远山》</aside></body></html>')
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    a, b = folder / "a.txt", folder / "b.txt"
    a.write_text("给河流留一条路\n\n郗望澜指出：“护河先要识河，要把上游的林、中游的田放在一张图上看。”（2031年3月8日在云川河流保护座谈会上的讲话）\n", "utf-8")
    b.write_text("记河账\n\n《远山》2032年第16期说：“护河必先识河，要把上游的林、中游的田放在一张图上看。”后来的事大家都知道了。\n", "utf-8")
    seed("report", "trace", run("trace", a, b, "--format", "json", "--include", "alignments,texts,formulas"))
    seed("report", "verify", run("verify", b, "--against", a, "--format", "json"))
    run("add", folder / "lib", a, b, root / "tests/fixtures/one_column.pdf")
    seed("library", "manifest", b"m" + (folder / "lib/suyuan-library").read_bytes())
    run("add", folder / "small", a)
    for lib in ("lib", "small"):
        data = next((folder / lib).rglob("*.seg*")).read_bytes() if list((folder / lib).rglob("*.seg*")) else max(
            (p for p in (folder / lib).iterdir() if p.name not in ("suyuan-library", "catalogue.sqlite")), key=lambda p: p.stat().st_size).read_bytes()
        if lib == "small":
            seed("library", "file", b"f" + data)
        sections, size = struct.unpack_from("<I", data, len(data) - 28)[0], struct.unpack_from("<Q", data, len(data) - 24)[0]
        part = {}
        for n in range(sections):
            kind, _, offset, length = struct.unpack_from("<IIQQ", data, size + n * 24)
            part[kind] = data[offset:offset + length]
        documents = len(part[2]) // 40
        seed("library", f"{lib}-sources", b"s" + struct.pack("<I", 3 if lib == "lib" else 1) + part[1])
        for n in range(documents):
            _, characters, record, text, text_size, record_size, _ = struct.unpack_from("<IIQQQII", part[2], n * 40)
            whole = part[3][record:record + record_size] + part[4][text:text + text_size]
            if record_size < 65536 and characters < 65536:
                seed("library", f"{lib}-document{n}", b"d" + struct.pack("<I", record_size << 16 | characters) + whole)
        if lib == "small":  # of one document
            seed("library", "segmentation", b"g" + struct.pack("<I", characters) + part[0x8002])
print(sum(1 for p in corpus.rglob("*") if p.is_file()), "inputs,", sum(p.stat().st_size for p in corpus.rglob("*") if p.is_file()), "bytes")
