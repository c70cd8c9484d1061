#!/usr/bin/env python3
"""labels_test.py ROOT: every label that is asked for is in data/labels, once, in both languages, and no other."""
import pathlib, re, sys

root = pathlib.Path(sys.argv[1])
rows = [l.split("\t") for l in (root / "data/labels/labels.tsv").read_text("utf-8").splitlines() if l and l[0] != "#"]
faults = [f"{r}: not key, English, Chinese" for r in rows if len(r) != 3 or not all(r)]
keys = [r[0] for r in rows]
faults += [f"{k}: twice" for k in sorted(set(keys)) if keys.count(k) > 1]
faults += [f"{r[0]}: a number in one language alone" for r in rows if ("{n}" in r[1]) != ("{n}" in r[2])]
script = (root / "src/web/page/app.js").read_text("utf-8")
asked = set(re.findall(r"\bt\('([^']+)'\)", script)) | set(re.findall(r"'([^'\n;`]*\{n\}[^'\n;`]*)'", script))
asked.discard("{n}")
faults += [f"{k}: asked for by the page, and no label" for k in sorted(asked - set(keys))]
# A key of two words may be put together of a class and a name: "role " + name. Names stand in the code, some in the tables.
source = "\n".join(p.read_text("utf-8") for p in sorted((root / "src").rglob("*")) if p.suffix in (".cpp", ".hpp", ".js"))
source += "\n".join(f'"{cell}"' for p in sorted((root / "data/lexicons").glob("*.tsv")) for cell in re.split(r"[\t\n]", p.read_text("utf-8")))
quoted = set(re.findall(r'"([^"\n]*)"', source)) | set(re.findall(r"'([^'\n]*)'", source)) | set(re.findall(r"`(\w+) \$\{", source))
classes = {"rule", "role", "defect", "by", "given", "verdict", "claim", "holding", "limit", "option", "base", "witness", "theme"}
def is_asked(key):
    first, _, rest = key.partition(" ")
    return key in quoted or (first in classes and rest in quoted) or (key.endswith(".") and key[:-1] in quoted)
faults += [f"{k}: a label that nobody asks for" for k in keys if not is_asked(k)]
rules = set(re.findall(r'(?:\}|\w), "([a-z]+(?:-[a-z]+)*)", (?:""|[a-z_.>()-]+), ""', source)) | set(re.findall(r'title_rule = "([a-z-]+)"', source))
defects = set(re.findall(r'defects\.push_back\(\{"([a-z-]+)"', source))
faults += [f"{k}: no label" for k in sorted({f"rule {r}" for r in rules} | {f"defect {d}" for d in defects}) if k not in keys]
print(*faults, sep="\n")
print(f"{len(rows)} labels, {len(asked)} asked for by the page")
sys.exit(bool(faults) or len(asked) < 50)
