#!/usr/bin/env python3
"""Hostile input at the command line: a clear error, the others still read, 2 s of processor time, 512 MB.

Lines and archives are as large as the path through the code needs them; SUYUAN_HOSTILE_FULL=1 takes full sizes."""
import gzip, io, os, pathlib, random, socket, struct, subprocess, sys, tempfile, zipfile
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import packages as make
from packages import foot, p, r

program = os.path.abspath(sys.argv[1])
FULL = os.environ.get("SUYUAN_HOSTILE_FULL") == "1"
root = pathlib.Path(tempfile.mkdtemp())
faults, checks = [], 0
SAY = "护河先要识河，要把上游的林、中游的田放在一张图上看。"


def need(ok, what):
    global checks
    checks += 1
    if not ok:
        faults.append(what)


# Between this process and the program stands a small one: a child inherits the high-water mark of its parent's memory.
LAUNCH = """import os, resource, subprocess, sys
code = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(code, used.ru_utime + used.ru_stime, used.ru_maxrss // 1000)"""


def run(*args):
    """Exit status and standard error."""
    for _ in range(3):  # what runs beside it on the same core can only make it slower
        p = subprocess.run([sys.executable, "-S", "-c", LAUNCH, program, *map(str, args)], capture_output=True, text=True)
        code, seconds, megabytes = p.stdout.split()
        if float(seconds) <= 5:
            break
    need(float(seconds) <= 5, f"{args[-1]}: {seconds} s")  # a bound on hanging, no measure
    need(int(megabytes) <= 512, f"{args[-1]}: {megabytes} MB")
    if FULL:
        said = p.stderr.splitlines() or [""]
        print(f"{str(args[-1]).rsplit('/', 1)[-1]:18} {float(seconds):5.2f} s {megabytes:>4} MB  {said[0][-90:]}")
    return int(code), p.stderr


def case(name, content, status, *words):
    path = root / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    code, said = run("inspect", path)
    need(code == status, f"{name}: exit status {code}, not {status}: {said[:200]}")
    need(not status or name in said, f"{name} is not named: {said[:200]}")
    for word in words:
        need(word in said, f"{name}: \"{word}\" is not said: {said[:300]}")
    need(said.count("\n") < 40, f"{name}: {said.count(chr(10))} lines of messages")
    path.unlink()


