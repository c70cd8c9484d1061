#!/usr/bin/env python3
"""messages_test.py ROOT: every message that the sources can write has its Chinese in data/labels/messages.tsv, and no row is idle."""
import functools, pathlib, re, sys

root = pathlib.Path(sys.argv[1])
table = root / "data/labels/messages.tsv"
FOREIGN = ("# What the parser of the command line says.", "# What the system says.")  # words that are none of the sources'
rows, section, faults = [], "", []
for line in table.read_text("utf-8").splitlines():
    if line.startswith("#"):
        section = line
        continue
    row = line.split("\t")
    if len(row) != 2 or not all(row):
        faults.append(f"{line}: not English, Chinese")
        continue
    rows.append((row[0], row[1], section))
english = [r[0] for r in rows]
faults += [f"{k}: twice" for k in sorted(set(english)) if english.count(k) > 1]
for key, other, _ in rows:
    parts = {int(n) for n in re.findall(r"[{<](\d)[}>]", other)}
    if not parts <= set(range(1, key.count("{}") + 1)):
        faults.append(f"{key}: the Chinese has a part that the English has not")
    if not re.search("[\u4e00-\u9fff]", other):
        faults.append(f"{key}: no Chinese")

# What stands in quotation marks in the sources and is neither a message nor a label: words of file formats, of databases, of other programs;
# and what is said where no memory is left.
NOT_SAID = re.compile(
    r"^(CREATE |PRAGMA |SELECT |INSERT |DELETE | WHERE |BEGIN|COMMIT|ATTACH|saved from url|heading |intense quote|block text|table of |"
    r"main article|Incorrect password|Copying of text|Out of memory|Missing language|PowerPoint |Syntax Error|Table of Contents|SQLite format|"
    r"article excerpt |print official-web |footnote endnote |noteref doc-|backlink doc-|html head |area base |script style |b big |applet caption |"
    r"suyuan: error: out of memory|<|\"/><w:|a abbr |address article |head script |nav footer |li dd |\w+\)? return fail|text, json$| ?\d)")
AREAS = ("cli", "library", "read", "segment", "report/annotate.cpp", "report/report.cpp")
labels = {l.split("\t")[0] for l in (root / "data/labels/labels.tsv").read_text("utf-8").splitlines() if l and l[0] != "#"}


def literals(text):
    text = re.sub(r"^#include.*$|^\s*//.*$|\s//\s.*$", "", text, flags=re.M)
    text = re.sub(r'R"(\w*)\(.*?\)\1"', '""', text, flags=re.S)
    text = re.sub(r"'(\\.|[^'\\\n])'", "' '", text)
    text = re.sub(r'"\s*\n\s*"', "", text)
    return [m.encode().decode("unicode_escape").encode("latin-1", "replace").decode("utf-8", "replace") if "\\" in m else m
            for m in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)]


said = {}
for area in AREAS:
    path = root / "src" / area
    for p in [path] if path.is_file() else sorted(path.rglob("*.?pp")):
        for words in literals(p.read_text("utf-8")):
            said.setdefault(words, p.relative_to(root))
fixed = [piece for key in english for piece in key.split("{}")]
count = 0
for words, where in said.items():
    if not re.search(r"[a-z]{2,}:? [a-z]", words) or words in labels or NOT_SAID.match(words):
        continue
    count += 1
    if not any(words in piece for piece in fixed):
        faults.append(f"{where}: \"{words}\" has no Chinese")

# A row is what one literal says, or several one after the other.
tokens = {words for words in said if words}


@functools.cache
def is_said(piece):
    return not piece or any(piece.startswith(t) and is_said(piece[len(t):]) for t in tokens) or (piece[0].isdigit() and is_said(piece[1:]))


for key, _, of in rows:
    if of not in FOREIGN and not all(is_said(piece) for piece in key.split("{}")):
        faults.append(f"{key}: a row that nothing says")
print(*faults, sep="\n")
print(f"{len(rows)} messages, {count} pieces of them in the sources")
sys.exit(bool(faults) or count < 300)
