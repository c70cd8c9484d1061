#!/usr/bin/env python3
# make_variants.py: write the table of Chinese character variants, variants.tsv, to stdout.
#
#   python3 make_variants.py > variants.tsv        (a summary goes to stderr)
#   python3 make_variants.py --classes 6 > /dev/null   (also list every class of 6 or more)
#
# Inputs, all from the distribution's packages except the last; nothing is downloaded:
#   OpenCC   TSCharacters.ocd2, STCharacters.ocd2, dumped with opencc_dict    Apache-2.0
#   ICU      transliterators Traditional-Simplified and any-nfkc, run by uconv
#                                                       ICU/Unicode licence
#   Unicode  PropList.txt (Unified_Ideograph), EquivalentUnifiedIdeograph.txt,
#            Unihan_Variants.txt (plain or .bz2)         Unicode licence
#   hand.tsv the hand list beside this script            this project's licence
#
# Only the standard library is used. Python's unicodedata is not: its Unicode version follows
# the interpreter, not the data. The output depends on the inputs alone, and names them in its
# header. What the columns mean is said in README.md and in the header of the table.
#
# A missing tool or file ends the script with status 77.

import argparse
import bz2
import glob
import hashlib
import os
import re
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = "char\twidth\tscript\tform\ttag"


class Missing(Exception):
    """A tool or an input file is not installed."""


# ---------------------------------------------------------------- reading the inputs

def run(arguments, text=None):
    environment = dict(os.environ, LC_ALL="C")
    try:
        done = subprocess.run(arguments, input=None if text is None else text.encode("utf-8"),
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment)
    except FileNotFoundError:
        raise Missing(f"{arguments[0]} is not installed")
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments)}: {done.stderr.decode('utf-8', 'replace')}")
    return done.stdout.decode("utf-8")


def unicode_lines(name):
    """Lines of a Unicode data file, plain or compressed."""
    for folder in ("/usr/share/unicode", "/usr/share/unicode/ucd", "/usr/share/unicode-data"):
        plain = os.path.join(folder, name)
        if os.path.exists(plain):
            with open(plain, encoding="utf-8") as stream:
                return stream.read().splitlines()
        if os.path.exists(plain + ".bz2"):
            with bz2.open(plain + ".bz2", "rt", encoding="utf-8") as stream:
                return stream.read().splitlines()
    raise Missing(f"{name} is not installed (package unicode-data)")


def unicode_version(name, lines):
    for line in lines[:12]:
        found = re.search(r"Unicode version: *(\d+\.\d+\.\d+)", line) or \
            re.match(r"# \w+-(\d+\.\d+\.\d+)\.txt", line)
        if found:
            return found.group(1)
    raise RuntimeError(f"no version in {name}")


def code_points(field):
    first, _, last = field.strip().partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def unified_ideographs(lines):
    chars = []
    for line in lines:
        parts = line.split("#")[0].split(";")
        if len(parts) == 2 and parts[1].strip() == "Unified_Ideograph":
            chars += [chr(code) for code in code_points(parts[0])]
    return sorted(chars)


def equivalents(lines):
    table = {}
    for line in lines:
        parts = line.split("#")[0].split(";")
        if len(parts) == 2:
            for code in code_points(parts[0]):
                table[chr(code)] = chr(int(parts[1], 16))
    return table


def unihan_pairs(lines, names):
    pairs = {name: set() for name in names}
    for line in lines:
        if line.startswith("U+"):
            code, name, values = line.split("\t")
            if name in pairs:
                char = chr(int(code[2:], 16))
                for value in values.split():        # "U+5672<kMatthews" names its source
                    other = chr(int(value.split("<")[0][2:], 16))
                    if other != char:
                        pairs[name].add((char, other))
    return pairs


def transliterate(rule, chars):
    """uconv on a list of characters, one a line: {char: result}, changed ones only."""
    output = run(["uconv", "-f", "utf-8", "-t", "utf-8", "-x", rule], "\n".join(chars) + "\n")
    lines = output.split("\n")
    if len(lines) != len(chars) + 1:
        raise RuntimeError(f"uconv -x {rule} changed the number of lines")
    return {char: line for char, line in zip(chars, lines) if char != line}


