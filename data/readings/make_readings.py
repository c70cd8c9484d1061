#!/usr/bin/env python3
# make_readings.py: write the table of Mandarin readings, readings.tsv, to stdout.
#
#   python3 make_readings.py > readings.tsv         (a summary goes to stderr)
#
# Input: Unihan_Readings.txt of the distribution's package unicode-data, plain or .bz2, the
# fields kMandarin, kHanyuPinlu, kXHC1983 and kHanyuPinyin. Unicode licence. Standard library
# only; nothing is downloaded. A missing file ends the script with status 77.

import bz2
import os
import re
import sys

FIELDS = ("kMandarin", "kHanyuPinlu", "kXHC1983", "kHanyuPinyin")

# Letters with a tone mark, and the combining marks the data use where no such letter exists.
PLAIN = {}
for plain, marked in (("a", "āáǎà"), ("e", "ēéěèêếề"), ("i", "īíǐì"), ("o", "ōóǒò"),
                      ("u", "ūúǔù"), ("v", "üǖǘǚǜ"), ("m", "ḿ"), ("n", "ńňǹ"),
                      ("", "\u0300\u0301\u0304\u030c")):
    for letter in marked:
        PLAIN[letter] = plain


class Missing(Exception):
    """The input file is not installed."""


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


def toneless(reading):
    syllable = "".join(PLAIN.get(letter, letter) for letter in reading)
    if not re.fullmatch(r"[a-z]+", syllable):
        raise RuntimeError(f"unexpected reading {reading!r}")
    return syllable


def readings_of(field, value):
    """The marked readings in one field: "zhōng(47) zhòng(2)", "0123.010,*0123.011:qiū",
    "10019.020,10021.010:tiàn,tiān" or "zhōng zhòng"."""
    for part in value.split():
        if field == "kHanyuPinlu":
            part = re.sub(r"\(\d+\)$", "", part)
        elif field != "kMandarin":
            part = part.rpartition(":")[2]
        yield from part.split(",")


def input_versions():
    """The header lines naming the installed input; check.py compares them first."""
    for line in unicode_lines("Unihan_Readings.txt")[:12]:
        found = re.search(r"Unicode version: *(\S+)", line)
        if found:
            return [f"# input: Unicode {found.group(1)} Unihan_Readings.txt ({', '.join(FIELDS)})"]
    raise RuntimeError("no version in Unihan_Readings.txt")


def build():
    """{syllable: sorted characters}."""
    table = {}
    for line in unicode_lines("Unihan_Readings.txt"):
        if line.startswith("U+"):
            code, field, value = line.split("\t")
            if field in FIELDS:
                for reading in readings_of(field, value):
                    table.setdefault(toneless(reading), set()).add(chr(int(code[2:], 16)))
    return {syllable: "".join(sorted(chars)) for syllable, chars in sorted(table.items())}


def check_rows(rows):
    """What must hold of any readings table, given as (syllable, characters) pairs."""
    complaints = []
    syllables = [syllable for syllable, _ in rows]
    if syllables != sorted(set(syllables)):
        complaints.append("the syllables are not sorted and unique")
    for syllable, chars in rows:
        if not re.fullmatch(r"[a-z]+", syllable):
            complaints.append(f"not a plain syllable: {syllable}")
        if not chars or list(chars) != sorted(set(chars)):
            complaints.append(f"the characters of {syllable} are not sorted and unique")
    return complaints


def table_lines(table):
    return ["# Mandarin readings of Chinese characters, without tones; v stands for u with two dots.",
            "# Made by make_readings.py; do not edit.",
            *input_versions(),
            "# columns: syllable\tcharacters having that reading, in code point order",
            *(f"{syllable}\t{chars}" for syllable, chars in table.items())]


def main():
    try:
        table = build()
        lines = table_lines(table)
    except Missing as missing:
        print(f"make_readings.py: {missing}", file=sys.stderr)
        return 77
    problems = check_rows(list(table.items()))
    if problems:
        raise RuntimeError("\n".join(problems))
    sys.stdout.buffer.write(("\n".join(lines) + "\n").encode("utf-8"))
    chars = set("".join(table.values()))
    base = sum(0x3400 <= ord(char) <= 0x9FFF for char in chars)
    print(f"syllables {len(table)}, characters {len(chars)} ({base} of them in U+3400..9FFF), "
          f"pairs {sum(map(len, table.values()))}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
