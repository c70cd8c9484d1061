#!/usr/bin/env python3
"""One invented article as text, page, Word document, OpenDocument text and e-book: the same passages after folding, the same
quotations, the same chains with the other texts of the sample, and every place where it is."""
import difflib, html, json, os, pathlib, re, subprocess, sys, tempfile
sys.path.insert(0, str(pathlib.Path(__file__).parent))
import packages as make

program, root = os.path.abspath(sys.argv[1]), pathlib.Path(sys.argv[2])
samples = sorted((root / "data/sample/texts").iterdir())
source = next(s for s in samples if s.name.startswith("03"))
others = [s for s in samples if s != source and s.suffix in (".txt", ".md")]
lines = [l for l in source.read_text("utf-8").splitlines() if l.strip() and not l.startswith("- ")][:-1]  # without menu and comments
folder = pathlib.Path(tempfile.mkdtemp())
faults = []

page = [f"<h1>{html.escape(lines[0])}</h1>"] + [f"<p>{html.escape(l)}</p>" for l in lines[1:]]
styles = '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>'
runs = lambda l: "".join(make.r(l[i:i + 7]) for i in range(0, len(l), 7))  # an editor's changes cut the runs anywhere
FORMS = {
    "a.txt": "\n".join(lines).encode() + b"\n",
    "a.html": ("<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title></title></head>\n<body>\n" + "\n".join(page) + "\n</body></html>").encode(),
    "a.docx": make.docx("".join(make.p(runs(l), "t" if i == 0 else "") for i, l in enumerate(lines)), styles=styles),
    "a.odt": make.odt("".join(f"<text:{tag}>{html.escape(l)}</text:{tag}>" for l, tag in zip(lines, ["h"] + ["p"] * len(lines)))),
    "a.epub": make.epub([("a.xhtml", lines[0], make.xhtml("", "\n".join(page)))], book=""),
}


def run(*args):
    return json.loads(subprocess.run([program, *map(str, args), "--format", "json"], capture_output=True).stdout)


def folded(text):
    return re.sub(r"\W", "", text)


seen = {}
for name, content in FORMS.items():
    path = folder / name
    path.write_bytes(content)
    document = run("inspect", path)["documents"]
    works = [w for d in document for w in d["works"]]
    report = run("trace", path, *others)
    seen[name] = (["".join(folded(q["text"]) for w in works for q in w["paragraphs"])],
                  [folded(q["text"]) for w in works for q in w["paragraphs"]],
                  [(q["form"], q["speaker"], folded(q["text"])) for w in works for q in w["quotations"]],
                  sorted((folded(c["text"]), sorted(folded(w["text"]) for w in c["witnesses"])) for c in report["chains"]),
                  [w["title"] for w in works])
base = seen["a.txt"]
for name, got in seen.items():
    alike = difflib.SequenceMatcher(None, base[0][0], got[0][0], autojunk=False)
    share = sum(b.size for b in alike.get_matching_blocks()) / max(len(base[0][0]), len(got[0][0]), 1)
    print(f"{name}: {100 * share:.2f} % of {len(base[0][0])} characters, {len(got[1])} passages, {len(got[2])} quotations, {len(got[3])} chains")
    if share < 0.995:
        faults.append(f"{name}: {share}")
    for what, a, b in zip(("text", "passages", "quotations", "chains", "titles"), base, got):
        if a != b:
            faults.append(f"{name}: other {what} than a.txt: {[x for x in b if x not in a][:2]} for {[x for x in a if x not in b][:2]}")

# An article with headings of its own stays one text, whatever rank of heading its title and its sections have; two such
# articles are two. The PDF is what an office program printed of the same text.
sectioned = [l for l in (root / "tests/fixtures/article.txt").read_text("utf-8").splitlines() if l.strip()]
is_section = lambda l: l.startswith(("一、", "二、", "三、", "四、"))
styles = '<w:style w:styleId="t"><w:name w:val="Title"/></w:style>' + "".join(f'<w:style w:styleId="h{i}"><w:name w:val="heading {i}"/></w:style>' for i in (1, 2))