def opencc_dictionary(name):
    """({key: [values]}, digest of the dumped text) of an installed dictionary."""
    for pattern in ("/usr/share/opencc", "/usr/lib/opencc", "/usr/lib/*/opencc",
                    "/usr/local/share/opencc"):
        found = sorted(glob.glob(os.path.join(pattern, name + ".ocd2")))
        if found:
            break
    else:
        raise Missing(f"{name}.ocd2 is not installed (package libopencc-data)")
    with tempfile.TemporaryDirectory() as folder:
        dump = os.path.join(folder, "dump.txt")
        run(["opencc_dict", "-i", found[0], "-o", dump, "-f", "ocd2", "-t", "text"])
        with open(dump, encoding="utf-8") as stream:
            lines = sorted(line for line in stream.read().splitlines() if line)
    table = {}
    for line in lines:
        key, values = line.split("\t")
        table[key] = values.split(" ")
        if any(len(item) != 1 for item in [key] + table[key]):
            raise RuntimeError(f"{name}: not a single character: {line}")
    return table, hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:16]


def hand_list():
    """hand.tsv: [(kind, [chars], reason)]."""
    rows = []
    with open(os.path.join(HERE, "hand.tsv"), encoding="utf-8") as stream:
        for number, line in enumerate(stream.read().splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            fields = line.split("\t")
            if len(fields) != 3 or fields[0] not in ("form", "apart", "apart-script") \
                    or not fields[2].strip():
                raise RuntimeError(f"hand.tsv:{number}: expected kind, characters, reason")
            chars = fields[1].split(" ")
            if len(chars) < 2 or any(len(char) != 1 for char in chars):
                raise RuntimeError(f"hand.tsv:{number}: expected single characters")
            if fields[0] != "form" and len(chars) != 2:
                raise RuntimeError(f"hand.tsv:{number}: expected two characters")
            rows.append((fields[0], chars, fields[2]))
    return rows


def input_versions():
    """The header lines naming the installed inputs; check.py compares them first."""
    opencc = re.search(r"Version: *(\S+)", run(["opencc_dict", "--version"]))
    icu = re.search(r"ICU (\S+)", run(["uconv", "--version"]))
    if not opencc or not icu:
        raise RuntimeError("cannot read the version of opencc_dict or uconv")
    lines = [f"# input: OpenCC {opencc.group(1)} (as opencc_dict reports it)"]
    for name in ("TSCharacters", "STCharacters"):
        table, digest = opencc_dictionary(name)
        lines.append(f"# input: OpenCC {name} {len(table)} keys, sha256 of the sorted dump {digest}")
    lines.append(f"# input: ICU {icu.group(1)} transliterators Traditional-Simplified, any-nfkc")
    for name in ("Unihan_Variants.txt", "EquivalentUnifiedIdeograph.txt", "PropList.txt"):
        lines.append(f"# input: Unicode {unicode_version(name, unicode_lines(name))} {name}")
    return lines


# ---------------------------------------------------------------- classes

class Classes:
    """Union-find over characters."""

    def __init__(self):
        self.parent = {}

    def root(self, char):
        self.parent.setdefault(char, char)
        while self.parent[char] != char:
            self.parent[char] = self.parent[self.parent[char]]
            char = self.parent[char]
        return char

    def join(self, one, two):
        one, two = sorted((self.root(one), self.root(two)))
        self.parent[two] = one

    def groups(self):
        found = {}
        for char in sorted(self.parent):
            found.setdefault(self.root(char), []).append(char)
        return [group for _, group in sorted(found.items()) if len(group) > 1]


def gb2312_level(char):
    """1 or 2 for the two levels of GB 2312, 3 for a character outside it."""
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return 3
    return 1 if code[0] < 0xD8 else 2


def build():
    """(rows, script groups, form groups, list of notes)."""
    notes = []
    ts, _ = opencc_dictionary("TSCharacters")
    st, _ = opencc_dictionary("STCharacters")
    unified = unified_ideographs(unicode_lines("PropList.txt"))
    unihan = unihan_pairs(unicode_lines("Unihan_Variants.txt"),
                          ("kZVariant", "kSimplifiedVariant", "kTraditionalVariant"))
    icu = {char: result for char, result in
           transliterate("Traditional-Simplified", unified).items() if len(result) == 1}
    hand = hand_list()

    # width: compatibility ideographs and radicals, by NFKC first, then by the Unicode file.
    # CJK strokes (31C0..31EF) are in that file too and come with it.
    equivalent = equivalents(unicode_lines("EquivalentUnifiedIdeograph.txt"))
    encodings = [chr(code) for block in ((0x2E80, 0x2FDF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F))
                 for code in range(block[0], block[1] + 1)]
    plain = set(unified)
    width = {char: result for char, result in transliterate("any-nfkc", encodings).items()
             if result in plain}
    for char, result in equivalent.items():
        if char not in plain:
            if char in width and width[char] != result:
                notes.append(f"NFKC and EquivalentUnifiedIdeograph differ: {char} "
                             f"{width[char]} {result}: NFKC is used")
            width.setdefault(char, result)

    def wide(char):
        return width.get(char, char)

    apart = {frozenset(chars) for kind, chars, _ in hand if kind == "apart"}
    apart_script = {frozenset(chars) for kind, chars, _ in hand if kind == "apart-script"}
    used = set()

    def pair(one, two):
        return frozenset((wide(one), wide(two)))

    # script: what the conversion tables say simplifies alike.
    table_pairs = {pair(key, value) for table in (ts, st)
                   for key, values in table.items() for value in values}
    unihan_support = {pair(one, two) for name in ("kSimplifiedVariant", "kTraditionalVariant")
                      for one, two in unihan[name]}
    icu_pairs = {pair(one, two) for one, two in icu.items()}
    icu_alone = {edge for edge in icu_pairs - table_pairs - unihan_support if len(edge) == 2}
    notes.append(f"ICU pairs {len(icu_pairs)}, of them left out because no OpenCC or Unihan "
                 f"entry supports them {len(icu_alone)}: "
                 + " ".join("".join(sorted(edge)) for edge in sorted(icu_alone, key=sorted)))
    script_edges = {edge for edge in table_pairs | (icu_pairs - icu_alone) if len(edge) == 2}
    form_edges = {edge for edge in (pair(*chars) for chars in unihan["kZVariant"])
                  if len(edge) == 2}

    scripts = Classes()
    for edge in sorted(script_edges, key=sorted):
        if edge in apart or edge in apart_script:
            used.add(edge)
        else:
            scripts.join(*edge)

    forms = Classes()
    for char in list(scripts.parent):
        forms.join(char, scripts.root(char))
    for edge in sorted(script_edges | form_edges, key=sorted):
        if edge in apart:
            used.add(edge)
        else:
            forms.join(*edge)
    for kind, chars, _ in hand:
        if kind == "form":
            for other in chars[1:]:
                forms.join(wide(chars[0]), wide(other))

    for edge in sorted(apart | apart_script, key=sorted):
        one, two = sorted(edge)
        if edge not in used:
            raise RuntimeError(f"hand.tsv: no source pairs {one} and {two}: remove the line")
        if scripts.root(one) == scripts.root(two):
            raise RuntimeError(f"hand.tsv: {one} and {two} still share a script class")
        if edge in apart and forms.root(one) == forms.root(two):
            raise RuntimeError(f"hand.tsv: {one} and {two} still share a form class")

    # tags, by the definition in the header; another encoding has the tag of its plain character.
    # A character that fits both is tagged t; one that TSCharacters converts but may also keep
    # (麽) is not tagged s.
    def tag(char):
        if char in ts and char not in ts[char]:
            return "t"
        if char in st and char not in st[char] and char not in ts:
            return "s"
        return "-"

    # representatives: GB 2312 level 1, then level 2, then tagged simplified, then the rest; a
    # character that OpenCC itself converts to another is taken only if nothing else is left.
    def rank(char):
        converted = ts.get(char, [char])[0] != char
        level = gb2312_level(char)
        simplified = level < 3 or tag(char) == "s"
        return (converted, not simplified, level, ord(char))

    script_of, form_of = {}, {}
    script_groups, form_groups = scripts.groups(), forms.groups()
    for groups, target in ((script_groups, script_of), (form_groups, form_of)):
        for group in groups:
            best = min(group, key=rank)
            for char in group:
                target[char] = best

    rows = []
    tagged = {char for char in set(ts) | set(st) if tag(char) != "-"}
    for char in sorted(set(width) | set(script_of) | set(form_of) | tagged):
        base = wide(char)
        row = (char, base, script_of.get(base, base), form_of.get(base, base), tag(base))
        if any(value != char for value in row[1:4]) or row[4] != "-":
            rows.append(row)
    problems = check_rows(rows)
    if problems:
        raise RuntimeError("\n".join(problems))
    return rows, script_groups, form_groups, notes


def check_rows(rows):
    """What must hold of any variants table; a list of complaints, empty when all is well."""
    complaints = []
    table = {row[0]: row for row in rows}
    if len(table) != len(rows):
        complaints.append("a character has two rows")
    if [row[0] for row in rows] != sorted(row[0] for row in rows):
        complaints.append("the rows are not sorted by code point")

    def column(number, char):
        return table[char][number] if char in table else char

    for row in rows:
        char = row[0]
        if any(len(value) != 1 for value in row[:4]) or row[4] not in ("t", "s", "-"):
            complaints.append(f"malformed row of {char}")
            continue
        if row[1] == row[2] == row[3] == char and row[4] == "-":
            complaints.append(f"a row that says nothing: {char}")
        for number, name in ((1, "width"), (2, "script"), (3, "form")):
            if column(number, row[number]) != row[number]:
                complaints.append(f"{name} is not idempotent at {char}")
        if column(2, row[1]) != row[2]:
            complaints.append(f"script(width) differs from script at {char}")
        if column(3, row[2]) != row[3]:
            complaints.append(f"form(script) differs from form at {char}")
        if column(1, row[2]) != row[2] or column(1, row[3]) != row[3]:
            complaints.append(f"a representative of {char} is not a plain character")
        if column(4, row[1]) != row[4] and row[1] in table:
            complaints.append(f"tag(width) differs from tag at {char}")
    return complaints


def table_lines(rows):
    return ["# Chinese character variants: what one character may stand for when texts are compared.",
            "# Made by make_variants.py; do not edit. Corrections go into hand.tsv.",
            *input_versions(),
            "# width: the plain character of which this is another encoding",
            "# script: representative of the characters that simplify alike",
            "# form: representative of the wider class of variant forms, used for finding",
            "# tag: t only traditional, s only simplified, - neither",
            "# A character without a row stands for itself in every column and has tag -.",
            "# columns: " + COLUMNS,
            *("\t".join(row) for row in rows)]


def main():
    parser = argparse.ArgumentParser(description="write variants.tsv to stdout")
    parser.add_argument("--classes", type=int, metavar="N",
                        help="list on stderr every class of N or more characters")
    options = parser.parse_args()
    try:
        rows, script_groups, form_groups, notes = build()
        lines = table_lines(rows)
    except Missing as missing:
        print(f"make_variants.py: {missing}", file=sys.stderr)
        return 77
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8"))

    def say(text):
        sys.stderr.buffer.write((text + "\n").encode("utf-8"))

    for note in notes:
        say(note)
    say(f"rows {len(rows)}; width differs {sum(r[0] != r[1] for r in rows)}, "
        f"script {sum(r[0] != r[2] for r in rows)}, form {sum(r[0] != r[3] for r in rows)}; "
        f"tag t {sum(r[4] == 't' for r in rows)}, s {sum(r[4] == 's' for r in rows)}")
    representative = {row[0]: (row[2], row[3]) for row in rows}

    def show(group, number):
        best = representative.get(group[0], (group[0], group[0]))[number]
        return f"  {len(group)} {best}: {''.join(group)}"

    for name, groups, number in (("script", script_groups, 0), ("form", form_groups, 1)):
        by_size = sorted(groups, key=lambda group: (-len(group), group))
        say(f"{name} classes of two or more: {len(groups)}; the largest:")
        shown = by_size[:15] if options.classes is None else \
            [group for group in by_size if len(group) >= options.classes]
        for group in shown:
            say(show(group, number))
    return 0


if __name__ == "__main__":
    sys.exit(main())
