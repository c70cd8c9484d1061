#!/usr/bin/env python3
# check.py: check variants.tsv and ../readings/readings.tsv.
#
#   python3 check.py
#
# First the committed files alone: sorted, unique, idempotent, and some characters whose classes
# are known. Then both are made again in memory and compared. Standard library only.
# Exit status: 0 all is well; 1 something is wrong or differs (the first 20 differing lines are
# printed); 77 the files themselves are sound, but a tool or input is missing or is of another
# version than the one named in the header, so that nothing can be compared.

import difflib
import itertools
import os
import sys

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
READINGS = os.path.join(HERE, "..", "readings")
sys.path[:0] = [HERE, READINGS]

import make_readings    # noqa: E402
import make_variants    # noqa: E402

# Groups that must share a script class; that must share a form class but no script class; that
# must share neither.
SAME_SCRIPT = ("麵面 製制 係系 繫系 誌志 紮扎 遊游 著着 帳帐 賬账 徵征 麽么 麼么 於于 乾干 幹干 為为 裡里 "
               "裏里 後后 覆复 祇只 瞭了 藉借 諮咨 鍾钟 佈布 佔占 託托 畫画 劃划 鍊炼 鏈链 餘余 "
               "\u2ec5见 \uf902车").split()
SAME_FORM = "账帐 赒周 牠它 伕夫 揹背 彷仿 牴抵 雠仇 衹只 画划 炼链 坂阪 砲炮 戶户 吳吴 黑黒".split()
APART = "俱具 姊姐 跤交 做作 像象 那哪 的地 他她 己已 未末 囍禧 睪睾".split()
WIDTH = ["\uf90a\u91d1", "\u2ec5\u89c1", "\u2f00\u4e00", "\u2edb\u98ce", "\u2ed3\u957f"]
TAGS = {"麵": "t", "这": "s", "這": "t", "面": "-", "后": "-", "乾": "-", "麽": "-", "的": "-"}
# syllable, then characters that must be among those having it
SPOKEN = ["hang行航", "xing行", "chang长長", "zhang长長", "lv绿率旅", "nve虐", "lve略", "jun军軍",
          "zhong中重", "chong重", "e鹅", "ng嗯"]


def read_table(path):
    with open(path, encoding="utf-8", newline="") as stream:
        text = stream.read()
    if not text.endswith("\n") or "\r" in text:
        raise ValueError(f"{path}: not a text file ending in a line feed")
    lines = text[:-1].split("\n")
    return lines, [tuple(line.split("\t")) for line in lines if not line.startswith("#")]


def check_variants(rows):
    if any(len(row) != 5 for row in rows):
        return ["a row of variants.tsv has not five columns"]
    complaints = make_variants.check_rows(rows)
    table = {row[0]: row for row in rows}

    def get(char, column):
        return table[char][column] if char in table else (char if column < 4 else "-")

    for one, two in SAME_SCRIPT:
        if get(one, 2) != get(two, 2) or get(one, 3) != get(two, 3):
            complaints.append(f"{one} and {two} should share a script class")
    for one, two in SAME_FORM:
        if get(one, 3) != get(two, 3):
            complaints.append(f"{one} and {two} should share a form class")
    for one, two in ("账帐", "画划", "炼链"):
        if get(one, 2) == get(two, 2):
            complaints.append(f"{one} and {two} should not share a script class")
    for one, two in APART:
        if get(one, 2) == get(two, 2) or get(one, 3) == get(two, 3):
            complaints.append(f"{one} and {two} should share no class")
    for char, base in WIDTH:
        if get(char, 1) != base:
            complaints.append(f"U+{ord(char):04X} should be another encoding of {base}")
    for char, tag in TAGS.items():
        if get(char, 4) != tag:
            complaints.append(f"{char} should have tag {tag}")
    return complaints


def check_readings(rows):
    if any(len(row) != 2 for row in rows):
        return ["a row of readings.tsv has not two columns"]
    complaints = make_readings.check_rows(rows)
    table = dict(rows)
    for spoken in SPOKEN:
        syllable = "".join(char for char in spoken if char < "\x80")
        for char in spoken[len(syllable):]:
            if char not in table.get(syllable, ""):
                complaints.append(f"{char} should have the reading {syllable}")
    return complaints


def compare(name, lines, maker, make):
    """0, 1 or 77 for one table."""
    try:
        installed = maker.input_versions()
        committed = [line for line in lines if line.startswith("# input:")]
        if installed != committed:
            print(f"{name}: the installed inputs are not those it was made from; not compared")
            for line in difflib.unified_diff(committed, installed, "header", "installed",
                                             lineterm="", n=0):
                print("  " + line)
            return 77
        remade = make()
    except (make_variants.Missing, make_readings.Missing) as missing:
        print(f"{name}: {missing}; not compared")
        return 77
    if remade == lines:
        print(f"{name}: same as made anew")
        return 0
    print(f"{name}: differs from what is made anew; the first differing lines:")
    differences = (line for line in difflib.unified_diff(lines, remade, "committed", "made anew",
                                                         lineterm="", n=0)
                   if not line.startswith("@@"))
    for line in itertools.islice(differences, 2, 22):
        print("  " + line)
    return 1


def main():
    sys.stdout.reconfigure(encoding="utf-8")
    tables = (
        ("variants.tsv", os.path.join(HERE, "variants.tsv"), check_variants, make_variants,
         lambda: make_variants.table_lines(make_variants.build()[0])),
        ("readings.tsv", os.path.join(READINGS, "readings.tsv"), check_readings, make_readings,
         lambda: make_readings.table_lines(make_readings.build())))
    results = []
    for name, path, check, maker, make in tables:
        try:
            lines, rows = read_table(path)
        except (OSError, ValueError) as problem:
            print(problem)
            results.append(1)
            continue
        complaints = check(rows)
        for complaint in complaints[:20]:
            print(f"{name}: {complaint}")
        print(f"{name}: {len(rows)} rows, complaints {len(complaints)}")
        results.append(1 if complaints else 0)
        results.append(compare(name, lines, maker, make))
    return 1 if 1 in results else 77 if 77 in results else 0


if __name__ == "__main__":
    sys.exit(main())