def word(texts, title, section):
    return make.docx("".join(make.p(runs(l), title if i == 0 else section if is_section(l) else "") for text in texts for i, l in enumerate(text)), styles=styles)


def open_text(texts, title, section):
    tag = lambda level: ("<text:p text:style-name='Title'>", "</text:p>") if level == 0 else (f"<text:h text:outline-level='{level}'>", "</text:h>")
    ranks = lambda i, l: tag(title) if i == 0 else tag(section) if is_section(l) else ("<text:p>", "</text:p>")
    return make.odt("".join(html.escape(l).join(ranks(i, l)) for text in texts for i, l in enumerate(text)), styles="<style:style style:name='Title' style:family='paragraph'/>")


def web(texts):
    return "\n".join(f"<h1>{html.escape(l)}</h1>" if i == 0 else f"<h2>{html.escape(l)}</h2>" if is_section(l) else f"<p>{html.escape(l)}</p>" for text in texts for i, l in enumerate(text))


second = ["沿河的账本"] + [l.replace("河", "江") for l in sectioned[1:]]
for number, texts in ((1, [sectioned]), (2, [sectioned, second])):
    forms = {"h1.docx": word(texts, "h1", "h2"), "title.docx": word(texts, "t", "h1"), "h1.odt": open_text(texts, 1, 2), "title.odt": open_text(texts, 0, 1),
             "one.epub": make.epub([("a.xhtml", "", make.xhtml("", web(texts)))], book="")}
    if number == 1:
        forms = {"s.txt": "\n".join(sectioned).encode() + b"\n", **forms, "s.html": f"<!DOCTYPE html><html><head><title></title></head><body>{web(texts)}</body></html>".encode(),
                 "s.pdf": (root / "tests/fixtures/one_column.pdf").read_bytes()}
    wanted = None
    for name, content in forms.items():
        (folder / name).write_bytes(content)
        works = [w for d in run("inspect", folder / name)["documents"] for w in d["works"]]
        got = [(w["title"], w["author"], [folded(q["text"]) for q in w["paragraphs"]]) for w in works]
        wanted = wanted or got
        if got != wanted or len(got) != number:
            faults.append(f"{name}, {number}: {len(got)} works, {[w[:2] for w in got]}, not {[w[:2] for w in wanted]}: {[x for w in got for x in w[2] if x not in wanted[0][2]][:2]}")

# Twenty places: the beginnings of sentences, each standing in the article once.
text = "\n".join(lines)
places = []
for number, line in enumerate(lines, 1):
    for at in [0] + [m.end() for m in re.finditer("[。,]", line)]:
        phrase = re.match(r"[\u4e00-\u9fff,、:]{12,40}", line[at:])
        if phrase and text.count(phrase[0]) == 1:
            places.append((phrase[0], number, at + 1))
places = places[:: max(1, len(places) // 20)][:20]
markup = FORMS["a.html"].decode().split("\n")
chapter = make.xhtml("", "\n".join(page)).split("\n")
for name in FORMS:
    for phrase, number, column in places:
        if name in ("a.html", "a.epub"):
            where = markup if name == "a.html" else chapter
            number = next(i for i, l in enumerate(where, 1) if phrase in l)
            column = where[number - 1].index(phrase) + 1
        report = run("find", folder / name, "--text", phrase)
        asked = {d["id"] for d in report["documents"] if not d["path"].endswith(name)}
        found = [(w["line"], w["column"]) for c in report["chains"] for w in c["witnesses"] if w["document"] not in asked]
        if found != [(number, column)]:
            faults.append(f"{name}: {phrase} at {found}, not {number}:{column}")
if len(places) != 20 or len(base[1]) < 12 or len(base[2]) < 5 or len(base[3]) < 4:
    faults.append(f"too little to compare: {len(places)} places, {len(base[1])} passages, {len(base[2])} quotations, {len(base[3])} chains")
subprocess.run(["rm", "-r", str(folder)], check=True)
print(*faults, sep="\n")
print(f"{len(FORMS)} forms, {len(places)} places each, {len(faults)} faults")
sys.exit(bool(faults))
