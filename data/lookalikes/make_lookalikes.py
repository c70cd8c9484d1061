#!/usr/bin/env python3
"""Write lookalikes.tsv to stdout: characters that print, scans and readers take for one another.

    python3 make_lookalikes.py > lookalikes.tsv

Input: Unihan_DictionaryLikeData.txt (kFourCornerCode) and Unihan_IRGSources.txt (kTotalStrokes, kIICore) of Debian's
unicode-data (plain or .bz2, /usr/share/unicode), and hand.tsv beside this script. A missing file ends it with status 77.
"""
import bz2, collections, pathlib, sys

folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else "/usr/share/unicode")


def fields(name, wanted):
    for path in (folder / name, folder / (name + ".bz2")):
        if path.is_file():
            text = (bz2.open if path.suffix == ".bz2" else open)(path, "rt", encoding="utf-8")
            for line in text:
                parts = line.rstrip("\n").split("\t")
                if len(parts) == 3 and parts[1] in wanted:
                    yield chr(int(parts[0][2:], 16)), parts[1], parts[2]
            return
    print("skipped: no", folder / name, file=sys.stderr)
    sys.exit(77)


corner, strokes, core = {}, {}, set()
for c, _, value in fields("Unihan_DictionaryLikeData.txt", {"kFourCornerCode"}):
    corner[c] = value.split()[0][:4]
for c, field, value in fields("Unihan_IRGSources.txt", {"kTotalStrokes", "kIICore"}):
    if field == "kIICore":
        core.add(c)
    else:
        strokes[c] = int(value.split()[0])
groups = collections.defaultdict(lambda: collections.defaultdict(str))
for c in sorted(core):
    if c in corner and c in strokes:
        groups[corner[c]][strokes[c]] += c
print("# Characters that look alike: shape, strokes, characters. Two of one shape look alike where their strokes differ")
print("# by one at most. Shape is the four-corner code, or h and a number for a pair of hand.tsv. Made by make_lookalikes.py.")
for code, by in sorted(groups.items()):
    near = {s for s in by if len(by[s]) > 1 or s - 1 in by or s + 1 in by}
    for s in sorted(near):
        print(code, s, by[s], sep="\t")
hand = [l.split("\t")[0].strip() for l in (pathlib.Path(__file__).parent / "hand.tsv").read_text("utf-8").splitlines()
        if l and l[0] != "#"]
for n, pair in enumerate(hand):
    print(f"h{n}", 0, pair, sep="\t")
