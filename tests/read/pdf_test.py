#!/usr/bin/env python3
"""PDFs at the command line: the same article as text and as PDF, places on its pages, and files that are locked, cut short,
empty of text or made to run for ever."""
import hashlib, json, os, pathlib, subprocess, sys, tempfile, time, zlib

program, source = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
fixtures = source / "tests/fixtures"
faults, checks = [], 0


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


LAUNCH = """import os, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
sys.stderr.write(f"\\n{code} {used.ru_utime + used.ru_stime} {used.ru_maxrss // 1000}")"""


def run(*args, path=None):
    env = dict(os.environ, PATH=path) if path else None
    p = subprocess.run([sys.executable, "-S", "-c", LAUNCH, program, *map(str, args)], capture_output=True, text=True, env=env)
    said, end = p.stderr.rsplit("\n", 1)
    code, seconds, megabytes = end.split()
    return int(code), p.stdout, said, float(seconds), int(megabytes)


# --- the same article ---

def letters(path):
    """What of a file counts as text, blanks and line breaks aside."""
    code, out, said, *_ = run("inspect", path, "--format", "json")
    need(code == 0, f"{path.name}: {said}")
    return "".join("".join(p["text"].split()) for d in json.loads(out)["documents"] for w in d["works"] for p in w["paragraphs"])