N = 100_000
LINE = 200_000_000 if FULL else 40_000_000
case("deep.html", "<html><body>" + "<div>" * N + SAY + "</div>" * N, 0)
case("misnested.html", "<html><body>" + "<span><div></span>" * N + SAY, 0)
case("attributes.html", "<html><p " + " ".join(f"a{i}=1" for i in range(N)) + ">" + SAY, 0)
case("look.html", "<html>" + "<font color=1>" * 1000 + ("<p>" + SAY) * 2000, 0)
case("unclosed.html", "<html>" + "<a " * N, 0)
case("marks.txt", "郗望澜院长说" + "“河" * 10_000 + "\n", 0)
case("nested.txt", "“" * 20_000 + SAY + "”" * 20_000, 0)
case("verbs.txt", "他说" * 1_000_000, 0)
case("heads.txt", "".join(f"山里的第{i // 2}个短句子头\n— {i + 1} —\n" for i in range(20_000)), 0)
case("days.txt", "".join(f"远山 2031年3月{i % 28 + 1}日\n" for i in range(20_000)), 0)
case("phrases.txt", "在河时" * 1_000_000, 0)
case("headings.md", "".join(f"# 一、河{i}\n\n" for i in range(N // 2)), 0)
case("sources.txt", "（《云川日报》 2031年3月9日）\n" * N, 0)
case("contents.txt", "目录\n" + "".join(f"第{i}条河的账本记事..... {i}\n" for i in range(20_000)) +
     "".join(f"第{i * 7 % 20_011}条河流的账簿记事\n{SAY}\n" for i in range(20_000)), 0)
case("same.txt", "目录\n" + "给河流留一条路……………… 1\n" * 20_000 + "\n" + "给河流留一条路\n" * 20_000 + SAY + "\n", 0)
case("dates.txt", "2031年2月30日" * N, 0)
case("line.txt", SAY * (LINE // len(SAY.encode())), 2, "32 MiB")
case("ascii.txt", "a" * LINE, 2, "32 MiB")
case("line.jsonl", '{"text":"' + "a" * (LINE // 2 if FULL else LINE) + '"}\n' + '{"text":"' + SAY + '"}\n', 2, "line 1", "32 MiB")
case("line.json", '[{"text":"' + "a" * LINE + '"}]', 2, "32 MiB")
case("binary.txt", bytes(range(256)) * 4000, 2, "binary")
case("nul.txt", b"\0" * 1_000_000, 2, "binary")
case("surrogates16.txt", b"\xff\xfe" + (SAY * 9).encode("utf-16-le") + b"\x00\xd8" + "河".encode("utf-16-le"), 2, "UTF-16")
case("surrogates8.txt", (SAY * 9).encode() + b"\xed\xa0\x80\xed\xb0\x80", 2, "UTF-8", "byte")
case("surrogates.jsonl", '{"text":"' + SAY + '\\ud800"}\n', 2, "surrogate")
case("depth.json", "[" * N, 2, "256 levels")
case("depth.jsonl", '{"text":"河","a":' + "[" * N + '\n{"text":"' + SAY + '"}\n', 2, "line 1", "256 levels")
case("empty.jsonl", '{"text":""}\n' * 1_000_000, 0)
case("blank.jsonl", "\n" * 1_000_000, 0)
case("records.jsonl", "{}\n" * 1_000_000, 2, "999995 more")
case("cells.csv", "id,text\n" + "," * 2_000_000 + "\n1," + SAY + "\n", 2, "2000001 cells")
case("quote.csv", 'id,text\n1,"' + "河\n" * 1_000_000, 2, "never closed")
case("bomb.txt.gz", gzip.compress(b"\0" * (1_000_000_000 if FULL else 200_000_000)), 2, "100 times")
case("cut.txt.gz", gzip.compress(SAY.encode() * 100)[:-20], 2, "cut short")

# Where memory does not suffice that is said, as any error is.
path = root / "large.txt"
path.write_bytes((SAY + "\n").encode() * 400_000)
short = subprocess.run(["/bin/sh", "-c", 'ulimit -v 200000; exec "$0" inspect "$1"', program, path], capture_output=True, text=True)
need(short.returncode == 2 and "out of memory" in short.stderr, f"without memory: {short.returncode} {short.stderr[:200]}")
path.unlink()

# Packages. Everything is read into memory; no name becomes a path.
word = make.docx(p(SAY) * 20)
BIG = 1_000_000_000 if FULL else 200_000_000
zeros = io.BytesIO()
with zipfile.ZipFile(zeros, "w", zipfile.ZIP_DEFLATED) as z, z.open("word/document.xml", "w", force_zip64=True) as part:
    for _ in range(BIG // 1_000_000):
        part.write(b" " * 1_000_000)
bomb = zeros.getvalue()
assert len(bomb) < BIG // 100
case("bomb.docx", bomb, 2, "100 times")
case("bomb.zip", bomb.replace(b"word/document.xml", b"word/document.txt"), 2, "100 times")
case("bombs.zip", make.packed([(f"{i}.txt", b" " * 5_000_000 + SAY.encode()) for i in range(30)]), 2, "100 times")
shell = bomb.replace(b"word/document.xml", b"word/document.txt")
case("bomb2.zip", make.packed({"a.zip": shell, "b.txt": SAY}), 2, "100 times")
case("russian.zip", make.packed({"a.zip": make.packed({"b.zip": make.packed({"c.zip": make.packed({"d.txt": SAY})})})}), 2, "a package in a package")
case("bomb.epub", make.epub([("one.xhtml", "一", b" " * 100_000_000)]), 2, "100 times")
case("parts.zip", make.packed([(f"{i}.txt", b"") for i in range(20_001)]), 2, "20001 parts")
case("large.odt", make.odt("<text:p>" + "".join(random.Random(1).choices("河田桥林", k=30_000_000 if FULL else 23_000_000)) + "</text:p>"), 2, "64 MiB")
case("cut.docx", word[:-200], 2, "cut short")
case("cut.zip", b"PK\x03\x04", 2, "cut short")
case("list.docx", word[:-6] + b"\xff\xff\xff\x00" + word[-2:], 2, "list of parts")
case("password.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000) + "EncryptedPackage".encode("utf-16-le") + bytes(3000), 2, "locked with a password")


def flagged(data):
    """Every part marked as encrypted."""
    out = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        while (at := data.find(mark, at + 1)) >= 0:
            out[at + offset] |= 1
    return bytes(out)


case("locked.docx", flagged(word), 2, "encrypted")
case("locked.zip", flagged(make.packed({"a.txt": SAY})), 2, "encrypted")
case("locked.odt", make.packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"x" * 99,
                                "META-INF/manifest.xml": "<m><encryption-data/></m>"}), 2, "a document with a password")
crc = bytearray(word)
entry = word.find(b"PK\x01\x02", word.find(b"PK\x01\x02"))
while b"word/document.xml" != word[entry + 46:entry + 63]:
    entry = word.find(b"PK\x01\x02", entry + 1)
crc[entry + 16] ^= 1
crc[struct.unpack("<I", word[entry + 42:entry + 46])[0] + 14] ^= 1
case("crc.docx", bytes(crc), 2, "word/document.xml", "checksum")
case("twice.docx", make.packed([("[Content_Types].xml", make.TYPES), ("word/document.xml", "<a/>"), ("word/document.xml", "<b/>")]), 2, "two parts")
case("twice.zip", make.packed([("a.txt", SAY), ("a.txt", SAY)]), 2, "a.txt", "second of this name")
case("names.zip", make.packed([("../../a.txt", SAY), ("/etc/b.txt", SAY), ("C:\\c.txt", SAY), ("d/../../d.txt", SAY), ("..\\e.txt", SAY), ("good.txt", SAY)]), 2,
     "../../a.txt", "leads out of the package", "/etc/b.txt", "C:", "d/../../d.txt")
case("names.epub", make.epub([("../../../one.xhtml", "一", "")]), 2, "leads out of the package")
LOL = "<!DOCTYPE lol [<!ENTITY l0 \"河河河河河河河河河河\">" + "".join(f'<!ENTITY l{i} "' + f"&l{i - 1};" * 10 + '">' for i in range(1, 12)) + "]>"
lol = f'<w:document {make.W}><w:body><w:p><w:r><w:t>{SAY}&l11;</w:t></w:r></w:p></w:body></w:document>'
case("entities.docx", make.packed({"[Content_Types].xml": make.TYPES, "word/document.xml": "<?xml version='1.0'?>" + LOL + lol}), 2, "declares entities", "byte")
# In UTF-16 the declaration is not looked for: the parser itself takes an entity of the document's for text.
case("entities16.docx", make.packed({"[Content_Types].xml": make.TYPES, "word/document.xml": b"\xff\xfe" + (LOL + lol).encode("utf-16-le")}), 0)
case("broken.docx", make.packed({"[Content_Types].xml": make.TYPES, "word/document.xml": lol[:-30]}), 2, "not well-formed")
case("sheet.xlsx", make.packed({"[Content_Types].xml": make.TYPES, "xl/workbook.xml": "<a/>"}), 2, "no sheet of the workbook")
case("cells.xlsx", make.xlsx([["引文", "出处"]] + [["河"] * 30] * 3000), 0)
case("merged.xlsx", make.xlsx([["引文", "出处"]] + [[SAY, None]] * 2000, merged="B2:B999999999"), 0)
far = '<?xml version="1.0"?><worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>' + "".join(f'<row r="{i}"><c r="ALL{i}" t="s"><v>1</v></c></row>' for i in range(2, N)) + "</sheetData></worksheet>"
case("far.xlsx", make.xlsx([["引文", "出处"]], more={"xl/worksheets/sheet1.xml": far}), 2, "2,000,000 cells")
case("shared.xlsx", make.xlsx([["引文", "出处"]] + [[SAY * 100_000, None]] * 5000), 2, "64 MiB of text")
case("blanks2.odt", make.odt("<text:p>" + '<text:s text:c="999999999"/>' * N + SAY + "</text:p>"), 0)
bare = '<?xml version="1.0"?><worksheet><sheetData><row><c t="s"><v>{}</v></c></row><row><c t="s"><v>{}</v></c></row></sheetData></worksheet>'
case("bare.xlsx", make.xlsx([["引文"], [SAY]], more={"xl/worksheets/sheet1.xml": bare.format(*(sorted(["引文", SAY]).index(v) for v in ("引文", SAY)))}), 0)
lost = make.xlsx([["引文"], [SAY]], more={"xl/_rels/workbook.xml.rels": make.relations([(make.RELATION + "worksheet", "worksheets/sheet9.xml")])})
case("lost.xlsx", lost, 2, "Sheet1", "is not in the workbook")
chapter = make.xhtml("", f"<p>{SAY}</p>")
listing = ('<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine>' + '<itemref idref="a"/>' * N + "</spine></package>")
case("spine.epub", make.packed({"mimetype": "application/epub+zip", "META-INF/container.xml": '<c><rootfile full-path="p.opf"/></c>', "p.opf": listing, "a.xhtml": chapter}), 0)
unlisted = listing.replace('<itemref idref="a"/>' * N, '<itemref idref="a"/><itemref idref="b"/>')
case("unlisted.epub", make.packed({"mimetype": "application/epub+zip", "META-INF/container.xml": '<c><rootfile full-path="p.opf"/></c>', "p.opf": unlisted, "a.xhtml": chapter}), 2,
     'names "b"')
case("chapters.epub", make.epub([(f"{i}.xhtml", "章", chapter) for i in range(5000)]), 0)
case("slides.pptx", make.packed({"[Content_Types].xml": make.TYPES, "ppt/presentation.xml": "<a/>"}), 2, "slides")
case("rows.csv", "引文,出处\n" + (SAY + ",云川日报\n") * 20_000, 0)
case("open.csv", "引文,出处\n" + SAY + ",\"云川日报\n" * 1001, 2, "never closed")
for name, tag in (("tags", "w:smartTag"), ("tables", "w:tbl"), ("runs", "w:r"), ("paragraphs", "w:p"), ("boxes", "w:txbxContent"), ("controls", "w:sdt"), ("changes", "w:ins")):
    case(f"{name}.docx", make.docx("<w:p>" + f"<{tag}>" * N + r(SAY) + f"</{tag}>" * N + "</w:p>"), 0)
case("choices.docx", make.docx(p("<mc:AlternateContent>" + f"<mc:Choice>{r('河')}</mc:Choice>" * N + "</mc:AlternateContent>")), 0)
case("fields.docx", make.docx(p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * N + (r(SAY) + '<w:r><w:tab/></w:r>') * 1000)), 0)
case("notes.docx", make.docx("".join(p(r("河") + foot(i)) for i in range(20_000)), footnotes={i: "注" for i in range(20_000)}), 0)
case("marks.docx", make.docx(p(foot(1) * N), footnotes={1: SAY}), 0)
case("merged.docx", make.docx(p("河", props="<w:rPr><w:del/></w:rPr>") * N), 0)
case("styles.docx", make.docx(p(SAY, "s0"), styles="".join(f'<w:style w:styleId="s{i}"><w:basedOn w:val="s{i + 1}"/></w:style>' for i in range(N))), 0)
case("deep.odt", make.odt("<text:span>" * N + "<text:p>" + SAY + "</text:p>" + "</text:span>" * N), 0)
case("blanks.odt", make.odt("<text:p>" + '<text:s text:c="999999999"/>' * 1000 + SAY + "</text:p>"), 0)
case("deep.epub", make.epub([("one.xhtml", "一", make.xhtml("一", "<div>" * N + SAY + "</div>" * N))]), 0)
for i in range(60):  # cut or changed anywhere, nothing worse than an error comes of it
    chance = random.Random(i)
    hurt = bytearray(word)
    for _ in range(chance.choice((1, 4, 40))):
        hurt[chance.randrange(len(hurt))] = chance.randrange(256)
    path = root / "hurt.docx"
    path.write_bytes(bytes(hurt) if i % 3 else word[:chance.randrange(len(word))])
    code, said = run("inspect", path)
    need(code in (0, 2), f"hurt.docx {i}: exit status {code}: {said[:200]}")

# What is no file, among what is one.
good = root / "good.txt"
good.write_text(SAY + "\n", "utf-8")
os.mkfifo(root / "pipe.txt")
(root / "loop.txt").symlink_to("loop.txt")
(root / "gone.txt").symlink_to("nowhere")
(root / "self").symlink_to(".")
with socket.socket(socket.AF_UNIX) as listening:
    os.chdir(root)
    listening.bind("socket.txt")
    code, said = run("inspect", root)
    need(code == 2, f"a folder of things that are no files: {code}")
    for word in ("a named pipe", "a socket", "loop.txt: a link", "gone.txt: no such", "links to folders"):
        need(word in said, f"\"{word}\" is not said: {said}")
    need("good.txt" not in said, "the file among them is read")
code, said = run("inspect", "/dev/zero")
need(code == 2 and "a device" in said, "a device is not read")
good.chmod(0)
nobody = {"user": 65534} if os.geteuid() == 0 else {}  # root reads everything
root.chmod(0o755)
try:
    p = subprocess.run([program, "inspect", good], capture_output=True, text=True, **nobody)
    need(p.returncode == 2 and "cannot be opened" in p.stderr, f"an unreadable file: {p.stderr}")
except PermissionError:
    print("unreadable file not tried: the program itself cannot be run by another user here")
good.chmod(0o600)

# Standard input is judged by its content; patterns are expanded here where the shell did not.
for given, form in ((f"<html><body><p>{SAY}</p></body></html>", "html"), (f'{{"text":"{SAY}"}}\n', "jsonl"),
                    (f"id,text\n1,{SAY}\n", "csv"), (SAY, "text")):
    p = subprocess.run([program, "inspect", "-", "--format", "json"], input=given.encode(), capture_output=True)
    need(p.returncode == 0 and f'"{form}"'.encode() in p.stdout, f"standard input as {form}")
code, said = run("inspect", root / "*od.txt")
need(code == 0 and not said, f"a pattern: {said}")
code, said = run("inspect", root / "*.none")
need(code == 2 and "no file matches" in said, "a pattern that matches nothing")

# What cannot be read is not empty.
folder = os.open(root, os.O_RDONLY)
for command in (("inspect", "-"), ("find", good, "--text", "-"), ("render", "-")):
    p = subprocess.run([program, *command], stdin=folder, capture_output=True, text=True)
    need(p.returncode == 2 and "reading stopped" in p.stderr, f"{command[0]}: a folder as standard input: {p.returncode} {p.stderr}")
os.close(folder)
for given in (root, root / "nothing.json"):
    code, said = run("render", given)
    need(code == 2 and str(given) in said, f"render {given}: {code} {said}")
closed = root / "closed" / "in"
closed.mkdir(parents=True)
closed.chmod(0)
try:
    for pattern in ("closed/**/*.txt", "**/*.txt", "closed/in/*.txt"):
        p = subprocess.run([program, "inspect", root / pattern], capture_output=True, text=True, **nobody)
        need("closed/in: cannot be listed" in p.stderr and p.returncode == 2, f"{pattern}: {p.stderr}")
except PermissionError:
    print("unreadable folder not tried")
closed.chmod(0o700)

# Names in another encoding are shown as far as they can be, in every form.
strange = root / "names"
strange.mkdir()
for number, name in enumerate(("云川日报2031年3月9日", "远山2031年3月16日")):
    (strange / os.fsdecode((name + ".txt").encode("gb18030"))).write_text(SAY * 2 + "甲乙"[number] + "\n", "utf-8")
container = '<c><rootfile full-path="p.opf"/></c>'
opf = ('<package><metadata><title>云川</title></metadata><manifest><item id="a" href="云.xhtml" media-type="application/xhtml+xml"/></manifest>'
       '<spine><itemref idref="a"/></spine></package>')
for name, head in (("declared", '<?xml version="1.0" encoding="GB2312"?>'), ("undeclared", "")):
    (strange / f"{name}.epub").write_bytes(make.packed({"META-INF/container.xml": container, "p.opf": (head + opf).encode("gb18030"), "云.xhtml": chapter}))
draft = root / os.fsdecode("稿.txt".encode("gb18030"))
draft.write_text(f"郗望澜说：“{SAY}”\n", "utf-8")
report = root / "names.json"
for command, forms in ((("trace", strange), ("text", "json", "jsonl", "html", "csv")), (("inspect", strange), ("text", "json")),
                       (("find", strange, "--text", SAY), ("text", "json", "jsonl", "html", "csv")),
                       (("verify", draft, "--against", strange), ("text", "line", "json", "html", "csv", "xlsx", "sarif"))):
    for form in forms:
        p = subprocess.run([program, *command, "--format", form, "-o", report], capture_output=True)
        need(p.returncode in (0, 1, 2) and report.stat().st_size > 0 and b"fault of the program" not in p.stderr, f"{command[0]} {form} with names in GB18030: {p.returncode} {p.stderr[:300]}")
        if form != "xlsx":
            try:
                report.read_bytes().decode("utf-8")
            except UnicodeDecodeError as e:
                need(False, f"{command[0]} {form}: {e}")
        if form == "json":
            p = subprocess.run([program, "render", report], capture_output=True)
            need(p.returncode == 0 or command[0] == "inspect", f"{command[0]}: a report with such names is not read back: {p.stderr[:300]}")

# Damage of long ago is said, and the text not taken for prose.
case("misread.txt", (SAY * 3).encode().decode("gb18030", "replace"), 2, "once read as GBK")

subprocess.run(["rm", "-r", str(root)], check=True)
print(*faults, sep="\n")
print(f"{checks} checks, {len(faults)} failed")
sys.exit(bool(faults))