def lost(a, b):
    """The least number of characters to change a into b."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


article = letters(fixtures / "article.txt")
for name in ("columns.pdf", "one_column.pdf"):
    got = letters(fixtures / name)
    share = 1 - (0 if got == article else lost(article, got)) / len(article)
    print(f"{name}: {share:.2%} of {len(article)} characters")
    need(share >= 0.995, f"{name}: only {share:.2%} of the characters are the text's")
    code, out, *_ = run("diff", fixtures / "article.txt", fixtures / name)
    need(code == 0, f"{name}: diff: {out[:500]}")
    code, out, *_ = run("inspect", fixtures / name, "--lang", "en")
    need("every river keeps its own account of the years, and the careful reader finds" in
         "".join(p["text"] for d in json.loads(run("inspect", fixtures / name, "--format", "json")[1])["documents"] for w in d["works"] for p in w["paragraphs"]),
         f"{name}: the blanks between English words are lost")
    need("running head  " in out and "page number  · " in out, f"{name}: heads and numbers are not told apart from the text")

# Counted on the printed pages, by eye: words, page, line.
PLACES = {
    "columns.pdf": [
        ("给河流留一条路", "21", 1), ("弄清每一段河的水从", "21", 5), ("写明水量、水质、岸线和鱼种", "21", 10),
        ("河流有自己的脾气", "21", 14), ("坝不能一味加密，旧闸要开鱼道", "21", 19), ("河里的大事都是从小事来的", "21", 45),
        ("老桥会说话。哪一年发过大水", "22", 2), ("水痕和凿痕都记着", "22", 4), ("桥修好了还要有人走", "22", 12),
        ("其中一百一十七座只剩桥墩", "22", 13), ("我小时候跟着祖父上山看水", "22", 22), ("保护梯田，要先保护会修田埂的人", "22", 26),
        ("田里的事要算长账", "22", 33), ("书屋不在大，在于门常开", "22", 41), ("这个计划管三年，更要管三十年", "23", 1)],
    "one_column.pdf": [
        ("宁可慢一些，不可把老石料换成", "2", 2), ("桥修好了还要有人走", "2", 6), ("我小时候跟着祖父上山看水", "2", 12),
        ("把年轻人请回田里", "2", 15), ("田里的事要算长账", "2", 17), ("书屋的书要全面一些", "2", 22), ("让爱书的人看书屋", "2", 25)],
}
for name, places in PLACES.items():
    for words, page, line in places:
        code, out, *_ = run("find", fixtures / name, "--text", words, "--format", "json")
        found = {(w.get("page"), w["line"]) for c in json.loads(out)["chains"] for w in c["witnesses"]} if code == 0 else set()
        need((page, line) in found, f"{name}: \"{words}\" stands on page {page}, line {line}, not {sorted(found, key=str)}")
code, out, *_ = run("find", fixtures / "columns.pdf", "--text", "老桥会说话。哪一年发过大水", "--lang", "en")
need("columns.pdf:p22:2:1" in out, f"a place is not given as page, line, column: {out}")
code, out, said, *_ = run("explain", f"{fixtures}/columns.pdf:p22:4:3", f"{fixtures}/article.txt:9:30")
need(code == 0 and "水痕和凿痕都记着" in out, f"explain does not take a place on a page: {said}{out}")

# A library keeps pages.
folder = pathlib.Path(tempfile.mkdtemp())
code, _, said, *_ = run("add", folder / "lib", fixtures / "columns.pdf")
need(code == 0, f"add: {said}")
code, out, *_ = run("find", folder / "lib", "--text", "老桥会说话。哪一年发过大水", "--lang", "en")
need("columns.pdf:p22:2:1" in out, f"a library loses the page: {out}")

# A claim of a page is held against the number that is printed there: it agrees, or on a print copy differs.
(folder / "draft.txt").write_text("关于护河\n\n山里的人记得那一年的事。郗望澜指出：“老桥会说话。哪一年发过大水，哪一代石匠换过拱石，桥墩上的水痕和凿痕都记着”"
                                  "（《远山》2032年第16期，第22页）。后来的事大家都知道了。他又说：“田里的事要算长账。一亩梯田一年收的粮食不多，"
                                  "一亩梯田一年存的水却不少”（《远山》2032年第16期，第31页）。\n", "utf-8")
(folder / "print").mkdir()
(folder / "print/a.pdf").write_bytes((fixtures / "columns.pdf").read_bytes())
for copy, wanted in (("", ["agrees", "unchecked"]), ('["a.pdf"]\ncopy = "print"\n', ["agrees", "differs"])):
    (folder / "print/sources.toml").write_text(copy, "utf-8")
    code, out, said, *_ = run("verify", folder / "draft.txt", "--against", folder / "print", "--format", "json")
    got = [c["result"] for q in json.loads(out)["quotations"] for c in q["claims"] if c["kind"] == "page"]
    need(got == wanted, f"claims of pages: {got}, not {wanted}")


# --- PDFs made here ---

def pdf(objects, trailer=b"", header=b"%PDF-1.7\n"):
    out, at = header, {}
    for n, body in sorted(objects.items()):
        at[n] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    xref = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    for n in range(1, max(objects) + 1):
        out += b"%010d 00000 %s \n" % (at.get(n, 0), b"n" if n in at else b"f")
    return out + b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, xref)


def stream(data, extra=b""):
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >> stream\n%s\nendstream" % (len(packed), extra, packed)


def to_unicode(text):
    """Codes from 1 on stand for the characters of the text, in a font whose characters are one em wide."""
    rows = "".join(f"<{i:02X}> <{c.encode('utf-16-be').hex().upper()}>\n" for i, c in enumerate(text, 1))
    cmap = f"/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange {len(text)} beginbfchar\n{rows}endbfchar endcmap end end"
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255 /Widths [%s] /ToUnicode 5 0 R >>" % (b"1000 " * 256)
    return font, stream(cmap.encode())


def one_page(content, text="河", more=None, extra=b""):
    font, cmap = to_unicode(text)
    objects = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
               3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents 4 0 R /Resources << /Font << /F 6 0 R >> %s >> >>" % extra,
               4: stream(content), 5: cmap, 6: font}
    objects.update(more or {})
    return objects


def show(lines, size=10, x=50, top=540):
    return b"BT /F %d Tf %d TL 1 0 0 1 %d %d Tm " % (size, size * 16 // 10, x, top) + b"".join(b"<%s> Tj T* " % bytes(line).hex().encode() for line in lines) + b"ET\n"


def case(name, content, status, *words, wall=4, path=None):
    file = folder / name
    file.write_bytes(content)
    from_ = time.monotonic()
    code, out, said, seconds, megabytes = run("inspect", file, "--lang", "en", path=path)
    took = time.monotonic() - from_
    need(code == status, f"{name}: exit status {code}, not {status}: {said[:300]}")
    need(seconds <= 2, f"{name}: {seconds} s")
    need(took <= wall, f"{name}: {took:.1f} s by the clock")
    need(megabytes <= 512, f"{name}: {megabytes} MB")
    for word in words:
        need(word in said + out, f"{name}: \"{word}\" is not said: {said[:400]} {out[:400]}")
    if os.environ.get("SUYUAN_HOSTILE_FULL"):
        print(f"{name:20} {seconds:5.2f} s {took:5.2f} s {megabytes:4} MB  {said.splitlines()[:1]}")
    file.unlink()
    return out


SAY = "护河先要识河，要把上游的林、中游的田放在一张图上看。"
codes = list(range(1, len(SAY) + 1))
case("plain.pdf", pdf(one_page(show([codes]), SAY)), 0, SAY)
# Private-use glyphs of a typesetter, in the second line.
case("private.pdf", pdf(one_page(show([codes[:20], [*codes[20:26], 27, 28, 27]]), SAY + "\ue001\uf0a7")), 0,
     "3 characters are of the typesetter's own", "U+E001 U+F0A7", "page 1, line 2")
# A page turned by its own entry reads as it is seen.
turned = one_page(b"0 1 -1 0 420 0 cm " + show([codes], x=60, top=380), SAY)
turned[3] = turned[3].replace(b"/Type /Page ", b"/Type /Page /Rotate 90 ")
case("rotated.pdf", pdf(turned), 0, SAY)
case("sideways.pdf", pdf(one_page(show([codes]) + b"0 1 -1 0 420 0 cm " + show([codes[:12]], x=90, top=380), SAY)), 0, SAY, "run otherwise than the page")
# Type that was set but not drawn, as a scan with recognised text has it, is text.
case("hidden.pdf", pdf(one_page(b"3 Tr " + show([codes]), SAY)), 0, SAY)
image = {7: stream(bytes(100 * 100), b"/Type /XObject /Subtype /Image /Width 100 /Height 100 /ColorSpace /DeviceGray /BitsPerComponent 8")}
scan = one_page(b"420 0 0 595 0 0 cm /I Do", SAY, image, b"/XObject << /I 7 0 R >>")
case("scan.pdf", pdf(scan), 2, "a scan: 1 page without a layer of text", "ocrmypdf")
# A scan whose pages bear a stamp of type, as databases put it on theirs.
stamped = {}
for i in range(4):
    stamped[20 + 2 * i] = scan[3].replace(b"/Contents 4 0 R", b"/Contents %d 0 R" % (21 + 2 * i))
    stamped[21 + 2 * i] = stream(b"q 420 0 0 595 0 0 cm /I Do Q " + show([codes[:20]], size=8, top=20))
stamped[2] = b"<< /Type /Pages /Kids [20 0 R 22 0 R 24 0 R 26 0 R] /Count 4 >>"
case("stamped.pdf", pdf({**scan, **stamped}), 2, "a scan: 4 pages without a layer of text", "ocrmypdf")
two = dict(scan)
two.update({2: b"<< /Type /Pages /Kids [3 0 R 8 0 R] /Count 2 >>", 8: scan[3].replace(b"/Contents 4 0 R", b"/Contents 9 0 R"), 9: stream(show([codes]))})
case("half.pdf", pdf(two), 0, "no running text on page 1 of 2", SAY)
# Locked: any key will do, nobody knows the password.
lock = {10: b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>" % (b"11" * 32, b"22" * 32)}
case("locked.pdf", pdf(one_page(show([codes]), SAY, lock), b"/Encrypt 10 0 R /ID [<00> <00>]"), 2, "locked with a password")


# --- labels of pages ---

def labelled(labels, printed=(), packed=False):
    """Six pages of one text, called `labels` by the file, with numbers printed at the foot of some."""
    digits = "0123456789"
    font, cmap = to_unicode(SAY + digits)
    catalog = b"<< /Type /Catalog /Pages 2 0 R " + labels + b" >>"
    objects = {2: b"<< /Type /Pages /Kids [" + b"".join(b"%d 0 R " % (10 + i) for i in range(6)) + b"] /Count 6 >>", 5: cmap, 6: font}
    for i in range(6):
        content = show([codes], top=400)
        if i < len(printed) and printed[i]:
            content += show([[len(SAY) + 1 + digits.index(c) for c in str(printed[i])]], x=200, top=40)
        objects[10 + i] = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 595] /Contents %d 0 R /Resources << /Font << /F 6 0 R >> >> >>" % (20 + i)
        objects[20 + i] = stream(content)
    if not packed:
        return pdf({1: catalog, **objects})
    out, at = b"%PDF-1.7\n", {}
    objects[7] = stream(b"1 0 " + catalog, b"/Type /ObjStm /N 1 /First 4")
    for n, body in objects.items():
        at[n] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    at[30] = len(out)
    row = lambda n: (2).to_bytes(1, "big") + (7).to_bytes(4, "big") + bytes(1) if n == 1 else (1).to_bytes(1, "big") + at[n].to_bytes(4, "big") + bytes(1) if n in at else bytes(6)
    table = stream(b"".join(row(n) for n in range(31)), b"/Type /XRef /Size 31 /W [1 4 1] /Root 1 0 R")
    return out + b"30 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (table, at[30])


MANY = b"/PageLabels << /Nums [0 << /S /r >> 2 << /P (A-) /S /D /St 3 >> 4 << /S /D /St 21 >> 5 << /P <FEFF5C01> >>] >>"
for name, content, wanted in (("labels", labelled(MANY), ["i", "ii", "A-3", "A-4", "21", "[6]"]),
                              ("packed", labelled(MANY, packed=True), ["i", "ii", "A-3", "A-4", "21", "[6]"]),
                              ("none", labelled(b""), ["1", "2", "3", "4", "5", "6"]),
                              ("counted", labelled(b"/PageLabels << /Nums [0 << /S /D >>] >>"), ["1", "2", "3", "4", "5", "6"]),
                              ("twice", labelled(b"/PageLabels << /Nums [0 << /S /D /St 5 >> 3 << /S /D /St 5 >>] >>"), ["5", "6", "7", "[4]", "[5]", "[6]"]),
                              ("front", labelled(b"/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>", [None, None, 1, 2, 3, 4]), ["i", "ii", "1", "2", "3", "4"]),
                              ("printed", labelled(b"/PageLabels << /Nums [0 << /S /D /St 301 >>] >>", [21, 22, 23, 24, 25, 26]), ["21", "22", "23", "24", "25", "26"])):
    (folder / f"{name}.pdf").write_bytes(content)
    code, out, said, *_ = run("find", folder / f"{name}.pdf", "--text", SAY[:12], "--format", "json")
    pages = [w.get("page") for c in (json.loads(out)["chains"] if out else []) for w in c["witnesses"] if "page" in w]
    need(pages == wanted, f"labels, {name}: {pages}, not {wanted}: {said[:200]}")
code, out, *_ = run("explain", f"{folder}/labels.pdf:pA-3:1:1", f"{folder}/packed.pdf:p21:1:1")
need(code == 0, "a label is no place")


def forbidding():
    """Opened without a password, but taking text out is forbidden (permission bit 5)."""
    pad = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")
    p = -(1 << 4) - 4
    p = p & 0xFFFFFFFF

    def rc4(key, data):
        s = list(range(256))
        j = 0
        for i in range(256):
            j = (j + s[i] + key[i % len(key)]) & 255
            s[i], s[j] = s[j], s[i]
        i = j = 0
        out = bytearray()
        for b in data:
            i = (i + 1) & 255
            j = (j + s[i]) & 255
            s[i], s[j] = s[j], s[i]
            out.append(b ^ s[(s[i] + s[j]) & 255])
        return bytes(out)

    o = rc4(hashlib.md5(b"owner" + pad[:27]).digest()[:5], pad)
    key = hashlib.md5(pad + o + p.to_bytes(4, "little") + bytes(1)).digest()[:5]
    u = rc4(key, pad)
    objects = one_page(show([codes]), SAY)
    for n in (4, 5):
        head, body = objects[n].split(b"stream\n", 1)
        body = body.rsplit(b"\nendstream", 1)[0]
        objects[n] = head + b"stream\n" + rc4(hashlib.md5(key + n.to_bytes(3, "little") + bytes(2)).digest()[:10], body) + b"\nendstream"
    objects[10] = b"<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P %d >>" % (o.hex().encode(), u.hex().encode(), p - (1 << 32))
    return pdf(objects, b"/Encrypt 10 0 R /ID [<00> <00>]")


case("forbidding.pdf", forbidding(), 0, SAY)  # Debian's pdftotext leaves that to the reader's conscience
whole = (fixtures / "columns.pdf").read_bytes()
case("cut.pdf", whole[:len(whole) // 3], 2, "damaged or cut short")
case("start.pdf", b"%PDF-1.7\n", 2, "damaged or cut short")
case("noise.pdf", b"%PDF-1.7\n" + hashlib.sha512(b"x").digest() * 5000, 2, "damaged")
# Forms in forms, ten times each: 10^9 lines from 3 kB.
laughs = {20 + i: stream(b"/X Do " * 10 if i < 9 else show([codes]),
                         b"/Type /XObject /Subtype /Form /BBox [0 0 420 595] /Resources << /Font << /F 6 0 R >> /XObject << /X %d 0 R >> >>" % (21 + i))
          for i in range(10)}
case("laughs.pdf", pdf(one_page(b"/X Do", SAY, laughs, b"/XObject << /X 20 0 R >>")), 2, "was stopped", wall=5)
# A form that draws itself, pages that are their own parents, an object stream that never ends.
case("self.pdf", pdf(one_page(b"/X Do " + show([codes]), SAY, {20: stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 20 0 R >> >>")},
                              b"/XObject << /X 20 0 R >>")), 0, SAY)
circle = one_page(show([codes]), SAY)
circle[2] = b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 1000000 /Parent 2 0 R >>"
case("circle.pdf", pdf(circle), 2, "pdf")
# Much from little: 60 MB of text operators in 60 kB; a page ten thousand times.
flood = (b"BT /F 10 Tf 1 0 0 1 50 50 Tm " + b"<0102030405> Tj 1 3 Td " * 4 + b"ET\n") * 500_000
case("flood.pdf", pdf(one_page(flood, SAY)), 2, wall=5)
many = one_page(show([codes] * 30), SAY)
many[2] = b"<< /Type /Pages /Kids [" + b"3 0 R " * 100_000 + b"] /Count 100000 >>"
case("pages.pdf", pdf(many), 2, wall=8)
case("deep.pdf", pdf(one_page(b"[" * 1_000_000, SAY)), 2)

# Programs that stand in for pdftotext and misbehave.
good = pdf(one_page(show([codes]), SAY))
bin_ = folder / "bin"
bin_.mkdir()


def fake(script):
    (bin_ / "pdftotext").write_text("#!/bin/sh\n" + script + "\n")
    (bin_ / "pdftotext").chmod(0o755)
    return f"{bin_}:/usr/bin:/bin"


case("sleeps.pdf", good, 2, "was stopped", path=fake("sleep 100"))
case("forks.pdf", good, 2, "was stopped", path=fake("sleep 101 & sleep 102 & exec sleep 103"))
case("floods.pdf", good, 2, "split the file", path=fake("echo '<page '; yes 123456789012345678901234567890"))
case("lies.pdf", good, 2, "damaged", path=fake("echo '<page><flow><block><line><word>'; exit 0"))
case("forbids.pdf", good, 2, "forbids taking text out", path=fake("echo 'Copying of text from this document is not allowed.' >&2; exit 3"))
case("dies.pdf", good, 2, "broke down", path=fake("kill -SEGV $$"))
need(not subprocess.run(["pgrep", "-f", "^sleep 10[123]$"], capture_output=True).stdout, "a child of the child lives on")
(bin_ / "pdftotext").unlink()
case("none.pdf", good, 2, "pdftotext, which is not installed", "install poppler-utils", path=str(bin_))
left = [p for p in pathlib.Path(tempfile.gettempdir()).glob("suyuan-??????") if p.is_dir() and p.stat().st_mtime > time.time() - 60]
need(not left or all(not (p / "in.pdf").exists() for p in left), f"temporary folders are left behind: {left}")

subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
